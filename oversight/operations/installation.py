"""Checks of an installation beyond its settings: database, mail server, files and timers."""

import datetime
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.db import DatabaseError, NotSupportedError, OperationalError, connection

from oversight.database_version import problem
from oversight.known_settings import advice_on, unknown_names
from oversight.operations.offices import Trouble, read_settings
from oversight.operations.readiness import BY_HAND, JOBS, Level, clock_finding, findings, newest_entry_at
from recommendations.domain.audit.database_roles import differences_of_own_role
from recommendations.domain.audit.secret_key import ANOTHER_KEY, is_of_another_key
from recommendations.emails.backend import Courier, say_wrong
from recommendations.exchange.readers.scanner import scan
from recommendations.exchange.readers.system_calls import can_be_refused
from recommendations.models.search.search_schema import missing_parts

SETTINGS_FILES = Path("/etc/oversight")  # <office>/settings.env in it
MOST_APART = 5  # seconds between the database's clock and ours
MOST_SHOWN = 3
# Required PostgreSQL settings, and what goes wrong otherwise.
POSTGRESQL = {
    "fsync": ("on", "a power cut can destroy the database"),
    "full_page_writes": ("on", "a power cut can destroy the database"),
    "synchronous_commit": ("on", "what was saved last can be lost when it crashes"),
    "server_encoding": ("UTF8", "names and texts cannot be kept as they are written"),
}
SETTINGS_ASKED = "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)"
OWNER_ASKED = """
    SELECT tableowner = current_user OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
    FROM pg_tables WHERE schemaname = 'public' AND tablename = 'recommendations_trailentry'
"""


@dataclass(frozen=True)
class Problem:
    """A problem, or a fact worth knowing (`is_note`), and what to do about it."""

    words: str
    hint: str = ""
    is_error: bool = False
    is_note: bool = False


def database_problems(*, at: datetime.datetime) -> list[Problem]:
    """The problems of the database in DATABASE_URL. `at` is compared with its clock."""
    try:
        connection.ensure_connection()
        if waits := "" if settings.PUBLIC_PAGES_ONLY else problem(connection):
            return [Problem(waits, is_error=True)]
        if not settings.PUBLIC_PAGES_ONLY and is_of_another_key():
            return [Problem(ANOTHER_KEY, is_error=True)]
        return [
            *_of_search(),
            *_clock_problems(at),
            *(_postgresql_problems(at) if connection.vendor == "postgresql" else ()),
        ]
    except (OperationalError, NotSupportedError) as wrong:
        hint = (
            "Look at DATABASE_URL (in a password write @ as %40), and whether the database runs and lets this role in."
        )
        return [Problem(f"The database cannot be used: {_first_line(wrong)}", hint, is_error=True)]


def _postgresql_problems(at: datetime.datetime) -> Iterator[Problem]:
    for name, found in _rows(SETTINGS_ASKED, [*POSTGRESQL]):
        wanted, otherwise = POSTGRESQL[name]
        is_stricter = name == "synchronous_commit" and found in ("local", "remote_write", "remote_apply")
        if found != wanted and not is_stricter:
            yield Problem(f"PostgreSQL has {name} = {found}: {otherwise}.", f"Let it be {wanted}.", is_error=True)
    [[theirs]] = _rows("SELECT clock_timestamp()")
    apart = abs((theirs - at).total_seconds())
    if apart > MOST_APART:
        yield Problem(f"The clocks of the database and of this machine are {apart:.0f} seconds apart.", "Set them.")
    yield from _role_problems()


def _clock_problems(at: datetime.datetime) -> Iterator[Problem]:
    clock = clock_finding(None if settings.PUBLIC_PAGES_ONLY else newest_entry_at(), at)
    if clock.level > Level.WELL:
        yield Problem(clock.words, is_error=True)


def _of_search() -> Iterator[Problem]:
    if missing := missing_parts():
        words = f"A migration dropped what search needs: {', '.join(missing)}."
        yield Problem(
            words, "Restore the backup of before it, and migrate with a version that is whole.", is_error=True
        )


def _role_problems() -> Iterator[Problem]:
    """The problems of the application's role: missing or excessive privileges."""
    hint = "docs/operations/database-roles.md."
    if not settings.PUBLIC_PAGES_ONLY and any(is_owner for (is_owner,) in _rows(OWNER_ASKED)):
        words = "The program’s role owns its tables, so nothing keeps it from changing the trail."
        yield Problem(words, hint, is_note=True)
        return
    wrong = differences_of_own_role(reader=settings.PUBLIC_PAGES_ONLY)
    for line in wrong[:MOST_SHOWN]:
        yield Problem(line, "Run grant_database_roles as the owner of the tables.")
    if len(wrong) > MOST_SHOWN:
        yield Problem(f"And {len(wrong) - MOST_SHOWN} more of these.", "grant_database_roles --check lists them.")


