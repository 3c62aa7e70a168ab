"""The office's rules for reminders, and what they would have sent last month."""

import datetime
from collections.abc import Callable
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.domain.reminders import rules
from recommendations.domain.reminders.preview import last_month, preview
from recommendations.domain.reminders.text import RuleLine, rule_lines
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums.reminders import ReminderTopic
from recommendations.forms.reminders.reminders import RuleForm
from recommendations.forms.site.base import new_token
from recommendations.models import ReminderPlan, ReminderRule, User
from recommendations.models.reminders.reminders import RULED
from recommendations.periods import london_day
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form

PAGE = 50


@require_safe
@allow(May.ADMINISTER)
def reminder_rules(request: AuthenticatedRequest) -> HttpResponse:
    """Every topic with its current rule."""
    today = london_day(timezone.now())
    context = {"lines": rule_lines(ReminderRule.objects.on(today)), "month": last_month(today)}
    return render(request, "reminders/rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.ADMINISTER)
def reminder_rule(request: AuthenticatedRequest, topic: str) -> HttpResponse:
    """Change the rule of a topic, or preview first what it would have sent."""
    line = _line(topic)
    form = _form(request, line)

    def act(by: User, at: datetime.datetime) -> ReminderRule:
        return rules.set_reminder_rule(topic=line.topic, plan=form.plan, by=by, at=at)

    if request.method == "POST":
        wants_preview = "preview" in request.POST
        if done := _redirect_to_preview(form, line) if wants_preview else _save(request, form, act):
            return done
    context = {
        "form": form,
        "line": line,
        "month": last_month(london_day(timezone.now())),
        "set": _saved_rules(line.topic),
    }
    return render(request, "reminders/rule.html", context, status=422 if form.errors else 200)


def _line(topic: str) -> RuleLine:
    if topic not in RULED:
        raise Http404
    plans = ReminderRule.objects.on(london_day(timezone.now()))
    return RuleLine(ReminderTopic(topic), plans[ReminderTopic(topic)])


def _saved_rules(topic: ReminderTopic) -> list[tuple]:
    """The rules that the office set for a topic, each with its first day, newest first."""
    return [(each.since, RuleLine(topic, each.plan)) for each in ReminderRule.objects.filter(topic=topic)]


def _form(request: AuthenticatedRequest, line: RuleLine) -> RuleForm:
    """The form: submitted, or with the values that the preview returns in the query string."""
    data: QueryDict | None = request.POST if request.method == "POST" else None
    if data is None and request.GET:
        data = request.GET.copy()
        data["once"] = new_token()
    return RuleForm(data, topic=line.topic, plan=line.plan)


def _save(request: AuthenticatedRequest, form: RuleForm, act: Callable) -> HttpResponse | None:
    return submit_form(request, form, act, message="The rule is saved.", to=reverse("reminder_rules"))


def _redirect_to_preview(form: RuleForm, line: RuleLine) -> HttpResponse | None:
    """Redirect to the preview of the typed rule, or None if it is invalid; the form has the errors."""
    if _typed_plan(form, line) is None:
        return None
    return redirect(f"{reverse('reminder_preview', args=[line.topic])}?{_query(form)}")


def _query(form: RuleForm) -> str:
    """The typed values as a query string."""
    typed = ((name, form.data.get(name, "")) for name in form.fields if name not in ("once", "version"))
    return urlencode([(name, value) for name, value in typed if value])


@require_safe
@allow(May.ADMINISTER)
def reminder_preview(request: AuthenticatedRequest, topic: str) -> HttpResponse:
    """What a rule, typed or current, would have sent last month."""
    line = _line(topic)
    form = RuleForm(request.GET, topic=line.topic, plan=line.plan) if set(request.GET) - {"page"} else None
    plan = _typed_plan(form, line) if form else line.plan
    if plan is None:
        return redirect(f"{reverse('reminder_rule', args=[topic])}?{_query(form) if form else ''}")
    plans = ReminderRule.objects.on(london_day(timezone.now())) | {line.topic: plan}
    query = f"{_query(form)}&" if form else ""
    return _preview_page(request, plans, (line.topic,), {"line": RuleLine(line.topic, plan), "query": query})


def _typed_plan(form: RuleForm, line: RuleLine) -> ReminderPlan | None:
    """The typed plan, or None if it is invalid; the form has the errors."""
    try:
        return rules.check_plan(line.topic, form.plan) if form.is_valid() else None
    except Refusal as refusal:
        form.refuse(refusal)
        return None


@require_safe
@allow(May.ADMINISTER)
def reminders_preview(request: AuthenticatedRequest) -> HttpResponse:
    """What all current rules would have sent last month."""
    return _preview_page(request, ReminderRule.objects.on(london_day(timezone.now())), RULED, {"query": ""})


def _preview_page(
    request: AuthenticatedRequest,
    plans: dict[ReminderTopic, ReminderPlan],
    topics: tuple[ReminderTopic, ...] | tuple[ReminderTopic],
    context: dict,
) -> HttpResponse:
    found = preview(last_month(london_day(timezone.now())), plans, topics)
    page = Paginator(found.lines, PAGE).get_page(request.GET.get("page"))
    return render(request, "reminders/preview.html", context | {"found": found, "page": page})
