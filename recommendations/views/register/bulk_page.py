"""Bulk actions on recommendations, and the context of their pages."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from recommendations.domain.audit.history import events_of, tell
from recommendations.domain.audit.wording import FieldChange
from recommendations.domain.register.bulk import verbs as many
from recommendations.domain.register.bulk.changes import MOST_NAMED, BulkLine, lines_of, say_references
from recommendations.domain.register.bulk.undo import BulkAct, why_not_undone
from recommendations.domain.rounds import rounds
from recommendations.domain.writing.refusals import Refusal
from recommendations.forms.register import bulk as forms
from recommendations.models import Force, Label, TrackedRecommendation, User
from recommendations.permissions import May
from recommendations.sections import Section
from recommendations.views.register.columns import label_for_sources
from recommendations.views.register.request_query import RegisterRequest

ASK = "ask"
BUTTONS = 3
ADDED, MOVED = "Update of {} added.", "Stage of {} changed."


@dataclass(frozen=True)
class BulkVerb:
    """One bulk action. `done` is the message afterwards, with a place for the number of records."""

    key: str
    label: str
    may: May
    form: type[Any]  # of a form
    verb: Callable[..., Any] | None = None
    done: str = ""


ACTIONS = {
    action.key: action
    for action in (
        BulkVerb(ASK, "Ask for updates", May.ASK_FOR_UPDATES, forms.BulkAskForm),
        BulkVerb(
            "leads",
            "Change leads",
            May.EDIT_TRACKED,
            forms.LeadsForm,
            many.give_leads_to_many,
            "Leads of {} changed.",
        ),
        BulkVerb(
            "assurance",
            "Record an assurance",
            May.RECORD_ASSURANCE,
            forms.AssurancesForm,
            many.record_assurance_of_many,
            "Assurance of {} recorded.",
        ),
        BulkVerb("update", "Add an update", May.LOG_FORCE_UPDATE, forms.UpdatesForm, many.log_update_for_many, ADDED),
        BulkVerb("stage", "Change the stage", May.LOG_FORCE_UPDATE, forms.StagesForm, many.log_update_for_many, MOVED),
        BulkVerb(
            "target",
            "Set a target",
            May.SET_TARGET,
            forms.TargetsForm,
            many.set_target_of_many,
            "Target of {} set.",
        ),
        BulkVerb(
            "closure",
            "Request closure",
            May.REQUEST_CLOSURE,
            forms.ClosuresForm,
            many.request_closure_of_many,
            "Closure of {} requested.",
        ),
        BulkVerb(
            "status",
            "Record HMICFRS status",
            May.RECORD_INSPECTORATE_STATUS,
            forms.StatusesForm,
            many.record_status_of_many,
            "HMICFRS status of {} recorded.",
        ),
    )
}


MAY_UNDO = {
    "log_update_for_many": May.LOG_FORCE_UPDATE,
    "record_assurance_of_many": May.RECORD_ASSURANCE,
    "record_status_of_many": May.RECORD_INSPECTORATE_STATUS,
    "give_leads_to_many": May.EDIT_TRACKED,
    "set_target_of_many": May.SET_TARGET,
    "request_closure_of_many": May.REQUEST_CLOSURE,
}


def change_context(done: BulkAct, form: forms.UndoBulkForm, user: User) -> dict:
    """The context of a bulk change's page: the rows that this user may see, and why it cannot be undone, if so."""
    rows = TrackedRecommendation.objects.visible_to(user).with_record().filter(pk__in=done.tracked)
    return {
        "done": done,
        "rows": rows.order_by("pk"),
        "number": say_number(done.number),
        "why_not": why_not_undone(done, user),
        "may_undo": user.has_perm(MAY_UNDO[done.entry.verb]),
        "form": form,
    }


def actions_of(user: User) -> list[BulkVerb]:
    """The bulk actions that this user may take."""
    offered = [action for action in ACTIONS.values() if action.key != ASK or Section.ROUNDS.is_on]
    return [action for action in offered if user.has_perm(action.may)]


def action_for_sources(action: BulkVerb, register_request: RegisterRequest) -> BulkVerb:
    """The action, with labels that fit the sources in the register."""
    if not register_request.choices.is_mixed:
        return action
    return replace(action, label=label_for_sources(action.label, True), done=label_for_sources(action.done, True))


def say_number(number: int) -> str:
    """ "1 recommendation", "93 recommendations"."""
    return f"{number:,} recommendation{'' if number == 1 else 's'}"


