#!/bin/sh
# Sees to it that Debian packages are installed: packages.sh NAME...
# Installs what is missing when it may (root, or sudo without a password); otherwise prints the command and stops.
set -eu

if ! command -v dpkg-query >/dev/null; then
    echo "Det här är inte Debian eller Ubuntu: se till att motsvarigheterna till dessa paket finns: $*"
    exit 0
fi

missing=""
for package in "$@"; do
    state=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo"
install="apt-get install --yes --no-install-recommends$missing"

if [ -n "$as_root" ] && ! sudo --non-interactive true 2>/dev/null; then
    echo "Det saknas paket. Kör detta kommando, och sedan make en gång till:"
    echo
    echo "    sudo apt-get update && sudo $install"
    echo
    exit 1
fi

echo "Installerar$missing"
$as_root apt-get update --quiet=2
$as_root env DEBIAN_FRONTEND=noninteractive $install --quiet=2 >/dev/null
