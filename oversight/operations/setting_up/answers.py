"""The questions of an office's set-up, and the validation of answers."""

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import dj_email_url
import psycopg
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from oversight.operations.offices import Trouble
from oversight.operations.setting_up import postgresql
from recommendations.email_addresses import why_unreachable
from recommendations.enums.bodies import BodyKind

LOOPBACK = ("127.0.0.1", "localhost", "::1")
SQLITE, POSTGRESQL, NONE = "sqlite", "postgresql", "none"
LONGEST_NAME = 120


@dataclass(frozen=True)
class Question:
    """A question. `check` returns the answer as stored, and raises Trouble for an invalid one.

    `default` may depend on earlier answers. The option is --name; in an answers file it is NAME.
    """

    name: str
    asks: str
    help: str
    check: Callable[[str], str]
    default: Callable[[Mapping[str, str]], str] = lambda answers: ""
    differs_from: str = ""  # the earlier question that must have another answer

    @property
    def key(self) -> str:
        """Its name in an answers file."""
        return self.name.upper().replace("-", "_")

    @property
    def option(self) -> str:
        return f"--{self.name}"

    def stored(self, typed: str, answers: Mapping[str, str]) -> str:
        """The answer as stored, after earlier `answers`. Raises Trouble for one that can't be used."""
        found = self.check(typed.strip())
        if self.differs_from and found == answers.get(self.differs_from):
            raise Trouble(f"“{found}” is taken already. Enter another.")
        return found


def check_name(typed: str) -> str:
    """Check the name of an office or a person."""
    if not typed:
        raise Trouble("Enter a name.")
    if len(typed) > LONGEST_NAME or not typed.isprintable():
        raise Trouble(f"Enter a name of {LONGEST_NAME} characters at most, on one line.")
    return typed


def check_origin(typed: str) -> str:
    """Check the address that people open, without a path. Plain http is only for this machine."""
    origin = (typed if "://" in typed else f"https://{typed}").rstrip("/")
    try:
        parts = urlsplit(origin)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise Trouble(f"“{typed}” is no address. Enter one such as https://oversight.example.org.") from None
    if not host or parts.path or parts.query or parts.fragment or parts.username or not _is_host(host):
        raise Trouble(
            f"“{typed}” is no address of a site. Enter one such as https://oversight.example.org, without more."
        )
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        raise Trouble("Begin the address with https://. Only http://127.0.0.1 and http://localhost do without.")
    return origin.lower()


