"""Every setting that the environment may have, in the order in which the documentation lists them.

The table in the documentation is made from it, and a misspelt name is found by it. Links lead from docs/operations/.
It imports no Django.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Setting:
    """A setting: `default` and `purpose` are Markdown. An empty default means that there is none."""

    name: str
    default: str
    purpose: str


BASICS = (
    Setting(
        "SECRET_KEY",
        "",
        "A random text of 50 characters or more. Keep it: sessions, links, second factors, the names of former "
        "officers and the seals of accounts and redactions depend on it",
    ),
    Setting("SECRET_KEY_FALLBACKS", "", "The former keys, with commas, while they are still needed"),
    Setting(
        "ORIGIN",
        "`http://127.0.0.1:8000`",
        "The address that people open, `https://…`, without a path. Links in emails begin with it, and no other host "
        "name or port is answered. Plain http is refused, except on this machine",
    ),
    Setting(
        "BEHIND_PROXY",
        "`0`",
        "`1` where exactly one proxy of yours stands in front: its `X-Forwarded-Proto` and the last address of "
        "`X-Forwarded-For` are believed",
    ),
    Setting(
        "OFFICE", "`main`", "The office’s short name, of small letters, digits and hyphens. Backups are named after it"
    ),
    Setting(
        "VAR_DIR",
        "`var` beside the program",
        "The folder for data: the SQLite database, backups, when each job ran last. Only the server’s user may write "
        "there",
    ),
    Setting(
        "SECTIONS_OFF",
        "",
        "The sections that are off whatever administrators tick on the page “What you use”, with commas: `panels`, "
        "`custody`, `public-papers`, `rechecks`, `force-page`, `api`, `risk`, `rounds`, `commitments`, `saved-views`, "
        "`files`, `actions`, `indicators`, `accountability`",
    ),
    Setting(
        "OVERSIGHT_DEMO",
        "`0`",
        "`1` for the demonstration: made-up people, and passwords and a key that everyone can read, without second "
        "factors. Refused with an office’s database and with an `ORIGIN` other than this machine",
    ),
)
SERVER = (
    Setting(
        "BIND",
        "`127.0.0.1:8000`",
        "Where gunicorn listens: `127.0.0.1:8000` or `unix:/run/oversight.sock`. A socket from systemd goes before it",
    ),
    Setting("WEB_WORKERS", "`2`", "How many processes serve people"),
    Setting("WEB_THREADS", "`4`", "How many requests each of them answers at a time"),
    Setting(
        "PUBLIC_PAGES_ONLY",
        "`0`",
        "`1` (as `oversight.public_wsgi` sets it) for a second server that answers `/published/` and the statements at "
        "the foot of its pages only, signs no one in and looks at no cookie",
    ),
    Setting("STATIC_ROOT", "`var/static` beside the program", "Where `collectstatic` puts styles, fonts and scripts"),
)
DATABASE = (
    Setting(
        "DATABASE_URL",
        "`oversight.sqlite3` in `VAR_DIR`",
        "`sqlite:////srv/oversight/oversight.sqlite3` or `postgres://user:password@host/name`. Write `/`, `@`, `:` and "
        "`%` in a password as `%2F`, `%40`, `%3A` and `%25`",
    ),
    Setting(
        "PGBOUNCER",
        "`0`",
        "`1` where `DATABASE_URL` leads through [PgBouncer](grow.md#pgbouncer) in transaction mode",
    ),
    Setting(
        "OWNER_DATABASE_URL",
        "`DATABASE_URL`",
        "The address of the database for its owner, where it has roles: `backup`, `verify_backup` and `restore` use "
        "it. In a file that the server cannot read",
    ),
    Setting(
        "APPLICATION_DATABASE_URL",
        "",
        "In the owner’s settings: the address whose role `migrate` grants the application’s rights to",
    ),
    Setting(
        "READER_DATABASE_URL",
        "",
        "In the owner’s settings: the address whose role `migrate` grants the public reader’s rights to",
    ),
)
MAIL = (
    Setting(
        "EMAIL_URL",
        "`smtp://localhost:25`",
        "The mail server: `submission://user:password@host` (encrypted, port 587), "
        "`smtp://user:password@host:465/?ssl=1`, or `smtp://host` on this machine. Write `/`, `@`, `:` and `%` in a "
        "password as `%2F`, `%40`, `%3A` and `%25`",
    ),
    Setting(
        "FROM_EMAIL", "`oversight@localhost`", "The sender of emails: an address that your mail server may send for"
    ),
)
SIGN_IN = (
    Setting(
        "CONFIRM_APPROVALS",
        "`0`",
        "Minutes: who approves a closure, a response or a paper shows again who they are (password, code, passkey or "
        "Entra) when they last did so longer ago. `0`: never asked",
    ),
    Setting("BREACHED_PASSWORDS", "the list that comes with Oversight", "The office’s own list of breached passwords"),
    Setting(
        "ENTRA_URL",
        "",
        "Sign-in with Microsoft Entra: `https://login.microsoftonline.com/<tenant id>/v2.0`, with the id and not a "
        "domain. A tenant of everyone (`common`, `organizations`) is refused",
    ),
    Setting("ENTRA_CLIENT_ID", "", "The application (client) id of the app registration"),
    Setting("ENTRA_CLIENT_SECRET", "", "The value of its client secret"),
    Setting(
        "ENTRA_SECOND_FACTOR",
        "`amr=mfa`",
        "The claim, and a value in it, that says that there was a second factor: `amr=mfa`, or `acrs=c1` for the "
        "authentication context `c1`",
    ),
    Setting(
        "ENTRA_ADDRESS_CLAIM",
        "`preferred_username`",
        "The claim with the address that people have here. `email` counts only with the optional claim `xms_edov`, "
        "which says that Entra has verified it",
    ),
    Setting("ENTRA_APP_ROLES", "`0`", "`1` where app roles in Entra give the roles here"),
    Setting(
        "PASSWORDS",
        "`1`",
        "`0` where people sign in with Microsoft Entra only: no password and no passkey of Oversight opens, except for "
        "those in `BREAK_GLASS`",
    ),
    Setting(
        "BREAK_GLASS",
        "",
        "The addresses, with commas, of administrators who always sign in by password and second factor. Needed with "
        "`PASSWORDS=0`. Each use is an event of its own",
    ),
    Setting(
        "NETWORKS",
        "",
        "The office’s networks by name, with commas: `Office=192.0.2.0/24,Home working=198.51.100.0/24`. Security "
        "events say the name and are filtered by it",
    ),
)
RECORDS = (
    Setting(
        "LOOK_AGAIN_MONTHS",
        "`0`",
        "After how many months a closure is looked at again unless the person who decides it says otherwise, `0` to "
        "`60`. With `0` the form starts with “No”, and with 6 months where the risk is high",
    ),
    Setting(
        "ACCESS_RECORDS_DAYS",
        "`730`",
        "For how many days records of access (sign-ins, failures, exports, files taken, refusals) are kept before "
        "`fold_access_records` makes counts of them: 90 or more",
    ),
    Setting(
        "FORMER_AFTER_DAYS",
        "`730`",
        "How many days after an account was closed its person may be shown by a number",
    ),
)
FILES = (
    Setting(
        "FILES_TO",
        "`VAR_DIR/files`",
        "Where files on records are: a folder’s whole path, or `s3://bucket/prefix` of any S3-compatible store",
    ),
    Setting(
        "FILES_ENDPOINT",
        "",
        "The address of that store, unless it is Amazon’s: `https://`, or `http://` on this machine",
    ),
    Setting(
        "CLAMD",
        "",
        "The office’s virus scanner: `unix:/run/clamav/clamd.ctl` or `tcp://host:3310`. Let its `StreamMaxLength` be "
        "50 MB or more. Every file is scanned when it comes and again when it is downloaded; while the scanner does "
        "not answer, none is taken in or given out. Without it the forms say that files are not scanned",
    ),
)
BACKUPS = (
    Setting("BACKUP_TO", "`VAR_DIR/backups`", "Where [backups](backups.md) go: a folder, or `s3://bucket/prefix`"),
    Setting("BACKUP_ENDPOINT", "", "The `https://` address of the S3-compatible store, unless it is Amazon’s"),
    Setting(
        "BACKUP_RECIPIENT",
        "",
        "The public key that backups are encrypted to: `age1…`, or an SSH key. Without it they are not encrypted",
    ),
    Setting(
        "BACKUP_KEEP",
        "`7d 5w 24m`",
        "Of how many days, weeks and months backups stay; empty to keep all",
    ),
    Setting(
        "HEADS_TO",
        "",
        "Where `send_head` sends the head of the trail, with commas: `mailto:…`, `https://…`, a file’s whole path",
    ),
    Setting("AWS_ACCESS_KEY_ID", "", "The name of the key to a bucket"),
    Setting("AWS_SECRET_ACCESS_KEY", "", "That key"),
    Setting("AWS_REGION", "", "The region of a bucket"),
)
OTHER_PROGRAMS = (
    Setting(
        "API_LIMIT",
        "`300`",
        "How many requests a program makes in a minute with one token of [the API](../api.md)",
    ),
    Setting(
        "WEBHOOK_NETWORKS",
        "",
        "Private networks that [webhooks](webhooks.md) may reach, with commas: `10.1.0.0/16,192.168.7.20/32`",
    ),
    Setting(
        "WEBHOOK_CA_FILE",
        "",
        "A file with the certificate of the office’s own authority, which webhooks trust beside the public ones",
    ),
    Setting(
        "SECURITY_CONTACT",
        "",
        "Where to report a weakness, with commas: `mailto:security@…`, `https://…` or `tel:…`. "
        "`/.well-known/security.txt` (RFC 9116) and the page “Report a security problem” name it",
    ),
    Setting(
        "SECURITY_CONTACT_EXPIRES",
        "",
        "The last day (`2027-06-30`, within a year) on which that contact is good; needed with it. `check` warns a "
        "month before",
    ),
)
WATCHING = (
    Setting("LOG_LEVEL", "`INFO`", "The least that is logged: `DEBUG`, `INFO`, `WARNING`, `ERROR` or `CRITICAL`"),
    Setting("LOG_FORMAT", "`plain`", "`plain`, or `json` for one object a line ([the log](watch.md#the-log))"),
    Setting("ERROR_MAIL", "", "The addresses that errors are mailed to, with commas"),
    Setting("ERROR_MAIL_MINUTES", "`10`", "At most one such email in so many minutes, from each process"),
    Setting(
        "SENTRY_DSN",
        "",
        "Where errors are sent too: a Sentry, or what speaks as one. From a checkout it needs the extra `sentry`; the "
        "package has it",
    ),
    Setting(
        "METRICS_TOKEN",
        "",
        "The bearer token with which Prometheus asks for `/metrics`, 20 characters or more "
        "([metrics](watch.md#the-metrics)). Without it there is no such address",
    ),
    Setting(
        "READY_NEEDS",
        "`database,migrations,disk`",
        "What `/readyz` answers 503 for, with commas: any of the checks that [watching](watch.md#what-to-alert-on) "
        "lists",
    ),
    Setting(
        "WATCH_FREE_MB",
        "`2000,500`",
        "Free space for data, in megabytes: below the first a warning, below the second bad",
    ),
    Setting("WATCH_REPLICA_SECONDS", "`60,600`", "How far a replica is behind: a warning, bad"),
    Setting("WATCH_WORKER_SECONDS", "`60,300`", "How long `build_papers` is silent: a warning, bad"),
    Setting("WATCH_BUILD_MINUTES", "`5,20`", "How long a paper waits to be made: a warning, bad"),
    Setting("WATCH_MAIL_ATTEMPTS", "`1,6`", "How often an email failed: a warning, bad"),
    Setting("WATCH_BACKUP_HOURS", "`26,74`", "The age of the last backup: a warning, bad"),
    Setting(
        "WATCH_VERIFY_HOURS", "`26,170`", "The age of the last `verify_audit`, `send_head` and `tidy`: a warning, bad"
    ),
    Setting(
        "WATCH_REMINDERS_HOURS",
        "`90,170`",
        "The age of the last `send_reminders`, `build_due_reports` and `responses_due`: a warning, bad",
    ),
    Setting("WATCH_REPORTS_HOURS", "`170,340`", "The age of the last verification of filed papers: a warning, bad"),
    Setting("WATCH_PROOF_HOURS", "`800,1600`", "The age of the last verification of a backup: a warning, bad"),
)
SETTINGS = (
    *(*BASICS, *SERVER, *DATABASE, *MAIL, *SIGN_IN, *RECORDS),
    *(*FILES, *BACKUPS, *OTHER_PROGRAMS, *WATCHING),
)
NAMES = tuple(each.name for each in SETTINGS)
# What Django, or an earlier version, calls something that has another name here.
NAMED_HERE = {
    "ALLOWED_HOSTS": "ORIGIN",
    "CSRF_TRUSTED_ORIGINS": "ORIGIN",
    "DEFAULT_FROM_EMAIL": "FROM_EMAIL",
    "SERVER_EMAIL": "FROM_EMAIL",
    "EMAIL_HOST": "EMAIL_URL",
    "MEDIA_ROOT": "FILES_TO",
    "TRUSTED_PROXIES": "BEHIND_PROXY",
}
ALIKE = 0.86  # how much a name has to be like one of ours: other programs have settings in the environment too
# Settings of Python, of libraries and of other programs, which a settings file may have too.
FOREIGN = (
    *("AWS_", "DJANGO_", "GUNICORN_", "HOME", "HTTP", "LANG", "LC_", "MALLOC_", "NO_PROXY", "OVERSIGHT_", "PATH", "PG"),
    *("PROMETHEUS_", "PYTHON", "REQUESTS_", "SENTRY_", "SSL_", "TMPDIR", "TZ"),
)


def meant_by(name: str) -> str:
    """The setting that a name of none is meant for, or "". Those of other programs are not close enough to ours."""
    if name in NAMES:
        return ""
    return NAMED_HERE.get(name) or next(iter(get_close_matches(name, NAMES, 1, ALIKE)), "")


def advice_on(names: Iterable[str]) -> list[str]:
    """A sentence for each name in an environment that is meant to be one of a setting, and is not."""
    meant = {name: meant_by(name) for name in sorted(names)}
    return [f"There is no setting {name}: do you mean {setting}?" for name, setting in meant.items() if setting]


def unknown_names(names: Iterable[str]) -> list[str]:
    """The names in a settings file that mean nothing here, and nothing to another program that is known."""
    return sorted(each for each in {*names} - {*NAMES} if not (each.startswith(FOREIGN) or meant_by(each)))
