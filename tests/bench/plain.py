"""What the product is measured beside, on the same rows: a bare view and the admin's form. Addresses for all."""

from django.contrib import admin
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path
from django.utils import timezone
from django.views.decorators.http import require_safe

from recommendations import trail
from recommendations.domain.register.rows import RegisterCell, RegisterRow
from recommendations.models import ForceUpdate, TrackedRecommendation
from recommendations.permissions import May, allow

A_PAGE = 50
BARE = engines["django"].from_string(
    """{% extends "base.html" %}{% block content %}
    <table class="app-register">{% for row in page %}{% include "register/row.html" %}{% endfor %}</table>
    <p>{{ page.paginator.count }} rows</p>{% endblock content %}"""
)


@require_safe
@allow(May.SEE_REGISTER)
def bare(request):
    """The register's row template over a query by an index for records and one for how they stand, and a count."""
    tracked = TrackedRecommendation.objects.select_related("recommendation__inspection", "force").with_standing()
    page = Paginator(tracked.order_by("reference"), A_PAGE).get_page(1)
    page.object_list = [_row(each) for each in page.object_list]
    return HttpResponse(BARE.render({"page": page, "may_add": True, "add_prefix": "?"}, request))


def _row(tracked: TrackedRecommendation) -> RegisterRow:
    """What is stored, as it is."""
    recommendation, now = tracked.recommendation, tracked.standing
    return RegisterRow(
        pk=tracked.pk,
        url=tracked.get_absolute_url(),
        reference=now.reference,
        source=f"{recommendation.inspection.short_name}, {recommendation.short_label}",
        text=recommendation.short_text,
        lead=RegisterCell(now.chief_officer_lead, tracked.force.short_name),
        due=RegisterCell(f"{now.deadline_on or now.target_on}", f"moved {now.target_moves} times"),
        due_from="HMICFRS",
        due_flag="",
        rag="blue" if now.closed_on else "green",
        rag_word="Blue" if now.closed_on else "Green",
        rag_reason=now.outcome,
        position=RegisterCell(now.stage, now.position),
        assurance=RegisterCell(now.assurance, f"{now.assurance_on}"),
        status=RegisterCell(now.inspectorate_status, f"{now.inspectorate_status_on}"),
        updated=RegisterCell(f"{now.last_update_on}", ""),
        updated_flag="",
        risk=RegisterCell(""),
        risk_bars=0,
        later="",
    )


class PlainForm(admin.ModelAdmin):
    """The admin's form for one update, as anybody would write it: a row with its history, and the admin's log."""

    raw_id_fields = ("tracked", "recorded_by", "withdrawn_by")

    def has_add_permission(self, request):
        return True

    def has_view_permission(self, request, obj=None):
        return True

    def save_model(self, request, obj, form, change):
        """Without a verb: nothing follows, and nothing is written on the trail."""
        acting = trail._acting.set(trail.VerbContext("bench", request.user, timezone.now()))
        obj.save()
        trail._acting.reset(acting)


site = admin.AdminSite(name="bench")
site.register(ForceUpdate, PlainForm)

urlpatterns = [
    path("bench/bare/", bare, name="bare"),
    path("bench/admin/", site.urls),
    path("", include("oversight.urls")),
]