def _is_host(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return all(part.replace("-", "").isalnum() and part.isascii() for part in host.split("."))
    return True


def check_database(typed: str) -> str:
    """Check the database: sqlite, postgresql (this machine's server) or the URL of a reachable database."""
    if typed.lower() in (SQLITE, POSTGRESQL):
        if typed.lower() == POSTGRESQL:
            postgresql.check_server()
        return typed.lower()
    if urlsplit(typed).scheme not in ("postgres", "postgresql"):
        raise Trouble("Enter sqlite, postgresql, or an address that begins with postgres://.")
    _connect(typed)
    return typed


def _connect(url: str) -> None:
    """Raise Trouble if no database answers there."""
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except (psycopg.Error, ValueError) as error:
        reason = str(error).strip().splitlines()[-1] if str(error).strip() else "it does not answer"
        raise Trouble(
            f"That database can't be used: {reason} Write / @ : and % in a password as %2F %40 %3A and %25."
        ) from None


def check_mail(typed: str) -> str:
    """Check the mail server; return an EMAIL_URL, or "" for none."""
    if not typed or typed.lower() == NONE:
        return ""
    url = typed if "://" in typed else f"smtp://{typed}"
    try:
        dj_email_url.parse(url)
    except (ValueError, KeyError):
        url = ""
    if urlsplit(url).scheme not in ("smtp", "submission") or not urlsplit(url).hostname:
        raise Trouble("Enter the mail server’s name, smtp://… or submission://user:password@name, or none.")
    return url


def check_address(typed: str) -> str:
    """Check an email address. One that mail never reaches is refused: its owner could not sign in."""
    try:
        validate_email(typed)
    except ValidationError:
        raise Trouble(f"“{typed}” is no email address. Enter one such as name@example.org.") from None
    if why := why_unreachable(typed):
        raise Trouble(why)
    return typed.lower()


def check_kind(typed: str) -> str:
    """Check the kind of policing body."""
    if typed.lower() not in BodyKind.values:
        raise Trouble(f"Enter {KINDS}.")
    return typed.lower()


def check_second(typed: str) -> str:
    """Check the second administrator's name, or return "" for none."""
    return "" if typed.lower() in ("", NONE) else check_name(typed)


def default_sender(answers: Mapping[str, str]) -> str:
    """oversight@ and the host of the answered address, or "" where that is no name that mail can come from."""
    host = urlsplit(answers.get("origin", "")).hostname or "localhost"
    return f"oversight@{host}" if "." in host and not host[-1].isdigit() else ""


KINDS = f"{', '.join(BodyKind.values[:-1])} or {BodyKind.values[-1]}"
QUESTIONS = (
    Question("name", "The office’s name", "for example Marches OPCC", check_name),
    Question(
        "body",
        "The policing body that it works for",
        "for example Police and Crime Commissioner for the Marches",
        check_name,
        differs_from="name",
    ),
    Question("kind", "The kind of policing body", KINDS, check_kind, lambda answers: BodyKind.COMMISSIONER.value),
    Question("origin", "The address that people will open", "for example https://oversight.example.org", check_origin),
    Question(
        "database",
        "The database",
        "sqlite, postgresql for the server of this machine, or postgres://user:password@host/name",
        check_database,
        lambda answers: SQLITE,
    ),
    Question(
        "mail",
        "The mail server",
        "its name, smtp://…, submission://user:password@name, or none",
        check_mail,
        lambda answers: NONE,
    ),
    Question(
        "from-email", "The address that mails come from", "your mail server sends for it", check_address, default_sender
    ),
    Question("administrator", "The first administrator’s name", "as the register shows it", check_name),
    Question("administrator-email", "Their email address", "they sign in with it", check_address),
    Question(
        "second-administrator",
        "A second administrator’s name",
        "two confirm each other’s invitations; one alone can invite no officer. Or none for now",
        check_second,
        lambda answers: NONE,
        "administrator",
    ),
    Question(
        "second-administrator-email",
        "Their email address",
        "they sign in with it",
        check_address,
        differs_from="administrator-email",
    ),
)
NEEDS = {"from-email": "mail", "second-administrator-email": "second-administrator"}  # asked only after such an answer


def is_asked(question: Question, answers: Mapping[str, str]) -> bool:
    """Whether a question applies after earlier answers: without a mail server there is no sender."""
    return question.name not in NEEDS or bool(answers.get(NEEDS[question.name]))


def take(values: Mapping[str, str], ask: Callable[[Question, str], str] | None) -> dict[str, str]:
    """All answers: those given, and those that `ask` returns for a question and its default.

    Without `ask`, missing answers get their default. Raises Trouble naming what is missing or invalid.
    """
    answers: dict[str, str] = {}
    missing: list[str] = []
    for question in QUESTIONS:
        if not is_asked(question, answers):
            continue
        answer = values.get(question.name)
        if answer is None and ask is not None:
            answers[question.name] = _ask(question, ask, answers)
        elif answer is None and not question.default(answers):
            missing.append(question.option)
        else:
            answer = question.default(answers) if answer is None else answer
            answers[question.name] = _check(question, answer, answers)
    if missing:
        raise Trouble(f"Give {', '.join(missing)} as well, or run this on a terminal, where it asks.")
    return answers


def _ask(question: Question, ask: Callable[[Question, str], str], answers: Mapping[str, str]) -> str:
    """Ask a question until the answer is valid."""
    default = question.default(answers)
    while True:
        try:
            return question.stored(ask(question, default).strip() or default, answers)
        except Trouble as trouble:
            print(trouble)


def _check(question: Question, answer: str, answers: Mapping[str, str]) -> str:
    try:
        return question.stored(answer, answers)
    except Trouble as trouble:
        raise Trouble(f"{question.option}: {trouble}") from None
