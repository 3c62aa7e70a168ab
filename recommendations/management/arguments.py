"""Parse and look up command arguments: documents, days, forces, people. Raises CommandError if something is wrong."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db.models import Model

from recommendations.domain.writing.refusals import Refusal
from recommendations.exchange.documents_in.lines import MAX_BYTES, DocumentLine, Unreadable, read_lines
from recommendations.forms.site.fields import read_day
from recommendations.models import Force, User
from recommendations.periods import say
from recommendations.permissions import May

YES_OR_NO = {"yes": True, "no": False}


def add_document_arguments(parser, *, kept_with: str) -> None:
    """Add the arguments of a document import. `kept_with` names the record that keeps the left-out lines."""
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--force", required=True, metavar="SLUG", help="the force whose register it goes into")
    parser.add_argument(
        "--published", required=True, metavar="DATE", help="the report's day: 2025-09-25, 25/9/2025 or 25 Sep 2025"
    )
    parser.add_argument(
        "--section-55",
        choices=list(YES_OR_NO),
        help="whether section 55 of the Police Act 1996 applies to the report, where its kind does not say it",
    )
    parser.add_argument("--by", metavar="EMAIL", help="who brings it in; the command line where it is not given")
    parser.add_argument("--dry-run", action="store_true", help="save nothing")
    parser.add_argument(
        "--remember",
        action="store_true",
        help="remember its layout as the page does, for the next document in it; never that of a coroner's report",
    )
    parser.add_argument(
        "--layouts",
        metavar="FOLDER",
        help="use the layouts in the files of this folder, not those on record; --remember writes one there",
    )
    parser.add_argument(
        "--marks",
        metavar="FILE",
        help="mark blocks as on the page: a JSON list of objects with the “id” of a block and its “role”, in order",
    )
    parser.add_argument("--json", action="store_true", help="print what was read as JSON, and nothing else")
    parser.add_argument(
        "--leave-out-unplaced",
        action="store_true",
        help=f"leave out the lines that have no place, and keep a note of them with the {kept_with}",
    )


def section_55_of(options) -> bool | None:
    """Return whether section 55 applies, or None if the option was not given."""
    return YES_OR_NO.get(options["section_55"])


def refusal_of(refusal: Refusal) -> CommandError:
    """Convert a verb's Refusal to a CommandError, naming the option to use."""
    option = " Give --section-55 yes or --section-55 no." if refusal.field == "section_55" else ""
    return CommandError(f"{refusal.message}{option}")


@contextmanager
def refusals_as_command_errors() -> Iterator[None]:
    """Convert a Refusal raised inside to a CommandError."""
    try:
        yield
    except Refusal as refusal:
        raise CommandError(refusal.message) from None


def content_of(name: str, most: int = -1) -> bytes:
    """Return a file's bytes, at most `most`."""
    try:
        with Path(name).open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise CommandError(f"{name} cannot be opened: {error.strerror}.") from error


def lines_of(name: str) -> list[DocumentLine]:
    """Return a document's lines."""
    try:
        return read_lines(content_of(name, MAX_BYTES + 1), Path(name).name)
    except Unreadable as error:
        raise CommandError(f"{name}: {error}") from error


def any_day(typed: str, option: str) -> datetime.date:
    """Return the day given for an option."""
    try:
        return read_day(typed)
    except ValidationError as error:
        raise CommandError(f"{option}: {' '.join(error.messages)}") from error


def past_day(typed: str, option: str, today: datetime.date) -> datetime.date:
    """Return the day given for an option. It must not be in the future."""
    day = any_day(typed, option)
    if day > today:
        raise CommandError(f"{option}: {say(day)} is in the future. Give today or an earlier day.")
    return day


def find_or_fail[Row: Model](model: type[Row], message: str, **what: object) -> Row:
    """Return the row matching `what`. Raises CommandError with this message if there is none."""
    row = model._default_manager.filter(**what).first()
    if row is None:
        raise CommandError(message)
    return row


def someone(email: str) -> User:
    """Return the user with this address, active or not."""
    return find_or_fail(User, f"No one has the address {email}.", email__iexact=email.strip())


def force_of(slug: str) -> Force:
    """Return the force with this slug."""
    force = Force.objects.filter(slug=slug).first()
    if force is None:
        known = ", ".join(Force.objects.order_by("slug").values_list("slug", flat=True))
        known = f"There are: {known}." if known else "There is none yet: add it in the administration."
        raise CommandError(f"There is no force {slug}. {known}")
    return force


def person_of(email: str | None, may: May, what: str) -> User | None:
    """Return the acting user, or None for the command line. `what` says in words what they need the right to do."""
    if not email:
        return None
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise CommandError(f"There is no account for {email}.")
    if not person.has_perm(may):
        raise CommandError(f"{person.name} may not {what}: an OPCC officer or approving officer may.")
    return person
