"""Every form has one effect however often it is sent, and changes the fields that it shows and no other."""

import datetime

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.http import urlencode

from recommendations.domain.audit import verification
from recommendations.models import (
    Comment,
    CommentAnswer,
    Explanation,
    IssuedFile,
    PublishedText,
    ResponseVersion,
    ScrutinyReport,
    Submission,
    TrailEntry,
)
from tests.security.filled.forms import forms, one_of_each_right
from tests.security.rules import ADMIN_RULES, RULES
from tests.snapshots import changed, contents, tables_written, undone

# Addresses that a form goes to without changing a record, and those that take no form.
NO_CHANGE = {"import_response", "import_report", "save_drafts", "bring_in", "sheet_columns"}
NO_CHANGE |= {"force_comments", "write_comments", "factual_check_file"}
NO_CHANGE |= {"response_comments", "comments_file", "response_copies", "invitation_letter", "covering_letter"}
NO_CHANGE |= {"example_sheet", "sheet_progress", "sheet_imports", "sheet_import", "bulk_changes"}
NO_CHANGE |= {"save_draft_part", "draft_news", "read_response", "response_draft", "preview_markdown"}
NO_CHANGE |= {"meeting_file", "paste_attendance", "custody", "custody_visit"}
NO_CHANGE |= {"export_register", "register_export", "register_export_progress", "register_export_file"}
NO_CHANGE |= {"build_draft", "paper_build", "build_progress", "paper_build_file"}
NO_CHANGE |= {"api_log_update", "api_answer_round"}  # no forms: tests/views/api sends them
NO_CHANGE |= {"security_events", "export_events", "people_access", "all_tokens"}
NO_CHANGE |= {"shared_views", "shared_view"}  # no records: tests/views/saved_views sends the form
NO_CHANGE |= {"notes", "choose_mails"}  # the second changes what one prefers
NO_CHANGE |= {"redactions", "redaction", "former_people", "former_key", "access_counts"}
NO_CHANGE |= {"reminder_rules", "reminders_preview", "reminder_preview"}
BY_CHOICE = {"change_many", "check_round_sheet"}  # whoever sees it; what may be done there is asked for each choice
BY_CHOICE |= {"make_calendar_address", "end_calendar_address"}  # of one’s own: whoever has a calendar
BY_CHOICE |= {"revoke_api_token"}  # of one’s own, or an administrator’s
# Drawn outside transactions, or of a correction: tests/faults and tests/views (papers, responses) send them.
# A file has to be chosen again: tests/views (panels, attachments) send one.
BY_BUTTON = {"attach_meeting_file", "attach_files", "finalise_paper", "publish_response", "drop_correction"}
BY_BUTTON |= {"confirm_redaction", "make_former"}  # they change what was published, or wait for two years
BY_BUTTON |= {"confirm_response"}  # of what was brought in: tests/views/responses sends it
BY_BUTTON |= {"reset_factor"}  # of somebody who has one: tests/views/audit sends it
BY_BUTTON |= {"own_sessions", "person_sessions"}  # they write no record but the event: tests/views/audit sends them
NO_CHANGE |= {"action_plan", "action_plan_version", "force_page", "force_release"}
BY_BUTTON |= {"remove_page_address"}  # it deletes what is no record: tests/views/force_pages sends it
NO_CHANGE |= {"webhooks", "answer", "layouts", "export_layouts"}
NO_CHANGE |= {"successions", "choose_succession"}
# They show a secret once, or write to the ledger of messages: tests/views/webhooks sends them.
BY_BUTTON |= {"add_webhook", "act_on_webhook", "send_webhook_again"}
BY_BUTTON |= {"tick_actions", "action_sheet", "undo_action_sheet"}  # of ticked rows or a sheet: tests/views/actions
NO_CHANGE |= {"indicators", "indicator", "indicator_csv", "attendance_indicator"}
NO_CHANGE |= {"api_record_values"}  # no form: tests/views/api sends it
NO_CHANGE |= {"accountability", "accountability_meeting", "meeting_document", "action_log"}
NO_CHANGE |= {"meeting_page", "meeting_page_release"}
BY_BUTTON |= {"move_agenda_item", "remove_agenda_item"}  # tests/views/accountability sends them
BY_BUTTON |= {"release_meeting_page"}  # it draws outside transactions: tests/views/accountability sends it
NO_CHANGE |= {"legacy_reviews", "legacy_review", "legacy_review_csv"}
BY_BUTTON |= {"finish_legacy_review"}  # of one that is judged: tests/views/legacy_reviews sends it
BY_BUTTON |= {"enforce", "end_enforcement"}  # of a direction: tests/views/inspections sends them
BY_BUTTON |= {"import_layouts"}  # of a file: tests/views/layouts sends one


