# Sourced by the scripts that build what the tests run.

# build_with_go FOLDER MODULE NAME TIME: builds the tool that FOLDER/go.mod pins, of the version that MODULE has there, where the
# cache does not hold it as NAME yet, and prints its path. TIME is what messages say that it takes.
build_with_go() {
  pins="$1/go.mod"
  version="$(sed -n "s|^[^/]*$2 \(v[^ ]*\).*|\1|p" "$pins" | head -n 1)"
  program="${XDG_CACHE_HOME:-$HOME/.cache}/ratelimit/$3-$version"
  if [ ! -x "$program" ]; then
    if ! command -v go >/dev/null; then
      oldest="$(sed -n 's/^go //p' "$pins")"
      echo "the tests build $3 $version with Go, which is missing: install Go $oldest or newer (https://go.dev/dl/)" >&2
      exit 2
    fi
    echo "building $3 $version, which takes $4" >&2
    mkdir -p "$(dirname "$program")"
    (cd "$1" && go build -o "$program.$$" "$(sed -n 's/^tool //p' go.mod)") >&2
    mv "$program.$$" "$program"
  fi
  echo "$program"
}
