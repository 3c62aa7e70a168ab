"""The models: fields, constraints and querysets. The rules for changing records are in domain/."""

from recommendations.models.accountability import (
    AccountabilityMeeting,
    ActionProof,
    AgendaItem,
    ItemAction,
    ItemFacts,
    ItemMinutes,
    MeetingRelease,
    PublicMeetingFacts,
)
from recommendations.models.actions import Action, ActionLink, ActionRow
from recommendations.models.attachments import Attachment, StoredFile
from recommendations.models.audit.folded_refusals import FoldedRefusal
from recommendations.models.audit.retention import AccessCount, EntrySeal, FormerPerson, RedactedFiling, Redaction
from recommendations.models.audit.security_events import SecurityEvent
from recommendations.models.audit.trail import Submission, TrailEntry, TrailHead
from recommendations.models.commitments import Commitment, CommitmentCheck, CommitmentMove
from recommendations.models.evidence import Evidence
from recommendations.models.forces.bodies import Force, Oversight, PolicingBody
from recommendations.models.forces.former_details import FormerBodyDetails, FormerForceDetails
from recommendations.models.forces.received import ReceivedEntry, ReceivedRecord, ReceivedRegister
from recommendations.models.forces.succession_notices import SuccessionMail, SuccessionNotice
from recommendations.models.forces.successions import Succession, SuccessionForce
from recommendations.models.forces.transfers import ForceSuccession, Transfer
from recommendations.models.imports import SheetDraft, SheetImport, SheetMapping, SheetRow
from recommendations.models.indicators import (
    DefinitionChange,
    Indicator,
    IndicatorLink,
    IndicatorSheet,
    IndicatorValue,
)
from recommendations.models.inspections.grades import PeelCycle, PeelGrade
from recommendations.models.inspections.inspections import (
    Addressee,
    Inspection,
    InspectionDocument,
    InspectionForce,
    InspectionLink,
    Recommendation,
    SubRecommendation,
)
from recommendations.models.inspections.monitoring import MonitoringStage
from recommendations.models.inspections.plans import PlanAnnouncement, PlannedInspection
from recommendations.models.layouts import DocumentLayout
from recommendations.models.legacy_reviews import LegacyJudgement, LegacyLine, LegacyReview
from recommendations.models.notes import OfficeNote
from recommendations.models.panels.custody import CustodySuite, CustodyVisit
from recommendations.models.panels.meetings import Attendance, Meeting, MeetingFile
from recommendations.models.panels.panels import Panel, PanelMember
from recommendations.models.papers.builds import PaperBuild
from recommendations.models.papers.committee_requests import CommitteeRequest, RequestAnswer, RequestProof
from recommendations.models.papers.factual_checks import FactualCheck, FactualCorrection
from recommendations.models.papers.issues import PaperIssue, PaperMail, PaperReader
from recommendations.models.papers.papers import IssuedFile, PaperWords, ScrutinyReport
from recommendations.models.papers.public_papers import PublicPaper
from recommendations.models.people.access import (
    AccountChange,
    AccountInvitation,
    CommitteeSeat,
    Handover,
    SignInPolicy,
)
from recommendations.models.people.api_tokens import ApiToken, ApiTokenUse
from recommendations.models.people.calendar_addresses import CalendarAddress
from recommendations.models.people.people import User
from recommendations.models.people.seals import AccountSeal
from recommendations.models.public.action_plans import ActionPlan, ActionPlanFacts
from recommendations.models.public.force_pages import ForceFacts, ForceMail, ForceRelease, ForceSubscriber
from recommendations.models.register.closures import Closure
from recommendations.models.register.disputes import Dispute
from recommendations.models.register.enforcements import Enforcement
from recommendations.models.register.exports import RegisterExport
from recommendations.models.register.parts import PartDischarged
from recommendations.models.register.rechecks import Recheck
from recommendations.models.register.restrictions import Restriction
from recommendations.models.register.risk import Delay, Weight
from recommendations.models.register.standing import Standing
from recommendations.models.register.tracked import TrackedRecommendation
from recommendations.models.register.voices import Assurance, ForceUpdate, InspectorateStatus, TargetDate
from recommendations.models.reminders.notices import NoticeMail, PersonalNotice
from recommendations.models.reminders.reminders import (
    LastLook,
    ReminderItem,
    ReminderMail,
    ReminderPlan,
    ReminderRule,
    ReminderSwitch,
)
from recommendations.models.responses.comments import ChiefOfficerComments, Copy, Invitation, InvitationMail, Recipient
from recommendations.models.responses.drafts import (
    CommentsDraft,
    DocumentDraft,
    DraftCommitment,
    DraftPart,
    FileDraft,
    TypedDraft,
)
from recommendations.models.responses.responses import (
    Comment,
    CommentAnswer,
    Explanation,
    PublishedText,
    Response,
    ResponseInspection,
    ResponseSubmission,
    ResponseVersion,
)
from recommendations.models.rounds import RoundAnswer, RoundDraft, RoundLine, UpdateRound
from recommendations.models.saved_views import SavedView, SavedViewUse
from recommendations.models.search.search import SearchEntry, SearchWord
from recommendations.models.settings import BankHoliday, Label, OfficeUse, RagRule, Thresholds
from recommendations.models.short_lived import ShortLivedValue
from recommendations.models.similar import SimilarPair
from recommendations.models.sources.sources import (
    AnswerStep,
    Basis,
    BasisFacts,
    Example,
    Extension,
    Source,
    SourceFacts,
)
from recommendations.models.webhooks import Webhook, WebhookDelivery, WebhookSecret

