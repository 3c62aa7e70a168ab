"""The forms beside a tracked recommendation: which there are, which of them this person may open, and when not, why."""

from dataclasses import dataclass
from functools import partial

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate

from recommendations.domain.audit.history import events_of, tell
from recommendations.domain.register import closures
from recommendations.domain.register.entries import ASSURANCE, STATUS, TARGET, UPDATE, latest
from recommendations.domain.sources.naming import status_label
from recommendations.forms.attachments.attach import FilesBesideForm
from recommendations.forms.register import tracked
from recommendations.models import Label, TrackedRecommendation
from recommendations.periods import say
from recommendations.permissions import May
from recommendations.views.site.typed_drafts import FORMS, with_typed

CLOSURE, DECIDE, REOPEN, EDIT, WITHDRAW = "closure", "decide", "reopen", "edit", "withdraw"
RESTRICT, LIFT, DECLINE = "restrict", "lift", "decline"
WITH_FILES = (UPDATE, ASSURANCE, CLOSURE)
RECORD = "Record what you know"


@dataclass(frozen=True)
class FormPanel:
    """A form beside the record, at ?form=key. `verb` is its verb in closures.TRANSITIONS; `hint` stands by its link."""

    key: str
    title: str
    may: May
    form: type
    posts_to: str
    button: str
    tab: str = ""
    verb: str = ""
    hint: str = ""


PANELS = {
    panel.key: panel
    for panel in (
        FormPanel(
            UPDATE,
            RECORD,
            May.LOG_FORCE_UPDATE,
            tracked.ForceUpdateForm,
            "log_force_update",
            "Save update",
            tab="Force update",
        ),
        FormPanel(
            ASSURANCE,
            RECORD,
            May.RECORD_ASSURANCE,
            tracked.AssuranceForm,
            "record_assurance",
            "Save assurance",
            tab="OPCC assurance",
        ),
        FormPanel(
            STATUS,
            RECORD,
            May.RECORD_INSPECTORATE_STATUS,
            tracked.InspectorateStatusForm,
            "record_inspectorate_status",
            "Save status",
            tab="HMICFRS status",
        ),
        FormPanel(
            TARGET,
            "Move the force’s target",
            May.SET_TARGET,
            tracked.TargetForm,
            "set_target",
            "Move the target",
            hint="needs a reason",
        ),
        FormPanel(
            CLOSURE,
            "Request closure",
            May.REQUEST_CLOSURE,
            tracked.ClosureRequestForm,
            "request_closure",
            "Request closure",
            verb="request_closure",
            hint="an approving officer decides",
        ),
        FormPanel(
            DECIDE,
            "Decide the closure",
            May.DECIDE_CLOSURE,
            tracked.ClosureApprovalForm,
            "approve_closure",
            "Approve closure",
            verb="approve_closure",
            hint="it waits for you",
        ),
        FormPanel(
            REOPEN,
            "Reopen",
            May.REOPEN,
            tracked.ReopenForm,
            "reopen",
            "Reopen",
            verb="reopen",
            hint="needs a reason",
        ),
        FormPanel(
            EDIT,
            "Edit details",
            May.EDIT_TRACKED,
            tracked.TrackedForm,
            "edit_tracked",
            "Save details",
            hint="references and leads",
        ),
        FormPanel(
            RESTRICT,
            "Restrict",
            May.RESTRICT,
            tracked.RestrictForm,
            "restrict",
            "Restrict",
            hint="for closed papers only",
        ),
        FormPanel(
            LIFT,
            "Lift the restriction",
            May.RESTRICT,
            tracked.LiftRestrictionForm,
            "lift_restriction",
            "Lift the restriction",
            hint="needs a reason",
        ),
        FormPanel(
            WITHDRAW,
            "Withdraw an entry",
            May.LOG_FORCE_UPDATE,
            tracked.WithdrawEntryForm,
            "withdraw",
            "Withdraw this entry",
        ),
    )
}
TYPED = (UPDATE, ASSURANCE, STATUS, TARGET, CLOSURE, DECIDE, DECLINE, REOPEN, EDIT, RESTRICT, LIFT)
LINKED = (TARGET, CLOSURE, DECIDE, REOPEN, EDIT, RESTRICT, LIFT)


def new_form(key: str, request, record, *, words=None, data=None):
    """The form of a key about the record for the person who asks: as it starts, with what they typed in it and have not
    saved, or as it was sent (`data`)."""
    words = Label.objects.words() if words is None else words
    make = partial(_form, key, request, record, words)
    return with_typed(request, key, record.pk, make, data=data) if key in TYPED else make(data)


def _form(key: str, request, record, words: dict, data=None, *, initial: dict | None = None):
    """The second form of the decision has ids of its own for its fields, as both stand on one page."""
    form_class = tracked.ClosureDeclineForm if key == DECLINE else PANELS[key].form
    more = {"auto_id": "decline_%s"} if key == DECLINE else {}
    about = {"tracked": record, "by": request.user, "on": localdate(), "words": words}
    return form_class(data, **about, **more, initial=initial or {})


def _as_it_starts(key: str, request, pk: int):
    """The form of a key about a record, for what is typed in it to be held against."""
    record = get_object_or_404(TrackedRecommendation.objects.visible_to(request.user).with_record(), pk=pk)
    may = PANELS[DECIDE if key == DECLINE else key].may
    if not request.user.has_perm(may):
        raise PermissionDenied(f"needs {may}")
    return _form(key, request, record, Label.objects.words())


