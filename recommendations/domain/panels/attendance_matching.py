"""A list of who came, matched to the panel's members of that day: exactly, or offered and never guessed."""

import datetime
import unicodedata
from dataclasses import dataclass

from recommendations.domain.panels.attendance import why_no_member
from recommendations.enums import Presence
from recommendations.models import Meeting, PanelMember
from recommendations.models.panels import person_key


@dataclass(frozen=True, kw_only=True)
class ListedPerson:
    """One person of a list, as the words say. `whom`: for whom they came; `unread`: words that found no place."""

    said: str
    name: str
    role: str = ""
    body: str = ""
    how: str = Presence.PRESENT
    part_from: datetime.time | None = None
    part_to: datetime.time | None = None
    whom: str = ""
    unread: str = ""


@dataclass(frozen=True)
class Match:
    """A person of the list. `member` has exactly this name; `offered` have one much like it, to be chosen by a person.

    `whom` is the member for whom they came, by exactly the name; `note` says why a name that is known is no member.
    """

    listed: ListedPerson
    member: PanelMember | None = None
    offered: tuple[PanelMember, ...] = ()
    whom: PanelMember | None = None
    note: str = ""


class Members:
    """The members of a meeting's panel: those of its day, and those of other days, by the keys of their names."""

    def __init__(self, meeting: Meeting) -> None:
        everyone = list(PanelMember.objects.filter(panel=meeting.panel_id).order_by("body", "name", "-since"))
        self.of_day = [each for each in everyone if not why_no_member(each, meeting)]
        today = {each.name_key for each in self.of_day}
        self.others = {
            each.name_key: why_no_member(each, meeting) for each in reversed(everyone) if each.name_key not in today
        }

    @property
    def keys(self) -> set[str]:
        """By what a reader knows that words are a name."""
        return {each.name_key for each in self.of_day} | set(self.others)

    def named(self, name: str) -> PanelMember | None:
        """The one member of the day with exactly this name: case, apostrophes, dashes and spaces set aside."""
        found = [each for each in self.of_day if each.name_key == person_key(name)]
        return found[0] if len(found) == 1 else None

    def alike(self, name: str) -> tuple[PanelMember, ...]:
        """Those whose name is the same without accents, or with a title or a rank before it."""
        plain = plain_key(name)
        return tuple(each for each in self.of_day if f" {plain}".endswith(f" {plain_key(each.name)}"))

    def match(self, listed: ListedPerson) -> Match:
        """The person of a list, matched."""
        member = self.named(listed.name)
        offered = () if member else self.alike(listed.name)
        note = "" if member else self.others.get(person_key(listed.name), "")
        return Match(listed, member, offered, self.named(listed.whom) if listed.whom else None, note)


def plain_key(name: str) -> str:
    """By what a name is offered: its key without accents. "Siân" and "Sian" are alike, and may be two people."""
    parts = unicodedata.normalize("NFD", person_key(name))
    return "".join(each for each in parts if not unicodedata.combining(each))
