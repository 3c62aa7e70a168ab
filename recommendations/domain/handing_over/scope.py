"""What goes over with a force's register: which rows of which table, in an order in which each can be added.

Nothing of another force goes. A record that speaks of several forces stays: a joint paper (its part on this force
goes), an imported sheet, the draft of a response to a report that also covers another of the office's forces. Such a
response goes once it is published: the force's own papers say when, and what was promised.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Model, Q, QuerySet

from recommendations import models as m
from recommendations.enums.ownership import RecordKind

type Where = Callable[["ForceScope"], Q]


class How(StrEnum):
    """What becomes of a table's rows at the office that takes over."""

    ADDED = "added"  # each is a new record
    MATCHED = "matched"  # one that is there already is used, by `same_by`; others are added
    KEPT = "kept"  # read for the other office's papers alone


@dataclass(frozen=True)
class ScopePart:
    """The rows of one table that go over."""

    model: type[Model]
    where: Where
    how: How = How.ADDED
    same_by: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The table's name in a bag."""
        return self.model._meta.label_lower


class ForceScope:
    """The sets of ids that several tables are limited by. `pk` is the force's."""

    def __init__(self, force: m.Force) -> None:
        self.pk = force.pk
        tracked = m.TrackedRecommendation._base_manager.filter(force=force)
        others = m.TrackedRecommendation._base_manager.exclude(force=force)
        covers = m.InspectionForce._base_manager
        self.tracked = tracked.values("pk")
        self.tracked_recommendations = tracked.values("recommendation")
        self.inspections = Q(pk__in=covers.filter(force=force).values("inspection")) | Q(
            pk__in=tracked.values("recommendation__inspection")
        )
        shared = Q(pk__in=covers.exclude(force=force).values("inspection")) | Q(
            pk__in=others.values("recommendation__inspection")
        )
        every = m.Inspection._base_manager.all()
        self.own_inspections = every.filter(self.inspections).exclude(shared).values("pk")
        self.recommendations = m.Recommendation._base_manager.filter(_recommendations(self)).values("pk")
        answers = m.ResponseInspection._base_manager
        mixed = answers.exclude(inspection__in=self.own_inspections).values("response")
        here = answers.filter(inspection__in=m.Inspection._base_manager.filter(self.inspections)).values("response")
        published = m.ResponseVersion._base_manager.filter(response__in=here)
        found = m.Response._base_manager.filter(pk__in=here)
        self.own_responses = found.exclude(pk__in=mixed).values("pk")
        self.responses = found.filter(Q(pk__in=published.values("response")) | ~Q(pk__in=mixed)).values("pk")
        self.submissions = published.values("submission")
        self.papers = m.ScrutinyReport._base_manager.filter(force=force)


def _where_force(path: str = "force") -> Where:
    return lambda scope: Q(**{path: scope.pk})


def _where_response(path: str = "response") -> Where:
    return lambda scope: Q(**{f"{path}__in": scope.responses})


def _every(scope: ForceScope) -> Q:
    return Q()


def _panels(scope: ForceScope) -> Q:
    requested = m.CommitteeRequest._base_manager.filter(force=scope.pk).values("panel")
    issued = m.PaperIssue._base_manager.filter(paper__force=scope.pk).values("panel")
    of_papers = Q(pk__in=scope.papers.values("panel")) | Q(pk__in=issued)
    return Q(force=scope.pk) | of_papers | Q(pk__in=requested)


def _meetings(scope: ForceScope) -> Q:
    issued = m.PaperIssue._base_manager.filter(paper__force=scope.pk).values("meeting")
    return Q(panel__force=scope.pk) | Q(pk__in=issued)


def _requests(scope: ForceScope) -> Q:
    return Q(force=scope.pk) | Q(force__isnull=True, panel__in=scope.papers.values("panel"))


