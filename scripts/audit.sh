#!/bin/sh
# Asks pip-audit and npm for known vulnerabilities of what is locked. Status 3: a database could not be asked.
set -eu
cd "$(dirname "$0")/.."
tools=var/audit-tools
[ -x "$tools/bin/pip-audit" ] || {
    .venv/bin/python -m venv "$tools" && "$tools/bin/pip" install --quiet pip-audit || {
        echo "pip-audit could not be installed, so nothing was asked of it." >&2
        rm -rf "$tools"
    }
}
AUDIT_TOOLS="$tools/bin/" exec .venv/bin/python scripts/dependencies.py audit
