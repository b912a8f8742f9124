#!/bin/bash
# All tests in one pytest run with three workers: on SQLite, on SQLite with the browser, and on PostgreSQL (a throw-away
# cluster). Each worker collects its own part (tests/conftest.py); pytest's last line counts them all.
# In the report, the word in brackets under a test's name tells the worker: [sqlite], [browser] or [postgresql].
set -u

log=$(mktemp)
trap 'rm -f "$log"' EXIT

# pytest speaks to the terminal; what pg_virtualenv says is of interest only when pytest never began.
# The cluster is thrown away: nothing in it has to outlive a power cut, be copied elsewhere or be tidied up.
LC_ALL=C.UTF-8 pg_virtualenv -o fsync=off -o synchronous_commit=off -o full_page_writes=off -o wal_level=minimal \
    -o max_wal_senders=0 -o autovacuum=off -o jit=off \
    bash -c 'echo "pytest börjar"; exec .venv/bin/python -m pytest --dist=each \
        --tx popen//id=sqlite//env:TEST_PART=plain \
        --tx popen//id=browser//env:TEST_PART=browser \
        --tx popen//id=postgresql//env:TEST_PART=postgresql//env:TEST_DATABASE=postgresql "$@" >&3 2>&4' pytest "$@" \
    3>&1 4>&2 >"$log" 2>&1
status=$?

grep -q "pytest börjar" "$log" || cat "$log"
exit $status
