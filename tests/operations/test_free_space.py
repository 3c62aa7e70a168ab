"""Free space: each disk once, and a sentence for each that has little."""

import os
import shutil

import pytest

from oversight.operations.free_space import free_space, low_disk_space


@pytest.mark.sqlite_alone
def test_each_disk_is_named_once_and_little_is_what_the_setting_says(db, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    found = free_space()
    assert len({os.stat(disk.folder).st_dev for disk in found}) == len(found) > 0
    assert found[0].total == shutil.disk_usage(found[0].folder).total
    settings.LOW_DISK_SPACE = 0
    assert low_disk_space() == []
    settings.LOW_DISK_SPACE = 10**12
    assert [line.partition(" free for ")[2] for line in low_disk_space()] == [f"{d.what} ({d.folder})." for d in found]
