"""/healthz, /readyz and /metrics: by any name, without a session, and what makes them say that something is wrong."""

import datetime
import json
import re

import pytest
from django.apps import apps
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from oversight.operations import readiness
from oversight.operations.readiness import BY_HAND, CHECKS, JOBS, Level, findings, watched_jobs
from recommendations import trail
from recommendations.domain.audit.secret_key import seal_with_key
from recommendations.domain.papers import papers
from recommendations.domain.papers.building import ask_to_finalise
from recommendations.enums import MailState
from recommendations.last_runs import note_problem, note_run
from recommendations.models import PaperBuild, ReminderMail, TrailEntry, TrailHead
from tests.database import ROOT
from tests.makers.quarters import PASSED
from tests.per_module import per_module

HOUR = datetime.timedelta(hours=1)
TOKEN = "a-token-of-twenty-characters"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIR, settings.METRICS_TOKEN = tmp_path, TOKEN
    settings.WATCH = settings.WATCH | {"WATCH_FREE_MB": (0, 0)}


@pytest.fixture
def all_ran():
    for name in (*JOBS, "build_papers"):
        note_run(name, at=timezone.now())


def ask(path: str = "/readyz", client=None, **asked):
    """The status and what is said to whoever has the token."""
    answer = (client or Client()).get(path, HTTP_AUTHORIZATION=f"Bearer {TOKEN}", **asked)
    return answer.status_code, json.loads(answer.content)


def wrong(later=datetime.timedelta()) -> dict[str, str]:
    """What is not well that much later than now."""
    return {each.name: each.level.name for each in findings(at=timezone.now() + later) if each.level}


@pytest.mark.parametrize("host", ["10.0.0.7:8000", "other.example", "oversight.example.org."])
def test_they_answer_any_name_over_http_without_a_session(all_ran, db, settings, host):
    settings.ALLOWED_HOSTS, settings.ORIGIN = ["oversight.example.org"], "https://oversight.example.org"
    settings.SECURE_SSL_REDIRECT = settings.BEHIND_PROXY = True
    client = Client()
    for path in ("/healthz", "/readyz"):
        answer = client.get(path, HTTP_HOST=host)
        assert (answer.status_code, answer["Cache-Control"], {**client.cookies}) == (200, "no-store", {})
        assert client.post(path, HTTP_HOST=host).status_code == 405
    assert client.get("/", HTTP_HOST=host).status_code == 400


