"""The models: fields, constraints and querysets. The rules for changing records are in domain/."""

from recommendations.models.access import (
    AccountChange,
    AccountInvitation,
    CommitteeSeat,
    Handover,
    SignInPolicy,
)
from recommendations.models.action_plans import ActionPlan, ActionPlanFacts
from recommendations.models.api_tokens import ApiToken, ApiTokenUse
from recommendations.models.attachments import Attachment, StoredFile
from recommendations.models.bodies import Force, Oversight, PolicingBody
from recommendations.models.calendar_addresses import CalendarAddress
from recommendations.models.closures import Closure
from recommendations.models.comments import ChiefOfficerComments, Copy, Invitation, InvitationMail, Recipient
from recommendations.models.commitments import Commitment, CommitmentCheck, CommitmentMove
from recommendations.models.committee_requests import CommitteeRequest, RequestAnswer
from recommendations.models.custody import CustodySuite, CustodyVisit
from recommendations.models.disputes import Dispute
from recommendations.models.drafts import CommentsDraft, DraftCommitment, DraftPart, FileDraft, TypedDraft
from recommendations.models.evidence import Evidence
from recommendations.models.factual_checks import FactualCheck, FactualCorrection
from recommendations.models.folded import FoldedRefusal
from recommendations.models.force_pages import ForceFacts, ForceMail, ForceRelease, ForceSubscriber
from recommendations.models.grades import PeelCycle, PeelGrade
from recommendations.models.inspections import (
    Addressee,
    Inspection,
    InspectionDocument,
    InspectionForce,
    InspectionLink,
    Recommendation,
    SubRecommendation,
)
from recommendations.models.meetings import Attendance, Meeting, MeetingFile
from recommendations.models.monitoring import MonitoringStage
from recommendations.models.notes import OfficeNote
from recommendations.models.notices import NoticeMail, PersonalNotice
from recommendations.models.panels import Panel, PanelMember
from recommendations.models.paper_builds import PaperBuild
from recommendations.models.paper_issues import PaperIssue, PaperMail, PaperReader
from recommendations.models.papers import IssuedFile, PaperWords, ScrutinyReport
from recommendations.models.parts import PartDischarged
from recommendations.models.people import User
from recommendations.models.plans import PlanAnnouncement, PlannedInspection
from recommendations.models.public_papers import PublicPaper
from recommendations.models.rechecks import Recheck
from recommendations.models.register_exports import RegisterExport
from recommendations.models.reminders import (
    LastLook,
    ReminderItem,
    ReminderMail,
    ReminderPlan,
    ReminderRule,
    ReminderSwitch,
)
from recommendations.models.responses import (
    Comment,
    CommentAnswer,
    Explanation,
    PublishedText,
    Response,
    ResponseInspection,
    ResponseSubmission,
    ResponseVersion,
)
from recommendations.models.restrictions import Restriction
from recommendations.models.retention import AccessCount, EntrySeal, FormerPerson, RedactedFiling, Redaction
from recommendations.models.risk import Delay, Weight
from recommendations.models.rounds import RoundAnswer, RoundDraft, RoundLine, UpdateRound
from recommendations.models.saved_views import SavedView, SavedViewUse
from recommendations.models.seals import AccountSeal
from recommendations.models.search import SearchEntry, SearchWord
from recommendations.models.security_events import SecurityEvent
from recommendations.models.settings import BankHoliday, Label, RagRule, Thresholds
from recommendations.models.sheets import SheetDraft, SheetImport, SheetMapping, SheetRow
from recommendations.models.short_lived import ShortLivedValue
from recommendations.models.similar import SimilarPair
from recommendations.models.sources import AnswerStep, Basis, BasisFacts, Example, Extension, Source, SourceFacts
from recommendations.models.standing import Standing
from recommendations.models.tracked import TrackedRecommendation
from recommendations.models.trail import Submission, TrailEntry, TrailHead
from recommendations.models.transfers import ForceSuccession, Transfer
from recommendations.models.voices import Assurance, ForceUpdate, InspectorateStatus, TargetDate
from recommendations.models.webhooks import Webhook, WebhookDelivery, WebhookSecret

__all__ = [
    "AccessCount",
    "AccountChange",
    "AccountInvitation",
    "AccountSeal",
    "ActionPlan",
    "ActionPlanFacts",
    "Addressee",
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
    "Delay",
    "Dispute",
    "DraftCommitment",
    "DraftPart",
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
    "FormerPerson",
    "Handover",
    "Inspection",
    "InspectionDocument",
    "InspectionForce",
    "InspectionLink",
    "InspectorateStatus",
    "Invitation",
    "InvitationMail",
    "IssuedFile",
    "Label",
    "LastLook",
    "Meeting",
    "MeetingFile",
    "MonitoringStage",
    "NoticeMail",
    "OfficeNote",
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
    "PublicPaper",
    "PublishedText",
    "RagRule",
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
