"""The forms beside a tracked recommendation: which of them this user may open now, and otherwise why not."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate

from recommendations.domain.actions.drawing import words_of_done
from recommendations.domain.audit.history import events_of, tell
from recommendations.domain.register import closures
from recommendations.domain.register.disputes import NO_DISPUTE, why_not_decide
from recommendations.domain.register.entries import (
    DELAY,
    RISK,
    STATUS,
    TARGET,
    UPDATE,
    VoiceEntry,
    latest,
    latest_of_step,
)
from recommendations.domain.register.parts.closures import CLOSED as PARTS_CLOSED
from recommendations.domain.register.parts.states import part_states
from recommendations.domain.register.rechecks import rechecks
from recommendations.domain.register.rechecks.plans import LookPlan
from recommendations.domain.register.rechecks.queries import closures_of, is_due, plan_shown, slip_of
from recommendations.domain.sources.naming import status_label
from recommendations.enums import Position
from recommendations.enums.disputes import DisputeStep
from recommendations.enums.ownership import RecordKind
from recommendations.forms.attachments.attach import FilesBesideForm
from recommendations.forms.notes.notes import OfficeNoteForm
from recommendations.forms.register import tracked
from recommendations.models import Closure, Label, Recheck, TrackedRecommendation, User
from recommendations.periods import say
from recommendations.permissions import May
from recommendations.sections import Section
from recommendations.views.register.tracked_panels import (
    DECIDE,
    DECIDE_PART,
    DISPUTE_DECISION,
    FIRST,
    LIFT,
    LINKED,
    NOTE,
    OF_DISPUTES,
    OF_PARTS,
    PANELS,
    PART,
    PROPOSED,
    RECHECK,
    REOPEN_PART,
    RESTRICT,
    SECOND,
    SECOND_FORMS,
    SLIP,
    TYPED,
    WITH_FILES,
    WITHDRAW,
    FormPanel,
)
from recommendations.views.register.withdrawing import EntryToWithdraw
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.typed_drafts import FORMS, form_with_draft

DRAW = "draw"  # in the address: the update begins with the actions that were done since the last one


def new_form(
    key: str,
    request: AuthenticatedRequest,
    record: TrackedRecommendation,
    *,
    words: dict[str, Any] | None = None,
    data: QueryDict | None = None,
) -> Any:
    """Return this user's form for a record: with submitted `data`, otherwise as new, with anything typed earlier
    and not saved."""
    words = Label.objects.words() if words is None else words
    make = partial(_form, key, request, record, words)
    return form_with_draft(request, key, record.pk, make, data=data) if key in TYPED else make(data)


def _form(
    key: str,
    request: AuthenticatedRequest,
    record: TrackedRecommendation,
    words: dict,
    data: QueryDict | None = None,
    *,
    initial: dict | None = None,
) -> Any:
    """The second form of a decision has its own prefix for field ids, as both forms are on one page."""
    if key == NOTE:
        return OfficeNoteForm(data)
    form_class = SECOND_FORMS.get(key) or PANELS[key].form
    more: dict[str, Any] = {"auto_id": "decline_%s"} if key in FIRST else {}
    more |= {"proposed": _proposed_recheck(record)} if key in PROPOSED else {}
    about: dict[str, Any] = {"tracked": record, "by": request.user, "on": localdate(), "words": words}
    if key == UPDATE and DRAW in request.GET and Section.ACTIONS.is_on:
        initial = {"done": words_of_done(record, request.user, localdate())} | (initial or {})
    return form_class(data, **about, **more, initial=initial or {})


def _proposed_recheck(record: TrackedRecommendation) -> LookPlan:
    """The recheck proposed at closure. The page has loaded the closures already."""
    return plan_shown(record.closure_rows if hasattr(record, "closure_rows") else closures_of(record))


def _initial_form(key: str, request: AuthenticatedRequest, pk: int) -> Any:
    """Return the form in its initial state, with which what the user typed is compared."""
    record = get_object_or_404(TrackedRecommendation.objects.visible_to(request.user).with_record(), pk=pk)
    panel = PANELS[FIRST.get(key, key)]
    if not panel.is_on:
        raise Http404
    if not request.user.has_perm(panel.may):
        raise PermissionDenied(f"needs {panel.may}")
    return _form(key, request, record, Label.objects.words())


def panel_beside(
    request: AuthenticatedRequest,
    record: TrackedRecommendation,
    words: dict,
    rows: list[VoiceEntry],
    its_closures: list[Closure],
    *,
    key: str,
    form: Any,
    entry: EntryToWithdraw | None,
) -> dict:
    """The context of the panel: its form, the kinds of entry, and links to the other panels."""
    waiting = record.waiting = next((each for each in its_closures if each.decided_at is None), None)
    slip = slip_of(its_closures)
    own = _own(request.user, waiting, slip)
    panel = _open_panel(request, record, key, own, rows)
    if form is None:
        form = new_form(panel.key, request, record, words=words)
    if panel.key == UPDATE:
        form.last = latest(rows, UPDATE)
    return {
        "panel": panel,
        "panel_title": _title(panel, record),
        "button": button_of(panel, record),
        "form": form,
        "files_form": _files_form(request) if panel.key in WITH_FILES and Section.FILES.is_on else None,
        **_answers(panel, form, request, record, words),
        "why_not": "" if form.is_bound else _why_not_withdraw(entry) or why_not(panel, record, own, rows, request.user),
        "action": _action(panel, record, entry),
        **_others(request.user, record, panel, own, rows),
        **_waiting(waiting, slip, own),
        "kinds": kinds_of(request.user, record),
        "entry": entry,
        **_meanwhile(form, rows, words, request.user),
    }


def _waiting(waiting: Closure | None, slip: Recheck | None, own: frozenset[str]) -> dict:
    """What waits for a decision, and whether this user requested it."""
    return {"waiting": waiting, "slip": slip, "asked_by_me": DECIDE in own, "slip_by_me": SLIP in own}


def _answers(
    panel: FormPanel, form: Any, request: AuthenticatedRequest, record: TrackedRecommendation, words: dict
) -> dict:
    """The two forms of a decision, one of which may have been submitted."""
    if isinstance(form, tuple(SECOND_FORMS.values())):
        return {"approval": new_form(panel.key, request, record, words=words), "decline": form}
    return {"approval": form, "decline": _second(panel.key, request, record)}


def _second(key: str, request: AuthenticatedRequest, record: TrackedRecommendation) -> Any:
    return new_form(SECOND[key], request, record) if key in SECOND else None


def _own(user: User, waiting: Closure | None, slip: Recheck | None) -> frozenset[str]:
    """The keys of the decisions that this user may not take, because they made the request."""
    asked = {DECIDE: waiting and waiting.requested_by_id, SLIP: slip and slip.recorded_by_id}
    return frozenset(key for key, who in asked.items() if who == user.pk)


def kinds_of(user: User, record: TrackedRecommendation) -> list[tuple[FormPanel, str]]:
    """The kinds of entry that this user may add: their panels, each with its label."""
    return [(each, tab_of(each, record)) for each in PANELS.values() if each.tab and user.has_perm(each.may)]


def tab_of(panel: FormPanel, record: TrackedRecommendation) -> str:
    """The label of a panel's tab; the third voice is named after the record's source."""
    return status_label(record.recommendation.inspection.source_word) if panel.key == STATUS else panel.tab


def _files_form(request: AuthenticatedRequest) -> FilesBesideForm:
    """The form for files sent with an entry. Browsers do not resubmit files, so after an error they must be
    chosen again."""
    form = FilesBesideForm()
    form.again = bool(request.FILES)
    return form


def _open_panel(
    request: AuthenticatedRequest, record: TrackedRecommendation, key: str, own: frozenset[str], rows: list[VoiceEntry]
) -> FormPanel:
    """The requested panel, otherwise on the notes' tab that of a note, otherwise what waits for this user, otherwise
    the force update."""
    key = key or request.GET.get("form", "")
    if not key and request.GET.get("tab") == NOTE and request.user.has_perm(PANELS[NOTE].may):
        key = NOTE
    name = request.resolver_match.url_name if request.resolver_match else None
    is_misplaced = key == WITHDRAW and name not in ("withdraw", "withdraw_recheck")
    if key not in PANELS or not PANELS[key].is_on or is_misplaced:
        key = _waits(request.user, record, own, rows) or UPDATE
    if not request.user.has_perm(PANELS[key].may):
        raise PermissionDenied(f"needs {PANELS[key].may}")
    return PANELS[key]


def _waits(user: User, record: TrackedRecommendation, own: frozenset[str], rows: list[VoiceEntry]) -> str:
    """The key of the decision or recheck that waits for this user, or ""."""
    for panel in (PANELS[key] for key in (DECIDE, SLIP, DECIDE_PART)):
        if panel.is_on and user.has_perm(panel.may) and not why_not(panel, record, own, rows, user):
            return panel.key
    look_on = record.standing.look_again_on
    return RECHECK if is_due(look_on, localdate()) and user.has_perm(May.REOPEN) else ""


def _why_no_look(panel: FormPanel, record: TrackedRecommendation, own: frozenset[str]) -> str:
    state = rechecks.state_of(record)
    verb = "agree_slip" if panel.key == SLIP else "look_again"
    if (state, verb) not in rechecks.TRANSITIONS:
        return rechecks.SAYS_NO[state]
    return rechecks.OWN_SLIP if panel.key in own else ""


def why_not(
    panel: FormPanel, record: TrackedRecommendation, own: frozenset[str], rows: list[VoiceEntry], user: User
) -> str:
    """Why the form cannot be used now, or "" if it can.
    `own` are the decisions that this user requested; `rows` come from entries_for.
    """
    if panel.key in (RECHECK, SLIP):
        return _why_no_look(panel, record, own)
    state = closures.state_of(record)
    if panel.verb and (state, panel.verb) not in closures.TRANSITIONS:
        return closures.SAYS_NO[state]
    if panel.key == DECIDE and panel.key in own:
        return "You asked for this closure, so another approving officer decides it."
    if panel.key in (RISK, DELAY) and record.standing.closed_on:
        return "This recommendation is closed. Only open recommendations have a risk and a delay."
    if panel.key == TARGET and record.standing.closed_on:
        return "This recommendation is closed. Reopen it before you move its target."
    if panel.key in OF_PARTS:
        return _why_not_part(panel, record, user)
    if panel.key in OF_DISPUTES:
        return _why_not_dispute(panel, record, rows, user)
    if panel.key in (RESTRICT, LIFT) and (panel.key == LIFT) != bool(record.restriction):
        return "This recommendation is restricted already." if record.restriction else "It is not restricted."
    return ""


def _why_not_part(panel: FormPanel, record: TrackedRecommendation, user: User) -> str:
    if record.standing.closed_on:
        return PARTS_CLOSED
    states = part_states(record)
    if panel.key == PART and len(states) < 2:
        return "It has no parts to close one by one."
    if panel.form.offered_parts(states, user):
        return ""
    return {
        PART: "Each part is done or waits for a decision.",
        DECIDE_PART: "No part waits for your decision.",
        REOPEN_PART: "No part is done.",
    }[panel.key]


def _why_not_dispute(panel: FormPanel, record: TrackedRecommendation, rows: list[VoiceEntry], user: User) -> str:
    if record.standing.position != Position.NOT_ACCEPTED:
        return NO_DISPUTE
    reason = latest_of_step(rows, DisputeStep.REASON)
    recorder = reason.recorder_id if reason else None
    return why_not_decide(recorder, reason is not None, user) if panel.key == DISPUTE_DECISION else ""


def _why_not_withdraw(entry: EntryToWithdraw | None) -> str:
    return entry.why_not if entry else ""


def button_of(panel: FormPanel, record: TrackedRecommendation) -> str:
    """The button's label: a first target is set, not moved; a first recheck is planned."""
    if panel.key == RECHECK and record.standing.look_again_on is None:
        return "Look again on this day"
    return "Set the target" if panel.key == TARGET and record.standing.target_on is None else panel.button