def _rows(sql: str, *params: list[str]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params or None)
        return cursor.fetchall()


def _first_line(wrong: DatabaseError) -> str:
    return (str(wrong).strip().splitlines() or ["it gave no reason"])[0].rstrip(".") + "."


def mail_server_problems() -> list[Problem]:
    """The problems of the mail server: whether it answers, and accepts EMAIL_URL's name and password if it has any.

    That an office without EMAIL_URL has none is a note: it was set up so.
    """
    mailer = mailers.default
    if not isinstance(mailer, Courier):
        return []
    try:
        mailer.open()
        mailer.close()
    except OSError as failed:
        if not settings.MAIL_IS_SET:
            words = "No mail server is set, and none answers on this machine: invitations and reminders are not sent."
            return [Problem(words, "Set EMAIL_URL and FROM_EMAIL.", is_note=True)]
        hint = "Look at EMAIL_URL (in a password write @ as %40). `check --mail ADDRESS` sends a message to try it."
        return [Problem(f"The mail server cannot be reached: {say_wrong(failed)}.", hint, is_error=True)]
    return []


def scanner_problems() -> list[Problem]:
    """Whether the virus scanner, if there is one, takes a file."""
    if not settings.CLAMD or not scan(b"A text to see whether the scanner answers.").is_silent:
        return []
    words = f"The virus scanner does not answer at CLAMD ({settings.CLAMD}), so no file can be added or downloaded."
    return [Problem(words, "Look whether clamd runs and lets this user in.", is_error=True)]


def send_test_mail(address: str) -> str:
    """Send a message to an address; return why that failed, or ""."""
    text = f"This message was sent to see whether email from {settings.ORIGIN} arrives. You do not need to answer it."
    try:
        EmailMessage("Oversight: a test message", text, to=[address]).send()
    except (OSError, ValueError) as failed:
        return say_wrong(failed) if isinstance(failed, OSError) else "it is no address"
    return ""


def of_readers() -> list[Problem]:
    """What this machine lacks to hold the children that read files of others."""
    if can_be_refused():
        return []
    words = "This machine cannot refuse system calls (seccomp), so a hostile file could have files changed."
    return [Problem(words, "docs/operations/install.md, “The children that read files”.")]


def name_problems(environ: Mapping[str, str]) -> list[Problem]:
    """Names in the environment or the office's settings file that are meant for settings, and are of none."""
    file = SETTINGS_FILES / settings.OFFICE / "settings.env"
    unknown: list[str] = []
    with suppress(Trouble):
        unknown = unknown_names(read_settings(file))
    others = [f"There is no setting {name}: remove it from {file}." for name in unknown]
    return [Problem(words) for words in (*advice_on(environ), *others)]


def file_problems() -> list[Problem]:
    """The problems of files: what other users of this machine can read or change, and what we can't write."""
    return [*_secrets_that_others_read(), *_data_that_others_reach(), *_missing_folder_of_backups()]


def _missing_folder_of_backups() -> Iterator[Problem]:
    usual = str(Path(settings.VAR_DIR) / "backups")  # the first backup makes it
    folder = Path(settings.BACKUP_TO)
    if folder.is_absolute() and str(folder) != usual and not folder.is_dir():
        yield Problem(f"BACKUP_TO: there is no folder {folder}.", "If it is another disk, mount it; else make it.")


def _secrets_that_others_read() -> Iterator[Problem]:
    for path in sorted(SETTINGS_FILES.glob("*/settings.env")):
        if _mode(path) & 0o007:
            yield Problem(f"Other users of this machine can read {path}, which has secrets.", f"chmod 0640 {path}")


def _data_that_others_reach() -> Iterator[Problem]:
    folder = Path(settings.VAR_DIR)
    if not os.access(folder, os.W_OK | os.X_OK):
        yield Problem(f"{folder} cannot be written to by this user.", "It is for the data of Oversight.", is_error=True)
    elif _mode(folder) & 0o002:
        yield Problem(f"Other users of this machine can write to {folder}.", f"chmod 0750 {folder}")
    if connection.vendor == "sqlite":
        database = Path(connection.settings_dict["NAME"])
        if database.is_file() and _mode(database) & 0o077:
            yield Problem(f"Other users of this machine can read {database}.", f"chmod 0600 {database}")


def _mode(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return 0


def timer_problems(*, at: datetime.datetime) -> list[Problem]:
    """Jobs that are late or found something wrong, and those that never ran here (as notes while the office is new)."""
    watched = {*JOBS, *BY_HAND, "worker"}
    late = [each for each in findings(at=at) if each.name in watched and each.level > Level.WELL]
    hint = "docs/operations/watch.md says what runs them."
    return [Problem(each.words, hint, is_note=each.value is None and each.level < Level.BAD) for each in late]
