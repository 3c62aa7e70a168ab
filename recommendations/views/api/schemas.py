"""The schemas of the API's requests and responses. The register's columns come from its exports
(domain/register/sheet_columns.py, export/sheets.py): a column that is added there is added here."""

import datetime
from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import AfterValidator, ConfigDict, StringConstraints, create_model

from recommendations.domain.register.export.sheets import UPDATE_FIELDS
from recommendations.domain.register.sheet_columns import FIELDS, UPDATE_TEXTS, Holds, SheetField
from recommendations.enums import (
    CheckOutcome,
    ClosureState,
    Every,
    InspectionKind,
    LineState,
    MeetingState,
    Outcome,
    PanelKind,
    PaperState,
    Position,
    RecommendationKind,
    ResponseState,
    Role,
)
from recommendations.enums.actions import ActionState, ActionVoice
from recommendations.enums.disputes import DisputeDecision, DisputeStep
from recommendations.enums.register import RecheckAnswer
from recommendations.forms.register.base import LONGEST
from recommendations.views.api.endpoint import AnswerSchema
from recommendations.views.api.writing import MOST_LINES, one_line, plain

Day = datetime.date | None
NUMBERS = ("target_moves",)


def _type(field: SheetField) -> Any:
    if field.key in NUMBERS:
        return int
    return Day if field.holds in (Holds.DAY, Holds.DERIVED_DAY) else str


def _columns(fields: tuple[SheetField, ...]) -> dict[str, Any]:
    """A member for each column, with its heading as title."""
    return {each.key: (_type(each), Field(..., title=each.heading)) for each in fields}


class Identified(AnswerSchema):
    """What has a number of its own, by which its address is made."""

    id: int


class _OfRecommendation(Identified):
    recommendation_id: int
    inspection_id: int
    basis: str = Field(description="The key of the rule that it is answered under, such as section-55.")


RegisterItem = create_model("RegisterItem", __base__=_OfRecommendation, **_columns(FIELDS))
VoiceRow = create_model("VoiceRow", __base__=Schema, **_columns(UPDATE_FIELDS))


class Voices(AnswerSchema):
    """The latest word of each voice; null where it has said nothing."""

    force: VoiceRow | None  # type: ignore[valid-type]  # a model that is built from a table
    opcc: VoiceRow | None  # type: ignore[valid-type]
    hmicfrs: VoiceRow | None  # type: ignore[valid-type]


class _Recorded(AnswerSchema):
    recorded_by: str
    recorded_on: datetime.date
    withdrawn: bool


class TargetRow(_Recorded):
    target_on: Day
    set_on: datetime.date
    reason: str
    set_by: str


class RiskRow(_Recorded):
    """What the office weighed it at; the same risk again is a review."""

    on: datetime.date
    risk: str
    why: str
    themes: list[str]


class DelayRow(_Recorded):
    on: datetime.date
    cause: str
    why: str
    mitigation: str
    said_by: str


class DisputeRow(_Recorded):
    """A step where the force does not accept it."""

    on: datetime.date
    step: DisputeStep
    decision: DisputeDecision | None
    text: str
    review_on: Day
    said_by: str


class LookRow(_Recorded):
    """A day to look at a closure again and what shows that it held, or what was seen."""

    on: datetime.date
    answer: RecheckAnswer
    look_on: Day
    held_if: str
    saw: str
    agreed: bool | None
    decided_on: Day
    decided_by: str
    decision: str


class _Decided(AnswerSchema):
    state: ClosureState
    requested_on: datetime.date
    requested_by: str
    reason: str
    evidence: str
    decided_on: Day
    decided_by: str
    decision: str
    closed_on: Day
    reopened_on: Day
    reopened_why: str


class ClosureRow(_Decided):
    outcome: Outcome
    looks: list[LookRow]


class ClosedPartRow(_Decided):
    """The closure of one part, as it was requested and decided."""

    part: str


class RegisterRecord(RegisterItem):  # type: ignore[misc, valid-type]
    """One recommendation with the three voices, and all that was said, newest first, withdrawn rows too.

    Risk, delays and looks are empty where the office does without them.
    """

    voices: Voices
    history: list[VoiceRow]  # type: ignore[valid-type]
    targets: list[TargetRow]
    risks: list[RiskRow]
    delays: list[DelayRow]
    dispute: list[DisputeRow]
    closures: list[ClosureRow]
    closed_parts: list[ClosedPartRow]


class InspectionItem(Identified):
    title: str
    short_name: str
    kind: InspectionKind
    source: str
    basis: str = Field(description="The key of the rule that it is answered under, such as section-55.")
    published_on: datetime.date
    link: str
    lead_inspectorate: str
    joint_inspectorates: str
    needs_response: bool
    last_day: Day
    forces: list[str]


