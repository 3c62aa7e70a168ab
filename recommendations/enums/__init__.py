"""The vocabulary of the domain as enums, a module for each subject. Pure: no queries, no settings."""

from recommendations.enums.bodies import BodyKind
from recommendations.enums.builds import BuildKind, BuildState, BuildStep
from recommendations.enums.commitments import CheckOutcome, Every
from recommendations.enums.imports import RowOutcome
from recommendations.enums.inspections import (
    CAUSE_KINDS,
    SHORT_KIND,
    TRACKED_KINDS,
    DeadlineKind,
    Grade,
    InspectionKind,
    LinkKind,
    Monitoring,
    PlanState,
    RecommendationKind,
)
from recommendations.enums.mails import MailState
from recommendations.enums.panels import REPRESENTS, Frequency, MeetingFileKind, MeetingState, PanelKind, Presence
from recommendations.enums.papers import CorrectionAnswer, FactualReply, Matter, PaperState
from recommendations.enums.people import Role
from recommendations.enums.register import (
    AGREES_WITH_CLOSURE,
    AssuranceView,
    ClosureState,
    Flag,
    InspectorateStatusKind,
    Marking,
    Outcome,
    Position,
    Rag,
    Stage,
    Vocabulary,
)
from recommendations.enums.responses import (
    ActionKind,
    Decision,
    RecipientKind,
    ResponseAnswer,
    ResponseStage,
    ResponseState,
)
from recommendations.enums.rounds import LineState, ReminderKind

__all__ = [
    "AGREES_WITH_CLOSURE",
    "CAUSE_KINDS",
    "REPRESENTS",
    "SHORT_KIND",
    "TRACKED_KINDS",
    "ActionKind",
    "AssuranceView",
    "BodyKind",
    "BuildKind",
    "BuildState",
    "BuildStep",
    "CheckOutcome",
    "ClosureState",
    "CorrectionAnswer",
    "DeadlineKind",
    "Decision",
    "Every",
    "FactualReply",
    "Flag",
    "Frequency",
    "Grade",
    "InspectionKind",
    "InspectorateStatusKind",
    "LineState",
    "LinkKind",
    "MailState",
    "Marking",
    "Matter",
    "MeetingFileKind",
    "MeetingState",
    "Monitoring",
    "Outcome",
    "PanelKind",
    "PaperState",
    "PlanState",
    "Position",
    "Presence",
    "Rag",
    "RecipientKind",
    "RecommendationKind",
    "ReminderKind",
    "ResponseAnswer",
    "ResponseStage",
    "ResponseState",
    "Role",
    "RowOutcome",
    "Stage",
    "Vocabulary",
]
