"""Administration of the sources that the office follows, and of the rules for answering them."""

import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from recommendations.domain.sources import sources as verbs
from recommendations.domain.sources.queries import all_bases, sources
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums.sources import HMICFRS, Answerer, ClockStart
from recommendations.forms.sources.sources import BasisForm, ConfirmBasisForm, NewBasisForm, NewSourceForm, SourceForm
from recommendations.models import Basis, BasisFacts, Source, User
from recommendations.periods import say
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form, submitted_data

SAVED = "Saved. What was recorded before keeps its own day."


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.ADMINISTER)
def source_list(request: AuthenticatedRequest) -> HttpResponse:
    """Every source with its rules, and a form to add one."""
    form = NewSourceForm(submitted_data(request))

    def act(by: User, at: datetime.datetime) -> Source:
        if form.key in sources():
            raise Refusal("There is a source with this short name already.", "word")
        return verbs.set_source(key=form.key, by=by, at=at, **form.verb_fields())

    if request.method == "POST":
        done = submit_form(request, form, act, message="Added.", to=lambda made: reverse("source", args=[made.key]))
        if done:
            return done
    rules = all_bases(localdate()).values()
    rows = [(each, [rule for rule in rules if rule.source == key]) for key, each in sources().items()]
    return render(request, "sources/list.html", {"rows": rows, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.ADMINISTER)
def source(request: AuthenticatedRequest, key: str) -> HttpResponse:
    """A source's name and its rules."""
    found = _get_or_404(sources(), key)
    form = SourceForm(submitted_data(request), source=found)

    def act(by: User, at: datetime.datetime) -> Source:
        return verbs.set_source(key=key, by=by, at=at, **form.verb_fields())

    if request.method == "POST":
        done = submit_form(request, form, act, message="Saved.", to=reverse("sources"))
        if done:
            return done
    return _source_page(request, found, form, NewBasisForm(prefix="new"))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.ADMINISTER)
def add_basis(request: AuthenticatedRequest, key: str) -> HttpResponse:
    """Add the office's own rule to a source; its content is edited on the rule's page."""
    found = _get_or_404(sources(), key)
    form = NewBasisForm(submitted_data(request), prefix="new")

    def act(by: User, at: datetime.datetime) -> Basis:
        said = {"source": key, "law": "As stated", "answerer": Answerer.STATED, "clock_start": ClockStart.STATED}
        said |= {"last_day_name": "Stated last day", "name": form.cleaned_data["name"]}
        return verbs.set_basis(key=form.key(key), since=localdate(), by=by, at=at, **said)

    if request.method == "POST":
        done = submit_form(request, form, act, message="Added.", to=lambda made: reverse("basis", args=[made.key]))
        if done:
            return done
    return _source_page(request, found, SourceForm(source=found), form)


def _source_page(
    request: AuthenticatedRequest, source: Source, form: SourceForm, rule_form: NewBasisForm
) -> HttpResponse:
    rules = [each for each in all_bases(localdate()).values() if each.source == source.key]
    context = {"source": source, "form": form, "rule_form": rule_form, "rules": rules}
    bad = form.errors or rule_form.errors
    return render(
        request,
        "sources/source.html",
        context | {"is_fixed": source.key == HMICFRS},
        status=422 if bad else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.ADMINISTER)
def basis(request: AuthenticatedRequest, key: str) -> HttpResponse:
    """A rule with worked examples, and the form to change it from a given day."""
    found = _get_or_404(all_bases(localdate()), key)
    form = BasisForm(submitted_data(request), basis=found, today=localdate())

    def act(by: User, at: datetime.datetime) -> Basis:
        return verbs.set_basis(key=key, by=by, at=at, **form.verb_fields())

    if request.method == "POST":
        done = submit_form(request, form, act, message=SAVED, to=reverse("basis", args=[key]))
        if done:
            return done
    return _basis_page(request, found, form, ConfirmBasisForm(prefix="confirm"))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.ADMINISTER)
def confirm_basis(request: AuthenticatedRequest, key: str) -> HttpResponse:
    """Confirm a rule unchanged."""
    found = _get_or_404(all_bases(localdate()), key)
    form = ConfirmBasisForm(submitted_data(request), prefix="confirm")

    def act(by: User, at: datetime.datetime) -> Basis:
        return verbs.confirm_basis(key=key, by=by, at=at)

    if request.method == "POST":
        done = submit_form(request, form, act, message="Confirmed.", to=reverse("basis", args=[key]))
        if done:
            return done
    return _basis_page(request, found, BasisForm(basis=found, today=localdate()), form)


def _basis_page(
    request: AuthenticatedRequest, basis: BasisFacts, form: BasisForm, confirm: ConfirmBasisForm
) -> HttpResponse:
    examples = [f"{say(each.starts_on)}: last day {say(each.last_day)}" for each in basis.examples]
    context = {"basis": basis, "source": sources()[basis.source], "form": form, "confirm": confirm}
    bad = form.errors or confirm.errors
    return render(request, "sources/basis.html", context | {"examples": examples}, status=422 if bad else 200)


def _get_or_404(these: dict, key: str) -> Any:
    if key not in these:
        raise Http404
    return these[key]
