"""Each wrong setting is named in one sentence by `check`, and what nothing can run with also by each start."""

import os
import runpy
import shutil
import subprocess
import sys

import pytest
from django.apps import apps
from django.core.checks import WARNING, Tags, run_checks
from django.core.exceptions import ImproperlyConfigured
from environs import EnvError

from oversight.database_settings import NO_ADDRESS as NO_DATABASE
from oversight.known_settings import NAMES, advice_on, unknown_names
from oversight.mail_settings import NO_ADDRESS as NO_MAIL_SERVER
from oversight.operations import installation
from recommendations.domain.audit.secret_key import ANOTHER_KEY
from recommendations.sections import Section
from tests.conftest import make_person
from tests.database import ROOT, sqlite_template
from tests.faults.mail_server import MailServer

pytestmark = pytest.mark.sqlite_only  # the tests' PostgreSQL is set to be quick, and each such setting is said
KEY = "x8s7df6g5h4j3k2l1" * 4
NO_KEY = "Set SECRET_KEY to a random text of 50 characters or more. To look at the demonstration, run `make run`."
NO_ORIGIN = "Let ORIGIN be the https:// address that people open, such as https://oversight.example.org."
PLAIN_ORIGIN = "Set ORIGIN to the https:// address that people open: sign-in over http is not safe."
# What the checks look at.
LOOKED_AT = (
    *("ORIGIN", "SECURE", "BEHIND_PROXY", "DEFAULT_FROM_EMAIL", "MAILERS", "VAR_DIR", "OFFICE", "BACKUP_TO"),
    *("CLAMD", "READY_NEEDS", "SENTRY_DSN"),
)
WRONG = [
    ("SECRET_KEY", "", NO_KEY),
    ("SECRET_KEY", "short", NO_KEY),
    ("ORIGIN", "oversight.example.org", NO_ORIGIN),
    ("ORIGIN", "https://oversight.example.org:port", NO_ORIGIN),
    ("ORIGIN", "http://oversight.example.org", PLAIN_ORIGIN),
    (
        "ORIGIN",
        "https://oversight.example.org/police",
        "ORIGIN has more than a host: let it be https://oversight.example.org, because the program is at the root of "
        "its host.",
    ),
    ("DATABASE_URL", "mysql://oversight@host/oversight", NO_DATABASE),
    ("DATABASE_URL", "postgres://oversight:pass/word@host/oversight", NO_DATABASE),
    ("DATABASE_URL", "sqlite:////nowhere/oversight.sqlite3", "DATABASE_URL: there is no folder /nowhere."),
    ("VAR_DIR", "/nowhere/at/all", "VAR_DIR: /nowhere/at/all cannot be made: No such file or directory."),
    ("EMAIL_URL", "smpt://host", NO_MAIL_SERVER),
    ("EMAIL_URL", "submission://oversight:pass#word@host", NO_MAIL_SERVER),
    (
        "FROM_EMAIL",
        "oversight@localhost",
        "FROM_EMAIL is oversight@localhost: other mail servers refuse that sender.",
    ),
    ("FROM_EMAIL", "the office", "FROM_EMAIL is the office: other mail servers refuse that sender."),
    (
        "BEHIND_PROXY",
        "0",
        "ORIGIN is https, and BEHIND_PROXY is not set: every page would redirect for ever behind a proxy.",
    ),
    ("BEHIND_PROXY", "perhaps", 'Environment variable "BEHIND_PROXY" invalid: Not a valid boolean.'),
    (
        "SECTIONS_OFF",
        "custdy",
        f"SECTIONS_OFF: There is no section custdy. The sections are: {', '.join(Section)}.",
    ),
    (
        "BACKUP_KEEP",
        "7x",
        "Let BACKUP_KEEP say of how many days, weeks and months a backup stays (7d 5w 24m), or be empty for all.",
    ),
    (
        "BACKUP_RECIPIENT",
        "somebody",
        "Let BACKUP_RECIPIENT be a public key of age (age1…, from age-keygen) or of SSH (ssh-ed25519 …).",
    ),
    ("BACKUP_TO", "backups", "Let BACKUP_TO be a folder's whole path (/backups) or a bucket (s3://bucket/prefix)."),
    ("BACKUP_TO", "/nowhere/backups", "BACKUP_TO: there is no folder /nowhere/backups."),
    ("BACKUP_ENDPOINT", "http://store", "Let BACKUP_ENDPOINT be the https:// address of the S3-compatible store."),
    ("FILES_ENDPOINT", "http://store", "Let FILES_ENDPOINT begin with https://, or http:// on this machine."),
    ("LOG_FORMAT", "xml", "Let LOG_FORMAT be one of plain, json."),
    ("LOG_LEVEL", "VERBOSE", "Let LOG_LEVEL be one of DEBUG, INFO, WARNING, ERROR, CRITICAL."),
    ("ERROR_MAIL", "operators", "Let ERROR_MAIL be email addresses, with commas between."),
    ("WATCH_BACKUP_HOURS", "26", "Let WATCH_BACKUP_HOURS be two whole numbers, such as 26,74."),
    (
        "WATCH_FREE_MB",
        "500,2000",
        "Let the first number of WATCH_FREE_MB, for the warning, be the greater one, such as 2000,500.",
    ),
    (
        "WATCH_BACKUP_HOURS",
        "74,26",
        "Let the first number of WATCH_BACKUP_HOURS, for the warning, be the smaller one, such as 26,74.",
    ),
    ("METRICS_TOKEN", "short", "Let METRICS_TOKEN be a random text of 20 characters or more."),
    (
        "READY_NEEDS",
        "database,moon",
        "READY_NEEDS: moon is none of database, replica, migrations, disk, worker, builds, mails, key, clock, backup, "
        "verify_audit, verify_reports, verify_backup, send_head, send_reminders, build_due_reports, responses_due, "
        "tidy, verify_standing, verify_search.",
    ),
    ("SENTRY_DSN", "somewhere", "Let SENTRY_DSN be the address of a project, https://key@host/number."),
    (
        "ENTRA_URL",
        "https://login.microsoftonline.com/common/v2.0",
        "Let ENTRA_URL name the office's own tenant: another lets in everybody with a Microsoft account.",
    ),
    ("HEADS_TO", "there", "HEADS_TO: 'there' is no mailto:address, https:// address or whole path of a file."),
    (
        "OFFICE",
        "Marches OPCC",
        "Let OFFICE be a short name of small letters, digits and hyphens: it is part of the names of backups.",
    ),
    (
        "PASSWORDS",
        "0",
        "PASSWORDS=0 needs ENTRA_URL, and BREAK_GLASS: the email address of an administrator who signs in by password "
        "and second factor when Microsoft Entra does not answer.",
    ),
    ("NETWORKS", "192.0.2.0/24", "NETWORKS: “192.0.2.0/24” is no name and network, such as Office=192.0.2.0/24."),
    (
        "OVERSIGHT_DEMO",
        "1",
        "OVERSIGHT_DEMO=1 is for this machine only, because everybody knows its passwords and its key. Take "
        "OVERSIGHT_DEMO out of the settings, or let ORIGIN be http://127.0.0.1:8000.",
    ),
    ("SECTION_OFF", "panels", "There is no setting SECTION_OFF: do you mean SECTIONS_OFF?"),
    ("ALLOWED_HOSTS", "oversight.example.org", "There is no setting ALLOWED_HOSTS: do you mean ORIGIN?"),
    (
        "CLAMD",
        "unix:/nowhere/clamd.ctl",
        "The virus scanner does not answer at CLAMD (unix:/nowhere/clamd.ctl), so no file can be added or downloaded.",
    ),
    ("WEB_WORKERS", "two", "Let WEB_WORKERS be a whole number, 1 or more."),
    ("WEB_THREADS", "0", "Let WEB_THREADS be a whole number, 1 or more."),
    (
        "BIND",
        "somewhere",
        "Let BIND be a host and a port (127.0.0.1:8000) or unix: and the path of a socket.",
    ),
]
RIGHT = [
    ("BEHIND_PROXY", "yes"),
    ("ORIGIN", "https://oversight.example.org/"),
    ("BIND", "8000"),
    ("BIND", "unix:/run/oversight.sock"),
    ("DATABASE_URL", "postgres://oversight:p%40ss@host/oversight"),
]


