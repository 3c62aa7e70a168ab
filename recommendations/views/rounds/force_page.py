"""The page of an update round for the force: lines with their forms, counts, filters, states in words."""

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import localtime

from recommendations.domain.rounds import force_rows
from recommendations.domain.rounds.actions import LineActions, actions_on_lines
from recommendations.domain.rounds.force_rows import DRAFTS, GIVEN, NEW, READY, RETURNED, SHOWS, TODO, WorkLine
from recommendations.domain.rounds.progress import say_days_left
from recommendations.enums import LineState
from recommendations.forms.rounds.answers import LineForm
from recommendations.forms.rounds.new_action import RoundActionForm
from recommendations.models import UpdateRound, User
from recommendations.periods import london_day
from recommendations.sections import Section
from recommendations.views.attachments.addresses import EntryFiles, files_on

LINES_A_PAGE = 20


@dataclass(frozen=True)
class ForceRoundRow:
    """A line, its form (None if it cannot be edited), and its state in words with its style; the force's actions on its
    recommendation, and the form for a new one.
    """

    work: WorkLine
    form: LineForm | None
    state: str
    style: str
    files: EntryFiles | None = None
    actions: LineActions | None = None
    new_action: RoundActionForm | None = None

    @property
    def anchor(self) -> str:
        return f"line-{self.work.line.pk}"


class ForceRoundPage:
    """The page of one round for a user of the force. `params` is the query string."""

    def __init__(
        self,
        round: UpdateRound,
        params: QueryDict,
        user: User,
        *,
        moment: datetime.datetime,
        forms: dict[int, LineForm] | None = None,
        new_actions: dict[int, RoundActionForm] | None = None,
    ) -> None:
        self.new_actions = new_actions or {}
        self.round, self.moment, self.forms, self.user = round, moment, forms, user
        self.today = london_day(moment)
        self.left, self.remaining_words = say_days_left(round, self.today)
        self.is_late = round.due_on < self.today
        self.lines = force_rows.lines_with_shelf(round)
        self.leads = force_rows.leads_of(round)
        self.lead = params.get("lead", "") if params.get("lead") in self.leads else ""
        show = params.get("show", "")
        self.show = show if show in SHOWS else TODO
        self.asked_page = params.get("page")

    @cached_property
    def lead_lines(self) -> QuerySet:
        return self.lines.filter(tracked__chief_officer_lead=self.lead) if self.lead else self.lines

    @cached_property
    def totals(self) -> dict[str, int]:
        """The counts of the whole round."""
        return force_rows.counts(self.lines)

    @cached_property
    def shown_counts(self) -> dict[str, int]:
        return force_rows.counts(self.lead_lines) if self.lead else self.totals

    @property
    def counts(self) -> list[tuple]:
        """Number, label, address and whether it is the current one, for each filter."""
        counted = self.shown_counts
        words = SHOWS | ({DRAFTS: "draft"} if counted[DRAFTS] == 1 else {})
        return [(counted[show], words[show], f"?{self.query(show=show)}", show == self.show) for show in SHOWS]

    @property
    def lead_links(self) -> list[tuple[str, str, bool]]:
        """Label, address and whether it is the current one, for each lead and for all of them."""
        return [(lead or "All leads", f"?{self.query(lead=lead)}", lead == self.lead) for lead in ("", *self.leads)]

    @property
    def answered(self) -> int:
        return self.totals[GIVEN]

    @property
    def ready(self) -> int:
        return self.totals[READY]

    @cached_property
    def page(self) -> Page[Any]:
        chosen = force_rows.filter_by_shelf(self.lead_lines, self.show).order_by(force_rows.RETURNED_FIRST, "position")
        return Paginator(chosen, LINES_A_PAGE).get_page(self.asked_page)

    @cached_property
    def rows(self) -> list[ForceRoundRow]:
        shown = list(self.forms) if self.forms is not None else [line.pk for line in self.page]
        told = {work.line.pk: work for work in force_rows.work_lines(self.lines.filter(pk__in=shown))}
        given = [work.answer.pk for work in told.values() if work.shelf == GIVEN and work.answer]
        files = files_on("answer", given, self.user, self.round.force_id) if given else {}
        actions = actions_on_lines([work.line.tracked_id for work in told.values()], self.user, self.today)
        return [self._row(told[pk], files, actions.get(told[pk].line.tracked_id)) for pk in shown if pk in told]

    def _row(self, work: WorkLine, files: dict[int, EntryFiles], actions: LineActions | None) -> ForceRoundRow:
        form = (self.forms or {}).get(work.line.pk)
        if form is None and work.shelf != GIVEN and self.round.is_open:
            form = LineForm.from_draft(work.line, work.draft)
        given = files.get(work.answer.pk) if work.answer else None
        new_action = self._new_action(work) if form else None
        return ForceRoundRow(work, form, *self._state(work), given, actions, new_action)

    def _new_action(self, work: WorkLine) -> RoundActionForm | None:
        """The form for an action on a line: what was typed, or empty. None while actions are off."""
        if not Section.ACTIONS.is_on:
            return None
        return self.new_actions.get(work.line.pk) or RoundActionForm(line=work.line)

    def _state(self, work: WorkLine) -> tuple[str, str]:
        if work.shelf == GIVEN:
            assert work.answer  # given
            said = "Accepted" if work.line.state == LineState.ACCEPTED else "Released"
            return f"{said}, {self.say_moment(work.answer.decided_at or work.answer.released_at)}", GIVEN
        if work.shelf == READY:
            assert work.draft  # ready
            agreed = f": {work.draft.agreed_by} agreed it" if work.draft.agreed_by else " to release, saved"
            return f"Ready{agreed} {self.say_moment(work.draft.saved_at)}", READY
        if work.shelf == RETURNED:
            return "Returned to you", RETURNED
        if work.shelf == NEW:
            return "To do", "todo"
        assert work.draft  # on no other shelf
        return f"Draft, saved {self.say_moment(work.draft.saved_at)}", "draft"

    def say_moment(self, moment: datetime.datetime) -> str:
        """ "14:32" for today, otherwise "5 November"."""
        local = localtime(moment)
        return f"{local:%H:%M}" if local.date() == self.today else f"{local.day} {local:%B}"

    def query(self, **changes: Any) -> str:
        """The page's query string, with changes."""
        kept = {"show": self.show, "lead": self.lead} | changes
        return urlencode({name: value for name, value in kept.items() if value})

    @property
    def own_query(self) -> str:
        return self.query(page=self.page.number if self.page.number > 1 else "")

    @property
    def page_query(self) -> str:
        return f"{self.query()}&"

    @property
    def save_url(self) -> str:
        return f"{reverse('save_drafts', args=[self.round.pk])}?{self.own_query}"

    @property
    def wrong(self) -> list[tuple[str, str]]:
        """The errors: the reference with the message, and the id of the field."""
        return [
            (f"{row.work.line.tracked}: {message}", form[name].id_for_label if name in form.fields else row.anchor)
            for row in self.rows
            for form in (row.form, row.new_action)
            if form
            for name, messages in form.errors.items()
            for message in messages
        ]