def test_health_asks_no_database_and_readiness_four_queries(all_ran, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert ask("/healthz") == (200, {"status": "well"})
    with django_assert_num_queries(4):
        assert ask() == (200, {"status": "well", "wrong": []})


def test_while_the_database_is_away_a_process_is_healthy_and_not_ready(all_ran, db):
    def fails(*asked):
        raise OperationalError('connection to server at "db.internal" failed: FATAL: password of "oversight"')

    with connection.execute_wrapper(fails):
        assert ask("/healthz") == (200, {"status": "well"})
        assert ask() == (
            503,
            {
                "status": "bad",
                "wrong": [{"check": "database", "level": "bad", "words": "The database does not answer."}],
            },
        )


def test_migrations_that_wait_are_not_ready(all_ran, db, monkeypatch):
    there = readiness._on_disk()
    monkeypatch.setattr(readiness, "_on_disk", lambda: there | {("recommendations", "9999_next")})
    status, said = ask()
    assert (status, said["wrong"][0]["words"]) == (503, "1 migration waits: run migrate.")


def test_too_little_room_is_not_ready(all_ran, db, settings):
    for thresholds, status, level in (((10**9, 0), 200, "warn"), ((10**9, 10**9), 503, "bad")):
        settings.WATCH = settings.WATCH | {"WATCH_FREE_MB": thresholds}
        code, said = ask()
        assert (code, said["status"], [each["check"] for each in said["wrong"]]) == (status, level, ["disk"])


def test_what_is_late_is_said_and_stops_nobody_unless_the_office_wants_it(all_ran, db, settings):
    note_run("backup", at=timezone.now() - 80 * HOUR)
    words = "The last backup was 3 days ago."
    assert ask() == (200, {"status": "bad", "wrong": [{"check": "backup", "level": "bad", "words": words}]})
    settings.READY_NEEDS = ("backup",)
    assert ask()[0] == 503


def test_an_installation_on_its_first_day_is_ready_and_says_what_never_ran(db):
    status, said = ask()
    assert (status, said["status"]) == (200, "warn")
    assert {each["check"] for each in said["wrong"]} == {"worker", *watched_jobs()}


@pytest.mark.parametrize("name", JOBS)
def test_a_job_that_never_ran_is_bad_once_the_office_is_older_than_that(name, settings, tracked):
    settings.HEADS_TO = ["/heads"]
    began, bad = TrailEntry.objects.earliest("sequence").at, settings.WATCH[JOBS[name][0]][1]
    for hours, level in ((0, Level.WARN), (bad - 1, Level.WARN), (bad, Level.BAD)):
        [found] = [each for each in findings(at=began + hours * HOUR) if each.name == name]
        assert (found.level, found.words) == (level, f"No {JOBS[name][1]} has been noted here yet.")
    note_run(name, at=began + bad * HOUR)
    assert next(each for each in findings(at=began + bad * HOUR) if each.name == name).level == Level.WELL


def test_the_age_of_an_office_is_one_query_and_nobodys_while_the_database_is_away(tracked, django_assert_num_queries):
    with django_assert_num_queries(5):
        findings(at=timezone.now())

    def fails(*asked):
        raise OperationalError("connection refused")

    with connection.execute_wrapper(fails):
        later = {each.name: each.level for each in findings(at=timezone.now() + 9999 * HOUR)}
    assert (later["database"], later["backup"]) == (Level.BAD, Level.WARN)


@pytest.mark.parametrize("name", [*JOBS, *BY_HAND])
def test_what_a_job_found_is_bad_at_once_and_until_a_good_run(all_ran, db, name):
    note_problem(name, at=timezone.now() - 3 * HOUR, detail="2 things are missing")
    words = {**BY_HAND, **{name: words for name, (_, words) in JOBS.items()}}[name]
    status, said = ask()
    assert (status, said["status"]) == (200, "bad")
    assert said["wrong"] == [
        {
            "check": name,
            "level": "bad",
            "words": f"The {words} 3 hours ago found something wrong: 2 things are missing. Run {name} and read what "
            "it says.",
        }
    ]
    note_run(name, at=timezone.now())
    assert ask() == (200, {"status": "well", "wrong": []})


def test_heads_that_go_nowhere_and_backups_whose_key_is_elsewhere_are_not_waited_for(db, settings):
    assert {*JOBS} - {*watched_jobs()} == {"send_head"}
    settings.HEADS_TO, settings.BACKUP_RECIPIENT = ["/heads"], "age1qqqq"
    assert {*JOBS} - {*watched_jobs()} == {"verify_backup"}


@pytest.mark.parametrize("name", JOBS)
def test_each_timer_that_is_late_is_said(all_ran, db, settings, name):
    settings.HEADS_TO = ["/heads"]
    warn, bad = settings.WATCH[JOBS[name][0]]
    for hours, level in ((warn - 1, None), (warn + 1, "WARN"), (bad + 1, "BAD")):
        note_run(name, at=timezone.now() - hours * HOUR)
        assert wrong().get(name) == level


@pytest.mark.on_postgresql
def test_a_database_of_another_secret_key_is_bad(all_ran, db, settings):
    TrailHead.objects.get_or_create(pk=1)
    seal_with_key()
    assert wrong() == {}
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 9, [settings.SECRET_KEY]
    assert wrong() == {}  # a change of the key, as it should be
    settings.SECRET_KEY_FALLBACKS = []
    assert wrong() == {"key": "BAD"}


@pytest.mark.on_postgresql
def test_a_clock_behind_the_newest_entry_is_bad(all_ran, db):
    now = timezone.now()
    trail.record(by=None, at=now + 2 * HOUR, verb="test")
    found = {each.name: each for each in findings(at=now)}["clock"]
    words = "The clock of this machine is 2 hours behind the newest entry of the trail. Set it."
    assert (found.level, found.words, found.value) == (Level.BAD, words, 7200)
    trail.record(by=None, at=now + datetime.timedelta(seconds=50), verb="test")  # machines differ a little
    assert wrong() == {}


@pytest.mark.parametrize("name", CHECKS)
def test_the_office_may_let_any_check_that_is_watched_decide(settings, name):
    settings.READY_NEEDS = [name]
    apps.get_app_config("oversight").ready()


def test_every_check_can_be_named(all_ran, db, settings):
    named = {each.name for each in findings(at=timezone.now())}
    assert {*CHECKS} - named == {"replica", "send_head", *BY_HAND}  # where there is one, and where it found something
    table = re.findall(r"^\| (`[a-z_`, ]+`) \|", (ROOT / "docs/operations/watch.md").read_text(), re.MULTILINE)
    listed = [name for cell in table for name in re.findall(r"`([a-z_]+)`", cell)]
    assert {*CHECKS} - {*listed} == set()


@per_module
def build(westmarch, body, officer, approver):
    paper = papers.prepare(force=westmarch, start=PASSED.start, end=PASSED.end, by=officer, at=timezone.now())
    return ask_to_finalise(paper=paper, by=approver, at=timezone.now())


def test_a_worker_that_fell_silent_and_a_paper_that_waits_are_said(all_ran, build):
    note_run("build_papers", at=timezone.now())
    assert wrong() == {}
    assert wrong(datetime.timedelta(minutes=2)) == {"worker": "WARN"}
    assert wrong(datetime.timedelta(minutes=6)) == {"worker": "BAD", "builds": "WARN"}
    # written at once: a build is no record
    PaperBuild.objects.update(
        state="running", step="figures", attempts=1, started_at=timezone.now(), beat_at=timezone.now() + HOUR
    )
    assert wrong(HOUR) == {}  # the worker is busy, and says so there


def test_e_mails_that_do_not_go_are_said_by_their_attempts(all_ran, officer):
    mail = ReminderMail.objects.create(
        person=officer,
        day=timezone.now().date(),
        state=MailState.FAILED,
        claimed_at=timezone.now(),
        problem="It answered 451.",
    )
    assert wrong() == {"mails": "WARN"}
    mail.attempts = 6
    mail.save()
    assert wrong() == {"mails": "BAD"}
    assert wrong(49 * HOUR).get("mails") is None


def test_the_public_server_asks_only_whether_its_database_answers(all_ran, db, settings, django_assert_num_queries):
    settings.PUBLIC_PAGES_ONLY = True
    with django_assert_num_queries(2 if connection.vendor == "postgresql" else 1):  # how far a replica is behind
        assert [each.name for each in findings(at=timezone.now())] == ["database", "disk"]
    assert ask() == (200, {"status": "well", "wrong": []})


@pytest.mark.parametrize(("known", "given"), [("", ""), ("", "Bearer "), (TOKEN, ""), (TOKEN, "Bearer x")])
def test_a_stranger_is_told_whether_people_can_be_served_and_no_more(db, settings, known, given):
    settings.METRICS_TOKEN = known
    settings.WATCH = settings.WATCH | {"WATCH_FREE_MB": (10**9, 10**9)}
    assert wrong()["disk"] == "BAD"
    for needs, status, word in ((["database"], 200, "well"), (["disk"], 503, "bad")):
        settings.READY_NEEDS = needs
        answer = Client().get("/readyz", HTTP_AUTHORIZATION=given)
        assert (answer.status_code, answer.json()) == (status, {"status": word})


def test_there_are_no_metrics_without_the_token(db, settings):
    for known, given in (("", ""), ("", "Bearer "), (TOKEN, ""), (TOKEN, "Bearer x"), (TOKEN, "Bearer Schlüssel")):
        settings.METRICS_TOKEN = known
        assert Client().get("/metrics", HTTP_AUTHORIZATION=given).status_code == 404


def test_levels_are_exit_statuses():
    assert [int(each) for each in Level] == [0, 1, 2]