def test_every_form_that_changes_something_is_here(world):
    sent = {form.name for form in forms(world)}
    right_to_write = {
        "log_force_update",
        "record_assurance",
        "record_inspectorate_status",
        "set_target",
        "request_closure",
        "decide_closure",
        "decide_dispute",
        "reopen",
        "edit_tracked",
        "restrict",
        "edit_inspections",
        "import_response",
        "check_commitments",
        "bring_in_register",
        "ask_for_updates",
        "record_meetings",
        "answer_round",
        "draft_paper",
        "finalise_paper",
        "draft_response",
        "approve_response",
        "submit_comments",
        "check_paper",
        "administer",
        "see_changes_ahead",
        "write_notes",
        "redact",
        "decide_redaction",
    }
    ours = {name for name, rule in RULES.items() if rule in right_to_write} - NO_CHANGE - BY_BUTTON
    assert ours <= sent
    assert sent - ours <= set(ADMIN_RULES) | BY_CHOICE


IN_FULL = pytest.param(True, marks=pytest.mark.soak, id="in full")
PLAIN_FORM = "application/x-www-form-urlencoded"  # a browser sends it so where there is no file
PUBLISHED = (ResponseVersion, PublishedText, Comment, CommentAnswer, Explanation, IssuedFile)


STAYS = {model._meta.db_table for model in (ScrutinyReport, *PUBLISHED)}


def published() -> set[str]:
    """Every published text and issued file, and every finalised paper."""
    rows = contents(of=STAYS)
    filed = [row for row in rows.pop(ScrutinyReport._meta.db_table) if "'finalised'" in row]
    return {*filed, *(row for found in rows.values() for row in found)}


@pytest.mark.parametrize("whole", [pytest.param(False, id="one of each right"), IN_FULL])
def test_a_form_sent_twice_has_one_effect_and_changes_no_field_that_it_does_not_show(world, whole):
    """Nor has it one on what was published or issued. What is sent a second time is undone to see what it changed.

    What guards them is around the views, so a form of each right shows it; every form is sent in a soak.
    """
    known = {model: set(models.QuerySet(model).values_list("pk", flat=True)) for model in verification.guarded_models()}
    began, wrong, sent, stays, values = timezone.now(), [], 0, published(), hostile(world)
    assert len(stays) >= 8

    def send(form, fields: dict) -> tuple[int, set[str]]:
        """The status of the answer, and the tables that are written to."""
        with tables_written() as tables:
            answer = world.clients[form.who].post(form.action, urlencode(fields, doseq=True), PLAIN_FORM)
        return answer.status_code, tables

    def now(tables: set[str]) -> dict:
        return state(began, {model: rows for model, rows in known.items() if model._meta.db_table in tables})

    for form in forms(world) if whole else one_of_each_right(forms(world)):
        with undone():
            own, shown = form.read(world)
            filled, before = own | form.typed, TrailEntry.objects.count()
            more = {name: value for name, value in values.items() if name not in shown | set(form.typed)}
            sent += len(more)
            with undone():
                forged = now(send(form, more | filled)[1])
            first, tables = send(form, filled)
            honest, lost = now(tables), stays - published() if tables & STAYS else set()
            entries = TrailEntry.objects.count() - before
            with undone():
                second, tables = send(form, filled)
                after = contents(of=tables)
                wrong += verification.verify() if whole else []  # of each verb: tests/test_trail_verbs.py
            what = (first, second, entries, changed(contents(of=tables), after), len(lost))
        assert honest != {}, form.name
        wrong += [(form.name, name) for name in {*honest, *forged} if honest.get(name) != forged.get(name)]
        wrong += [(form.name, *what)] if what != (302, 302, 1, [], 0) else []
    assert wrong == []
    assert sent > 1_000


