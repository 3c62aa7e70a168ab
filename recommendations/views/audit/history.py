"""The history of a record: one page for all kinds, each with its own permission."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from recommendations.domain.audit.history import events_of, tell
from recommendations.domain.handing_over.received import received_history
from recommendations.models import (
    AccountabilityMeeting,
    Action,
    ActionPlan,
    BankHoliday,
    Commitment,
    CommitteeRequest,
    CustodySuite,
    CustodyVisit,
    DocumentLayout,
    Force,
    ForceRelease,
    FormerBodyDetails,
    FormerForceDetails,
    Inspection,
    Label,
    LegacyReview,
    Meeting,
    MeetingRelease,
    MonitoringStage,
    Oversight,
    Panel,
    PanelMember,
    PeelCycle,
    PeelGrade,
    PlannedInspection,
    PolicingBody,
    RagRule,
    Recipient,
    Recommendation,
    Response,
    ScrutinyReport,
    Succession,
    TrackedRecommendation,
    User,
    Webhook,
)
from recommendations.permissions import May, allow
from recommendations.sections import Section
from recommendations.views.site.requests import AuthenticatedRequest

LINES_A_PAGE = 25


@dataclass(frozen=True)
class HistoryKind:
    """A kind of record with a history page: its rows, the permission to read them, and its section, if any."""

    rows: QuerySet
    may: May
    section: Section | None = None

    @property
    def is_on(self) -> bool:
        return self.section is None or self.section.is_on


# without visible_to: the view calls `visible_to` when it reads a kind
KINDS = {
    "inspection": HistoryKind(Inspection.objects.all(), May.SEE_INSPECTIONS),
    "recommendation": HistoryKind(Recommendation.objects.select_related("inspection"), May.SEE_INSPECTIONS),
    "tracked": HistoryKind(TrackedRecommendation.objects.with_record(), May.SEE_REGISTER),
    "response": HistoryKind(Response.objects.all(), May.SEE_RESPONSES),
    "action": HistoryKind(Action.on_file.all(), May.SEE_REGISTER, Section.ACTIONS),
    "commitment": HistoryKind(Commitment.objects.all(), May.SEE_RESPONSES, Section.COMMITMENTS),
    "paper": HistoryKind(ScrutinyReport.objects.select_related("force"), May.DRAFT_PAPER),
    "force-page": HistoryKind(ForceRelease.on_file.select_related("force"), May.DRAFT_PAPER, Section.FORCE_PAGE),
    "action-plan": HistoryKind(ActionPlan.on_file.select_related("force"), May.DRAFT_PAPER),
    "request": HistoryKind(CommitteeRequest.on_file.select_related("panel"), May.DRAFT_PAPER),
    "plan": HistoryKind(PlannedInspection.on_file.select_related("force"), May.SEE_INSPECTIONS),
    "grade": HistoryKind(PeelGrade.objects.select_related("force"), May.SEE_INSPECTIONS),
    "monitoring": HistoryKind(MonitoringStage.objects.select_related("force"), May.SEE_INSPECTIONS),
    "force": HistoryKind(Force.objects.all(), May.ADMINISTER),
    "former-force": HistoryKind(FormerForceDetails.objects.select_related("force"), May.ADMINISTER),
    "former-body": HistoryKind(FormerBodyDetails.objects.select_related("body"), May.ADMINISTER),
    "body": HistoryKind(PolicingBody.objects.all(), May.ADMINISTER),
    "oversight": HistoryKind(Oversight.objects.select_related("body", "force"), May.ADMINISTER),
    "change-ahead": HistoryKind(Succession.objects.all(), May.ADMINISTER),
    "panel": HistoryKind(Panel.objects.all(), May.ADMINISTER),
    "member": HistoryKind(PanelMember.on_file.select_related("panel"), May.ADMINISTER, Section.PANELS),
    "accountability": HistoryKind(
        AccountabilityMeeting.on_file.select_related("force"), May.RECORD_MEETINGS, Section.ACCOUNTABILITY
    ),
    "meeting-page": HistoryKind(
        MeetingRelease.on_file.select_related("force", "meeting"), May.DRAFT_PAPER, Section.ACCOUNTABILITY
    ),
    "legacy-review": HistoryKind(LegacyReview.on_file.all(), May.EDIT_TRACKED),
    "meeting": HistoryKind(Meeting.on_file.select_related("panel"), May.RECORD_MEETINGS, Section.PANELS),
    "suite": HistoryKind(CustodySuite.objects.select_related("force"), May.ADMINISTER, Section.CUSTODY),
    "visit": HistoryKind(CustodyVisit.on_file.select_related("suite"), May.RECORD_MEETINGS, Section.CUSTODY),
    "recipient": HistoryKind(Recipient.objects.all(), May.ADMINISTER),
    "cycle": HistoryKind(PeelCycle.objects.all(), May.ADMINISTER),
    "person": HistoryKind(User.objects.all(), May.ADMINISTER),
    "label": HistoryKind(Label.objects.all(), May.ADMINISTER),
    "webhook": HistoryKind(Webhook.objects.all(), May.ADMINISTER),
    "layout": HistoryKind(DocumentLayout.objects.select_related("body"), May.ADMINISTER),
    "rule": HistoryKind(RagRule.objects.all(), May.ADMINISTER),
    "holiday": HistoryKind(BankHoliday.objects.all(), May.ADMINISTER),
}


def kind_of(model: type[Any]) -> str:
    """The word in the address for a model: "person" for User."""
    return next(word for word, kind in KINDS.items() if kind.rows.model is model)


@require_safe
@allow(May.USE)
def history(request: AuthenticatedRequest, kind: str, pk: int) -> HttpResponse:
    """Who changed what, when, from which value to which, and why; newest first."""
    if kind not in KINDS:
        raise Http404
    if not request.user.has_perm(KINDS[kind].may):
        raise PermissionDenied(f"needs {KINDS[kind].may}")
    rows = KINDS[kind].rows.all()
    visible = rows.visible_to(request.user) if hasattr(rows, "visible_to") else rows
    record = get_object_or_404(visible, pk=pk)
    page = Paginator(events_of(record, user=request.user), LINES_A_PAGE).get_page(request.GET.get("page"))
    lines = tell(record, list(page.object_list), Label.objects.words())
    context = {"record": record, "page": page, "lines": lines, "back": _back(record)}
    context |= {"received": received_history(record, request.user), "may_redact": request.user.has_perm(May.REDACT)}
    return render(request, "audit/history.html", context)


def _back(record: Model) -> str:
    """The address of the record's own page or, failing that, its admin page."""
    if hasattr(record, "get_absolute_url"):
        return record.get_absolute_url()
    try:
        return reverse(f"admin:recommendations_{record._meta.model_name}_change", args=[record.pk])
    except NoReverseMatch:
        return ""