def panel_beside(request, record, words: dict, rows, its_closures, *, key: str, form, entry) -> dict:
    """The context of the panel: its form, the tabs, and links to what else can be done."""
    waiting = next((each for each in its_closures if each.decided_at is None), None)
    asked_by_me = waiting is not None and waiting.requested_by_id == request.user.pk
    panel = _opened(request, record, key, asked_by_me)
    if form is None:
        form = new_form(panel.key, request, record, words=words)
    if panel.key == UPDATE:
        form.last = latest(rows, UPDATE)
    is_decline = isinstance(form, tracked.ClosureDeclineForm)
    return {
        "panel": panel,
        "panel_title": _title(panel, record),
        "button": button_of(panel, record),
        "form": form,
        "files_form": _files_form(request) if panel.key in WITH_FILES else None,
        "approval": new_form(DECIDE, request, record, words=words) if is_decline else form,
        "decline": form if is_decline else new_form(DECLINE, request, record) if panel.key == DECIDE else None,
        "why_not": "" if form.is_bound else _withdrawn_already(entry) or why_not(panel, record, asked_by_me),
        "action": _action(panel, record, entry),
        "tabs": tabs_of(request.user, record),
        "others": _others(request.user, record, panel, asked_by_me),
        "waiting": waiting,
        "asked_by_me": asked_by_me,
        "entry": entry,
        **_meanwhile(form, rows, words, request.user),
    }


def tabs_of(user, record) -> list[tuple[FormPanel, str]]:
    """The forms that stand behind tabs, with the words of each, that this person may open."""
    return [(each, tab_of(each, record)) for each in PANELS.values() if each.tab and user.has_perm(each.may)]


def tab_of(panel: FormPanel, record) -> str:
    """The words of a panel's tab: the third voice is that of the record's source."""
    return status_label(record.recommendation.inspection.source_word) if panel.key == STATUS else panel.tab


def _files_form(request) -> FilesBesideForm:
    """For files that come with what is recorded. A browser gives none back: where it was sent they are chosen again."""
    form = FilesBesideForm()
    form.again = bool(request.FILES)
    return form


def _opened(request, record, key: str, asked_by_me: bool) -> FormPanel:
    """The panel that is asked for, else the decision where it waits for this person, else the force update."""
    key = key or request.GET.get("form", "")
    if key not in PANELS or (key == WITHDRAW and request.resolver_match.url_name != "withdraw"):
        waits = not asked_by_me and "approve_closure" in closures.verbs_for(record, request.user)
        key = DECIDE if waits else UPDATE
    if not request.user.has_perm(PANELS[key].may):
        raise PermissionDenied(f"needs {PANELS[key].may}")
    return PANELS[key]


def why_not(panel: FormPanel, record, asked_by_me: bool) -> str:
    """Why the form cannot be used now; empty where it can."""
    state = closures.state_of(record)
    if panel.verb and (state, panel.verb) not in closures.TRANSITIONS:
        return closures.SAYS_NO[state]
    if panel.key == DECIDE and asked_by_me:
        return "You asked for this closure, so another approving officer decides it."
    if panel.key == TARGET and record.standing.closed_on:
        return "This recommendation is closed. Reopen it before you move its target."
    if panel.key in (RESTRICT, LIFT) and (panel.key == LIFT) != bool(record.restriction):
        return "This recommendation is restricted already." if record.restriction else "It is not restricted."
    return ""


def _withdrawn_already(entry) -> str:
    return "This entry is withdrawn already." if entry is not None and entry.withdrawn_at else ""


def button_of(panel: FormPanel, record) -> str:
    """The word on the button: a first target is set, not moved."""
    return "Set the target" if panel.key == TARGET and record.standing.target_on is None else panel.button


def _title(panel: FormPanel, record) -> str:
    return "Set the force’s target" if panel.key == TARGET and record.standing.target_on is None else panel.title


def _action(panel: FormPanel, record, entry) -> str:
    if entry is not None:
        return reverse(panel.posts_to, args=[record.pk, entry.voice, entry.id])
    return reverse(panel.posts_to, args=[record.pk])


def _others(user, record, opened: FormPanel, asked_by_me: bool) -> list[tuple[FormPanel, str]]:
    """What else this person can do here now, as panels with the words of their links."""
    return [
        (panel, _title(panel, record))
        for panel in (PANELS[key] for key in LINKED)
        if panel is not opened and user.has_perm(panel.may) and not why_not(panel, record, asked_by_me)
    ]


def _meanwhile(form, rows, words: dict, user) -> dict:
    """After a Stale refusal: what the other person saved, beside what was typed."""
    if form.theirs is None:
        return {"meanwhile": None, "conflicts": []}
    (line,) = tell(form.theirs, events_of(form.theirs, user=user)[:1], words)
    return {"meanwhile": line, "conflicts": _conflicts(form, rows)}


def _conflicts(form, rows) -> list[tuple[str, str, str]]:
    """Label, theirs, mine: the fields where the two differ."""
    theirs = {}
    if isinstance(form, tracked.TrackedForm):
        theirs = {name: getattr(form.theirs, name) for name in form.FACTS}
    elif isinstance(form, tracked.TargetForm) and form.theirs.standing.target_on:
        said = latest(rows, TARGET)
        theirs = {"target_on": said.date, "reason": said.text, "set_by": said.attributed_to}
    pairs = [(form[name].label, value, form.cleaned_data.get(name)) for name, value in theirs.items()]
    return [(label, _text(theirs), _text(mine)) for label, theirs, mine in pairs if theirs != mine]


def _text(value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return say(value) if hasattr(value, "year") else value or "nothing"


FORMS.update({key: partial(_as_it_starts, key) for key in TYPED})
