#!/bin/sh
# Writes requirements.txt and requirements-node.txt again, with hashes and without the address of any registry.
set -eu
cd "$(dirname "$0")/.."
tools=var/lock-tools
[ -x "$tools/bin/pip-compile" ] || { .venv/bin/python -m venv "$tools" && "$tools/bin/pip" install --quiet pip-tools; }
compile() {
    env -u PIP_FIND_LINKS CUSTOM_COMPILE_COMMAND="make lock" "$tools/bin/pip-compile" --quiet --generate-hashes --strip-extras \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host "$@"
}
compile --extra dev --output-file requirements.txt pyproject.toml
compile --output-file requirements-node.txt requirements-node.in
