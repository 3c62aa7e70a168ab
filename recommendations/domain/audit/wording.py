"""Records in words for histories: verbs, names of rows and fields, values. No rules."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localtime

from recommendations.domain.audit.verbs import VERBS
from recommendations.domain.audit.wording_sources import FROZEN
from recommendations.enums import Vocabulary
from recommendations.models import (
    ActionLink,
    ActionRow,
    Addressee,
    AgendaItem,
    Assurance,
    Attachment,
    Comment,
    CommitmentCheck,
    CommitmentMove,
    CommitteeRequest,
    CustodyVisit,
    DocumentLayout,
    Evidence,
    FactualCheck,
    FactualCorrection,
    FormerBodyDetails,
    FormerForceDetails,
    Inspection,
    InspectionForce,
    InspectorateStatus,
    ItemAction,
    ItemMinutes,
    MeetingRelease,
    Oversight,
    PaperIssue,
    PaperReader,
    PaperWords,
    PublicPaper,
    Recheck,
    RequestAnswer,
    ResponseInspection,
    ResponseSubmission,
    ResponseVersion,
    ScrutinyReport,
    SubRecommendation,
    Succession,
    SuccessionForce,
    TargetDate,
    Webhook,
)
from recommendations.models.attachments import SUBJECTS
from recommendations.models.register.risk import theme_words

DONE = {"add": "added", "edit": "changed"}
TITLES: dict[type[models.Model], str] = {
    ActionLink: "Action on a recommendation",
    ActionRow: "Action, how it stood",
    Addressee: "Directed to",
    Assurance: "OPCC assurance",
    CommitmentCheck: "Check",
    Attachment: "File",
    CommitmentMove: "Move of the next check",
    InspectionForce: "Covers",
    InspectorateStatus: "HMICFRS status",
    FactualCheck: "Factual check",
    FactualCorrection: "Correction",
    **dict.fromkeys((FormerBodyDetails, FormerForceDetails), "Former details"),
    PaperIssue: "Meeting",
    PaperReader: "To be sent an email",
    PublicPaper: "Public address",
    Recheck: "Look after closing",
    PaperWords: "Words",
    Oversight: "Oversight",
    RequestAnswer: "Answer",
    ResponseInspection: "Answers",
    ResponseSubmission: "Submitted text",
    ResponseVersion: "Version",
    SubRecommendation: "Part",
    SuccessionForce: "Force",
    TargetDate: "Target",
}
# Hidden: technical columns, derived ones, and what the line itself has (who, and when).
HIDDEN = {
    *("id", "version", "opcc_person", "keeper_person", "owner_person", "name_key", "file", "figures", "known_at"),
    *("source_sha256", "source_text", "ended_at", "ended_by"),
} | {
    f"{done}_{stamp}"
    for done in ("recorded", "withdrawn", "requested", "decided", "reopened", "prepared", "finalised", "written")
    for stamp in ("at", "by")
}
# Hidden for one model only: whole texts that its other rows have in parts, and files.
HIDDEN_OF: dict[type[models.Model], set[str]] = {
    Inspection: FROZEN,  # derived from its kind, or its source and rule
    ResponseSubmission: {"text", "digest", "submitted_at", "submitted_by"},
    ResponseVersion: {"pdf", "text", "submission"},
    PublicPaper: {"published_at", "published_by"},
    Attachment: set(SUBJECTS),
    Recheck: {"closure"},
    Webhook: {"secrets_digest"},
    DocumentLayout: {"layout", "digest"},
    Succession: {"entered_at", "entered_by", "confirmed_at", "confirmed_by"},
    SuccessionForce: {"succession"},
}
PARENTS = (
    *("tracked", "recommendation", "inspection", "response", "version", "of", "commitment", "plan"),
    *("paper", "request", "force", "body"),
)
LABELS = {
    "stage": Vocabulary.STAGE,
    "status": Vocabulary.INSPECTORATE_STATUS,
    "inspectorate_status": Vocabulary.INSPECTORATE_STATUS,
    "risk": Vocabulary.RISK,
    "cause": Vocabulary.DELAY_CAUSE,
    "delay_cause": Vocabulary.DELAY_CAUSE,
}
# The relations that a record's name needs.
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
    DocumentLayout: ["body"],
    MeetingRelease: ["meeting"],
    AgendaItem: ["tracked", "inspection", "grade", "commitment", "action"],
    ItemMinutes: ["item__tracked"],
    ItemAction: ["action", "item__tracked"],
}


@dataclass(frozen=True)
class FieldChange:
    """A change of one field, as words; "" for nothing. `key` is the same for a value shown in two rows."""

    key: str
    field: str
    before: str
    after: str


def verb_words(verb: str) -> str:
    """A trail verb in words. Verbs without a wording are made readable."""
    if verb in VERBS:
        return VERBS[verb]
    what, _, of = verb.partition("_")
    if what in DONE:
        return f"{capital(of.replace('_', ' '))} {DONE[what]}"
    return capital(verb.replace("_", " "))


def title_of(model: type[models.Model], row: Any) -> str:
    """The title of a row in its record's history: "Force update of 7 November 2026", "Part 2"."""
    title = TITLES.get(model) or capital(model._meta.verbose_name)
    if hasattr(row, "effective_on"):
        return f"{title} of {date_format(row.effective_on, 'j F Y')}"
    return f"{title} {row.position}" if hasattr(row, "position") and model is not Addressee else title


