"""What the server connects to, who gets data from it, and what a stranger is answered: by the code and the settings."""

import ast
import re

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.html import escape

from recommendations.domain.people.recipients import RECIPIENTS
from recommendations.domain.retention.former_people import REMOVED_FOR_GOOD
from recommendations.domain.webhooks import webhooks
from recommendations.middleware.hosts import PUBLIC_PATHS
from tests import connections
from tests.conftest import AT
from tests.sources import nodes_of

ROOT = connections.ROOT
# What switches each recipient on, by its name: settings with their values. What none switches is asked apart.
SWITCHES = {
    "The virus scanner": {"CLAMD": "unix:/run/clamav/clamd.ctl"},
    "Microsoft Entra": {"ENTRA_URL": "https://login.example/office"},
    "The store of files": {"FILES_TO": "s3://bucket/files"},
    "The store of backups": {"BACKUP_TO": "s3://bucket"},
    "Web addresses that keep the head of the trail": {"HEADS_TO": ["/mnt/heads", "mailto:auditor@example.org"]},
    "A Sentry, or what speaks as one": {"SENTRY_DSN": "https://key@sentry.example/1"},
    "Prometheus": {"METRICS_TOKEN": "of twenty characters or more"},
}
OFF = {
    "CLAMD": "",
    "ENTRA_URL": "",
    "FILES_TO": "/srv/files",
    "BACKUP_TO": "/srv/backups",
    "HEADS_TO": ["/mnt/heads"],
    "SENTRY_DSN": "",
    "METRICS_TOKEN": "",
}
BY_ADMINISTRATORS = ["The addresses of webhooks", "The same, with words of records"]
ALWAYS = [
    *(["The database server"] if connection.vendor == "postgresql" else []),
    "The mail server",
    "Programs with a personal token, such as Power BI or Excel",
    "Calendars with a secret address",
]


@pytest.fixture
def all_off(settings, db):
    """The settings of an office that switched on nothing of this."""
    for name, value in OFF.items():
        setattr(settings, name, value)
    return settings


def names_on() -> list[str]:
    return [each.name for each in RECIPIENTS if each.is_on()]


def names_on_page(client) -> list[str]:
    """The recipients of which the public page says something."""
    page = client.get(reverse("data_protection")).text
    return [each.name for each in RECIPIENTS if escape(each.words) in page]


@pytest.mark.on_postgresql
@pytest.mark.parametrize("name", SWITCHES)
def test_a_recipient_is_on_while_its_setting_is(all_off, name):
    assert names_on() == ALWAYS
    for setting, value in SWITCHES[name].items():
        setattr(all_off, setting, value)
    assert sorted(names_on()) == sorted([name, *ALWAYS])


def test_what_has_no_setting_is_listed_as_such():
    listed = {*SWITCHES, *BY_ADMINISTRATORS, *ALWAYS, "The database server"}
    assert {each.name for each in RECIPIENTS} == listed


def test_no_mail_goes_where_it_is_kept_in_files_and_no_token_where_there_is_no_api(all_off):
    all_off.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.filebased.EmailBackend"}}
    all_off.SECTIONS_OFF = ("api",)
    assert names_on() == [each for each in ALWAYS if each in ("The database server", ALWAYS[-1])]


def test_the_page_says_who_gets_something_and_nobody_else(client, all_off):
    """Each setting switched on after the other, and off again."""
    assert names_on_page(client) == ALWAYS
    for name, switch in SWITCHES.items():
        for setting, value in switch.items():
            setattr(all_off, setting, value)
            assert sorted(names_on_page(client)) == sorted([name, *ALWAYS])
            setattr(all_off, setting, OFF[setting])


def test_the_page_says_that_webhooks_get_something_and_words_once_they_are_confirmed(client, administrator, approver):
    assert not set(BY_ADMINISTRATORS) & set(names_on_page(client))
    facts = {"name": "Board", "url": "https://board.example/hook", "events": ["closure.decided"]}
    hook = webhooks.add_webhook(**facts, with_text=True, by=administrator, at=AT).webhook
    assert set(BY_ADMINISTRATORS) & set(names_on_page(client)) == {BY_ADMINISTRATORS[0]}
    webhooks.decide_words(webhook=hook, send=True, by=approver, at=AT)
    assert set(BY_ADMINISTRATORS) <= set(names_on_page(client))


