#!/bin/sh
# Runs the Chromium that the browser tests drive; $CHROMIUM names another one.
# The headless shell draws no window around a page, which takes as long as the page.
for browser in "${CHROMIUM:-}" /usr/bin/chromium-headless-shell /usr/bin/chromium /usr/bin/chromium-browser; do
    if [ -x "$browser" ]; then exec "$browser" "$@"; fi
done
echo "No Chromium found" >&2
exit 127
