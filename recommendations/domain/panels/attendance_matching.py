"""Match a list of attendees to the panel's members on that day: exactly, or as suggestions for the user to confirm."""

import datetime
import unicodedata
from dataclasses import dataclass

from recommendations.domain.panels.attendance import why_no_member
from recommendations.enums import Presence
from recommendations.models import Meeting, PanelMember
from recommendations.models.panels.panels import person_key


@dataclass(frozen=True, kw_only=True)
class ListedPerson:
    """One person in the list, as written. `whom` is the person they replaced; `unread` are unrecognised words."""

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
    """A matched person. `member` has exactly this name; `offered` have a similar one, for the user to choose from.

    `whom` is the member whom they replaced, by exact name; `note` says why a known name is not a member on the day.
    """

    listed: ListedPerson
    member: PanelMember | None = None
    offered: tuple[PanelMember, ...] = ()
    whom: PanelMember | None = None
    note: str = ""


class Members:
    """The members of a meeting's panel, by name key: those on its day, and those on other days."""

    def __init__(self, meeting: Meeting) -> None:
        everyone = list(PanelMember.objects.filter(panel=meeting.panel_id).order_by("body", "name", "-since"))
        self.of_day = [each for each in everyone if not why_no_member(each, meeting)]
        today = {each.name_key for each in self.of_day}
        self.others = {
            each.name_key: why_no_member(each, meeting) for each in reversed(everyone) if each.name_key not in today
        }

    @property
    def keys(self) -> set[str]:
        """The name keys by which a reader recognises that words are a name."""
        return {each.name_key for each in self.of_day} | set(self.others)

    def member_of_name(self, name: str) -> PanelMember | None:
        """Return the only member on the day with this name, ignoring case, apostrophes, dashes and spaces, or None."""
        found = [each for each in self.of_day if each.name_key == person_key(name)]
        return found[0] if len(found) == 1 else None

    def alike(self, name: str) -> tuple[PanelMember, ...]:
        """Return the members whose name is the same apart from accents, or a title or rank before it."""
        plain = plain_key(name)
        return tuple(each for each in self.of_day if f" {plain}".endswith(f" {plain_key(each.name)}"))

    def match(self, listed: ListedPerson) -> Match:
        """Match one person in the list."""
        member = self.member_of_name(listed.name)
        offered = () if member else self.alike(listed.name)
        note = "" if member else self.others.get(person_key(listed.name), "")
        return Match(listed, member, offered, self.member_of_name(listed.whom) if listed.whom else None, note)


def plain_key(name: str) -> str:
    """Return the name's key without accents, for suggestions: "Siân" and "Sian" are alike, but may be two people."""
    parts = unicodedata.normalize("NFD", person_key(name))
    return "".join(each for each in parts if not unicodedata.combining(each))