@pytest.fixture(scope="module")
def server():
    with MailServer() as server:
        yield server


@pytest.fixture
def good(tmp_path, server) -> dict[str, str]:
    """The settings of an installation as it should be."""
    return {
        "SECRET_KEY": KEY,
        "ORIGIN": "https://oversight.example.org",
        "BEHIND_PROXY": "1",
        "FROM_EMAIL": "oversight@oversight.example.org",
        "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
        "DATABASE_URL": f"sqlite:///{tmp_path}/oversight.sqlite3",
        "VAR_DIR": str(tmp_path),
        "WATCH_FREE_MB": "0,0",
    }


@pytest.fixture
def check(good, settings, monkeypatch, tmp_path, db):
    """What `check` says of an installation with a setting changed, beside what needs another database."""
    monkeypatch.setattr(installation, "SETTINGS_FILES", tmp_path / "etc")

    def check(name: str, value: str) -> list[str]:
        for each in NAMES:
            monkeypatch.delenv(each, raising=False)
        for each, text in (good | {name: value}).items():
            monkeypatch.setenv(each, text)
        try:
            read = runpy.run_path(str(ROOT / "oversight/settings.py"))
            for each in LOOKED_AT:
                setattr(settings, each, read[each])
            apps.get_app_config("oversight").ready()
        except (ImproperlyConfigured, EnvError) as wrong:
            return [str(wrong)]
        found = run_checks(tags=[Tags.security, Tags.database], include_deployment_checks=True, databases=["default"])
        return [each.msg for each in found if each.id.startswith("oversight.") and each.level >= WARNING]

    return check