@dataclass(frozen=True)
class Selection:
    """The checkboxes of the register: the possible actions, what was ticked, and what is missing (`wrong`).

    The first actions are buttons, the others a list, if there are several.
    """

    actions: list[BulkVerb]
    to: str
    number: str
    ticked: frozenset[int] = frozenset()
    act: str = ""
    wrong: tuple[str, ...] = ()

    @property
    def buttons(self) -> list[BulkVerb]:
        return self.actions[: -len(self.others) or None]

    @property
    def others(self) -> list[BulkVerb]:
        return self.actions[BUTTONS:] if len(self.actions) > BUTTONS + 1 else []

    @classmethod
    def of(cls, register_request: RegisterRequest, **sent: Any) -> "Selection":
        """The selection for a list; `sent` holds what was ticked in an incomplete submission."""
        actions = [action_for_sources(each, register_request) for each in actions_of(register_request.user)]
        return cls(actions, bulk_url(register_request), f"{register_request.listing.count():,}", **sent)


def bulk_url(register_request: RegisterRequest) -> str:
    """The address of the next step, with the list's query string."""
    return f"{reverse('change_many')}{str(register_request.address).removeprefix(register_request.address.path)}"


@dataclass(frozen=True)
class BulkPlan:
    """What a bulk action would do: the rows that change and those that are left out, each in list order."""

    lines: list[BulkLine]

    @property
    def changing(self) -> list[BulkLine]:
        return [line for line in self.lines if not line.why_not]

    @property
    def left_out(self) -> list[BulkLine]:
        return [line for line in self.lines if line.why_not]

    @property
    def number(self) -> str:
        return say_number(len(self.changing))

    @property
    def selected(self) -> str:
        """The selected ids, for a hidden field."""
        return " ".join(str(line.pk) for line in self.lines)

    @property
    def row_versions(self) -> str:
        """ "id.version" of each row that changes, as shown, for a hidden field."""
        return " ".join(f"{line.pk}.{line.version}" for line in self.changing)


def selected_records(register_request: RegisterRequest, ids: list[int]) -> list[TrackedRecommendation]:
    """The recommendations with these ids, in this order; ids that the user may not see are skipped."""
    seen = (
        TrackedRecommendation.objects.visible_to(register_request.user)
        .with_record()
        .with_standing()
        .filter(pk__in=ids)
        .in_bulk()
    )
    return [seen[pk] for pk in ids if pk in seen]


def plan_of(rows: list[TrackedRecommendation], form: Any) -> BulkPlan:
    """What the form, filled in or not, would do to these rows."""
    if form.is_bound:
        form.is_valid()  # a form with errors shows the present values, not the future ones
    but: dict[int, str] = {}
    if isinstance(form, forms.BulkAskForm):
        for force in dict.fromkeys(row.force for row in rows):
            but |= rounds.why_not_asked(force, [row for row in rows if row.force == force])
        but = {row.pk: f"It {but[row.pk].removeprefix(f'{row} ')}" for row in rows if row.pk in but}
    return BulkPlan(lines_of(rows, form.change(), but))


def check(form: Any, plan: BulkPlan, rows: list[TrackedRecommendation]) -> None:
    """Add to the form's errors why the change cannot be made to these rows together."""
    changing = {line.pk for line in plan.changing}
    if not form.is_valid():
        return
    if not changing:
        form.add_error(None, "None of these can be changed.")
        return
    try:
        form.change().check([row for row in rows if row.pk in changing])
    except Refusal as refusal:
        form.refuse(refusal)


def left_out_sentence(references: list[str]) -> str:
    """The rows that were left out, for the message after the change; "" if there are none."""
    if not references:
        return ""
    return f" Left out: {say_references(references)}."


@dataclass(frozen=True)
class RoundSelection:
    """The rows of one force that a round can ask about."""

    slug: str
    name: str
    ids: str
    number: str


def askings(plan: BulkPlan, rows: list[TrackedRecommendation]) -> list[RoundSelection]:
    """One selection for each force, as a round goes to one force."""
    changing = {line.pk for line in plan.changing}
    by_force: dict[Force, list[int]] = {}
    for row in rows:
        if row.pk in changing:
            by_force.setdefault(row.force, []).append(row.pk)
    return [
        RoundSelection(force.slug, force.short_name, ",".join(map(str, ids)), say_number(len(ids)))
        for force, ids in by_force.items()
    ]


@dataclass(frozen=True)
class ChangedRow:
    """A row that changed after it was shown, who changed it, and how."""

    reference: str
    who: str
    changes: tuple[FieldChange, ...]


def rows_changed_meanwhile(
    rows: list[TrackedRecommendation], shown_versions: dict[int, int], user: User
) -> list[ChangedRow]:
    """The first MOST_NAMED rows whose version differs from the one shown, each with its latest change."""
    newer = [row for row in rows if row.pk in shown_versions and row.version != shown_versions[row.pk]]
    labels = Label.objects.words() if newer else {}
    return [_changed_row(row, labels, user) for row in newer[:MOST_NAMED]]


def _changed_row(row: TrackedRecommendation, labels: dict, user: User) -> ChangedRow:
    (line,) = tell(row, events_of(row, user=user)[:1], labels)
    return ChangedRow(row.reference, line.actor, tuple(change for told in line.rows for change in told.changes))