def _title(panel: FormPanel, record: TrackedRecommendation) -> str:
    if panel.key == RECHECK and record.standing.look_again_on is None:
        return "Look at this again"
    if panel.key == TARGET and record.standing.target_on is None:
        return "Set the force’s target"
    return panel.title.format(record.recommendation.inspection.source_word)


def _action(panel: FormPanel, record: TrackedRecommendation, entry: EntryToWithdraw | None) -> str:
    if panel.key == NOTE:
        return reverse(panel.posts_to, args=[RecordKind.RECOMMENDATION, record.pk])
    return entry.url if entry else reverse(panel.posts_to, args=[record.pk])


def _others(
    user: User, record: TrackedRecommendation, opened: FormPanel, own: frozenset[str], rows: list[VoiceEntry]
) -> dict:
    """What else this user can do here now, as panels with their link texts, and the name of their menu."""
    found = [
        panel
        for panel in (PANELS[key] for key in LINKED)
        if panel is not opened
        and panel.is_on
        and user.has_perm(panel.may)
        and not why_not(panel, record, own, rows, user)
    ]
    named = ", ".join(panel.short for panel in found if panel.short)
    return {
        "others": [(panel, _title(panel, record)) for panel in found],
        "others_title": f"{named[:1].upper()}{named[1:]}" if named else "What else you can do",
    }


