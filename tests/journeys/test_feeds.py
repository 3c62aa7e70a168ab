"""LibreOffice opens the register by its address with a personal token, and shows what the register shows."""

import json
import subprocess
from pathlib import Path

import pytest
from django.utils import timezone

from recommendations.domain.people.api_tokens import make_token
from recommendations.domain.register import voices
from recommendations.periods import london_day
from tests.conftest import AT, make_inspection, make_tracked

LIBREOFFICE = Path(__file__).parent / "libreoffice_feed.py"


@pytest.fixture
def opened_by_address(tmp_path, live_server):
    """The rows that LibreOffice shows of an address, opened with this password."""

    def rows(path: str, password: str) -> list[dict]:
        command = ["/usr/bin/python3", LIBREOFFICE, tmp_path / "profile", f"{live_server.url}{path}", password]
        done = subprocess.run(command, check=True, timeout=180, capture_output=True, text=True)
        headings, *found = json.loads(done.stdout)
        return [dict(zip(headings, row, strict=True)) for row in found]

    return rows


@pytest.mark.soak
def test_libreoffice_reads_the_register_by_its_address(sign_in, officer, westmarch, force_lead, opened_by_address):
    inspection = make_inspection(westmarch)
    first, *_ = [make_tracked(inspection, number=str(number)) for number in (1, 2)]
    voices.log_force_update(tracked=first, done="=Bells are tested: café", by=force_lead, at=AT)
    sign_in(officer)
    at = timezone.now()
    made = make_token(name="Calc", scopes=["read_register"], last_day=london_day(at), by=officer, at=at)
    rows = opened_by_address("/api/v1/feeds/register.csv?force=westmarch", made.secret)
    shown = [(row["Reference"], row["Latest update"], row["Date of update"]) for row in rows]
    assert shown == [("WM-0001", "'=Bells are tested: café", "2026-11-07"), ("WM-0002", "", "")]
