"""Every column of the database that holds words of people, and those that do not, each with why."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

TEXTS = (models.CharField, models.TextField, models.JSONField)
ADDRESSES = (models.SlugField, models.URLField, models.EmailField)
# Columns that hold what the program wrote: keys, digests, names of states. By model, "" for all.
MACHINE: dict[str, frozenset[str]] = {
    "": frozenset({"sha256", "source_sha256", "digest", "media_type", "token", "history_type", "stage"}),
    "TrailEntry": frozenset({"verb", "subject_model", "changes", "previous", "hash"}),
    "SecurityEvent": frozenset({"client"}),
    "Standing": frozenset(
        {
            *("kind", "deadline_kind", "position", "assurance", "inspectorate_status", "outcome"),
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
    "DraftPart": frozenset({"name"}),
    "Label": frozenset({"key"}),
    "TypedDraft": frozenset({"place"}),
    "SheetDraft": frozenset({"purpose"}),
    "CalendarAddress": frozenset({"key"}),
    "ApiToken": frozenset({"key"}),
    "AccountInvitation": frozenset({"key"}),
    "User": frozenset({"entra_id"}),
    "AccessCount": frozenset({"verb"}),
    "SavedView": frozenset({"columns"}),
    "ReminderRule": frozenset({"days_before"}),
    "ReminderItem": frozenset({"step"}),
    "LogEntry": frozenset({"object_id"}),
    "Webhook": frozenset({"events"}),
}
# Who did something, and who has an account: a person who left is shown by a number instead (former_people.py).
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
# Made of other columns: made again, not replaced (derived.py).
DERIVED: dict[str, frozenset[str]] = {
    "PanelMember": frozenset({"name_key"}),
    "Attendance": frozenset({"name_key"}),
}
LEFT_OUT = (MACHINE, WHO, FILED, ITSELF, DERIVED)
# Tables without words of people, or that are emptied of whatever has the words (short_lived.py).
OTHER_TABLES = frozenset(
    {
        *("ContentType", "Permission", "Group", "EmailAddress", "EmailConfirmation", "Authenticator", "AccountSeal"),
        *("TrailHead", "EntrySeal", "Session", "SearchEntry", "SearchWord", "ShortLivedValue"),
        *("FoldedRefusal", "RegisterExport"),
        "ForceSubscriber",  # addresses of the public, which their owners end by a link
        *("Source", "Basis", "HistoricalSource", "HistoricalBasis"),  # names of institutions, and rules
        *("WebhookSecret", "WebhookDelivery"),  # keys; identifiers and what a receiver answered
        *("SocialApp", "SocialAccount", "SocialToken"),  # of allauth, and empty: Entra keeps nothing in them
    }
)
# Members of JSON whose names people gave: headings of their sheets.
NAMED_BY_PEOPLE = frozenset({"SheetMapping", "SheetDraft", "SheetRow"})
# What one person writes is shown to nobody else, and is changed all the same.
PRIVATE = frozenset({"TypedDraft", "SheetDraft", "RoundDraft", "CommentsDraft", "FileDraft", "SavedView"})
# What administrators alone read, and is changed all the same.
ADMINISTRATORS = frozenset(
    {"SecurityEvent", "AccountInvitation", "AccountChange", "FormerPerson", "LogEntry", "ApiToken"}
)
HIDDEN = PRIVATE | ADMINISTRATORS


def searched() -> Iterator[type[models.Model]]:
    """Every table that is searched: the records, their histories, drafts, ledgers, the trail."""
    for model in apps.get_models():
        if model.__name__ not in OTHER_TABLES and columns_of(model):
            yield model


def record_of(model: type[models.Model]) -> type[models.Model]:
    """The model itself, or the one that a history is of."""
    found: type[models.Model] = getattr(model, "instance_type", model)
    return found


def is_history(model: type[models.Model]) -> bool:
    """Whether the table is the history of another."""
    return record_of(model) is not model


@cache
def columns_of(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """The columns of a table that hold words of people."""
    left_out = left_out_of(model)
    return [
        each
        for each in model._meta.concrete_fields
        if isinstance(each, TEXTS) and not each.choices and not each.primary_key and each.attname not in left_out
    ]


@cache
def left_out_of(model: type[models.Model]) -> frozenset[str]:
    """The columns of a table that are not searched, by the tables above."""
    name = record_of(model).__name__
    return frozenset().union(*(table.get(key, frozenset()) for table in LEFT_OUT for key in ("", name)))


def derived_of(model: type[models.Model]) -> frozenset[str]:
    """The columns that are made of others."""
    return DERIVED.get(record_of(model).__name__, frozenset())
