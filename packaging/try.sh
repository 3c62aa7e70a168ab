#!/bin/sh
# Installs the package in a fresh Debian 13 that systemd starts in a container, from nothing to a signed-in administrator.
#
#     sudo packaging/try.sh [--database sqlite|postgresql] [--keep]
#
# Needs root, debootstrap and systemd-container; nginx of the container takes port 8443 of this machine for a while.
# The folder is var/try. --keep leaves the container there and says how to look into it.
set -eu
cd "$(dirname "$0")/.."
database=sqlite keep=
while [ $# -gt 0 ]; do
    case "$1" in
        --database) database=$2; shift 2 ;;
        --keep) keep=1; shift ;;
        *) echo "try.sh: there is no $1. See the top of this file." >&2; exit 2 ;;
    esac
done
deb=$(ls -t var/oversight_*_"$(dpkg --print-architecture)".deb | head -1)
try=$PWD/var/try root=$PWD/var/try/root origin=https://oversight.example.org:8443 leader=
mirror=$(sed -n 's/^URIs: \(http[^ ]*\/debian\)$/\1/p; s/^deb \(http[^ ]*\/debian\) .*/\1/p' /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null | head -1)
mkdir -p "$try"

# A bare Debian 13 with systemd as a server has it, made once.
if [ ! -e "$try/base.tar" ]; then
    rm -rf "$try/base"
    debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus trixie "$try/base" "$mirror" >"$try/debootstrap.log"
    chroot "$try/base" apt-get clean
    tar -C "$try/base" -cf "$try/base.part" . && mv "$try/base.part" "$try/base.tar" && rm -rf "$try/base"
fi
rm -rf "$root" && mkdir -p "$root" && tar -C "$root" -xf "$try/base.tar"
rm -f "$root/etc/machine-id" && cp "$deb" "$root/root/oversight.deb"
cp /etc/resolv.conf "$root/etc/resolv.conf"

# systemd starts it, in namespaces of its own, where nothing of this machine but the network is seen.
unshare --mount sh -c '
    mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/nspawn
    if ! [ -e /sys/fs/cgroup/cgroup.controllers ]; then umount -R /sys/fs/cgroup; mount -t cgroup2 cgroup2 /sys/fs/cgroup; fi
    SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 exec systemd-nspawn --quiet --register=no --keep-unit --resolv-conf=off -D "$0" --boot
' "$root" >"$try/boot.log" 2>&1 </dev/null &
booted=$!

stop() {
    [ -z "$leader" ] || kill -s RTMIN+4 "$leader" 2>/dev/null || true  # systemd's word for "power off"
    wait "$booted" 2>/dev/null || true
}
[ -n "$keep" ] || trap stop EXIT

