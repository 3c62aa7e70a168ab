"""The considerations shown beside a closure: evidence for and against it, and the effects of closing."""

from dataclasses import dataclass

from django.utils.timezone import localdate

from recommendations.domain.register.entries import ASSURANCE, STATUS, UPDATE, VoiceEntry, in_sentence, latest
from recommendations.domain.register.parts.states import PartState, part_states
from recommendations.domain.register.timeline import status_words
from recommendations.domain.sources.naming import status_label
from recommendations.enums import AGREES_WITH_CLOSURE, AssuranceView, Stage
from recommendations.models import TrackedRecommendation, User
from recommendations.periods import say
from recommendations.sections import Section
from recommendations.views.attachments.addresses import FilesShown
from recommendations.views.register.tracked_panels import CLOSURE, DECIDE, FormPanel

DONE = (Stage.PENDING_SIGN_OFF,)
CLOSED_FROM, LEAVES = "Blue, closed from", "It leaves the lists of what is open and late."
WATCHED = (
    "Until the day to look again it shows that day. The force can still add to it. Then you are asked whether it held."
)


@dataclass(frozen=True)
class WeighedPoint:
    """A point for closing (`is_met`) or against it. It never prevents closing."""

    is_met: bool
    words: str


@dataclass(frozen=True)
class Weighing:
    """The considerations: the parts, the points, and the effects of closing (term, words)."""

    title: str
    parts: list[PartState]
    points: list[WeighedPoint]
    effects: list[tuple[str, str]]


def weighing_of(
    panel: FormPanel, record: TrackedRecommendation, rows: list[VoiceEntry], words: dict, files: FilesShown, user: User
) -> Weighing | None:
    """The considerations for this panel; None for a panel that does not close anything, and for users of a force."""
    if panel.key not in (CLOSURE, DECIDE) or user.force_id or not Section.RECHECKS.is_on:
        return None
    points = [_files(files)] if Section.FILES.is_on else []
    points += [_stage(latest(rows, UPDATE), words), _view(latest(rows, ASSURANCE))]
    points.append(_status(latest(rows, STATUS), words, record.recommendation.inspection.source_word))
    asks = panel.key == CLOSURE
    return Weighing("Before you ask" if asks else "Before you decide", part_states(record), points, _effects(asks))


def _files(files: FilesShown) -> WeighedPoint:
    shown = len(files.all)
    words = "1 file is attached here" if shown == 1 else f"{shown} files are attached here"
    return WeighedPoint(bool(shown), words if shown else "No file is attached here")


def _stage(entry: VoiceEntry | None, words: dict) -> WeighedPoint:
    if entry is None:
        return WeighedPoint(False, "The force has not said what was done")
    stage = in_sentence(words["stage"].get(entry.stage, entry.stage))
    return WeighedPoint(entry.stage in DONE, f"The force says: {stage}, {say(entry.on)}")


def _view(entry: VoiceEntry | None) -> WeighedPoint:
    if entry is None:
        return WeighedPoint(False, "The office has not recorded a view")
    words = f"Our view is {in_sentence(AssuranceView(entry.value).label)}, {say(entry.on)}"
    return WeighedPoint(entry.value == AssuranceView.ASSURED, words)


def _status(entry: VoiceEntry | None, words: dict, source: str) -> WeighedPoint:
    if entry is None:
        return WeighedPoint(False, f"{source} has not said that it is complete")
    told = f"{status_label(source)}: {in_sentence(status_words(entry, words))}, {say(entry.on)}"
    return WeighedPoint(entry.value in AGREES_WITH_CLOSURE, told)


def _effects(asks: bool) -> list[tuple[str, str]]:
    today = say(localdate())
    now = [("Now", "It waits for an approving officer. It stays open, with its colour, until they decide.")]
    return [
        *(now if asks else []),
        ("Approved" if asks else "Now", f"{CLOSED_FROM} {today} or the day that is given. {LEAVES}"),
        ("Watched", WATCHED),
        ("Slipped", "It opens again with its old dates, by two people, and the next paper says so."),
    ]
