"""Records in words for their history: verbs, names of rows and fields, values. Says, and decides nothing."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localtime

from recommendations.domain.audit.wording_sources import FROZEN, VERBS_OF_SOURCES
from recommendations.enums import Vocabulary
from recommendations.enums.security import SecurityEventKind
from recommendations.models import (
    Addressee,
    Assurance,
    Attachment,
    Comment,
    CommitmentCheck,
    CommitmentMove,
    CommitteeRequest,
    CustodyVisit,
    Evidence,
    FactualCheck,
    FactualCorrection,
    Inspection,
    InspectionForce,
    InspectorateStatus,
    Oversight,
    PaperIssue,
    PaperReader,
    PaperWords,
    PublicPaper,
    RequestAnswer,
    ResponseInspection,
    ResponseSubmission,
    ResponseVersion,
    ScrutinyReport,
    SubRecommendation,
    TargetDate,
)
from recommendations.models.attachments import SUBJECTS

VERBS = (
    {str(kind): kind.label for kind in SecurityEventKind}
    | VERBS_OF_SOURCES
    | {
        "add_inspection": "Inspection added",
        "edit_inspection": "Facts of the inspection changed",
        "add_recommendation": "Recommendation added",
        "edit_recommendation": "Recommendation corrected",
        "edit_tracked": "References and leads changed",
        "log_force_update": "Force update added",
        "record_assurance": "OPCC assurance recorded",
        "record_inspectorate_status": "HMICFRS status recorded",
        "set_target": "Target set or moved",
        "withdraw_forceupdate": "Force update withdrawn",
        "withdraw_assurance": "OPCC assurance withdrawn",
        "withdraw_inspectoratestatus": "HMICFRS status withdrawn",
        "withdraw_targetdate": "Target withdrawn",
        "request_closure": "Closure requested",
        "approve_closure": "Closure approved",
        "decline_closure": "Closure not approved",
        "reopen": "Reopened",
        "restrict": "Restricted: in closed papers only",
        "lift_restriction": "Restriction lifted",
        "transfer": "Transferred to another force",
        "succeed_force": "Succeeded by another force, with its register",
        "give_leads_to_many": "Leads changed, of several at once",
        "set_target_of_many": "Target set or moved, of several at once",
        "request_closure_of_many": "Closure requested, of several at once",
        "log_update_for_many": "Force update added, to several at once",
        "record_assurance_of_many": "OPCC assurance recorded, of several at once",
        "record_status_of_many": "HMICFRS status recorded, of several at once",
        "undo_bulk_change": "Change of several at once undone",
        "record_published_response": "Published response recorded",
        "start_response": "Response started",
        "share_response": "Covers one more report",
        "submit_response": "Submitted for approval",
        "approve_response": "Approved",
        "send_back_response": "Sent back",
        "record_outside_approval": "Approval given outside recorded",
        "take_back": "Taken back to be drafted: the submission is dropped",
        "publish_response": "Published",
        "correct_response": "Correction started",
        "drop_correction": "Correction dropped",
        "withdraw_response": "Response withdrawn",
        "invite_to_comment": "Chief officer invited to comment",
        "send_invitation": "Invitation sent",
        "give_response": "Given to a colleague",
        "record_comments": "Chief officer’s comments recorded",
        "withdraw_comments": "Chief officer’s comments withdrawn",
        "send_copy": "Copy sent",
        "mark_commitment": "Followed as a commitment",
        "edit_commitment": "Who keeps it or when it is checked changed",
        "check_commitment": "Check recorded",
        "withdraw_check": "Check withdrawn",
        "record_visit": "Custody visit recorded",
        "answer_visit": "The force’s answer recorded",
        "withdraw_visit": "Custody visit withdrawn",
        "add_custodysuite": "Custody suite added",
        "edit_custodysuite": "Custody suite changed",
        "point_at": "Evidence linked",
        "withdraw_evidence": "Evidence withdrawn",
        "attach": "File attached",
        "mark_attachment": "Marking of a file changed",
        "withdraw_attachment": "File withdrawn",
        "plan_inspection": "Planned",
        "change_plan": "Changed, or something new was said",
        "link_plan": "Its report was published",
        "withdraw_announcement": "Entry withdrawn",
        "withdraw_plan": "Plan withdrawn",
        "record_grades": "PEEL grades recorded",
        "withdraw_grade": "PEEL grade withdrawn",
        "record_monitoring_stage": "Monitoring stage recorded",
        "withdraw_monitoring_stage": "Monitoring stage withdrawn",
        "ask_for_updates": "Updates asked for",
        "add_lines": "Recommendations added to the round",
        "release_answers": "Answers released by the force",
        "bring_in_answers": "The force’s sheet brought in",
        "accept_answer": "Answer accepted as a force update",
        "return_answer": "Answer returned with a question",
        "add_note": "Note written",
        "withdraw_note": "Note withdrawn",
        "give_round": "Given to a colleague",
        "close_round": "Round closed",
        "prepare_paper": "Draft started",
        "write_paper_words": "Words of the paper written",
        "record_request": "Request recorded",
        "change_request": "Request changed",
        "answer_request": "Answer written",
        "withdraw_request": "Request withdrawn",
        "send_to_check": "Sent to the force for a check of its facts",
        "reply_to_check": "Reply of the force",
        "answer_correction": "Correction answered",
        "end_check": "Check ended without a reply",
        "issue_paper": "Issued to a meeting",
        "withdraw_issue": "Issue to a meeting withdrawn",
        "publish_paper": "Made public",
        "withdraw_public_paper": "Withdrawn from the public",
        "download_paper": "Downloaded",
        "set_reminder_rule": "Rule for reminders changed",
        "email_sent": "E-mail sent",
        "email_not_sent": "E-mail not sent",
        "email_not_known": "Not known whether the e-mail arrived",
        "finalise_paper": "Finalised",
        "correct_paper": "Corrected issue started",
        "add_webhook": "Webhook added",
        "change_webhook": "Webhook changed",
        "remove_webhook": "Webhook removed",
        "replace_webhook_secret": "New secret made",
        "test_webhook": "Test sent",
        "send_webhook_again": "Message to be sent again",
        "webhook_delivered": "Message to a webhook delivered",
        "webhook_given_up": "Message to a webhook given up",
        "webhook_left_out": "Message to a webhook not sent: restricted or withdrawn",
        "export_register": "Register downloaded",
        "read_feed": "Feed read by a program",
        "export_tracked": "Downloaded as a Word document",
        "export_tracked_files": "Downloaded with its files",
        "export_inspection": "Downloaded as a Word document",
        "export_response": "Draft downloaded as a file",
        "export_letter": "Letter downloaded as a file",
        "export_round": "Downloaded as a sheet to fill in",
        "add_panelmember": "Member of a panel added",
        "edit_panelmember": "Member of a panel changed",
        "withdraw_member": "Member of a panel withdrawn",
        "show_panel": "Marked as public",
        "hide_panel": "Removed from the public pages",
        "plan_meetings": "Planned",
        "change_meeting": "Meeting changed",
        "cancel_meeting": "Meeting cancelled",
        "withdraw_meeting": "Meeting withdrawn",
        "record_attendance": "Attendance recorded",
        "withdraw_attendance": "Attendance withdrawn",
        "attach_meeting_file": "File attached",
        "withdraw_meeting_file": "File withdrawn",
        "propose_redaction": "Redaction proposed",
        "confirm_redaction": "Words removed: redaction confirmed",
        "carry_out_redaction": "Words removed: redaction carried out",
        "decline_redaction": "Redaction declined",
        "make_former": "Person shown by a number from now on",
        "read_former_key": "Name behind a number read",
        "fold_access_records": "Access records folded into counts",
        "set_password": "Password set",
        "add_user": "Person added",
        "edit_user": "Person changed",
        "add_policingbody": "Policing body added",
        "edit_policingbody": "Policing body changed",
        "add_oversight": "Oversight added",
        "edit_oversight": "Oversight changed",
        "add_peelcycle": "PEEL cycle added",
        "edit_peelcycle": "PEEL cycle changed",
        "add_ragrule": "RAG rule added",
        "edit_ragrule": "RAG rule changed",
    }
)
DONE = {"add": "added", "edit": "changed"}
TITLES: dict[type[models.Model], str] = {
    Addressee: "Directed to",
    Assurance: "OPCC assurance",
    CommitmentCheck: "Check",
    Attachment: "File",
    CommitmentMove: "Move of the next check",
    InspectionForce: "Covers",
    InspectorateStatus: "HMICFRS status",
    FactualCheck: "Factual check",
    FactualCorrection: "Correction",
    PaperIssue: "Meeting",
    PaperReader: "To be sent an e-mail",
    PublicPaper: "Public address",
    PaperWords: "Words",
    Oversight: "Oversight",
    RequestAnswer: "Answer",
    ResponseInspection: "Answers",
    ResponseSubmission: "Submitted text",
    ResponseVersion: "Version",
    SubRecommendation: "Part",
    TargetDate: "Target",
}
# Machinery, what follows from other fields, and what the line itself says (who, and when).
HIDDEN = {
    *("id", "version", "opcc_person", "keeper_person", "name_key", "file", "figures", "known_at"),
    *("source_sha256", "source_text"),
} | {
    f"{done}_{stamp}"
    for done in ("recorded", "withdrawn", "requested", "decided", "reopened", "prepared", "finalised", "written")
    for stamp in ("at", "by")
}
# The same of one model only: the whole text that its other rows tell in parts, and the files.
HIDDEN_OF: dict[type[models.Model], set[str]] = {
    Inspection: FROZEN,  # follow from its kind, or from its source and rule
    ResponseSubmission: {"text", "digest", "submitted_at", "submitted_by"},
    ResponseVersion: {"pdf", "text", "submission"},
    PublicPaper: {"published_at", "published_by"},
    Attachment: set(SUBJECTS),
}
PARENTS = (
    "tracked",
    "recommendation",
    "inspection",
    "response",
    "version",
    "of",
    "commitment",
    "plan",
    "paper",
    "request",
    "force",
    "body",
)
LABELS = {
    "stage": Vocabulary.STAGE,
    "status": Vocabulary.INSPECTORATE_STATUS,
    "inspectorate_status": Vocabulary.INSPECTORATE_STATUS,
}
# What the name of a record is made of besides its own fields.
NAMED_BY: dict[type[models.Model], list[str]] = {
    ScrutinyReport: ["force"],
    PaperWords: ["paper__force"],
    FactualCheck: ["force"],
    FactualCorrection: ["of__force"],
    PaperIssue: ["panel"],
    PaperReader: ["person", "issue__panel"],
    PublicPaper: ["paper__force"],
    RequestAnswer: ["request__panel"],
    CommitteeRequest: ["panel"],
    ResponseVersion: ["response"],
    Comment: ["version__response"],
    Evidence: ["meeting__panel", "visit__suite", "panel", "channel_of"],
    CustodyVisit: ["suite"],
}
# A field of a dated row and the field of its recommendation that repeats it.


@dataclass(frozen=True)
class FieldChange:
    """One field, from what to what, as words; empty for nothing. `key` is one for a value told in two rows."""

    key: str
    field: str
    before: str
    after: str


def verb_words(verb: str) -> str:
    """A verb of the trail in words; one that nobody put into words yet is still readable."""
    if verb in VERBS:
        return VERBS[verb]
    what, _, of = verb.partition("_")
    if what in DONE:
        return f"{capital(of.replace('_', ' '))} {DONE[what]}"
    return capital(verb.replace("_", " "))


def title_of(model: type[models.Model], row: Any) -> str:
    """What a row is, beside its record: "Force update of 7 November 2026", "Part 2"."""
    title = TITLES.get(model) or capital(model._meta.verbose_name)
    if hasattr(row, "effective_on"):
        return f"{title} of {date_format(row.effective_on, 'j F Y')}"
    return f"{title} {row.position}" if hasattr(row, "position") and model is not Addressee else title


def capital(words: object) -> str:
    """The words with a capital at their beginning, and nowhere else."""
    words = str(words)
    return words[:1].upper() + words[1:]


def names_for(saves: Iterable[tuple]) -> dict:
    """(model, id) → the name, for every record that these saves (model, row, row before) point to: a query a model."""
    wanted: defaultdict[Any, set[Any]] = defaultdict(set)
    for model, row, before in saves:
        for each in model._meta.concrete_fields:
            if each.is_relation and not _is_hidden(model, each):
                values = (getattr(one, each.attname, None) for one in (row, before) if one is not None)
                wanted[each.related_model] |= {value for value in values if value is not None}
    return {(model, pk): str(found) for model, ids in wanted.items() for pk, found in _in_bulk(model, ids).items()}


def _in_bulk(model: type[models.Model], ids: Collection[int]) -> dict:
    related = NAMED_BY.get(model, [])
    return model._base_manager.select_related(*related).in_bulk(ids) if related else model._base_manager.in_bulk(ids)


def changes_of(
    model: type[models.Model], row: models.Model, before: models.Model | None, of: type, names: dict, labels: dict
) -> Iterator[FieldChange]:
    """What a save changed, in words. `before` is None where it added the row; `of` is the model the history is of."""
    for each in model._meta.concrete_fields:
        if _is_hidden(model, each) or not hasattr(row, each.attname) or _is_place(each, model, of):
            continue
        old = getattr(before, each.attname) if before is not None else None
        new = getattr(row, each.attname)
        if old == new or (before is None and new in (None, "", [], False)):
            continue
        was, now = (value_words(each, value, names, labels) for value in (old, new))
        if was != now:
            yield FieldChange(each.name, capital(each.verbose_name), was, now)


def changes_between(
    model: type[models.Model], before: models.Model, after: models.Model, fields: dict[str, str], labels: dict
) -> Iterator[FieldChange]:
    """From what to what some fields (name → how they are called) differ between two rows of a model, in words."""
    for name, title in fields.items():
        each = model._meta.get_field(name)
        assert isinstance(each, models.Field)
        was, now = (value_words(each, getattr(row, name), {}, labels) for row in (before, after))
        if was != now:
            yield FieldChange(name, title, was, now)


def _is_hidden(model: type[models.Model], each: models.Field) -> bool:
    return each.name in HIDDEN | HIDDEN_OF.get(model, set())


def _is_place(each: models.Field, model: type[models.Model], of: type[models.Model]) -> bool:
    """Whether a field only says where the row belongs: its parent, or its place in a list."""
    if each.name == "position" and not each.choices:
        return True
    return model is not of and each.name in PARENTS and each.related_model in (of, *_between(model))


def _between(model: type[models.Model]) -> list:
    """The parents of a model that has its record's record as a parent: a comment's version."""
    fields = [each for each in model._meta.concrete_fields if each.name in ("version", "of")]
    return [each.related_model for each in fields if each.is_relation]


def value_words(each: models.Field, value: Any, names: dict, labels: dict) -> str:
    """A field's value in words, empty for nothing."""
    if value is None or value in ("", [], {}):
        return ""
    if each.is_relation:
        return names.get((each.related_model, value), str(value))
    if each.name in LABELS:
        return str(labels.get(LABELS[each.name], {}).get(value, value))
    if each.choices:
        return str(dict(each.flatchoices).get(value, value))
    return _plain(value)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        return date_format(localtime(value), "j F Y, H:i")
    if isinstance(value, datetime.date):
        return date_format(value, "j F Y")
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    if isinstance(value, list):
        return "\n".join(_plain(item) for item in value)
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values())
    return str(value)