inside() {
    nsenter -t "$leader" --mount --uts --ipc --net --pid --cgroup -- env -i HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
        PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

for _ in $(seq 100); do
    nspawn=$(pgrep -P "$booted" -f systemd-nspawn || echo "$booted")
    leader=$(pgrep -P "$nspawn" | head -1) || true
    if [ -n "$leader" ] && inside systemctl is-system-running 2>/dev/null | grep -Eq 'running|degraded'; then break; fi
    sleep 0.5
done

commands=0 began=$(date +%s)
step() {
    commands=$((commands + 1))
    echo "# $*"
    inside "$@" >>"$try/steps.log" 2>&1 || { tail -20 "$try/steps.log"; echo "This failed: $*" >&2; exit 1; }
}
: >"$try/steps.log"
server=
[ "$database" = sqlite ] || server=postgresql
inside apt-get -q update >>"$try/steps.log" 2>&1  # a machine that was set up has the lists of packages
step apt-get -qy --no-install-recommends install /root/oversight.deb nginx-light $server
inside sh -c 'apt-get -qy --no-install-recommends install openssl && mkdir -p /etc/ssl/oversight && openssl req -x509 -newkey rsa:2048 \
    -nodes -days 2 -subj /CN=oversight.example.org -keyout /etc/ssl/oversight/privkey.pem -out /etc/ssl/oversight/fullchain.pem' \
    >>"$try/steps.log" 2>&1  # a certificate, which an office has from elsewhere
step oversight setup --no-input --name "Marches OPCC" --body "Police and Crime Commissioner for the Marches" --origin "$origin" --database "$database" \
    --administrator "Ada Rowe" --administrator-email ada@example.org --second-administrator "Ben Okoro" \
    --second-administrator-email ben@example.org
link=$(sed -n 's/^ *\(https:.*\/invitation\/.*\)$/\1/p' "$try/steps.log" | head -1)
# Its own port, since this machine may have another server on 443.
step cp /usr/share/doc/oversight/examples/nginx-log.conf /etc/nginx/conf.d/oversight-log.conf
step sh -c "sed 's/listen 443/listen 8443/; s/listen \[::\]:443/listen [::]:8443/; s/Host \$host/Host \$http_host/' \
    /usr/share/doc/oversight/examples/nginx.conf | awk '/^server [{]/ && !seen++ {skip = 1} !skip; /^}/ {skip = 0}' \
    >/etc/nginx/sites-enabled/oversight"
inside rm -f /etc/nginx/sites-enabled/default
step systemctl restart nginx
.venv/bin/python packaging/try_sign_in.py "$origin" "$link"
echo "From nothing to a signed-in administrator: $commands commands, $(($(date +%s) - began)) seconds by the clock."

# The children of a unit within its limits, and each job that is there.
cp packaging/try_children.py "$root/opt/try_children.py"
cat >"$root/etc/systemd/system/oversight-try@.service" <<'UNIT'
[Service]
Type=oneshot
ExecStart=/usr/bin/oversight --office %i shell --no-imports -c "exec(open('/opt/try_children.py').read(), {})"
UNIT
inside systemctl daemon-reload
inside systemd-analyze verify --man=no oversight@main.target
inside oversight version
for job in try reminders due-papers responses-due verify verify-papers redactions access-records backup verify-backup head tidy; do
    if inside systemctl start "oversight-$job@main" 2>/dev/null; then echo "oversight-$job@main: well"; else
        inside journalctl --no-pager -o cat -u "oversight-$job@main" | tail -5
        exit 1
    fi
done
inside oversight status

# A trail that was tampered with rings: the unit fails, another one reports it, and `status` is bad until it is well again.
change() { inside oversight shell --no-imports -c "from django.db import connection
connection.cursor().execute(\"UPDATE recommendations_policingbody SET name = $1\")"; }
change "name || ' of another county'"
if inside systemctl start oversight-verify@main 2>/dev/null; then echo "oversight-verify@main did not notice a change" >&2; exit 1; fi
for _ in $(seq 60); do
    if inside journalctl --no-pager -o cat -u oversight-failed@main | grep 'oversight-verify@main.service failed'; then break; fi
    sleep 1
done
inside oversight status | grep '^bad *verify_audit'
inside journalctl --no-pager -o cat -u oversight-failed@main | grep -q 'oversight-verify@main.service failed'
change "replace(name, ' of another county', '')"
inside systemctl start oversight-verify@main
inside oversight status
inside journalctl --no-pager -o cat -u oversight-try@main | grep '^children'
inside systemd-analyze security --no-pager oversight-web@main.service | tail -1

# The same package again, as an update: what runs stops, and goes on.
inside apt-get -qy --reinstall install /root/oversight.deb >>"$try/steps.log" 2>&1
inside systemctl is-active oversight-web@main oversight-papers@main | sort -u | sed 's/^/after an update: /'
# Without the program the data is still there.
inside apt-get -qy purge oversight >>"$try/steps.log" 2>&1
inside sh -c 'ls -d /opt/oversight 2>/dev/null; ls -d /etc/oversight/main/settings.env /var/lib/oversight/main' | sed 's/^/after apt purge: /'
[ -z "$keep" ] || echo "It runs on. To look: nsenter -t $leader --all bash. To end it: kill -s RTMIN+4 $leader"
