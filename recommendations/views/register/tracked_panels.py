"""The forms beside a tracked recommendation: who may open each, and where it is submitted."""

from dataclasses import dataclass
from typing import Any

from recommendations.domain.register.entries import ASSURANCE, DELAY, RISK, STATUS, TARGET, UPDATE
from recommendations.forms.notes.notes import OfficeNoteForm
from recommendations.forms.register import disputes, parts, tracked
from recommendations.forms.register import rechecks as recheck_forms
from recommendations.forms.risk import risk
from recommendations.permissions import May
from recommendations.sections import Section

CLOSURE, DECIDE, REOPEN, EDIT, WITHDRAW = "closure", "decide", "reopen", "edit", "withdraw"
RESTRICT, LIFT, DECLINE = "restrict", "lift", "decline"
PART, DECIDE_PART, REOPEN_PART = "part", "decide-part", "reopen-part"
DISPUTE_REASON, DISPUTE_REPLY, DISPUTE_DECISION = "dispute-reason", "dispute-reply", "dispute-decision"
OF_PARTS, OF_DISPUTES = (PART, DECIDE_PART, REOPEN_PART), (DISPUTE_REASON, DISPUTE_REPLY, DISPUTE_DECISION)
RECHECK, SLIP, STAYS = "recheck", "slip", "stays"
NOTE = "notes"  # the key of its tab too (views/notes/panel.py), on which alone its form opens
WITH_FILES = (UPDATE, ASSURANCE, CLOSURE, RECHECK)
RECORD = "Add an entry"


@dataclass(frozen=True)
class FormPanel:
    """A form beside the record, at ?form=key. `verb` is its key in closures.TRANSITIONS; `hint` is printed next
    to its link, `short` in the name of the menu of these links."""

    key: str
    title: str
    may: May
    form: type[Any]  # of a form
    posts_to: str
    button: str
    tab: str = ""
    verb: str = ""
    hint: str = ""
    short: str = ""
    section: Section | None = None

    @property
    def is_on(self) -> bool:
        """Whether this office uses it."""
        return self.section is None or self.section.is_on

    @property
    def help(self) -> str:
        """The key of its help topic (templates/help)."""
        return HELP.get(self.key, "updates")


PANELS = {
    panel.key: panel
    for panel in (
        FormPanel(
            UPDATE,
            RECORD,
            May.LOG_FORCE_UPDATE,
            risk.LateForceUpdateForm,
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
            NOTE,
            RECORD,
            May.WRITE_NOTES,
            OfficeNoteForm,
            "record_notes",
            "Save note",
            tab="Office note",
        ),
        FormPanel(
            TARGET,
            "Move the force’s target",
            May.SET_TARGET,
            risk.LateTargetForm,
            "set_target",
            "Move the target",
            hint="needs a reason",
            short="target",
        ),
        FormPanel(
            RISK,
            "Risk and themes",
            May.RECORD_ASSURANCE,
            risk.RiskForm,
            "weigh",
            "Save risk and themes",
            hint="how high, and why",
            short="risk",
            section=Section.RISK,
        ),
        FormPanel(
            DELAY,
            "Cause of delay",
            May.LOG_FORCE_UPDATE,
            risk.DelayForm,
            "record_delay",
            "Save cause of delay",
            hint="and mitigation",
            short="cause",
            section=Section.RISK,
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
            short="closure",
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
            PART,
            "Close a part",
            May.REQUEST_CLOSURE,
            parts.ClosePartForm,
            "request_part_closure",
            "Request closure of this part",
            hint="an approving officer decides",
        ),
        FormPanel(
            DECIDE_PART,
            "Decide on a part",
            May.DECIDE_CLOSURE,
            parts.DecidePartForm,
            "decide_part_closure",
            "Save decision",
            hint="it waits for you",
        ),
        FormPanel(
            REOPEN_PART,
            "Reopen a part",
            May.REOPEN,
            parts.ReopenPartForm,
            "reopen_part",
            "Reopen this part",
            hint="needs a reason",
        ),
        FormPanel(
            DISPUTE_REASON,
            "Record why the force does not accept it",
            May.LOG_FORCE_UPDATE,
            disputes.DisputeReasonForm,
            "record_dispute_reason",
            "Save reason",
        ),
        FormPanel(
            DISPUTE_REPLY,
            "Record the reply of {}",
            May.RECORD_INSPECTORATE_STATUS,
            disputes.DisputeReplyForm,
            "record_dispute_reply",
            "Save reply",
        ),
        FormPanel(
            DISPUTE_DECISION,
            "Decide on the dispute",
            May.DECIDE_DISPUTE,
            disputes.DisputeDecisionForm,
            "decide_dispute",
            "Save decision",
            hint="another person recorded the reason",
        ),
        FormPanel(
            RECHECK,
            "Is it still in place?",
            May.REOPEN,
            recheck_forms.RecheckForm,
            "recheck",
            "Save",
            hint="yes, no or too early",
            section=Section.RECHECKS,
        ),
        FormPanel(
            SLIP,
            "Decide whether it slipped",
            May.DECIDE_CLOSURE,
            recheck_forms.SlipAgreedForm,
            "agree_slip",
            "Open it again",
            hint="it waits for you",
            section=Section.RECHECKS,
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
            short="reopening",
        ),
        FormPanel(
            EDIT,
            "Edit details",
            May.EDIT_TRACKED,
            tracked.TrackedForm,
            "edit_tracked",
            "Save details",
            hint="references and leads",
            short="details",
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
# The second form of a decision, next to the first: its key and its class.
SECOND = {DECIDE: DECLINE, SLIP: STAYS}
SECOND_FORMS = {DECLINE: tracked.ClosureDeclineForm, STAYS: recheck_forms.SlipDeclinedForm}
FIRST = {second: first for first, second in SECOND.items()}
PROPOSED = (DECIDE, RECHECK)  # forms that start with the recheck proposed earlier
LINKED = (
    *(TARGET, RISK, DELAY, CLOSURE, DECIDE, SLIP, RECHECK, *OF_PARTS, *OF_DISPUTES),
    *(REOPEN, EDIT, RESTRICT, LIFT),
)
TYPED = (UPDATE, ASSURANCE, STATUS, DECLINE, STAYS, *LINKED)
HELP = {
    NOTE: "notes",
    **dict.fromkeys((RISK, DELAY), "risk"),
    **dict.fromkeys((CLOSURE, DECIDE, REOPEN, *OF_PARTS), "closure"),
    **dict.fromkeys(OF_DISPUTES, "disputes"),
    **dict.fromkeys((RECHECK, SLIP), "looks"),
}