def _issued_files(scope: ForceScope) -> Q:
    versions = m.ResponseVersion._base_manager.filter(response__in=scope.responses)
    comments = m.ChiefOfficerComments._base_manager.filter(response__in=scope.responses, force=scope.pk)
    sources: tuple[QuerySet[Any], ...] = (
        scope.papers.values("file"),
        scope.papers.values("public_file"),
        versions.values("pdf"),
        versions.values("text"),
        comments.values("file"),
        m.MeetingFile._base_manager.filter(meeting__panel__force=scope.pk).values("file"),
        m.ActionPlan._base_manager.filter(force=scope.pk).values("pdf"),
    )
    found = Q(pk__in=[])
    for each in sources:
        found |= Q(pk__in=each)
    return found


def _recommendations(scope: ForceScope) -> Q:
    every = m.Recommendation._base_manager
    here = every.filter(Q(pk__in=scope.tracked_recommendations) | Q(inspection__in=scope.own_inspections))
    return Q(pk__in=here.values("pk")) | Q(pk__in=here.values("cause"))


def _versions(scope: ForceScope, path: str) -> Q:
    return Q(**{f"{path}__response__in": scope.responses})


def _answers(scope: ForceScope) -> Q:
    return Q(recommendation__in=scope.recommendations)


def _evidence(scope: ForceScope) -> Q:
    about = Q(commitment__of__response__in=scope.responses) | Q(assurance__tracked__force=scope.pk)
    about |= Q(tracked__force=scope.pk)
    own = Q(meeting__isnull=True) | Q(meeting__panel__force=scope.pk)
    own &= Q(panel__isnull=True) | Q(panel__force=scope.pk)
    own &= Q(visit__isnull=True) | Q(visit__suite__force=scope.pk)
    own &= Q(indicator__isnull=True) | Q(indicator__force=scope.pk)
    return about & own & (Q(channel_of__isnull=True) | Q(channel_of=scope.pk))


def _indicator_links(scope: ForceScope) -> Q:
    here = Q(tracked__force=scope.pk) | Q(commitment__of__response__in=scope.responses)
    return Q(indicator__force=scope.pk) & here


def _attachments(scope: ForceScope) -> Q:
    paths = ["update__tracked", "assurance__tracked", "closure__tracked", "recheck__tracked"]
    paths += ["tracked", "request", "action"]
    found = Q(answer__line__round__force=scope.pk, answer__line__tracked__force=scope.pk)
    found |= Q(commitment_check__commitment__of__response__in=scope.responses)
    for path in paths:
        found |= Q(**{f"{path}__force": scope.pk})
    return found


