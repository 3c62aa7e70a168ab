"""All dated rows about one tracked recommendation, from every voice, in one query: plain rows, newest first."""

import datetime
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import DateField, F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from recommendations.domain.register.sheet_columns import UPDATE_TEXT_KEYS, UPDATE_TEXTS
from recommendations.enums import Role
from recommendations.models import (
    Assurance,
    Delay,
    Dispute,
    ForceUpdate,
    InspectorateStatus,
    TargetDate,
    TrackedRecommendation,
    Weight,
)
from recommendations.sections import Section, switched_off_sections

UPDATE, ASSURANCE, STATUS, TARGET, DISPUTE = "force-update", "assurance", "status", "target", "dispute"
RISK, DELAY = "risk", "delay"
type Voice = (
    type[ForceUpdate]
    | type[Assurance]
    | type[InspectorateStatus]
    | type[TargetDate]
    | type[Dispute]
    | type[Weight]
    | type[Delay]
)
VOICES: dict[str, Voice] = {
    UPDATE: ForceUpdate,
    ASSURANCE: Assurance,
    STATUS: InspectorateStatus,
    TARGET: TargetDate,
    DISPUTE: Dispute,
    RISK: Weight,
    DELAY: Delay,
}
OF_SECTION = {RISK: Section.RISK, DELAY: Section.RISK}

_NOTHING = Value("")
_NO_DAY = Cast(Value(None), DateField())

_NO_TEXTS = (_NOTHING,) * len(UPDATE_TEXTS)

# The columns of each voice: its value, text, speaker, stage (of a dispute the step), date, what the office looked
# at, and the further texts that the force gave.
_SPOKEN: dict[str, tuple[Combinable, ...]] = {
    UPDATE: (
        *(F(name) for name in ("position", "done", "said_by", "stage", "forecast_on")),
        _NOTHING,
        *(F(key) for key in UPDATE_TEXT_KEYS),
    ),
    ASSURANCE: (F("view"), F("rationale"), _NOTHING, _NOTHING, F("revisit_on"), F("looked_at"), *_NO_TEXTS),
    STATUS: (F("status"), F("source"), _NOTHING, _NOTHING, _NO_DAY, _NOTHING, *_NO_TEXTS),
    TARGET: (_NOTHING, F("reason"), F("set_by"), _NOTHING, F("target_on"), _NOTHING, *_NO_TEXTS),
    DISPUTE: (*(F(name) for name in ("decision", "text", "said_by", "step", "review_on")), _NOTHING, *_NO_TEXTS),
    RISK: (F("risk"), F("why"), _NOTHING, F("themes"), _NO_DAY, _NOTHING, *_NO_TEXTS),
    DELAY: (F("cause"), F("words"), F("said_by"), _NOTHING, _NO_DAY, F("mitigation"), *_NO_TEXTS),
}
_STAMPS = (
    "tracked",
    "id",
    "effective_on",
    "recorded_at",
    "recorded_by",
    "recorded_by__name",
    "recorded_by__role",
    "recorded_by__force",
    "withdrawn_at",
    "withdrawn_by__name",
    "withdrawn_why",
)


class VoiceEntry(NamedTuple):
    """One dated row. `voice` is a key of VOICES; `date` is the forecast, the day to look again, or the target.

    Dispute rows are included though they are no voice: their `stage` is the step. A risk's `stage` has its themes as
    stored; a delay's `looked_at` is the mitigation. `texts` has one text for each of sheet_columns.UPDATE_TEXTS.
    """

    voice: str
    tracked: int
    id: int
    on: datetime.date
    recorded_at: datetime.datetime
    recorder_id: int | None
    recorder: str | None
    role: str | None
    force: int | None
    withdrawn_at: datetime.datetime | None
    withdrawn_by: str | None
    withdrawn_why: str
    value: str
    text: str
    attributed_to: str
    stage: str
    date: datetime.date | None
    looked_at: str
    texts: tuple[str, ...]

    @property
    def recorded_by(self) -> str:
        """The user who recorded it, with their role, or "" for a command."""
        return person(self.recorder, self.role)

    @property
    def speaker(self) -> str:
        """Who spoke for the force: the named person, else the user of the force who recorded it, or ""."""
        return self.attributed_to or (self.recorder if self.force and self.recorder else "")

    @property
    def who(self) -> str:
        """Whose words these are: the named person's, else the user's who recorded them."""
        return self.recorded_by if self.attributed_to in ("", self.recorder) else self.attributed_to


_PLAIN = len(VoiceEntry._fields) - 1  # the columns before `texts`


def entries_for(tracked: TrackedRecommendation) -> list[VoiceEntry]:
    """Every row of every voice, including withdrawn ones: newest day first, then last recorded, as in DatedQuerySet.

    Rows of the same moment are ordered by voice, since ids of different tables don't compare.
    """
    return _newest_first(_rows_of(voices_in_use(), tracked=tracked))


def voices_in_use() -> list[str]:
    """The keys of VOICES except those of sections that are switched off."""
    off = switched_off_sections()
    return [voice for voice in VOICES if OF_SECTION.get(voice) not in off]


def entries_among(chosen: QuerySet, voices: Iterable[str]) -> list[VoiceEntry]:
    """Every row of these voices for the chosen tracked recommendations (a query), ordered as in entries_for.

    One query.
    """
    return _newest_first(_rows_of(voices, tracked__in=chosen.values("pk")))


def _rows_of(voices: Iterable[str], **of: Any) -> QuerySet:
    first, *others = (_rows(voice, **of) for voice in voices)
    return first.union(*others, all=True).order_by()


def _newest_first(rows: Iterable[tuple[Any, ...]]) -> list[VoiceEntry]:
    found = [VoiceEntry._make((*row[:_PLAIN], row[_PLAIN:])) for row in rows]
    return sorted(found, key=attrgetter("on", "recorded_at", "voice", "id"), reverse=True)


def _rows(voice: str, **of: Any) -> QuerySet:
    rows = VOICES[voice].objects.filter(**of).order_by()
    return rows.values_list(Value(voice), *_STAMPS, *_SPOKEN[voice])


def latest(rows: list[VoiceEntry], voice: str, on: datetime.date | None = None) -> VoiceEntry | None:
    """A voice's row in force: the latest that is not withdrawn, on or before `on` (a London day), or None."""
    return next((said for said in entries_in_force(rows, voice) if on is None or said.on <= on), None)


def latest_of_step(rows: list[VoiceEntry], step: str) -> VoiceEntry | None:
    """The latest row of a dispute's step that is not withdrawn, or None."""
    return next((said for said in entries_in_force(rows, DISPUTE) if said.stage == step), None)


def entries_in_force(rows: list[VoiceEntry], voice: str) -> list[VoiceEntry]:
    """The rows of one voice that are not withdrawn, in the order given."""
    return [said for said in rows if said.voice == voice and said.withdrawn_at is None]


def person(name: str | None, role: str | None) -> str:
    """A person with their role, inside a sentence: "Margaret Osei, approving officer"."""
    return f"{name}, {in_sentence(Role(role).label)}" if name and role else ""


def in_sentence(words: str) -> str:
    """A label inside a sentence: "being progressed", but "OPCC officer"."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def join_words(words: Sequence[str], last: str = "and") -> str:
    """ "Westmarch", "Westmarch and Eastvale", "A, B and C"."""
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), words[-1])))
