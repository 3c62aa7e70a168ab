"""A disk of a fixed size that is filled, with SQLite and gunicorn on it.

It is filled by a process in a mount namespace of its own, where anybody may mount a disk in memory.
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

from tests.faults.installation import NOBODY, Answer, Browser, Installation, is_acknowledged, new_text
from tests.faults.processes import SERVER

KB = 1024
SAVES = 3  # at each point


def can_mount() -> bool:
    """Whether this machine lets anybody mount a disk in a namespace of their own: containers and Ubuntu do not."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", "/mnt"]
    try:
        done = subprocess.run(["unshare", "--user", "--map-root-user", "--mount", *mount], capture_output=True)
    except FileNotFoundError:
        return False
    return done.returncode == 0


def run(
    database: Path, disk: Path, browsers: list[Browser], tracked: list[int], points: list[int], restart: bool
) -> dict:
    """Fill a disk to within so many KB at each point, with this database on it, and say what was seen (`seen`)."""
    given = (database, disk, browsers, tracked, points, restart)
    ours, theirs = SERVER.Pipe(duplex=False)
    process = SERVER.Process(target=_in_a_namespace, args=(theirs, given))
    process.start()
    theirs.close()
    with ours:
        found = ours.recv()  # EOFError where it failed: why stands in what the test printed
    process.join()
    return found


def _in_a_namespace(theirs: Connection, given: tuple) -> None:
    """Become root of a namespace of its own, which is nobody else's, and send what is seen there."""
    identities = {"uid_map": os.getuid(), "gid_map": os.getgid()}
    os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNS)
    Path("/proc/self/setgroups").write_text("deny")
    for name, outside in identities.items():
        Path(f"/proc/self/{name}").write_text(f"0 {outside} 1")
    theirs.send(seen(*given))


def seen(
    database: Path, disk: Path, people: list[Browser], tracked: list[int], points: list[int], restart: bool
) -> dict:
    """What is answered at each point, what has become of every save; how it is after a start on a full disk."""
    file = disk / "oversight.sqlite3"
    size = database.stat().st_size + 8 * KB * KB
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)], check=True)
    shutil.copyfile(database, file)
    server = Installation(f"sqlite:///{file}", workers=1, log=database.with_suffix(".log"))
    with server:
        found = {"points": [_at(point, server, disk, people, tracked) for point in points]}
        found["restarted"] = _restarted(server, disk, people, tracked) if restart else []
    with closing(sqlite3.connect(file)) as kept:
        found["integrity"] = kept.execute("PRAGMA integrity_check").fetchall()
        found["done"] = [done for (done,) in kept.execute("SELECT done FROM recommendations_forceupdate")]
        kept.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    shutil.copyfile(file, database)
    return found


def _at(point: int, server: Installation, folder: Path, people: list[Browser], tracked: list[int]) -> dict:
    """With so many KB left: what saves and pages are answered, and the same saves once there is room again."""
    with closing(
        sqlite3.connect(folder / "oversight.sqlite3")
    ) as between:  # no room is left over in the log of changes
        between.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    _fill(folder, point * KB)
    texts = [new_text() for _ in range(SAVES)]
    saves = [people[0].update(server, tracked[0], text) for text in texts]
    pages = _pages(server, people, tracked)
    (folder / "filling").unlink()
    again = [people[0].update(server, tracked[0], text) for text in texts]
    return {
        "left": point,
        "texts": texts,
        "statuses": [each.status for each in saves],
        "refused": [_words(*each) for each in zip(saves, texts, strict=True) if not is_acknowledged(each[0])],
        "pages": pages,
        "again": [is_acknowledged(each) for each in again],
    }


def _pages(server: Installation, people: list[Browser], tracked: list[int]) -> list[str]:
    """Statuses of pages that an officer, an administrator and nobody open, where they are not 200."""
    officer, administrator = people
    asked = {
        officer: ["/", "/register/", "/register/?rag=red", f"/recommendations/{tracked[0]}/", "/definitions/"],
        administrator: ["/", "/admin/"],
        NOBODY: ["/published/", "/account/login/", "/accessibility/"],
    }
    answers = [
        (address, each.get(server, address).status) for each, addresses in asked.items() for address in addresses
    ]
    return [f"{status} {address}" for address, status in answers if status != 200]


def _words(answer: Answer, text: str) -> list[bool]:
    """Whether a page says that there is no room, and has what was typed in a form to send again."""
    return ["There is no room to save anything" in answer.body, f'name="done" value="{text}"' in answer.body]


def _restarted(server: Installation, folder: Path, people: list[Browser], tracked: list[int]) -> list[str]:
    """Pages after it was stopped and the disk is full when it is started again."""
    server.stop()
    with closing(sqlite3.connect(folder / "oversight.sqlite3")) as last:  # who closes last removes what is beside
        last.execute("SELECT count(*) FROM recommendations_forceupdate").fetchall()
    _fill(folder, 0)
    server.start()
    pages = _pages(server, people, tracked)
    (folder / "filling").unlink()
    return pages


def _fill(folder: Path, left: int) -> None:
    """Write a file until so many bytes are left."""
    with (folder / "filling").open("wb", buffering=0) as file:
        room = shutil.disk_usage(folder).free - left
        if room > 0:
            file.write(b"\0" * room)