ON_TRACKED = (
    *(m.ForceUpdate, m.Assurance, m.InspectorateStatus, m.TargetDate, m.Weight, m.Delay, m.Dispute, m.Restriction),
    *(m.Closure, m.Recheck, m.PartDischarged, m.Transfer, m.Enforcement),
)
# In the order in which rows are added: a row comes after those that it refers to.
PARTS: tuple[ScopePart, ...] = (
    ScopePart(m.Force, lambda scope: Q(pk=scope.pk), How.MATCHED, ("slug",)),
    ScopePart(m.FormerForceDetails, _where_force(), How.MATCHED, ("force", "until")),
    ScopePart(m.Label, _every, How.MATCHED, ("vocabulary", "key")),
    ScopePart(m.RagRule, _every, How.KEPT),
    ScopePart(m.BankHoliday, _every, How.KEPT),
    ScopePart(m.OfficeUse, _every, How.KEPT),
    ScopePart(m.Source, _every, How.MATCHED, ("key",)),
    ScopePart(m.Basis, _every, How.MATCHED, ("source", "key", "since")),
    ScopePart(m.PeelCycle, _every, How.MATCHED, ("name",)),
    ScopePart(m.PolicingBody, _where_force("oversights__force"), How.MATCHED, ("slug",)),
    ScopePart(m.FormerBodyDetails, _where_force("body__oversights__force"), How.MATCHED, ("body", "until")),
    ScopePart(m.Oversight, _where_force()),
    ScopePart(m.Inspection, lambda scope: scope.inspections, How.MATCHED, ("title", "published_on")),
    ScopePart(m.InspectionForce, _where_force(), How.MATCHED, ("inspection", "force")),
    ScopePart(m.InspectionDocument, lambda scope: Q(inspection__in=scope.own_inspections)),
    ScopePart(m.Recommendation, _recommendations, How.MATCHED, ("inspection", "kind", "number")),
    ScopePart(
        m.SubRecommendation,
        lambda scope: Q(recommendation__in=scope.recommendations),
        How.MATCHED,
        ("recommendation", "position"),
    ),
    ScopePart(
        m.Addressee,
        lambda scope: Q(recommendation__in=scope.recommendations),
        How.MATCHED,
        ("recommendation", "position"),
    ),
    ScopePart(m.MonitoringStage, _where_force()),
    ScopePart(m.PeelGrade, _where_force()),
    ScopePart(m.PlannedInspection, _where_force()),
    ScopePart(m.PlanAnnouncement, _where_force("plan__force")),
    ScopePart(m.Extension, lambda scope: Q(inspection__in=scope.own_inspections)),
    ScopePart(m.AnswerStep, lambda scope: Q(inspection__in=scope.own_inspections)),
    ScopePart(m.TrackedRecommendation, _where_force()),
    ScopePart(m.Indicator, _where_force()),
    ScopePart(m.IndicatorSheet, _where_force()),
    ScopePart(m.IndicatorValue, _where_force("indicator__force")),
    ScopePart(m.DefinitionChange, _where_force("indicator__force")),
    *(ScopePart(each, _where_force("tracked__force")) for each in ON_TRACKED),
    ScopePart(m.Action, _where_force()),
    ScopePart(m.ActionLink, lambda scope: Q(action__force=scope.pk, tracked__force=scope.pk)),
    ScopePart(m.ActionRow, _where_force("action__force")),
    ScopePart(m.SimilarPair, lambda scope: Q(one__force=scope.pk, other__force=scope.pk)),
    ScopePart(m.LegacyReview, _where_force("lines__force"), How.KEPT),
    ScopePart(m.LegacyLine, _where_force(), How.KEPT),
    ScopePart(m.LegacyJudgement, _where_force("tracked__force"), How.KEPT),
    ScopePart(m.UpdateRound, _where_force()),
    ScopePart(m.RoundLine, lambda scope: Q(round__force=scope.pk, tracked__force=scope.pk)),
    ScopePart(m.RoundAnswer, lambda scope: Q(line__round__force=scope.pk, line__tracked__force=scope.pk)),
    ScopePart(m.Panel, _panels, How.MATCHED, ("name",)),
    ScopePart(m.PanelMember, _where_force("panel__force")),
    ScopePart(m.Meeting, _meetings, How.MATCHED, ("panel", "on")),
    ScopePart(m.Attendance, _where_force("meeting__panel__force")),
    ScopePart(m.CustodySuite, _where_force()),
    ScopePart(m.CustodyVisit, _where_force("suite__force")),
    ScopePart(m.IssuedFile, _issued_files),
    ScopePart(m.MeetingFile, _where_force("meeting__panel__force")),
    ScopePart(m.ScrutinyReport, _where_force()),
    ScopePart(m.PaperWords, _where_force("paper__force")),
    ScopePart(m.FactualCheck, _where_force("paper__force")),
    ScopePart(m.FactualCorrection, _where_force("of__paper__force")),
    ScopePart(m.CommitteeRequest, _requests),
    ScopePart(m.RequestAnswer, _where_force("paper__force")),
    ScopePart(m.RequestProof, lambda scope: Q(request__in=m.CommitteeRequest._base_manager.filter(_requests(scope)))),
    ScopePart(m.PaperIssue, _where_force("paper__force")),
    ScopePart(m.PublicPaper, _where_force("paper__force")),
    ScopePart(m.RedactedFiling, _where_force("paper__force"), How.KEPT),
    ScopePart(m.Response, lambda scope: Q(pk__in=scope.responses)),
    ScopePart(
        m.ResponseInspection,
        lambda scope: Q(
            response__in=scope.responses, inspection__in=m.Inspection._base_manager.filter(scope.inspections)
        ),
    ),
    ScopePart(m.ResponseSubmission, lambda scope: Q(response__in=scope.own_responses) | Q(pk__in=scope.submissions)),
    ScopePart(m.ResponseVersion, _where_response()),
    ScopePart(m.PublishedText, _where_response("of__response")),
    ScopePart(
        m.Comment, lambda scope: Q(answers__recommendation__in=scope.recommendations) & _versions(scope, "version")
    ),
    ScopePart(m.CommentAnswer, lambda scope: _answers(scope) & _versions(scope, "comment__version")),
    ScopePart(m.Explanation, lambda scope: _answers(scope) & _versions(scope, "of")),
    ScopePart(m.Invitation, lambda scope: Q(response__in=scope.responses, force=scope.pk)),
    ScopePart(m.ChiefOfficerComments, lambda scope: Q(response__in=scope.responses, force=scope.pk)),
    ScopePart(m.Recipient, lambda scope: Q(pk__in=_copies(scope).values("recipient")), How.MATCHED, ("name",)),
    ScopePart(m.Copy, _where_response("of__response")),
    ScopePart(m.Commitment, _where_response("of__response")),
    ScopePart(m.IndicatorLink, _indicator_links),
    ScopePart(m.CommitmentCheck, _where_response("commitment__of__response")),
    ScopePart(m.CommitmentMove, _where_response("commitment__of__response")),
    ScopePart(m.ActionPlan, _where_force()),
    ScopePart(m.ActionPlanFacts, _where_force("of__force")),
    ScopePart(m.ForceRelease, _where_force()),
    ScopePart(m.ForceFacts, _where_force("of__force")),
    ScopePart(m.Evidence, _evidence),
    ScopePart(m.Attachment, _attachments),
    ScopePart(m.OfficeNote, lambda scope: Q(about=RecordKind.RECOMMENDATION, about_id__in=scope.tracked)),
)
PART_OF: Mapping[str, ScopePart] = {each.label: each for each in PARTS}

