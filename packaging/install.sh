#!/bin/sh
# Puts Oversight in place on a machine without dpkg: sudo ./install.sh. An earlier version is replaced; data stays.
# With --s3 also what backups and files in a bucket need.
set -eu
cd "$(dirname "$0")"

fail() {
    echo "install.sh: $*" >&2
    exit 1
}

[ "$(id -u)" = 0 ] || fail "Run this as root."
python=$(sed -n 's/^version = //p' root/opt/oversight/venv/pyvenv.cfg)
found=$(/usr/bin/python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || echo none)
[ "$found" = "$python" ] || fail "This needs Python $python as /usr/bin/python3. There is: $found."

if [ -d /run/systemd/system ]; then
    systemctl stop 'oversight@*.target' 'oversight-*@*.timer' 'oversight-*@*.socket' 'oversight-*@*.service' || true
fi
id oversight >/dev/null 2>&1 ||
    useradd --system --user-group --no-create-home --home-dir /var/lib/oversight --shell /usr/sbin/nologin oversight
rm -rf /opt/oversight
cp -a --no-preserve=ownership root/. /
[ "${1:-}" != --s3 ] || cp -a --no-preserve=ownership s3/. /
install -d -m 0755 /etc/oversight
install -d -o oversight -g oversight -m 0750 /var/lib/oversight
(cd /opt/oversight && venv/bin/python -c 'import weasyprint' 2>/dev/null) ||
    fail "Oversight is in place, but the libraries of PDFs are missing: Pango, its FreeType part and HarfBuzz’s subsetting."
if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
echo "Oversight is installed. To set up an office: sudo oversight setup. After an update: oversight-all migrate, then"
echo "systemctl start oversight@OFFICE.target."
