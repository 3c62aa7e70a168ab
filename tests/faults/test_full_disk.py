"""A full disk: reading goes on, a save says what is wrong and keeps what was typed, nothing is half-written."""

from pathlib import Path

import pytest
from django.db import connection

from recommendations.domain.audit import verification
from recommendations.models import ForceUpdate
from tests.conftest import make_inspection, make_tracked
from tests.faults import full_disk
from tests.faults.installation import sign_in

POINTS = [0, 4, 8, 12, 16, 24, 32, 48, 64, 80, 96, 120, 160, 200, 256, 320, 400, 512, 768, 1024]  # KB that are left

pytestmark = [
    pytest.mark.sqlite_only,
    pytest.mark.skipif(not full_disk.can_mount(), reason="no disk of one’s own can be mounted here: the soak needs it"),
]


@pytest.mark.parametrize(
    ("points", "restart"),
    [([0], False), pytest.param(POINTS, True, marks=pytest.mark.soak)],
    ids=["nothing left", "twenty points, and a start on a full disk"],
)
def test_on_a_full_disk_pages_are_read_and_saves_wait(
    shared_database, westmarch, officer, administrator, tmp_path, shows, points, restart
):
    tracked = make_tracked(make_inspection(westmarch))
    people, file = [sign_in(officer), sign_in(administrator)], Path(connection.settings_dict["NAME"])
    connection.close()
    (tmp_path / "disk").mkdir()
    seen = full_disk.run(file, tmp_path / "disk", people, [tracked.pk], points, restart)
    unread = [page for point in seen["points"] for page in point["pages"]]
    refused = [said for point in seen["points"] for said in point["refused"]]
    shows(f"{len(points)} points of fullness: {len(refused)} saves refused, {len(unread)} pages that could not be read")
    assert seen["points"][0]["statuses"] == [503] * full_disk.SAVES, "nothing is left"
    assert unread == []
    assert refused == [[True, True]] * len(refused), "each says why, and keeps what was typed"
    assert all(all(point["again"]) for point in seen["points"])
    assert sorted(seen["done"]) == sorted(text for point in seen["points"] for text in point["texts"])
    assert (seen["restarted"], seen["integrity"]) == ([], [("ok",)])
    assert (ForceUpdate.objects.count(), verification.verify()) == (len(points) * full_disk.SAVES, [])
