"""The security events shown to administrators: trail entries about access, with where they came from."""

import datetime
import json
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from recommendations.domain.audit.wording import verb_words
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.models import FormerPerson, SecurityEvent, TrailEntry, User
from recommendations.networks import ELSEWHERE, network_of

EXPORTS = (
    *("export_register", "export_tracked", "export_tracked_files", "export_inspection", "export_round"),
    *("export_response", "export_letter", "export_layouts", "read_feed"),
)
GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "access": (
        "Signed in, signed out",
        (Kind.SIGNED_IN, Kind.SIGNED_OUT, Kind.BREAK_GLASS, Kind.SESSION_ENDED, Kind.CONFIRMED),
    ),
    "failed": ("Failed, locked", (Kind.FAILED, Kind.LOCKED, Kind.CODE_FAILED, Kind.ENTRA_REFUSED)),
    "factor": (
        "Second factor",
        (
            *(Kind.FACTOR_ADDED, Kind.FACTOR_REMOVED, Kind.FACTOR_RENAMED, Kind.FACTOR_RESET),
            *(Kind.CODES_MADE, Kind.RECOVERY_USED),
        ),
    ),
    "token": ("API tokens", (Kind.TOKEN_MADE, Kind.TOKEN_REVOKED, Kind.TOKEN_USED, Kind.TOKEN_REFUSED)),
    "password": ("Password", (Kind.LINK_ASKED, "set_password")),
    "people": (
        "People, roles, forces",
        (
            *("add_user", "edit_user", Kind.CHANGE_ASKED, Kind.CHANGE_CONFIRMED, Kind.CHANGE_ENDED),
            *(Kind.COMMITTEES_SET, Kind.MEMBER_FACTOR_SET, Kind.LEFT),
        ),
    ),
    "invited": (
        "Invitations",
        (
            *(Kind.INVITED, Kind.INVITATION_CONFIRMED, Kind.INVITATION_SENT, Kind.INVITATION_ENDED),
            Kind.INVITATION_ACCEPTED,
        ),
    ),
    "export": ("Exports, files taken", (*EXPORTS, "export_compliance", "download_paper", Kind.FILE_TAKEN)),
    "refused": ("Refused", ("refused",)),
    "reading": ("Security events read", (Kind.EVENTS_READ, Kind.EVENTS_EXPORTED)),
    "removed": (
        "Redactions, retention",
        (
            *("propose_redaction", "decline_redaction", "confirm_redaction", "carry_out_redaction"),
            *("make_former", "read_former_key", "fold_access_records"),
        ),
    ),
}
NOTABLE = (Kind.LOCKED, Kind.RECOVERY_USED, Kind.FACTOR_RESET, Kind.MEMBER_FACTOR_SET, Kind.BREAK_GLASS)
WRONG = (Kind.FAILED, Kind.LOCKED, Kind.CODE_FAILED, Kind.ENTRA_REFUSED, Kind.TOKEN_REFUSED, "refused")


@dataclass(frozen=True)
class EventLine:
    """One event for display: the entry, and its security event (None for verbs without one)."""

    entry: TrailEntry
    event: SecurityEvent | None
    about: str = ""

    @property
    def words(self) -> str:
        return verb_words(self.entry.verb)

    @property
    def who(self) -> str:
        """Who did it. A former officer is shown by their number."""
        return self.entry.who

    @property
    def detail(self) -> str:
        said = (self.about, self.event.detail if self.event else "", self.entry.reason)
        return "; ".join(filter(None, said))

    @property
    def network(self) -> str:
        return network_of(self.event.address if self.event else None, settings.NETWORKS)

    @property
    def is_notable(self) -> bool:
        return self.entry.verb in NOTABLE or bool(self.event and self.event.is_new_address)

    @property
    def is_wrong(self) -> bool:
        return self.entry.verb in WRONG


def security_entries(
    *,
    groups: Collection[str] = (),
    since: datetime.datetime | None = None,
    person: User | None = None,
    network: str = "",
) -> QuerySet[TrailEntry]:
    """The trail entries about access, newest first.

    Optional filters: groups, since a moment, a person (as actor or account), a network named by the office or
    `ELSEWHERE`.
    """
    verbs = [verb for name in groups or GROUPS for verb in GROUPS[name][1]]
    entries = TrailEntry.objects.with_former().filter(verb__in=verbs)
    found = entries.exclude(by_name="")  # folded entries have no name
    found = found.select_related("by").order_by("-sequence")
    if since is not None:
        found = found.filter(at__gte=since)
    if person is not None:
        found = found.filter(Q(by=person) | Q(subject_model=User._meta.label_lower, subject_id=person.pk))
    return found.filter(_is_from(network)) if network else found


def _is_from(network: str) -> Exists:
    """Whether an entry's event came from a network. Compared here, as databases differ in address types."""
    known = SecurityEvent.objects.order_by().exclude(address=None).values_list("address", flat=True).distinct()
    there = [each for each in known if (network_of(each, settings.NETWORKS) or ELSEWHERE) == network]
    return Exists(SecurityEvent.objects.filter(kind=OuterRef("verb"), at=OuterRef("at"), address__in=there))


def counts_of(entries: QuerySet[TrailEntry]) -> dict[str, int]:
    """The number of these entries in each group. One query."""
    by_verb = dict(entries.order_by().values_list("verb").annotate(Count("pk")))
    return {name: sum(by_verb.get(verb, 0) for verb in verbs) for name, (_, verbs) in GROUPS.items()}


def lines_of(entries: Collection[TrailEntry]) -> list[EventLine]:
    """The entries with their events, and the numbers of former officers. Two queries."""
    named = {entry.pk: event_in(entry) for entry in entries}
    events = SecurityEvent.objects.in_bulk([pk for pk in named.values() if pk])
    former = {each.person_id: str(each) for each in FormerPerson.objects.all()}
    return [EventLine(entry, events.get(named[entry.pk] or 0), _subject_label(entry, former)) for entry in entries]


def _subject_label(entry: TrailEntry, former: dict[int, str]) -> str:
    """What an entry is about, as the trail has it; for a former officer the number."""
    is_person = entry.subject_model == User._meta.label_lower and entry.subject_id is not None
    return former.get(entry.subject_id or 0, entry.about) if is_person else entry.about


def event_in(entry: TrailEntry) -> int | None:
    """The id of the event named in an entry, or None if its verb has none."""
    if entry.verb not in Kind.values:
        return None
    label = SecurityEvent._meta.label_lower
    return next((change["id"] for change in json.loads(entry.changes) if change["model"] == label), None)
