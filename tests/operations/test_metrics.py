"""Metrics: what two workers count is added up, what the database holds is asked, and no label is a person's."""

import os
import re
import subprocess
import sys

import pytest
from django.test import Client
from django.urls import reverse

from oversight.watch import metrics
from recommendations.last_runs import note_run
from recommendations.models import TrailEntry
from recommendations.telemetry import happened
from tests.conftest import AT
from tests.test_setup import ROOT

TOKEN = "a-token-of-twenty-characters"


@pytest.fixture(autouse=True)
def _counting(settings):
    settings.METRICS_TOKEN, settings.DEMO = TOKEN, True
    metrics.listen()
    yield
    happened.disconnect(dispatch_uid="metrics")


def scrape(token: str = TOKEN) -> dict[str, float]:
    """Each sample by its name and labels."""
    answer = Client().get("/metrics", HTTP_AUTHORIZATION=f"Bearer {token}", HTTP_HOST="10.0.0.7")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    samples = re.findall(r"^(\w+(?:\{.*\})?) (\S+)$", answer.content.decode(), re.MULTILINE)
    return {name: float(value) for name, value in samples}


def test_requests_statements_saves_and_the_lock_are_counted(officer, tracked, django_capture_on_commit_callbacks):
    client, before = Client(), scrape()
    client.force_login(officer)
    with django_capture_on_commit_callbacks(execute=True):
        client.get(reverse("register"), {"q": "Zebedee"})
        sent = {"version": tracked.version, "once": "a" * 32, "done": "Zebedee", "effective_on": "6/11/2026"}
        client.post(reverse("log_force_update", args=[tracked.pk]), sent)
        client.get("/no-such-page/Zebedee")
    after = scrape()
    more = {name: value - before.get(name, 0) for name, value in after.items() if value != before.get(name, 0)}
    assert {
        name: more[name] for name in more if name.startswith(("oversight_requests_total", "oversight_saves_total"))
    } == {
        'oversight_requests_total{method="GET",route="register",status="200"}': 1,
        'oversight_requests_total{method="POST",route="log_force_update",status="302"}': 1,
        'oversight_requests_total{method="GET",route="none",status="404"}': 1,
        'oversight_saves_total{verb="log_force_update"}': 1,
    }
    assert more["oversight_trail_lock_wait_seconds_count"] == more["oversight_trail_lock_hold_seconds_count"] == 1
    assert more['oversight_database_statements_total{route="register"}'] > 5
    assert (
        0
        < more['oversight_database_seconds_total{route="register"}']
        < more['oversight_request_seconds_sum{route="register"}']
    )
    assert after["oversight_trail_entries_total"] == TrailEntry.objects.count()
    text = str(after)
    assert [word for word in ("Zebedee", officer.name, officer.email, str(tracked)) if word in text] == []


def test_what_the_database_and_the_files_say_is_asked_when_somebody_scrapes(db, django_assert_num_queries):
    note_run("backup", at=AT)
    with django_assert_num_queries(14):
        found = scrape()
    assert found['oversight_last_run_timestamp_seconds{job="backup"}'] == AT.timestamp()
    assert found['oversight_check_level{check="backup"}'] == 2
    assert found['oversight_check_level{check="database"}'] == 0
    assert found["oversight_free_bytes"] > 0


PRELOADED = """
import os
import django; django.setup()
from oversight.watch import metrics
from recommendations.telemetry import emit
for _ in range(2):
    if not os.fork():
        for _ in range(3):
            emit("mail", outcome="sent")
        os._exit(0)
    os.wait()
registry = metrics.CollectorRegistry()
metrics.MultiProcessCollector(registry)
print(metrics.generate_latest(registry).decode())
"""


def test_what_two_preloaded_workers_counted_is_added_up(tmp_path):
    environment = os.environ | {
        "METRICS_TOKEN": TOKEN,
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "oversight.settings",
    }
    command = [sys.executable, "-c", PRELOADED]
    said = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout
    assert 'oversight_mails_total{outcome="sent"} 6.0' in said
