#!/bin/sh
# Makes .venv and installs pinned packages into it: environment.sh LOCKFILE...
# Does nothing where the same files have been installed before.
set -eu

python=${PYTHON:-python3}
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Portalen behöver Python 3.11 eller senare. Ange vilken med PYTHON=/sökväg/till/python3 make …"
    exit 1
fi

if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    echo "Gör .venv"
    "$python" -m venv --clear .venv
fi

for lock in "$@"; do
    installed=.venv/$(echo "$lock" | tr / -)
    if ! cmp -s "$lock" "$installed"; then
        echo "Installerar enligt $lock"
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement "$lock"
        cp "$lock" "$installed"
    fi
done
