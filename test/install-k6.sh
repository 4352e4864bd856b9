#!/bin/sh
# Builds the k6 that the tests run, where it is not there yet, and prints its path. Versions and sums are pinned in
# test/k6/; RATELIMIT_K6 chooses the line: v1 (when unset) or v2. Takes minutes the first time, nothing after that.
set -eu

line="${RATELIMIT_K6:-v1}"
module="$(cd "$(dirname "$0")" && pwd)/k6/$line"
if [ ! -f "$module/go.mod" ]; then
  echo "RATELIMIT_K6=$line: there is no such line of k6; set it to v1 or v2" >&2
  exit 2
fi
package="$(sed -n 's/^tool //p' "$module/go.mod")"
version="$(sed -n "s|^[^/]*$package \(v[0-9.]*\).*|\1|p" "$module/go.mod" | head -n 1)"
k6="${XDG_CACHE_HOME:-$HOME/.cache}/ratelimit/k6-$version"
if [ ! -x "$k6" ]; then
  if ! command -v go >/dev/null; then
    echo "the tests build k6 $version with Go, which is missing: install Go 1.25 or newer (https://go.dev/dl/)" >&2
    exit 2
  fi
  echo "building k6 $version, which takes some minutes" >&2
  mkdir -p "$(dirname "$k6")"
  (cd "$module" && go build -o "$k6.$$" "$package") >&2
  mv "$k6.$$" "$k6"
fi
echo "$k6"