@pytest.mark.parametrize(("name", "value", "sentence"), WRONG)
def test_a_wrong_setting_is_said_in_one_sentence(check, name, value, sentence):
    assert check(name, value) == [sentence]


@pytest.mark.parametrize(("name", "value"), RIGHT)
def test_what_is_right_is_taken(check, name, value):
    assert check(name, value) == []


def test_another_offices_key_is_said(settings, check):
    make_person("Hannah Whitlock", "opcc_officer")
    settings.SECRET_KEY = KEY
    assert [each for each in check("WEB_WORKERS", "3") if "noted here yet" not in each] == [ANOTHER_KEY]


# Of a machine, a terminal, systemd, a container and a CI; of libraries and other programs.
OTHERS = """
PATH HOME USER LOGNAME SHELL TERM LANG LC_ALL PWD OLDPWD MAIL EMAIL HOSTNAME HOST PORT DEBUG EDITOR TZ TMPDIR DISPLAY
SHLVL LISTEN_FDS LISTEN_PID NOTIFY_SOCKET INVOCATION_ID JOURNAL_STREAM CREDENTIALS_DIRECTORY RUNTIME_DIRECTORY CI
STATE_DIRECTORY GITHUB_TOKEN GITHUB_ACTIONS RUNNER_OS KUBERNETES_SERVICE_HOST DATABASE_PASSWORD DATABASE
POSTGRES_USER POSTGRES_DB POSTGRES_PASSWORD PGHOST PGPORT PGUSER PGDATABASE PGPASSWORD AWS_PROFILE AWS_SESSION_TOKEN
AWS_DEFAULT_REGION SENTRY_RELEASE SENTRY_ENVIRONMENT HTTPS_PROXY HTTP_PROXY NO_PROXY SSL_CERT_FILE PYTHONPATH
PYTHONUNBUFFERED VIRTUAL_ENV DJANGO_SETTINGS_MODULE GUNICORN_CMD_ARGS WEB_CONCURRENCY SECRET TOKEN API_KEY VERSION
ORIGINAL BACKUP BACKUPS OFFICE_NAME
"""