ACCOUNTS = "accounts stay: whoever works on has one at the other office, and names go as text"
SEVERAL = "it speaks of several forces, or of the office itself"
# Every other table of records, and why nothing of it goes.
STAYS: Mapping[str, str] = {
    **dict.fromkeys(("User", "AccountInvitation", "AccountChange", "CommitteeSeat", "Handover"), ACCOUNTS),
    **dict.fromkeys(("SignInPolicy", "ApiToken", "CalendarAddress", "FormerPerson", "PaperReader"), ACCOUNTS),
    **dict.fromkeys(("SecurityEvent", "AccessCount"), "who signed in when is the office’s own record"),
    **dict.fromkeys(("SheetMapping", "SheetImport", "SheetRow"), "a sheet has rows of several forces"),
    **dict.fromkeys(("ForceSuccession", "Succession", "SuccessionForce", "InspectionLink", "Redaction"), SEVERAL),
    **dict.fromkeys(
        ("AccountabilityMeeting", "AgendaItem", "ItemFacts", "ItemMinutes", "ItemAction", "ActionProof"),
        "minutes are of the body that met; what was agreed goes as actions, whose rows say how each was done",
    ),
    **dict.fromkeys(("MeetingRelease", "PublicMeetingFacts"), "minutes are of the body that met"),
    "SuccessionNotice": "it is to a person with an account here",
    **dict.fromkeys(("DocumentLayout", "ReminderRule", "Webhook"), "it is how the office works"),
    **dict.fromkeys(("ReceivedRegister", "ReceivedEntry", "ReceivedRecord"), "it came from another office itself"),
}


def _copies(scope: ForceScope) -> QuerySet[Any]:
    return m.Copy._base_manager.filter(of__response__in=scope.responses)


def rows_of(part: ScopePart, scope: ForceScope) -> QuerySet[Any]:
    """The rows of one table that go over, by id."""
    found = part.model._base_manager.filter(part.where(scope)).values("pk")
    return part.model._base_manager.filter(pk__in=found).order_by("pk")
