#!/bin/sh
# Writes the locks again, with hashes and without the address of any registry: requirements.txt for production,
# requirements-dev.txt for what development needs on top of it, requirements-node.txt for Node.
set -eu
cd "$(dirname "$0")/.."
tools=var/lock-tools
[ -x "$tools/bin/pip-compile" ] || { .venv/bin/python -m venv "$tools" && "$tools/bin/pip" install --quiet pip-tools; }
compile() {
    env -u PIP_FIND_LINKS CUSTOM_COMPILE_COMMAND="make lock" "$tools/bin/pip-compile" --quiet --generate-hashes --strip-extras \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host "$@"
}
compile --extra sentry --extra s3 --output-file requirements.txt pyproject.toml
compile --all-extras --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml
.venv/bin/python scripts/only_on_top.py requirements.txt requirements-dev.txt
compile --output-file requirements-node.txt requirements-node.in
