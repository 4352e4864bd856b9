#!/bin/sh
# Builds the rate limit service of Envoy that the tests ask, where it is not there yet, and prints its path. Version and sums are
# pinned in test/envoy-ratelimit/. Takes a minute the first time, nothing after that.
set -eu

here="$(cd "$(dirname "$0")" && pwd)"
. "$here/build-with-go.sh"

build_with_go "$here/envoy-ratelimit" github.com/envoyproxy/ratelimit envoy-ratelimit 'a minute'
