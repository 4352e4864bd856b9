#!/bin/sh
# Installs what the tests start beside the program, where it is missing: `npm test` runs this first. Elsewhere than on
# Debian and Ubuntu, install the same by hand; the tests say what they miss.
set -eu

missing=""
need() { # COMMAND PACKAGE
  command -v "$1" >/dev/null || missing="$missing $2"
}
need redis-server redis-server
need redis-sentinel redis-sentinel
need redis-cli redis-tools
need memcached memcached
need promtool prometheus
need openssl openssl
need xmllint libxml2-utils
need pip3 python3-pip
PATH="$PATH:/usr/sbin" need nginx nginx-light
command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || need chromium chromium

[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null; then
  echo "the tests need$missing; please install them" >&2
  exit 0
fi
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo"
echo "installing$missing" >&2
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
# RUNLEVEL=1: no service is to be started; the tests start their own, on ports that are free.
$as_root env RUNLEVEL=1 apt-get install -y -qq --no-install-recommends $missing >/dev/null
