"""The page of a force's Channel panels: attendance, current gaps, and next meetings."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from recommendations.domain.panels.by_force import force_panels
from recommendations.forms.panels.by_force import PanelsPeriodForm
from recommendations.models import Force
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest


@require_safe
@allow(May.SEE_PANELS)
def channel_panels(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The Channel panels of a force over a period; inspection leads see their own force only."""
    force, today = get_object_or_404(Force.objects.visible_to(request.user), slug=slug), localdate()
    form = PanelsPeriodForm(request.GET, today=today)
    period = form.period
    context = {
        "force": force,
        "form": form,
        "period": period,
        "found": force_panels(force, request.user, period) if period else None,
        "is_chosen": bool(request.GET.get("from") or request.GET.get("to")),
        "may_write": request.user.has_perm(May.RECORD_MEETINGS),
    }
    return render(request, "forces/panels.html", context)