def test_the_pages_are_current():
    stale = [
        page.name
        for page in (connections.PAGE, connections.DPIA)
        if connections.current(page.read_text()) != page.read_text()
    ]
    assert stale == [], "python -m tests.connections writes them"
    assert connections.DPIA.read_text().count("<!-- recipients:") == 1
    assert [connections.PAGE.read_text().count(f"<!-- {name}:") for name in ("connects", "fetches", "open")] == [
        1,
        1,
        1,
    ]


def test_what_a_stranger_is_answered_is_listed():
    """Each address whose rule is that anybody may ask, static files and the probes; and nothing that is not there."""
    assert {connections.beginning_of(address) for address in connections.open_addresses()} == set(connections.OPEN)


def test_a_server_for_the_public_alone_answers_what_is_listed_as_public():
    public = {address for address, (_, whom) in connections.OPEN.items() if whom == connections.PUBLIC}
    not_there = {"/page-emails/", "/static/"}  # it writes nothing, and needs no rule for static files
    assert {each for each in public if each.startswith(PUBLIC_PATHS)} == public - not_there


def test_the_samples_for_proxies_keep_monitoring_inside():
    nginx, caddy = ((ROOT / "packaging" / name).read_text() for name in ("nginx.conf", "Caddyfile"))
    rule = re.search(r"location ~ \^/\(([\w|]+)\)\$ \{\n((?:\s+allow \S+;\n)+)\s+deny all;", nginx)
    found = re.search(r"path (.*)\n\s+not remote_ip (.*)\n\s+\}\n\s+respond @probes_from_outside 403", caddy)
    monitoring = {address for address, (_, whom) in connections.OPEN.items() if whom == connections.MONITORING}
    assert {f"/{each}" for each in rule[1].split("|")} == set(found[1].split()) == monitoring
    assert re.findall(r"allow (\S+);", rule[2]) == found[2].split()


LIBRARIES = re.compile(
    r"(asyncio|ftplib|http\.client|httpx|imaplib|obstore|poplib|psycopg|requests|sentry_sdk|smtplib|socket|ssl"
    r"|urllib\.request|urllib3|xmlrpc)(\.|$)"
)


def test_the_program_connects_by_no_other_library():
    """What can open a connection is imported by what stands behind a row of the list, and by nothing else."""
    found = set()
    for folder in ("recommendations", "oversight"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in nodes_of(path):
                names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
                found |= {(str(path.relative_to(ROOT)), match[1]) for name in names if (match := LIBRARIES.match(name))}
    assert found == {
        ("recommendations/emails/backend.py", "smtplib"),
        ("recommendations/exchange/readers/scanner.py", "socket"),
        *(("recommendations/webhooks.py", each) for each in ("http.client", "socket", "ssl", "urllib3")),
        ("recommendations/sign_in/entra.py", "requests"),
        ("recommendations/views/people/entra.py", "requests"),
        ("recommendations/domain/attachments/bucket.py", "obstore"),
        ("oversight/operations/heads.py", "urllib.request"),
        ("oversight/watch/sentry.py", "sentry_sdk"),
        ("oversight/operations/backups/postgresql.py", "psycopg"),
        ("oversight/operations/setting_up/postgresql.py", "psycopg"),
        ("oversight/operations/setting_up/answers.py", "psycopg"),
    }


def test_the_texts_agree_on_what_is_removed_of_a_former_officer(client, db):
    texts = [(ROOT / name).read_text() for name in ("docs/security.md", "docs/assurance/dpia.md")]
    texts += [" ".join((ROOT / "templates/help/former-people.md").read_text().split())]
    texts += [client.get(reverse("data_protection")).text]
    assert [text.count(REMOVED_FOR_GOOD) for text in texts] == [1] * 4
