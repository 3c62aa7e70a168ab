#!/bin/sh
# system.sh THING...: makes sure of what only the operating system can bring: pdf, postgres, libreoffice, chromium or only
# its headless_shell, faketime, pgbouncer, unshare (mounting a disk of one's own).
# Each thing is tried first. What is missing is installed where that is allowed, else the exact command is named.
set -eu
cd "$(dirname "$0")/.."
export DEBIAN_FRONTEND=noninteractive

try_pdf() { .venv/bin/python -W ignore -c 'import weasyprint.text.ffi as f; assert f.harfbuzz_subset' >/dev/null 2>&1; }
try_postgres() { command -v initdb || ls /usr/lib/postgresql/*/bin/initdb; } >/dev/null 2>&1
try_libreoffice() { soffice --version && /usr/bin/python3 -c 'import uno'; } >/dev/null 2>&1
try_headless_shell() { [ -n "${CHROMIUM:-}" ] || [ -x /usr/bin/chromium-headless-shell ]; }
try_faketime() { ls /usr/lib/*/faketime/libfaketimeMT.so.1; } >/dev/null 2>&1
try_pgbouncer() { command -v pgbouncer || [ -x /usr/sbin/pgbouncer ]; } >/dev/null 2>&1
try_unshare() { unshare --user --map-root-user --mount mount -t tmpfs -o size=1m tmpfs /mnt; } >/dev/null 2>&1
try_chromium() { scripts/chromium.sh --version >/dev/null 2>&1; }

packages() {
    case "$1" in
        pdf) echo libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 ;;
        postgres) echo postgresql ;;
        headless_shell) echo chromium-headless-shell ;;
        chromium) echo chromium ;;
        faketime) echo faketime ;;
        pgbouncer) echo pgbouncer ;;
        unshare) echo util-linux mount ;;
        libreoffice) echo libreoffice-calc-nogui python3-uno ;;
    esac
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
}

apt_install() {
    as_root apt-get -q update || true  # a broken third source need not stop what the others have
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qy install --no-install-recommends "$@"
}

# Debian starts a database server as soon as it is installed. The tests start their own, so none is left behind.
install_postgres() {
    apt_install postgresql-common
    settings=/etc/postgresql-common/createcluster.conf
    as_root cp -p "$settings" "$settings.before"
    as_root sh -c "echo 'create_main_cluster = false' >>$settings"
    apt_install postgresql || true
    as_root mv "$settings.before" "$settings"
}

bring() {
    if [ "$1" = postgres ]; then install_postgres; else apt_install $(packages "$1"); fi
}

for thing in "$@"; do
    if "try_$thing"; then continue; fi
    if may_install; then
        echo "Installing $(packages "$thing")"
        bring "$thing" </dev/null
    fi
    if ! "try_$thing"; then
        if [ "$thing" = unshare ] && command -v unshare >/dev/null; then
            echo "This machine refuses user namespaces. Ubuntu allows them with:" >&2
            echo "    sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0" >&2
            exit 1
        fi
        echo "Missing: $(packages "$thing"). On Debian 13 this brings it:" >&2
        echo "    sudo apt-get install $(packages "$thing")" >&2
        exit 1
    fi
done
