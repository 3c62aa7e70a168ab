"""Free space: each disk once, which of them have little, and PostgreSQL's own error where there is none."""

import os
import shutil

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from recommendations.disk_space import disks
from recommendations.middleware.kept_forms import typed_by
from recommendations.models import ForceUpdate

# /dev/full is a file that never has room: what PostgreSQL writes to it fails as on a full disk.
NO_ROOM = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN COPY (SELECT 1) TO '/dev/full'; RETURN NEW; END $$;
CREATE TRIGGER no_room BEFORE INSERT ON recommendations_forceupdate EXECUTE FUNCTION no_room()
"""


@pytest.mark.sqlite_alone
def test_each_disk_is_named_once_and_little_is_what_the_setting_says(db, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    found = disks()
    assert len({os.stat(disk.folder).st_dev for disk in found}) == len(found) > 0
    assert found[0].total == shutil.disk_usage(found[0].folder).total
    settings.WATCH = settings.WATCH | {"WATCH_FREE_MB": (0, 0)}
    assert [disk.is_low for disk in found] == [False] * len(found)
    settings.WATCH = settings.WATCH | {"WATCH_FREE_MB": (10**12, 0)}
    assert [disk.is_low for disk in found] == [True] * len(found)


@pytest.mark.postgresql_alone
def test_postgresqls_error_for_a_full_disk_is_answered_with_503_and_what_is_wrong(tracked, officer, settings):
    settings.DEMO = True
    client = Client(raise_request_exception=False)
    client.force_login(officer)
    with connection.cursor() as cursor:
        cursor.execute(NO_ROOM)
    sent = {"done": "Bells.", "once": "a" * 32, "kept_for": typed_by(officer)}
    answer = client.post(reverse("log_force_update", args=[tracked.pk]), sent)
    assert (answer.status_code, "There is no room to save anything</h1>" in answer.content.decode()) == (503, True)
    assert ForceUpdate.objects.count() == 0