def capital(words: object) -> str:
    """The words with their first letter in upper case, the rest unchanged."""
    words = str(words)
    return words[:1].upper() + words[1:]


def names_for(saves: Iterable[tuple]) -> dict:
    """(model, id) → name, for every record that these saves (model, row, row before) refer to. One query per model."""
    wanted: defaultdict[Any, set[Any]] = defaultdict(set)
    for model, row, before in saves:
        for each in model._meta.concrete_fields:
            if each.is_relation and not _is_hidden(model, each):
                values = (getattr(one, each.attname, None) for one in (row, before) if one is not None)
                wanted[each.related_model] |= {value for value in values if value is not None}
    return {(model, pk): str(found) for model, ids in wanted.items() for pk, found in _rows_by_id(model, ids).items()}


def _rows_by_id(model: type[models.Model], ids: Collection[int]) -> dict:
    related = NAMED_BY.get(model, [])
    return model._base_manager.select_related(*related).in_bulk(ids) if related else model._base_manager.in_bulk(ids)


def changes_of(
    model: type[models.Model], row: models.Model, before: models.Model | None, of: type, names: dict, labels: dict
) -> Iterator[FieldChange]:
    """What a save changed, in words. `before` is None if it added the row; `of` is the model of the history."""
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
    """The differences of some fields (name → title) between two rows of a model, in words."""
    for name, title in fields.items():
        each = model._meta.get_field(name)
        assert isinstance(each, models.Field)
        was, now = (value_words(each, getattr(row, name), {}, labels) for row in (before, after))
        if was != now:
            yield FieldChange(name, title, was, now)


def _is_hidden(model: type[models.Model], each: models.Field) -> bool:
    return each.name in HIDDEN | HIDDEN_OF.get(model, set())


def _is_place(each: models.Field, model: type[models.Model], of: type[models.Model]) -> bool:
    """Whether a field only says where the row belongs: its parent, or its position."""
    if each.name == "position" and not each.choices:
        return True
    return model is not of and each.name in PARENTS and each.related_model in (of, *_grandparents(model))


def _grandparents(model: type[models.Model]) -> list:
    """The grandparents of a model: those that its `version` or `of` refers to."""
    fields = [each for each in model._meta.concrete_fields if each.name in ("version", "of")]
    return [each.related_model for each in fields if each.is_relation]


def value_words(each: models.Field, value: Any, names: dict, labels: dict) -> str:
    """A field's value in words; "" for nothing."""
    if value is None or value in ("", [], {}):
        return ""
    if each.is_relation:
        return names.get((each.related_model, value), str(value))
    if each.name == "themes":
        return ", ".join(theme_words(value, labels.get(Vocabulary.THEME, {})))
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
