"""Risk, themes, cause of delay and mitigation, as far as they are said, for the page of an open recommendation."""

from collections.abc import Mapping
from dataclasses import dataclass

from recommendations.domain.register.entries import DELAY, RISK, VoiceEntry, entries_in_force
from recommendations.enums import Vocabulary
from recommendations.enums.risk import Risk
from recommendations.models.inspections.inspections import shorten
from recommendations.models.register.risk import theme_words

LONGEST = 90  # letters of a reason: the whole is in the timeline
BARS: dict[str, int] = {Risk.HIGH: 3, Risk.MEDIUM: 2, Risk.LOW: 1}
type Words = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class StripCell:
    """A fact under the dates. `bars`: how many of three are filled."""

    key: str
    label: str
    value: str
    note: str = ""
    bars: int = 0


def risk_strip(rows: list[VoiceEntry], words: Words) -> list[StripCell]:
    """The cells. `rows` come from entries_for, `words` are the office's labels (Label.objects.words()). When each was
    said is in the timeline."""
    weights, delays = entries_in_force(rows, RISK), entries_in_force(rows, DELAY)
    cells = [*(_weight(weights[0], words) if weights else ()), *(_delay(delays[0], words) if delays else ())]
    return [cell for cell in cells if cell.value]


def _weight(entry: VoiceEntry, words: Words) -> list[StripCell]:
    themes = theme_words(entry.stage, words[Vocabulary.THEME])
    risk = words[Vocabulary.RISK].get(entry.value, entry.value)
    return [
        StripCell("risk", "Risk", risk, shorten(entry.text, LONGEST), BARS.get(entry.value, 0)),
        StripCell("themes", "Theme" if len(themes) == 1 else "Themes", ", ".join(themes)),
    ]


def _delay(entry: VoiceEntry, words: Words) -> list[StripCell]:
    cause = words[Vocabulary.DELAY_CAUSE].get(entry.value, entry.value)
    return [
        StripCell("cause", f"Cause of delay, {whose(entry)}", cause, shorten(entry.text, LONGEST)),
        StripCell("mitigation", "Mitigation", shorten(entry.looked_at, LONGEST)),
    ]


def whose(entry: VoiceEntry) -> str:
    """Who gave a cause of delay: the force, the force as recorded by the office, or the office."""
    if entry.force:
        return "said by the force"
    if entry.attributed_to:
        return f"said by {entry.attributed_to}, recorded by the office"
    return "recorded by the office"
