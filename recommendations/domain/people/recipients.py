"""Who gets data from this server: what it connects to, and what fetches from it, by the settings that are on.

The page "Privacy and security" says what is on. docs/operations/connections.md and the template of the data protection
impact assessment say all of it: `python -m tests.connections` writes them from here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from recommendations.models import Webhook
from recommendations.sections import Section

BUCKET = "s3://"


@dataclass(frozen=True)
class DataRecipient:
    """Another system that gets data.

    `switch` names the setting that switches it on, "" for none. `when` says when data goes there, and `over` how; ""
    if it fetches the data and this server does not connect to it. `words` tells the people whom the data is about what
    it gets. `is_on` asks the settings, or the database for what administrators add.
    """

    name: str
    switch: str
    when: str
    over: str
    words: str
    is_on: Callable[[], bool]


RECIPIENTS = (
    DataRecipient(
        "The database server",
        "`DATABASE_URL`, `OWNER_DATABASE_URL`",
        "always, where it is PostgreSQL",
        "PostgreSQL’s own protocol; with TLS where the address says `sslmode=verify-full`",
        "The database is on a server of databases, which the office runs or has run for it.",
        lambda: connection.vendor == "postgresql",
    ),
    DataRecipient(
        "The mail server",
        "`EMAIL_URL`",
        "for each email, and for errors where `ERROR_MAIL` is set",
        "SMTP; with TLS where the address says so",
        "The office’s mail server gets the emails that the service sends. They hold links, counts and days; one that "
        "invites a force to comment holds the letter.",
        lambda: not settings.MAILERS["default"]["BACKEND"].endswith("filebased.EmailBackend"),
    ),
    DataRecipient(
        "The virus scanner",
        "`CLAMD`",
        "for each file that comes in or goes out",
        "clamd’s protocol, over a socket of this machine or a port, not encrypted",
        "The office’s virus scanner gets each file that is brought in, attached or downloaded.",
        lambda: bool(settings.CLAMD),
    ),
    DataRecipient(
        "Microsoft Entra",
        "`ENTRA_URL`",
        "each time that someone signs in with it",
        "https",
        "Microsoft gets to know that you sign in, and when, if you sign in with Microsoft.",
        lambda: bool(settings.ENTRA_URL),
    ),
    DataRecipient(
        "The store of files",
        "`FILES_TO`, `FILES_ENDPOINT`",
        "for each file on a record, where `FILES_TO` begins with `s3://`",
        "https; http on this machine alone",
        "Files on records are kept in a store (S3) that the office has chosen, by Amazon or another provider.",
        lambda: settings.FILES_TO.startswith(BUCKET),
    ),
    DataRecipient(
        "The store of backups",
        "`BACKUP_TO`, `BACKUP_ENDPOINT`",
        "for each backup, where `BACKUP_TO` begins with `s3://`",
        "https; the backup itself is encrypted where `BACKUP_RECIPIENT` is set",
        "Backups, which hold everything in the database, are kept in a store (S3) that the office has chosen, by "
        "Amazon or another provider.",
        lambda: settings.BACKUP_TO.startswith(BUCKET),
    ),
    DataRecipient(
        "Web addresses that keep the head of the trail",
        "`HEADS_TO`",
        "when `send_head` runs, each night on an installed server; for `mailto:` by the mail server",
        "https",
        "Places that the office has chosen get a number and a digest each night, which prove the record of changes. "
        "Neither says anything about a person.",
        lambda: any(not place.startswith("/") for place in settings.HEADS_TO),
    ),
    DataRecipient(
        "A Sentry, or what speaks as one",
        "`SENTRY_DSN`",
        "for each error",
        "the address of the DSN",
        "The office’s collector of errors gets where in the program an error happened and when, and no data of anyone.",
        lambda: bool(settings.SENTRY_DSN),
    ),
    DataRecipient(
        "The addresses of webhooks",
        "an administrator adds each ([webhooks](webhooks.md))",
        "when something happens that it is notified of",
        "https; into private networks only where `WEBHOOK_NETWORKS` lets it",
        "Other systems that the office has chosen get a message when something happens: identifiers, days and a link.",
        lambda: Webhook.objects.listening().exists(),
    ),
    DataRecipient(
        "The same, with words of records",
        "an approving officer confirms each",
        "the same",
        "the same",
        "Some of these messages hold words of records, which an approving officer has confirmed.",
        lambda: Webhook.objects.listening().filter(words_confirmed_at__isnull=False).exists(),
    ),
    DataRecipient(
        "Programs with a personal token, such as Power BI or Excel",
        "while the section `api` is on",
        "when they ask",
        "",
        "Programs with someone’s personal token, such as Power BI or Excel, get what that person may see, each time on "
        "record.",
        lambda: Section.API.is_on,
    ),
    DataRecipient(
        "Calendars with a secret address",
        "",
        "when they ask",
        "",
        "Calendars with someone’s secret address get days and what is due on them, and no person’s name.",
        lambda: True,
    ),
    DataRecipient(
        "Prometheus",
        "`METRICS_TOKEN`",
        "when it asks",
        "",
        "The office’s monitoring gets counts and times of the service, and nothing about a person.",
        lambda: bool(settings.METRICS_TOKEN),
    ),
)


def recipients_on() -> list[DataRecipient]:
    """Those that get data from this installation as it is set up now. Two queries."""
    return [each for each in RECIPIENTS if each.is_on()]