def test_names_of_other_programs_and_our_own_are_let_be():
    assert advice_on([*NAMES, *OTHERS.split()]) == []


def test_a_settings_file_has_no_other_names(tmp_path, check):
    file = tmp_path / "etc/main/settings.env"
    file.parent.mkdir(parents=True)
    file.write_text("ORIGIN=https://x.example\nPGSSLMODE=require\nAWS_PROFILE=x\nHTTPS_PROXY=x\nCOLOUR=blue\n")
    file.chmod(0o640)
    assert check("WEB_WORKERS", "3") == [f"There is no setting COLOUR: remove it from {file}."]
    assert unknown_names(["SECTION_OFF", "COLOUR"]) == ["COLOUR"]  # the other is said with what is meant


def run(command: list[str], **environment: str) -> tuple[int, list[str]]:
    """The exit status of a program of the installation, and the lines that it says."""
    known = {"PATH": os.environ["PATH"], "SECRET_KEY": KEY, "DATABASE_URL": "sqlite://:memory:"} | environment
    done = subprocess.run([sys.executable, *command], cwd=ROOT, env=known, capture_output=True, text=True)
    return done.returncode, (done.stdout + done.stderr).splitlines()


GUNICORN = ["-m", "gunicorn", "--bind", "127.0.0.1:0", "--no-control-socket"]


@pytest.mark.parametrize(
    ("command", "environment", "sentence"),
    [
        (["manage.py", "check"], {"ORIGIN": "http://x.example"}, PLAIN_ORIGIN),
        (["manage.py", "backup"], {"SECRET_KEY": "short"}, NO_KEY),
        (["manage.py", "status"], {"READY_NEEDS": "moon"}, "READY_NEEDS: moon is none of database, replica,"),
        (["manage.py", "status"], {"API_LIMIT": "many"}, 'Environment variable "API_LIMIT" invalid: Not a valid int'),
        (GUNICORN, {"WEB_WORKERS": "two"}, "Let WEB_WORKERS be a whole number, 1 or more."),
        (GUNICORN, {"ORIGIN": "http://x.example"}, PLAIN_ORIGIN),
        ([*GUNICORN, "oversight.public_wsgi"], {"LOG_LEVEL": "LOUD"}, "Let LOG_LEVEL be one of DEBUG,"),
    ],
)
def test_a_start_ends_with_one_sentence_and_no_traceback(command, environment, sentence):
    status, lines = run(command, **environment)
    assert (status, len(lines)) == (1, 1), lines
    assert lines[0].startswith(f"oversight: {sentence}")


def test_a_database_that_is_away_is_said_without_a_traceback():
    status, lines = run(["manage.py", "check"], DATABASE_URL="postgres://oversight@127.0.0.1:9/oversight")
    assert status == 1
    assert [line for line in lines if "(oversight.E020) The database cannot be used" in line] != []
    assert [line for line in lines if "Traceback" in line] == []


def test_a_server_says_at_its_start_which_names_are_misspelt(tmp_path):
    code = (
        "import django; django.setup(); from django.utils import timezone; "
        "from oversight.starting import check_before_start; check_before_start(at=timezone.now())"
    )
    database = shutil.copy(sqlite_template(), tmp_path)
    settings = {"DJANGO_SETTINGS_MODULE": "oversight.settings", "DATABASE_URL": f"sqlite:///{database}"}
    status, lines = run(["-c", code], SECTION_OFF="panels", **settings)
    assert (status, len(lines)) == (0, 1), lines
    assert lines[0].endswith(
        'WARNING oversight.starting message="There is no setting SECTION_OFF: do you mean SECTIONS_OFF?"'
    )
