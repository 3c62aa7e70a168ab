"""A word in every text of every table, planted as a verb would have saved it, and a search of the whole database."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db import DatabaseError, connection, models, transaction

from recommendations import trail
from recommendations.domain.retention.columns import columns_of, is_history, searched_models
from recommendations.models import (
    ActionPlan,
    ActionProof,
    Copy,
    DocumentDraft,
    Explanation,
    FileDraft,
    ForceMail,
    ForceRelease,
    ForceSuccession,
    InspectionDocument,
    InspectionLink,
    InvitationMail,
    MeetingRelease,
    NoticeMail,
    OfficeNote,
    PaperMail,
    Recipient,
    ReminderMail,
    RequestProof,
    ResponseSubmission,
    ResponseVersion,
    SecurityEvent,
    Submission,
    SuccessionMail,
    SuccessionNotice,
    Transfer,
    TypedDraft,
)
from recommendations.models.base import Guarded
from recommendations.models.responses.responses import digest_of_draft
from recommendations.models.sealed_rows import SealedRow

WORD = "Zqkvx"


def add_what_is_missing(act: trail.VerbContext, world) -> None:
    """A row of each kind that the world has none of."""
    officer, at, force, other = world.people["officer"], act.at, world.force_a, world.force_b
    version, open_a = ResponseVersion.objects.order_by("pk")[0], world.open_a
    inspection, of_other = open_a.recommendation.inspection, world.open_b.recommendation.inspection
    made = {"recorded_at": at, "recorded_by": officer}
    gone = {"withdrawn_at": at, "withdrawn_by": officer, "withdrawn_why": "a"}
    invitation, reader = (
        apps.get_model("recommendations", name).objects.first() for name in ("Invitation", "PaperReader")
    )
    mail = {"state": "failed", "claimed_at": at, "problem": "a"}
    notice = act.save(SuccessionNotice(succession=world.withdrawn_change, person=officer, text="a"))
    for row in (
        TypedDraft(by=officer, place="force-update-1", fields={"done": "Some words"}, at=at),
        DocumentDraft(by=officer, at=at, changed_at=at, kind="response", name="a", lines=[["b"]], typed={"title": "c"}),
        FileDraft(
            token="t", by=officer, at=at, response=version.response, force=force, name="a", content=b"", text="b"
        ),
        LogEntry(user=officer, object_repr="a", change_message="b", action_flag=2),
        Submission(token="t", by=officer, at=at, led_to="/a/"),
        ReminderMail(person=officer, day=at.date(), **mail),
        InvitationMail(invitation=invitation, **mail),
        PaperMail(reader=reader, **mail),
        NoticeMail(person=officer, day=at.date(), **mail),
        ForceMail(subscriber=world.subscriber_a.pk, **mail),
        SuccessionMail(notice=notice, **mail),
    ):
        row.save()
    for row in (
        OfficeNote(about="recommendation", about_id=open_a.pk, text="a", written_at=at, written_by=officer),
        SecurityEvent(kind="take_file", at=at, detail="a"),
        ActionPlan(force=force, state="returned", prepared_at=at, decided_at=at, returned_why="a"),
        ForceRelease(force=force, state="returned", prepared_at=at, decided_at=at, returned_why="a"),
        MeetingRelease(
            force=force,
            meeting=world.accountability_a.minuted,
            state="returned",
            prepared_at=at,
            decided_at=at,
            returned_why="a",
        ),
        ActionProof(
            action=world.accountability_a.action,
            row=world.accountability_a.action.rows.get(),
            kind="letter",
            words="a",
            effective_on=at.date(),
            **made,
        ),
        RequestProof(request=world.requests_a.open, kind="letter", words="a", effective_on=at.date(), **made),
        Explanation(of=version, recommendation=open_a.recommendation, action="proposed", reason="a"),
        InspectionDocument(inspection=inspection, name="a", text="b", sha256="c", left_out=[], **made),
        InspectionLink(inspection=inspection, to=of_other, kind="follows", **gone),
        ForceSuccession(force=force, successor=other, effective_on=at.date(), reason="a", **made),
        Transfer(tracked=open_a, from_force=other, to_force=force, effective_on=at.date(), reason="a", **gone, **made),
        Copy(of=version, recipient=Recipient.objects.first(), sent_on=at.date(), sent_to="a", sent_how="b", **made),
    ):
        act.save(row)


def planted(column: models.Field, value: Any) -> Any:
    """The value with the word in it, as the column takes it."""
    if isinstance(column, models.EmailField):
        return f"{WORD.lower()}@example.org"
    if isinstance(column, models.URLField):
        return f"https://example.org/{WORD}/report"
    if isinstance(column, models.SlugField):
        return f"of-{WORD.lower()}-{value}"
    if isinstance(column, models.JSONField):
        return in_json(value) or [f"A line with {WORD}"]
    text = f"{WORD}: {value}"
    return text[: column.max_length] if column.max_length else text


def in_json(value: Any) -> Any:
    """Into every text of a value of JSON."""
    if isinstance(value, str):
        return f"{value} {WORD}" if " " in value else value
    if isinstance(value, dict):
        return {name: in_json(each) for name, each in value.items()}
    if isinstance(value, list):
        return [in_json(each) for each in value]
    return value


def plant(act: trail.VerbContext, row: models.Model, columns: list[models.Field]) -> bool:
    """Plant the word in texts of a row, as if saved. False where the database refuses it."""
    model, values = type(row), {each.attname: planted(each, getattr(row, each.attname)) for each in columns}
    if "withdrawn_why" in values and row.withdrawn_at is None:
        values["withdrawn_at"] = act.at
    if "text" in values and isinstance(row, ResponseSubmission):
        values["digest"] = digest_of_draft(values["text"])
    try:
        with transaction.atomic():
            if hasattr(model, "history") and issubclass(model, Guarded):
                for name, value in values.items():
                    setattr(row, name, value)
                act.save(row)
                return True
            before = trail.digests(row) if issubclass(model, Guarded) else {}
            rows = models.QuerySet(model).filter(pk=row.pk)
            rows.update(**values)
            if issubclass(model, SealedRow):
                rows.update(seal=rows.get().make_seal())
            if before:
                now = trail.digests(model._base_manager.get(pk=row.pk))
                act._add(model._meta.label_lower, row.pk, {name: now[name] for name in values})
    except DatabaseError:
        return False
    return True


def plant_everywhere(act: trail.VerbContext) -> Iterator[str]:
    """Plant it in each text of some row of each table but histories and trail. Name the texts that have none."""
    for model in searched_models():
        if is_history(model) or model._meta.object_name == "TrailEntry":
            continue
        waiting = columns_of(model)
        for together in (True, False):
            for row in model._base_manager.order_by("-pk")[:30] if waiting else ():
                if together and plant(act, row, waiting):
                    waiting = []
                elif not together:
                    waiting = [each for each in waiting if not plant(act, model._base_manager.get(pk=row.pk), [each])]
                if not waiting:
                    break
        yield from (f"{model.__name__}.{each.attname}" for each in waiting)


def tables_with(word: str) -> set[str]:
    """Every column of every table that has the word in some cell, whatever the cell holds."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            names = [each[0] for each in cursor.description]
            for row in cursor.fetchall():
                found |= {f"{model.__name__}.{name}" for name, cell in zip(names, row, strict=True) if has(cell, word)}
    return found


def has(cell: Any, word: str) -> bool:
    """Whether a cell has the word, in whatever case."""
    text = bytes(cell).decode(errors="ignore") if isinstance(cell, bytes | memoryview) else str(cell)
    return word.casefold() in text.casefold()
