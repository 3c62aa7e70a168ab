"""Risk, themes, cause of delay and mitigation, as the page of an open recommendation shows them."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import takewhile

from recommendations.domain.register.entries import DELAY, RISK, VoiceEntry, entries_in_force
from recommendations.enums import Vocabulary
from recommendations.enums.risk import Risk
from recommendations.models.register.risk import theme_words
from recommendations.periods import say

BARS: dict[str, int] = {Risk.HIGH: 3, Risk.MEDIUM: 2, Risk.LOW: 1}
type Words = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class StripCell:
    """A fact under the dates. `bars`: how many of three are filled. `missing`: it should be given but is not."""

    key: str
    label: str
    value: str
    notes: tuple[str, ...] = ()
    bars: int = 0
    missing: bool = False


def risk_strip(rows: list[VoiceEntry], words: Words, *, is_overdue: bool) -> list[StripCell]:
    """The four cells. `rows` come from entries_for, `words` are the office's labels (Label.objects.words())."""
    weights, delays = entries_in_force(rows, RISK), entries_in_force(rows, DELAY)
    return [_risk(weights, words), _themes(weights, words), *_delay(delays, words, is_overdue)]


def _risk(weights: list[VoiceEntry], words: Words) -> StripCell:
    said = weights[0] if weights else None
    if said is None or not said.value:
        return StripCell("risk", "Risk", "Not assessed yet")
    value = words[Vocabulary.RISK].get(said.value, said.value)
    since = _since(weights, lambda row: row.value)
    reviewed = f", reviewed {say(said.on)}" if since < said.on else ""
    who = f" by {said.recorder}" if said.recorder else ""
    return StripCell("risk", "Risk", value, (said.text, f"since {say(since)}{reviewed}{who}"), BARS.get(said.value, 0))


def _themes(weights: list[VoiceEntry], words: Words) -> StripCell:
    found = theme_words(weights[0].stage, words[Vocabulary.THEME]) if weights else []
    return StripCell("themes", "Theme" if len(found) == 1 else "Themes", ", ".join(found) or "None")


def _delay(delays: list[VoiceEntry], words: Words, is_overdue: bool) -> list[StripCell]:
    """Cause of delay and mitigation. If the recommendation is overdue, either is marked as missing when not given."""
    said = delays[0] if delays else None
    nothing = "Not said yet" if is_overdue else "None"
    cause = said.value if said else ""
    value = words[Vocabulary.DELAY_CAUSE].get(cause, cause)
    notes = (said.text, say(said.on)) if said and cause else ()
    label = f"Cause of delay{', ' + whose(said) if said and cause else ''}"
    mitigation = said.looked_at if said else ""
    since = (f"since {say(_since(delays, lambda row: row.looked_at))}",) if mitigation else ()
    return [
        StripCell("cause", label, value or nothing, notes, missing=is_overdue and not cause),
        StripCell("mitigation", "Mitigation", mitigation or nothing, since, missing=is_overdue and not mitigation),
    ]


def whose(entry: VoiceEntry) -> str:
    """Who gave a cause of delay: the force, the force as recorded by the office, or the office."""
    if entry.force:
        return "said by the force"
    if entry.attributed_to:
        return f"said by {entry.attributed_to}, recorded by the office"
    return "recorded by the office"


def _since(rows: list[VoiceEntry], what: Callable[[VoiceEntry], str]) -> datetime.date:
    """The day since when the latest row's value has been the same."""
    return list(takewhile(lambda row: what(row) == what(rows[0]), rows))[-1].on
