"""Asking a force for updates: reading the query string or selection, the form, and where it leads."""

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404
from django.utils.http import urlencode

from recommendations.domain.rounds import choices, rounds
from recommendations.domain.rounds.choices import Askable
from recommendations.domain.rounds.progress import who_can_answer
from recommendations.forms.register.query_string import NO_LEAD, number_of
from recommendations.forms.rounds.rounds import RoundAskForm
from recommendations.models import Force, TrackedRecommendation, UpdateRound, User
from recommendations.views.site.requests import AuthenticatedRequest

MOST_SAID = 10


@dataclass
class RoundAskPage:
    """The page: the force, what it can be asked about, and the form. `ids` were selected on another page, or None."""

    request: AuthenticatedRequest
    on: datetime.date
    forces: list[Force]
    force: Force
    ids: list[int] | None
    lead: str | None
    inspection: int | None

    @property
    def sent(self) -> bool:
        """Whether the form itself was submitted, rather than a selection from the register."""
        return self.request.method == "POST" and "once" in self.request.POST

    @cached_property
    def askable(self) -> Askable:
        user = self.request.user
        return choices.askable(self.force, user, ids=self.ids, lead=self.lead, inspection=self.inspection)

    @cached_property
    def form(self) -> RoundAskForm:
        open_rounds = UpdateRound.objects.visible_to(self.request.user).open().filter(force=self.force)
        data = self.request.POST if self.sent else None
        return RoundAskForm(data, records=self.askable.records, rounds=list(open_rounds.order_by("due_on")), on=self.on)

    def act(self, by: User, at: datetime.datetime) -> UpdateRound:
        """Ask, in a new round or an open one. Returns the round."""
        about: dict[str, Any] = {"tracked": self.form.chosen(), "by": by, "at": at}
        if self.form.open_round is None:
            return rounds.ask_for_updates(force=self.force, **self.form.new_round(), **about)
        rounds.add_lines(round=self.form.open_round, **about)
        return self.form.open_round

    @property
    def message(self) -> str:
        return f"{self.force} has been asked for updates."

    def to(self, round: UpdateRound) -> str:
        return f"{round.get_absolute_url()}?show=asked"

    @property
    def context(self) -> dict:
        left_out, people = self.askable.left_out, who_can_answer(self.force)
        return {
            "asking": self,
            "form": self.form,
            "rows": self.form.rows(),
            "left_out": left_out[:MOST_SAID],
            "more_left_out": max(len(left_out) - MOST_SAID, 0),
            "more": self.askable.more and choices.MOST,
            "people": " and ".join(person.name for person in people),
            "listed": ",".join(map(str, self.ids)) if self.ids is not None else "",
            "leads": [(lead or NO_LEAD, lead or "No lead named") for lead in choices.leads_of(self.force)],
            "inspections": choices.inspections_of(self.force).items(),
            "chosen_lead": NO_LEAD if self.lead == "" else self.lead,
        }

    @property
    def query(self) -> str:
        """The query string of this list, for the form's action."""
        lead = NO_LEAD if self.lead == "" else self.lead
        narrowed = {"lead": lead, "inspection": self.inspection} if self.ids is None else {}
        return urlencode({"force": self.force.slug} | {name: value for name, value in narrowed.items() if value})


def read_ask_page(request: AuthenticatedRequest, *, on: datetime.date) -> RoundAskPage:
    """Read the request: the force, and the selection or filters. `on` is today in Europe/London.
    If no force is named, it is the first one with something open. One that was handed over is offered only if it is
    named. Raises Http404 if there is no force at all.
    """
    forces = list(Force.objects.visible_to(request.user))
    ids = _ids(request)
    if not forces:
        raise Http404("no force to ask")
    slugs = (request.POST.get("force"), request.GET.get("force"), _force_of(ids, request.user))
    named = next((each for slug in slugs for each in forces if each.slug == slug), None)
    here = [each for each in forces if each.handed_over_on is None]
    force = named or choices.first_with_something_open(here or forces)
    lead = request.GET.get("lead") or None
    inspection = number_of(request.GET.get("inspection", ""))
    offered = [each for each in forces if each in here or each == force]
    return RoundAskPage(request, on, offered, force, ids, "" if lead == NO_LEAD else lead, inspection)


def _ids(request: AuthenticatedRequest) -> list[int] | None:
    """The ids selected on another page, in many fields or separated by commas; None if nothing was selected."""
    given = request.POST.getlist("ids") or request.GET.getlist("ids")
    if not given:
        return None
    found = [number_of(part.strip()) for text in given for part in text.split(",")]
    return list(dict.fromkeys(pk for pk in found if pk))


def _force_of(ids: list[int] | None, user: User) -> str:
    """The slug of the force of the first selected recommendation."""
    if not ids:
        return ""
    seen = TrackedRecommendation.objects.visible_to(user).filter(pk__in=ids).order_by("reference")
    return seen.values_list("force__slug", flat=True).first() or ""
