#!/bin/sh
# Builds the rate limit service of Envoy that the tests ask, where it is not there yet, and prints its path. Version and sums are
# pinned in test/envoy-ratelimit/. Takes a minute the first time, nothing after that.
set -eu

module="$(cd "$(dirname "$0")" && pwd)/envoy-ratelimit"
package="$(sed -n 's/^tool //p' "$module/go.mod")"
version="$(sed -n 's|^.*github.com/envoyproxy/ratelimit \(v[^ ]*\).*|\1|p' "$module/go.mod")"
service="${XDG_CACHE_HOME:-$HOME/.cache}/ratelimit/envoy-ratelimit-$version"
if [ ! -x "$service" ]; then
  if ! command -v go >/dev/null; then
    echo "the tests build Envoy's rate limit service with Go, which is missing: install Go 1.25.6 or newer (https://go.dev/dl/)" >&2
    exit 2
  fi
  echo "building Envoy's rate limit service $version, which takes a minute" >&2
  mkdir -p "$(dirname "$service")"
  (cd "$module" && go build -o "$service.$$" "$package") >&2
  mv "$service.$$" "$service"
fi
echo "$service"
