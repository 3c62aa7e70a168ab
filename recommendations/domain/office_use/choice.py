"""The administrators' choice of what the office uses: sections (sections.py), and sources beside HMICFRS.

Nothing is deleted by it. An office without a choice uses every section but those that came later (`STARTS_OFF`); a new
one begins with none (`start_with_hmicfrs`).
"""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import IntegrityError

from recommendations.domain.sources.queries import is_followed, sources
from recommendations.domain.sources.sources import source_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums.sources import HMICFRS
from recommendations.models import OfficeUse, SourceFacts, User
from recommendations.models.settings import latest_choice
from recommendations.periods import london_day
from recommendations.sections import STARTS_OFF, Section
from recommendations.trail import verb

CHANGED_MEANWHILE = (
    "Someone else changed this after you opened the page, and nothing of yours is saved. What your ticks would change "
    "now is marked below. Check it, and save again."
)


@dataclass(frozen=True)
class OfficeChoice:
    """What the office has chosen: its last choice (None: it made none), and its sources but HMICFRS, by key."""

    latest: OfficeUse | None
    sources: Mapping[str, SourceFacts]
    followed_keys: frozenset[str]  # of the sources that it follows

    @property
    def sections_on(self) -> frozenset[Section]:
        """The sections that are chosen. SECTIONS_OFF may switch off some of them all the same."""
        off = self.latest.off if self.latest else STARTS_OFF
        return frozenset(each for each in Section if each not in off)

    @property
    def token(self) -> str:
        """What tells this state from any other: pages send it back, so that no one overwrites what they did not see."""
        return " ".join([str(self.latest.number if self.latest else 0), *sorted(self.followed_keys)])


def current_choice(on: datetime.date) -> OfficeChoice:
    """The choice that counts on a London day. Two queries."""
    others = {key: each for key, each in sources().items() if key != HMICFRS}
    followed = frozenset(key for key, each in others.items() if is_followed(each, on))
    return OfficeChoice(latest_choice(), others, followed)


def choose_sections(
    *,
    sections: Collection[Section],
    source_keys: Collection[str],
    token: str,
    by: User | None,
    at: datetime.datetime,
) -> OfficeUse:
    """Use these sections and follow these sources, by key, and no others. HMICFRS is always followed.

    `token` is that of the choice that was read. Raises Refusal (stale) if it is no longer the one that counts, and
    for a choice that changes nothing. What a new office begins with can be chosen as it is.
    """
    try:
        with verb("choose_sections", by=by, at=at) as act:
            before = current_choice(london_day(at))
            if before.token != token:
                raise Refusal(CHANGED_MEANWHILE, code="stale")
            changed = [key for key in before.sources if (key in source_keys) != (key in before.followed_keys)]
            is_chosen = before.latest and not before.latest.is_initial
            if is_chosen and not changed and frozenset(sections) == before.sections_on:
                raise Refusal("Nothing is changed yet. Tick or untick something first.", code="nothing-changed")
            for key in changed:
                row = source_row(key)
                row.in_use, row.since, row.until = key in source_keys, None, None
                act.save(row)
            off = ",".join(each for each in Section if each not in sections and each not in STARTS_OFF)
            on = ",".join(each for each in Section if each in sections and each in STARTS_OFF)
            number = before.latest.number + 1 if before.latest else 1
            choice = OfficeUse(number=number, sections_off=off, sections_on=on, chosen_at=at, chosen_by=by)
            act.subject = act.save(choice)
            return choice
    except IntegrityError:  # another choice took the number meanwhile
        raise Refusal(CHANGED_MEANWHILE, code="stale") from None


def start_with_hmicfrs(*, at: datetime.datetime) -> OfficeUse:
    """The choice of a new office: HMICFRS, the register, responses and papers, and nothing else yet."""
    return choose_sections(sections=(), source_keys=(), token=current_choice(london_day(at)).token, by=None, at=at)