class RecommendationItem(Identified):
    inspection_id: int
    kind: RecommendationKind
    number: str
    position: int
    heading: str
    text: str
    cause_id: int | None
    deadline_words: str
    deadline_on: Day
    parts: list[str]
    addressees: list[str]


class VersionRow(AnswerSchema):
    number: int
    published_on: datetime.date
    correction: str


class ResponseSummary(Identified):
    title: str
    body: str
    state: ResponseState
    address: str
    inspections: list[int]
    versions: list[VersionRow]
    withdrawn_why: str


class ResponseRecord(ResponseSummary):
    text: dict[str, Any] | None = Field(description="The latest published version as it reads; null in a draft.")


class CheckRow(AnswerSchema):
    checked_on: datetime.date
    outcome: CheckOutcome
    found: str
    evidence: str


class CommitmentItem(Identified):
    response_id: int
    version: int
    quote: str
    keeper: str
    check_on: datetime.date
    every: Every
    next_on: Day
    checks: list[CheckRow]


class ActionItem(Identified):
    """An action as it stands: `since` is the day since which it has its state, `moves` how often its day was moved."""

    force: str
    voice: ActionVoice
    words: str
    owner: str
    state: ActionState
    since: datetime.date
    due_on: datetime.date
    days_late: int
    moves: int
    waits_for: int | None = Field(description="The id of the action that it waits for.")
    waits_words: str = Field(description="What else it waits for.")
    note: str
    recommendations: list[int] = Field(description="The ids of the recommendations that it is of, as in register.")
    references: list[str]
    recorded_on: datetime.date


class MeetingItem(Identified):
    panel: str
    panel_kind: PanelKind
    force: str | None
    on: datetime.date
    start: datetime.time | None
    end: datetime.time | None
    place: str
    state: MeetingState
    moved_from: Day
    cancelled_why: str


class PersonItem(Identified):
    name: str
    role: Role
    force: str | None


class PaperItem(Identified):
    force: str | None
    panel: str | None
    first_day: datetime.date
    last_day: datetime.date
    state: PaperState
    issue: int
    closed: bool
    replaces: int | None
    finalised_at: datetime.datetime | None
    sha256: str | None


class PaperRecord(PaperItem):
    figures: dict[str, Any] | None = Field(description="The figures as they were filed; null in a draft.")


class RoundItem(Identified):
    force: str
    name: str
    note: str
    asked_on: datetime.date
    due_on: datetime.date
    open: bool


class RoundLineRow(AnswerSchema):
    line: int
    tracked_id: int
    reference: str
    state: LineState
    version: int
    answer: str
    answered_on: Day
    question: str


class RoundRecord(RoundItem):
    lines: list[RoundLineRow]


# Request bodies.
Text = Annotated[str, StringConstraints(max_length=LONGEST), AfterValidator(plain)]
Line = Annotated[str, StringConstraints(max_length=120), AfterValidator(one_line)]
_TEXTS: dict[str, Any] = {each.key: (Text, Field("", title=each.heading)) for each in UPDATE_TEXTS}


class SentBody(Schema):
    """What a program sends. A member that is not described is refused, so that nothing is lost without a word."""

    model_config = ConfigDict(extra="forbid")


class _SaidByForce(SentBody):
    said_by: Line = ""
    position: Position | None = None
    forecast_on: Day = None


class _NewUpdate(_SaidByForce):
    done: Text
    effective_on: Day = None
    stage: Line | None = Field(None, description="A key of the office’s stages; left out, it stays as it is.")


NewUpdate = create_model("NewUpdate", __base__=_NewUpdate, **_TEXTS)


class SavedUpdate(Identified):
    tracked_id: int
    effective_on: datetime.date
    recorded_on: datetime.date


class _NewRoundAnswer(_SaidByForce):
    reference: Line = Field(description="The reference of the recommendation, as the round has it.")
    done: Text = ""
    no_change: bool = False
    closure_outcome: Outcome | None = None
    closure_reason: Text = ""
    same_reason: Text = ""
    version: int | None = Field(None, description="The line’s version as it was read: another one is refused.")


NewRoundAnswer = create_model("NewRoundAnswer", __base__=_NewRoundAnswer, **_TEXTS)


class NewRoundAnswers(SentBody):
    """Answers to lines of a round: all of them are taken, or none."""

    answers: list[NewRoundAnswer] = Field(min_length=1, max_length=MOST_LINES)  # type: ignore[valid-type]
    effective_on: Day = None


class SavedAnswers(AnswerSchema):
    round_id: int
    released: int
