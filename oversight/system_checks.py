"""System checks of an installation (`check --deploy`). Those that use the network have the tag “database”."""

import os
from collections.abc import Iterable, Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.utils import timezone

from oversight.operations import installation
from oversight.operations.installation import Problem

type Apps = Sequence[AppConfig] | None


@register(Tags.security, deploy=True)
def check_address(*, app_configs: Apps, **told: object) -> list[CheckMessage]:
    """Warnings on the proxy's headers."""
    found: list[CheckMessage] = []
    if settings.SECURE and not settings.BEHIND_PROXY:
        said = "ORIGIN is https, and BEHIND_PROXY is not set: every page would redirect for ever behind a proxy."
        found.append(Warning(said, hint="Set BEHIND_PROXY=1 where one proxy of yours ends TLS.", id="oversight.W011"))
    if settings.BEHIND_PROXY:
        said = "X-Forwarded-Proto and the last address of X-Forwarded-For are believed from whoever connects."
        hint = "Let the program listen where the proxy alone connects: a socket, or 127.0.0.1."
        found.append(Info(said, hint=hint, id="oversight.I012"))
    return found


@register(Tags.security, deploy=True)
def check_names(*, app_configs: Apps, **told: object) -> list[CheckMessage]:
    """Whether settings are misspelt."""
    return _messages(installation.name_problems(os.environ), "017")


@register(Tags.security, deploy=True)
def check_sender(*, app_configs: Apps, **told: object) -> list[CheckMessage]:
    """Whether other mail servers accept FROM_EMAIL."""
    name = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">").lower()
    if "." in name and not name.endswith((".localhost", ".localdomain", ".invalid")):
        return []
    said = f"FROM_EMAIL is {settings.DEFAULT_FROM_EMAIL}: other mail servers refuse that sender."
    return [Warning(said, hint="Set it to an address that your mail server may send for.", id="oversight.W013")]


@register(Tags.security, deploy=True)
def check_sections(*, app_configs: Apps, **told: object) -> list[CheckMessage]:
    """Say that SECTIONS_OFF overrides what administrators chose. It is no fault, so the check passes."""
    if not settings.SECTIONS_OFF:
        return []
    off = ", ".join(settings.SECTIONS_OFF)
    said = f"SECTIONS_OFF switches off {off}, whatever is ticked on the page “What you use”."
    hint = "To let administrators choose, take SECTIONS_OFF out of the settings and restart."
    return [Info(said, hint=hint, id="oversight.I016")]


@register(Tags.security, deploy=True)
def check_files(*, app_configs: Apps, **told: object) -> list[CheckMessage]:
    """Who can read the secrets and the data."""
    return _messages(installation.file_problems(), "014")


@register(Tags.security, deploy=True)
def check_readers(*, app_configs: Apps, **told: object) -> list[CheckMessage]:
    """Whether a reader that a hostile file has taken over can do nothing."""
    return _messages(installation.of_readers(), "015")


@register(Tags.database, deploy=True)
def check_database(*, app_configs: Apps, **told: object) -> list[CheckMessage]:
    """Whether the database answers, is of this version, and stores safely."""
    return _messages(installation.database_problems(at=timezone.now()), "020")


@register(Tags.database, deploy=True)
def check_mail_server(*, app_configs: Apps, **told: object) -> list[CheckMessage]:
    """Whether the mail server answers. The public server sends no email."""
    return [] if settings.PUBLIC_PAGES_ONLY else _messages(installation.mail_server_problems(), "021")


@register(Tags.database, deploy=True)
def check_scanner(*, app_configs: Apps, **told: object) -> list[CheckMessage]:
    """Whether the virus scanner answers."""
    return _messages(installation.scanner_problems(), "023")


@register(Tags.database, deploy=True)
def check_timers(*, app_configs: Apps, **told: object) -> list[CheckMessage]:
    """Whether the background jobs ran when they should."""
    return _messages(installation.timer_problems(at=timezone.now()), "022")


def _messages(problems: Iterable[Problem], number: str) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for each in problems:
        kind, letter = (Error, "E") if each.is_error else (Info, "I") if each.is_note else (Warning, "W")
        found.append(kind(each.words, hint=each.hint or None, id=f"oversight.{letter}{number}"))
    return found