__all__ = [
    "AccessCount",
    "AccountChange",
    "AccountInvitation",
    "AccountSeal",
    "AccountabilityMeeting",
    "Action",
    "ActionLink",
    "ActionPlan",
    "ActionPlanFacts",
    "ActionProof",
    "ActionRow",
    "Addressee",
    "AgendaItem",
    "AnswerStep",
    "ApiToken",
    "ApiTokenUse",
    "Assurance",
    "Attachment",
    "Attendance",
    "BankHoliday",
    "Basis",
    "BasisFacts",
    "CalendarAddress",
    "ChiefOfficerComments",
    "Closure",
    "Comment",
    "CommentAnswer",
    "CommentsDraft",
    "Commitment",
    "CommitmentCheck",
    "CommitmentMove",
    "CommitteeRequest",
    "CommitteeSeat",
    "Copy",
    "CustodySuite",
    "CustodyVisit",
    "DefinitionChange",
    "Delay",
    "Dispute",
    "DocumentDraft",
    "DocumentLayout",
    "DraftCommitment",
    "DraftPart",
    "Enforcement",
    "EntrySeal",
    "Evidence",
    "Example",
    "Explanation",
    "Extension",
    "FactualCheck",
    "FactualCorrection",
    "FileDraft",
    "FoldedRefusal",
    "Force",
    "ForceFacts",
    "ForceMail",
    "ForceRelease",
    "ForceSubscriber",
    "ForceSuccession",
    "ForceUpdate",
    "FormerBodyDetails",
    "FormerForceDetails",
    "FormerPerson",
    "Handover",
    "Indicator",
    "IndicatorLink",
    "IndicatorSheet",
    "IndicatorValue",
    "Inspection",
    "InspectionDocument",
    "InspectionForce",
    "InspectionLink",
    "InspectorateStatus",
    "Invitation",
    "InvitationMail",
    "IssuedFile",
    "ItemAction",
    "ItemFacts",
    "ItemMinutes",
    "Label",
    "LastLook",
    "LegacyJudgement",
    "LegacyLine",
    "LegacyReview",
    "Meeting",
    "MeetingFile",
    "MeetingRelease",
    "MonitoringStage",
    "NoticeMail",
    "OfficeNote",
    "OfficeUse",
    "Oversight",
    "Panel",
    "PanelMember",
    "PaperBuild",
    "PaperIssue",
    "PaperMail",
    "PaperReader",
    "PaperWords",
    "PartDischarged",
    "PeelCycle",
    "PeelGrade",
    "PersonalNotice",
    "PlanAnnouncement",
    "PlannedInspection",
    "PolicingBody",
    "PublicMeetingFacts",
    "PublicPaper",
    "PublishedText",
    "RagRule",
    "ReceivedEntry",
    "ReceivedRecord",
    "ReceivedRegister",
    "Recheck",
    "Recipient",
    "Recommendation",
    "RedactedFiling",
    "Redaction",
    "RegisterExport",
    "ReminderItem",
    "ReminderMail",
    "ReminderPlan",
    "ReminderRule",
    "ReminderSwitch",
    "RequestAnswer",
    "RequestProof",
    "Response",
    "ResponseInspection",
    "ResponseSubmission",
    "ResponseVersion",
    "Restriction",
    "RoundAnswer",
    "RoundDraft",
    "RoundLine",
    "SavedView",
    "SavedViewUse",
    "ScrutinyReport",
    "SearchEntry",
    "SearchWord",
    "SecurityEvent",
    "SheetDraft",
    "SheetImport",
    "SheetMapping",
    "SheetRow",
    "ShortLivedValue",
    "SignInPolicy",
    "SimilarPair",
    "Source",
    "SourceFacts",
    "Standing",
    "StoredFile",
    "SubRecommendation",
    "Submission",
    "Succession",
    "SuccessionForce",
    "SuccessionMail",
    "SuccessionNotice",
    "TargetDate",
    "Thresholds",
    "TrackedRecommendation",
    "TrailEntry",
    "TrailHead",
    "Transfer",
    "TypedDraft",
    "UpdateRound",
    "User",
    "Webhook",
    "WebhookDelivery",
    "WebhookSecret",
    "Weight",
]
