#!/bin/sh
# Runs the Chromium that the browser tests drive; $CHROMIUM names another one.
for browser in "${CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser; do
    if [ -x "$browser" ]; then exec "$browser" "$@"; fi
done
echo "No Chromium found" >&2
exit 127
