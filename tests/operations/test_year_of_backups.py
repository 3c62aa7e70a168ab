"""A year of backups as one run: saves, retention, monthly proof, restores, a bad byte, a full disk."""

import os
import shutil
import subprocess
import sys

import pytest
from django.db import connection

from tests.database import OFFICE_KEY, ROOT, _postgresql_template, address, files_of, sqlite_office

pytestmark = pytest.mark.soak


def drill(url: str, folder, every: int) -> str:
    environment = os.environ | {"DATABASE_URL": url, "SECRET_KEY": OFFICE_KEY, "VAR_DIR": str(folder)}
    environment |= {"FILES_TO": str(files_of(sqlite_office()))}
    environment |= {"DJANGO_SETTINGS_MODULE": "oversight.settings", "LOG_LEVEL": "ERROR"}
    command = [sys.executable, "-m", "tests.operations.year", str(folder), str(every)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    print(f"\n{done.stdout}")
    return done.stdout


def test_a_year_of_daily_backups_of_an_sqlite(tmp_path):
    office = shutil.copy(sqlite_office(), tmp_path / "office.sqlite3")
    said = drill(f"sqlite:///{office}", tmp_path, every=1)
    assert said.startswith("365 saves, 365 backups: 345 removed, 20 kept; 12 verified.")


@pytest.mark.postgresql_alone
def test_a_year_of_weekly_backups_of_a_postgresql(db, tmp_path):
    template = _postgresql_template()
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE a_year TEMPLATE {template}")
        said = drill(address(connection, "a_year"), tmp_path, every=7)
        cursor.execute("DROP DATABASE a_year WITH (FORCE)")
    assert said.startswith("365 saves, 53 backups: 36 removed, 17 kept; 12 verified.")