def _meanwhile(form: Any, rows: list[VoiceEntry], words: dict, user: User) -> dict:
    """After a Stale refusal: what the other user saved, beside what this one typed."""
    if form.theirs is None:
        return {"meanwhile": None, "conflicts": []}
    (line,) = tell(form.theirs, events_of(form.theirs, user=user)[:1], words)
    return {"meanwhile": line, "conflicts": _conflicts(form, rows)}


def _conflicts(form: Any, rows: list[VoiceEntry]) -> list[tuple[str, str, str]]:
    """Label, their value and my value of each field in which the two differ."""
    if isinstance(form, tracked.TrackedForm):
        return form.conflicts()
    if not isinstance(form, tracked.TargetForm) or not form.theirs.standing.target_on:
        return []
    said = latest(rows, TARGET)
    assert said  # the target stands
    theirs = {"target_on": said.date, "reason": said.text, "set_by": said.attributed_to}
    pairs = [(form[name].label, value, form.cleaned_data.get(name)) for name, value in theirs.items()]
    return [(str(label), _text(theirs), _text(mine)) for label, theirs, mine in pairs if theirs != mine]


def _text(value: Any) -> str:
    return say(value) if hasattr(value, "year") else value or "nothing"


FORMS.update({key: partial(_initial_form, key) for key in TYPED})
