#!/bin/sh
# The demonstration on a port: the web server, and beside it what makes the files of papers. Both stop together.
# $! is the last one started, also where the signal comes before its number has been written down.
trap 'trap "" INT TERM; kill -TERM $worker $! 2>/dev/null; wait; exit 0' INT TERM
.venv/bin/python manage.py build_papers --wait &
worker=$!
.venv/bin/gunicorn --bind "127.0.0.1:$1" &
server=$!
wait "$server"
code=$?
kill -TERM "$worker" 2>/dev/null
wait
exit "$code"
