"""Run a command with its own PostgreSQL server: with_postgres.py [--durable] COMMAND [ARGUMENT ...].
The server has a temporary folder, listens only on a socket inside it, and is removed afterwards. DATABASE_URL tells the
command its address. A server that is already running is never touched. With --durable each commit reaches the disk, as
in production.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

NAME = "oversight"
ROOMY = ("max_wal_size=4GB", "shared_buffers=256MB")
# The data lives only as long as the run: nothing has to reach the disk, and no other server follows it.
FAST = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0"),
    *("checkpoint_timeout=1d", "bgwriter_lru_maxpages=0"),
)


def main(command):
    """Start a server, run the command, stop the server; return the command's exit status."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    durable = command[0] == "--durable"
    account = unprivileged_account()
    with tempfile.TemporaryDirectory(prefix="oversight-postgres-", ignore_cleanup_errors=True) as folder:
        if account:
            os.chown(folder, account["user"], account["group"])
        server = start(Path(folder), account, ROOMY if durable else (*ROOMY, *FAST))
        try:
            plain = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
            url = f"postgres://{NAME}@{quote(folder, safe='')}/{NAME}"
            return subprocess.run(command[durable:], env=plain | {"DATABASE_URL": url}).returncode
        finally:
            server.send_signal(signal.SIGINT)  # "fast": it ends open sessions
            server.wait(timeout=60)


def unprivileged_account():
    """Return the account that runs the server, as Popen's arguments: PostgreSQL refuses to run as root."""
    if os.getuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            person = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}
    sys.exit("PostgreSQL does not run as root, and there is no account `postgres` to run it as.")


def start(folder, account, settings):
    """Make a database in the folder, start its server and return the process once it accepts connections."""
    here = surroundings(folder, account)
    initdb = [program("initdb"), "--pgdata", folder / "data", "--username", NAME, "--auth", "trust", "--no-sync"]
    subprocess.run([*initdb, "--encoding", "UTF8"], check=True, stdout=subprocess.DEVNULL, **here)
    server = launch(folder, account, settings)
    createdb = [program("createdb"), "--host", folder, "--username", NAME, NAME]
    for _ in range(300):
        if server.poll() is not None:
            break
        if subprocess.run(createdb, stderr=subprocess.DEVNULL, **here).returncode == 0:
            return server
        time.sleep(0.1)
    server.kill()
    sys.exit(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")


def launch(folder, account, settings):
    """Start the server of a folder with data, and return the process, which may not accept connections yet."""
    here_alone = (f"unix_socket_directories={folder}", "listen_addresses=")
    options = [part for setting in (*here_alone, *settings) for part in ("-c", setting)]
    with (folder / "log").open("a") as out:
        command = [program("postgres"), "-D", folder / "data", *options]
        return subprocess.Popen(command, stdout=out, stderr=out, **surroundings(folder, account))


def surroundings(folder, account):
    """The folder, environment and account in which PostgreSQL's programs run, as Popen's arguments."""
    return {"cwd": folder, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}, **account}


def program(name):
    """Return the path of a PostgreSQL program; Debian keeps them off the PATH, by version."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    found = shutil.which(name, path=os.pathsep.join(map(str, reversed(versions)))) or shutil.which(name)
    return found or sys.exit(f"PostgreSQL's {name} was not found: sudo apt-get install postgresql")


if __name__ == "__main__":
    if not sys.argv[1:]:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
