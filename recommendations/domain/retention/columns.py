"""Every text column of the database: those with people's words, and those without, each with the reason."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

TEXTS = (models.CharField, models.TextField, models.JSONField)
ADDRESSES = (models.SlugField, models.URLField, models.EmailField)
# Columns written by the program: keys, digests, names of states. By model, "" for all.
MACHINE: dict[str, frozenset[str]] = {
    "": frozenset({"history_type"}),
    "Attachment": frozenset({"sha256"}),
    "StoredFile": frozenset({"sha256"}),
    "IssuedFile": frozenset({"sha256", "media_type"}),
    "InspectionDocument": frozenset({"sha256"}),
    "ResponseVersion": frozenset({"source_sha256"}),
    "SheetImport": frozenset({"source_sha256"}),
    "Submission": frozenset({"token"}),
    "FileDraft": frozenset({"token"}),
    "ForceUpdate": frozenset({"stage"}),
    "TrailEntry": frozenset({"verb", "subject_model", "changes", "previous", "hash"}),
    "ReceivedEntry": frozenset({"verb", "subject_model", "changes", "previous", "hash"}),
    "ReceivedRecord": frozenset({"model"}),
    "ReceivedRegister": frozenset({"head_hash", "fingerprint"}),
    "SecurityEvent": frozenset({"client"}),
    "Standing": frozenset(
        {
            *("kind", "stage", "deadline_kind", "position", "assurance", "inspectorate_status", "outcome"),
            *("risk", "themes", "delay_cause", "dispute_decision", "recheck"),
        }
    ),
    "Weight": frozenset({"risk", "themes"}),
    "Delay": frozenset({"cause"}),
    "Inspection": frozenset({"source", "basis", "source_word", "source_initial", "publication", "last_day_name"}),
    "InspectorateStatus": frozenset({"status"}),
    "RoundDraft": frozenset({"closure_outcome", "delay_cause"}),
    "RoundAnswer": frozenset({"delay_cause"}),
    "ActionPlan": frozenset({"pdf_sha256"}),
    "MeetingRelease": frozenset({"pdf_sha256"}),
    "AgendaItem": frozenset({"colours"}),
    "DraftPart": frozenset({"name", "seal"}),
    "PaperBuild": frozenset({"seal"}),
    "Redaction": frozenset({"seal"}),
    "Label": frozenset({"key"}),
    "TypedDraft": frozenset({"place"}),
    "SheetDraft": frozenset({"purpose", "sha256", "token"}),
    "DocumentDraft": frozenset({"kind", "reading", "steps", "undone"}),
    "CalendarAddress": frozenset({"key"}),
    "ApiToken": frozenset({"key", "digest"}),
    "AccountInvitation": frozenset({"key"}),
    "OfficeUse": frozenset({"sections_off", "sections_on"}),
    "User": frozenset({"entra_id"}),
    "AccessCount": frozenset({"verb"}),
    "SavedView": frozenset({"columns"}),
    "ReminderRule": frozenset({"days_before"}),
    "ReminderItem": frozenset({"step"}),
    "LogEntry": frozenset({"object_id"}),
    "Webhook": frozenset({"events", "secrets_digest"}),
}
# Names of users: a former officer is shown by a number instead (former_people.py).
WHO: dict[str, frozenset[str]] = {
    "": frozenset({"history_actor"}),
    "TrailEntry": frozenset({"by_name"}),
    "User": frozenset({"email", "name", "password"}),
    "FormerPerson": frozenset({"key"}),
}
# What a filed paper printed: such papers are listed, and corrected by a new issue.
FILED: dict[str, frozenset[str]] = {"ScrutinyReport": frozenset({"figures"})}
# The words of the proposals themselves.
ITSELF: dict[str, frozenset[str]] = {"Redaction": frozenset({"words"})}
LEFT_OUT = (MACHINE, WHO, FILED, ITSELF)
# Tables without people's words, or from which rows with the words are deleted (short_lived.py).
OTHER_TABLES = frozenset(
    {
        *("ContentType", "Permission", "Group", "EmailAddress", "EmailConfirmation", "Authenticator", "AccountSeal"),
        *("TrailHead", "EntrySeal", "Session", "SearchEntry", "SearchWord", "ShortLivedValue"),
        *("FoldedRefusal", "RegisterExport"),
        "ForceSubscriber",  # addresses of the public, who unsubscribe by a link
        *("Source", "Basis", "HistoricalSource", "HistoricalBasis"),  # names of institutions, and rules
        *("WebhookSecret", "WebhookDelivery"),  # keys; ids and receivers' responses
        *("SocialApp", "SocialAccount", "SocialToken"),  # allauth's, and empty: Entra stores nothing in them
    }
)
# Models with JSON whose keys people wrote: headings of their sheets.
NAMED_BY_PEOPLE = frozenset({"SheetMapping", "SheetDraft", "SheetRow"})
# Drafts that only their author sees; changed all the same.
PRIVATE = frozenset(
    {"TypedDraft", "SheetDraft", "DocumentDraft", "RoundDraft", "CommentsDraft", "FileDraft", "SavedView"}
)
# Only for administrators; changed all the same.
ADMINISTRATORS = frozenset(
    {"SecurityEvent", "AccountInvitation", "AccountChange", "FormerPerson", "LogEntry", "ApiToken", "Succession"}
)
HIDDEN = PRIVATE | ADMINISTRATORS


def searched_models() -> Iterator[type[models.Model]]:
    """Every table that is searched: records, histories, drafts, ledgers, the trail."""
    for model in apps.get_models():
        if model.__name__ not in OTHER_TABLES and columns_of(model):
            yield model


def record_of(model: type[models.Model]) -> type[models.Model]:
    """The model itself or, for a history, the model that it is of."""
    found: type[models.Model] = getattr(model, "instance_type", model)
    return found


def is_history(model: type[models.Model]) -> bool:
    """Whether the table is a history."""
    return record_of(model) is not model


@cache
def columns_of(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """The columns of a table with people's words."""
    left_out = unsearched_columns(model)
    return [
        each
        for each in model._meta.concrete_fields
        if isinstance(each, TEXTS) and not each.choices and not each.primary_key and each.attname not in left_out
    ]


@cache
def unsearched_columns(model: type[models.Model]) -> frozenset[str]:
    """The columns of a table that are not searched, according to LEFT_OUT, or derived."""
    name = record_of(model).__name__
    named = frozenset().union(*(table.get(key, frozenset()) for table in LEFT_OUT for key in ("", name)))
    return named.union(derived_columns(model))


def derived_columns(model: type[models.Model]) -> Mapping[str, Callable[[Any], str]]:
    """The columns that follow from the model's texts, with their functions (models/base.py): computed again."""
    return getattr(record_of(model), "derived_columns", {})