def hostile(world) -> dict[str, list[str]]:
    """A value for every field of every model, and for a few that no model has."""
    found: dict[str, list[str]] = {}
    for model in apps.get_app_config("recommendations").get_models():
        for each in model._meta.concrete_fields:
            for name in {each.name, each.attname}:
                found.setdefault(name, []).append(_value(world, each))
    extra = ("pk", "is_staff", "is_superuser", "groups", "user_permissions", "at", "verb", "act", "_method", "user")
    return found | {name: ["1"] for name in extra}


def _value(world, each) -> str:
    """Something that the field would take."""
    if each.choices:
        return str(each.choices[-1][0])
    if isinstance(each, models.ForeignKey | models.AutoField):
        return str(world.force_b.pk if each.related_model is type(world.force_b) else 1)
    if isinstance(each, models.DateTimeField):
        return "2020-01-01T00:00:00Z"
    if isinstance(each, models.DateField):
        return "1/6/2020"
    if isinstance(each, models.BooleanField):
        return "on"
    return "7" if isinstance(each, models.IntegerField | models.PositiveIntegerField) else "forged@example.org"


def state(began: datetime.datetime, known: dict) -> dict:
    """Every record and mark, with the moments and the numbers of what is new taken out: they differ each time."""

    def told(model, row, each):
        value = getattr(row, each.attname)
        if isinstance(value, datetime.datetime) and value >= began:
            return "now"
        if model._meta.model_name in ("calendaraddress", "accountinvitation") and each.name == "key":
            return "by chance"
        if each.name == "seal":
            return "of moments too"
        if each.name == "password" and value.startswith("!"):
            return "none yet"
        if model._meta.model_name == "issuedfile" and row.issued_at >= began and each.name in ("content", "sha256"):
            return "made now"  # a PDF says when it was made
        of = model if each.primary_key else each.related_model
        return "new" if of in known and value is not None and value not in known[of] else repr(value)

    return {
        model.__name__: sorted(
            [f"{each.attname}={told(model, row, each)}" for each in model._meta.concrete_fields]
            for row in models.QuerySet(model)
        )
        for model in known
    }


def test_a_form_without_its_mark_still_works_and_a_spent_mark_does_nothing_for_others(world):
    form = forms(world)[0]
    filled = form.filled(world)
    mine, other = world.clients["lead_a"], world.clients["officer"]
    bare = {name: value for name, value in filled.items() if name != "once"}
    assert (mine.post(form.action, bare).status_code, mine.post(form.action, filled).status_code) == (302, 302)
    before = contents(leave_out=("trailentry", "trailhead"))
    assert other.post(form.action, filled).status_code == 302
    assert changed(before, contents(leave_out=("trailentry", "trailhead"))) == []
    assert Submission.objects.filter(by=world.people["lead_a"]).count() == 1


def test_a_mark_of_any_length_is_taken_once(world):
    form = forms(world)[0]
    for mark in ("x" * 64, "y" * 65, "z" * 10_000, "<script>", "é" * 70):
        before = Submission.objects.count()
        filled = form.filled(world) | {"once": mark}
        for _ in range(2):
            assert world.clients["lead_a"].post(form.action, filled).status_code == 302
        assert Submission.objects.count() == before + 1
