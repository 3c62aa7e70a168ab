"""A disk of a fixed size that is filled, with SQLite and gunicorn on it.

It is filled by a program in a mount namespace of its own, where anybody may mount a disk in memory. What the program is
told comes in as JSON, and what it has seen goes out as JSON.
"""

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.faults.installation import NOBODY, ROOT, Answer, Browser, Installation, is_acknowledged, new_text

KB = 1024
SAVES = 3  # at each point
PROGRAM = """
import tests.environment, django; django.setup()
import json, sys; from tests.faults import full_disk
print(json.dumps(full_disk.seen(**json.load(sys.stdin))))
"""
NAMESPACE = ("unshare", "--user", "--map-root-user", "--mount")


def run(
    database: Path, disk: Path, browsers: list[Browser], tracked: list[int], points: list[int], restart: bool
) -> dict:
    """Fill a disk to within so many KB at each point, with this database on it, and say what was seen (`seen`)."""
    given = {"database": str(database), "disk": str(disk), "browsers": browsers, "tracked": tracked}
    given |= {"points": points, "restart": restart}
    command = [*NAMESPACE, sys.executable, "-c", PROGRAM]
    ran = subprocess.run(command, cwd=ROOT, input=json.dumps(given), capture_output=True, text=True)
    if ran.returncode:
        raise RuntimeError(f"{' '.join(NAMESPACE)}: {ran.stderr}")
    return json.loads(ran.stdout)


def seen(
    database: str, disk: str, browsers: list[list[str]], tracked: list[int], points: list[int], restart: bool
) -> dict:
    """What is answered at each point, what has become of every save; how it is after a start on a full disk."""
    folder, file = Path(disk), Path(disk) / "oversight.sqlite3"
    size = Path(database).stat().st_size + 8 * KB * KB
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", disk], check=True)
    shutil.copyfile(database, file)
    server = Installation(f"sqlite:///{file}", workers=1, log=Path(database).with_suffix(".log"))
    people = [Browser(*each) for each in browsers]
    with server:
        found = {"points": [_at(point, server, folder, people, tracked) for point in points]}
        found["restarted"] = _restarted(server, folder, people, tracked) if restart else []
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
