"""A large import and somebody who saves meanwhile: the head of the trail is locked last, for a small share of it."""

import datetime
import json
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.bench.sheets import MEANINGS, register_file
from tests.operations.clusters import Cluster, primary
from tests.operations.test_replica import SET_UP, run, well

ROWS = 5_000
SHARE = 0.1  # of what the import takes of a processor, its database's too: while it holds the head
TODAY = datetime.date(2026, 11, 25)
OFFICE = SET_UP + (
    "import datetime; from tests.bench.data import load, Size, tidy; "
    "load(Size(forces=2, tracked=200, dated=2_000), datetime.date(2026, 11, 25)); tidy(); "
    "from recommendations.models import Force; print(*Force.objects.order_by('pk').values_list('slug', flat=True))"
)
# One save after another to a recommendation of a force until a file is there; prints how many, and the longest wait.
SAVES = (
    SET_UP
    + """
import sys, time
from pathlib import Path
from django.utils import timezone
from recommendations import trail
from recommendations.domain.register.voices import log_force_update
from recommendations.models import TrackedRecommendation, User
slug, over = sys.argv[1:]
tracked = TrackedRecommendation.objects.filter(force__slug=slug).first()
locked_head, waits = trail._lock_head, []
def timed():
    asked = time.perf_counter()
    head = locked_head()
    waits.append(time.perf_counter() - asked)
    return head
trail._lock_head = timed
while not Path(over).exists():
    log_force_update(tracked=tracked, done="Done.", by=User.objects.first(), at=timezone.now())
    time.sleep(0.2)
print(len(waits), max(waits))
"""
)

# The import; prints how many seconds of a processor it and its connection's server took while it held the head, and in
# all.
IMPORT = (
    SET_UP
    + """
import os, sys, time
from pathlib import Path
from django.core.management import call_command
from django.db import connection, transaction
from recommendations import trail
locked_head = trail._lock_head
def spent():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    said = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return time.process_time() + (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")
def timed():
    head = locked_head()
    before = spent()
    transaction.on_commit(lambda: print(spent() - before, spent(), file=sys.stderr))
    return head
trail._lock_head = timed
call_command("import_register", *sys.argv[1:])
"""
)


@pytest.mark.soak
def test_a_save_waits_little_for_a_large_import_of_another_force():
    with tempfile.TemporaryDirectory(prefix="oversight-import-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        with primary(folder / "one") as server:
            well(run(server.address(), "manage.py", "migrate", "--verbosity", "0"))
            count, longest, held, spent = _beside(server, folder, *well(run(server.address(), "-c", OFFICE)).split())
    print(
        f"\n{count:.0f} saves beside an import of {ROWS:,} rows, which held the head for {held:.2f} of {spent:.1f} s "
        f"of a processor; the longest wait by the clock: {longest:.2f} s."
    )
    assert count > 1
    assert held <= SHARE * spent


def _beside(server: Cluster, folder: Path, slug: str, other: str) -> list[float]:
    """Bring a register in for one force while somebody saves to the other: saves, longest wait, hold, all."""
    file, mapping, over = folder / "register.xlsx", folder / "mapping.json", folder / "over"
    file.write_bytes(register_file(ROWS, TODAY))
    mapping.write_text(json.dumps({"meanings": MEANINGS, "undated_on": "26/10/2026"}))
    given = ("--force", slug, "--mapping", str(mapping), "--json")
    with ThreadPoolExecutor(1) as people:
        saves = people.submit(run, server.address(), "-c", SAVES, other, str(over))
        done = run(server.address(), "-c", IMPORT, str(file), *given)
        over.touch()
        said = well(saves.result())
    well(done)
    return [float(each) for each in (*said.split(), *done.stderr.split()[-2:])]
