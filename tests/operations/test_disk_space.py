"""Free space: each disk once, and which of them have little."""

import os
import shutil

import pytest

from recommendations.domain.writing.disk_space import disks


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
