#!/bin/sh
# Builds the k6 that the tests run, where it is not there yet, and prints its path. Versions and sums are pinned in
# test/k6/; RATELIMIT_K6 chooses the line: v1 (when unset) or v2. Takes minutes the first time, nothing after that.
set -eu

here="$(cd "$(dirname "$0")" && pwd)"
. "$here/build-with-go.sh"

line="${RATELIMIT_K6:-v1}"
folder="$here/k6/$line"
if [ ! -f "$folder/go.mod" ]; then
  echo "RATELIMIT_K6=$line: there is no such line of k6; set it to v1 or v2" >&2
  exit 2
fi
build_with_go "$folder" "$(sed -n 's/^tool //p' "$folder/go.mod")" k6 'some minutes'
