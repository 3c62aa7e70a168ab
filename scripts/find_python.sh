#!/bin/sh
# Prints a Python from 3.12 up that can make a virtual environment; with a version, such as
# find_python.sh 3.12, one of that version. Each candidate is tried by running it: `python3` may be older, and a name on the
# PATH may be a shim that fails when it is run.
set -u
trial='import ensurepip, sqlite3, ssl, sys, venv
assert sys.version_info >= (3, 12)
assert sys.argv[1] in ("", "%s.%s" % sys.version_info[:2])
print(sys.executable)'

for candidate in "${PYTHON:-}" python3.13 python3.14 python3.12 python3 \
    /usr/bin/python3.13 /usr/bin/python3.14 /usr/bin/python3.12 /usr/bin/python3 \
    /usr/local/bin/python3 "$HOME"/.pyenv/versions/3.1[2-9]*/bin/python3; do
    [ -n "$candidate" ] || continue
    if "$candidate" -c "$trial" "${1:-}" 2>/dev/null; then exit 0; fi
done

[ -z "${1:-}" ] || exit 1
echo "Oversight needs Python 3.12 or later with its venv module. On Debian 13 this brings it:" >&2
echo "    sudo apt-get install python3 python3-venv" >&2
exit 1
