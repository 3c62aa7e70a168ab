#!/bin/sh
# Runs the Chromium that the browser tests drive; $CHROMIUM names another one.
# The headless shell draws no window around a page, which takes as long as the page; without it the list below the
# address bar at least is not made ready for each window.
for browser in "${CHROMIUM:-}" /usr/bin/chromium-headless-shell; do
    if [ -x "$browser" ]; then exec "$browser" "$@"; fi
done
for browser in /usr/bin/chromium /usr/bin/chromium-browser; do
    if [ -x "$browser" ]; then
        exec "$browser" "$@" --disable-features=AimEnabled,WebUIOmniboxPopup,WebUIOmniboxAimPopup
    fi
done
echo "No Chromium found" >&2
exit 127
