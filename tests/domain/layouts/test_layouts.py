"""Layouts: kept as a document is saved, replaced by what is learned later, never twice, retired and used again."""

import datetime
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from recommendations.domain.audit import verification
from recommendations.domain.layouts import layouts
from recommendations.domain.layouts.layouts import NewLayout
from recommendations.domain.layouts.queries import documents_read_by, layout_rows, layouts_in_use
from recommendations.domain.responses import imported, reports
from recommendations.domain.responses.imported import PublishedResponse
from recommendations.domain.responses.reports import NewReport
from recommendations.domain.writing.refusals import NotAllowed, Stale
from recommendations.enums import InspectionKind
from recommendations.enums.layouts import LayoutKind
from recommendations.exchange.documents_in.sources.kinds import DocumentKind
from recommendations.exchange.documents_in.sources.reading import FROM_DEATHS
from recommendations.models import DocumentLayout, InspectionDocument, ResponseVersion, TrailEntry
from recommendations.trail import verb
from tests.conftest import AT, PUBLISHED
from tests.makers.layouts import new_layout, remember
from tests.makers.sources import follow
from tests.per_module import per_module
from tests.refusals import refusal

LATER = AT + datetime.timedelta(days=30)
ONE, OTHER = {"examples": [["recommendation #", "number"]]}, {"examples": [["pcc response:", "comment"]]}


def learned(body, layout=ONE, **facts) -> NewLayout:
    return new_layout(layout, body=body, document_name="Custody", **facts)


@per_module
def layout(body, officer):
    return remember(learned(body, document_on=PUBLISHED), by=officer)


@pytest.fixture
def published(body):
    return PublishedResponse(
        title="Custody in Westmarch",
        short_name="Custody 26",
        kind=InspectionKind.CUSTODY,
        body=body,
        body_name=body.name,
        published_on=PUBLISHED,
        responded_on=PUBLISHED,
        narrative=("I welcome this report.",),
        source_text="Custody. I welcome this report.",
    )


def test_a_layout_is_kept_in_the_verb_that_saves_its_document(published, westmarch, officer, body):
    entries = TrailEntry.objects.count()
    published = replace(published, new_layout=learned(body, document_on=PUBLISHED))
    imported.record_published(published=published, force=westmarch, by=officer, at=AT)
    kept = DocumentLayout.objects.get()
    assert (kept.layout, kept.body, kept.kept_by, kept.kept_at) == (ONE, body, officer, AT)
    assert (kept.document_name, kept.document_on, kept.whose) == ("Custody", PUBLISHED, "Marches OPCC")
    assert TrailEntry.objects.count() == entries + 1
    assert "recommendations.documentlayout" in TrailEntry.objects.latest("sequence").changes
    assert verification.verify() == []


def test_a_document_that_is_not_saved_leaves_no_layout(published, westmarch, body):
    wrong = replace(published, title="", new_layout=learned(body))
    with refusal("required"):
        imported.record_published(published=wrong, force=westmarch, by=None, at=AT)
    assert DocumentLayout.objects.count() == 0


def test_without_anything_learned_none_is_kept(published, westmarch):
    imported.record_published(published=published, force=westmarch, by=None, at=AT)
    assert DocumentLayout.objects.count() == 0


def test_the_same_layout_is_kept_once(layout, body):
    assert remember(learned(body, document_on=None, replaces=layout), at=LATER) is None
    assert remember(learned(body), at=LATER) is None
    assert list(DocumentLayout.objects.all()) == [layout]


def test_what_is_learned_later_replaces_the_layout_that_it_was_read_by(layout, body):
    new = remember(learned(body, OTHER, replaces=layout), at=LATER)
    layout.refresh_from_db()
    assert (layout.replaced_by, layouts_in_use(LayoutKind.RESPONSE)) == (new, [new])
    assert [each.pk for each in DocumentLayout.objects.all()] == [new.pk, layout.pk]


def test_a_layout_of_another_body_stays_beside_the_new_one(layout):
    new = remember(learned(None, OTHER, body_name="Eastvale OPCC", replaces=layout), at=LATER)
    assert set(layouts_in_use(LayoutKind.RESPONSE)) == {layout, new}
    assert (new.whose, new.is_own) == ("Eastvale OPCC", False)


def test_nothing_is_learned_by_a_layout_that_was_retired_meanwhile(layout, body, administrator):
    layouts.retire_layout(layout=layout, version=1, by=administrator, at=AT)
    assert remember(learned(body, OTHER, replaces=layout), at=LATER) is None
    assert layouts_in_use(LayoutKind.RESPONSE) == []


def test_layouts_are_of_kinds_of_documents_but_of_none_about_a_death(layout):
    assert set(LayoutKind.values) == {"response", *DocumentKind} - {str(kind) for kind in FROM_DEATHS}
    layout.kind = "coroner"
    with verb("test", by=None, at=AT) as act, pytest.raises(IntegrityError), transaction.atomic():
        act.save(layout)


def test_a_report_about_a_death_leaves_no_layout(westmarch, body):
    follow("coroner")
    report = NewReport(
        title="Report to prevent future deaths",
        short_name="PFD 26",
        kind=InspectionKind.OTHER,
        published_on=PUBLISHED,
        source_text="A report",
        inspection_facts={"source": "coroner", "basis": "coroner", "starts_on": PUBLISHED, "made_to": ""},
        new_layout=NewLayout(kind=LayoutKind.AUDIT, layout=ONE),
    )
    reports.record_report(report=report, force=westmarch, by=None, at=AT)
    assert DocumentLayout.objects.count() == 0


def test_a_report_names_the_layout_that_it_was_read_by_and_leaves_what_was_learned(westmarch, body):
    before = remember(NewLayout(kind=LayoutKind.HMICFRS, layout=ONE))
    report = NewReport(
        title="PEEL",
        short_name="PEEL 26",
        kind=InspectionKind.PEEL,
        published_on=PUBLISHED,
        source_text="A report",
        read_by=before,
        new_layout=NewLayout(LayoutKind.HMICFRS, OTHER, document_name="PEEL", document_on=PUBLISHED, replaces=before),
    )
    reports.record_report(report=report, force=westmarch, by=None, at=AT)
    (new,) = layouts_in_use(LayoutKind.HMICFRS)
    assert (InspectionDocument.objects.get().layout, new.layout) == (before, OTHER)
    (row,) = layout_rows([new])
    assert (row.uses, row.last_on) == (1, AT.date())
    assert [each.title for each in documents_read_by(new, most=5)] == ["PEEL"]
    assert new.document_words == "the HMICFRS report of 15 January 2026"


def test_documents_are_counted_for_the_layout_that_replaced_theirs(published, layout, body, westmarch):
    new = remember(learned(body, OTHER, replaces=layout), at=LATER)
    imported.record_published(published=replace(published, read_by=layout), force=westmarch, by=None, at=LATER)
    assert ResponseVersion.objects.get().layout == layout
    (row,) = layout_rows([new])
    assert (row.uses, row.last_on) == (1, LATER.date())


def test_layouts_cost_the_same_queries_however_many(layout, body, django_assert_num_queries):
    for number in range(3):
        remember(learned(body, {"examples": [[f"part {number}", "part"]]}), at=LATER)
    with django_assert_num_queries(3):
        layout_rows([layout])
    with django_assert_num_queries(4):
        layout_rows(layouts_in_use(LayoutKind.RESPONSE))


def test_an_administrator_retires_a_layout_and_uses_it_again(layout, administrator, officer):
    with pytest.raises(NotAllowed):
        layouts.retire_layout(layout=layout, version=1, by=officer, at=AT)
    retired = layouts.retire_layout(layout=layout, version=1, by=administrator, at=LATER)
    assert (retired.retired_at, retired.retired_by, layouts_in_use("response")) == (LATER, administrator, [])
    with refusal("retired"):
        layouts.retire_layout(layout=layout, version=2, by=administrator, at=LATER)
    with pytest.raises(Stale):
        layouts.restore_layout(layout=layout, version=1, by=administrator, at=LATER)
    with pytest.raises(NotAllowed):
        layouts.restore_layout(layout=layout, version=2, by=officer, at=LATER)
    restored = layouts.restore_layout(layout=layout, version=2, by=administrator, at=LATER)
    assert (restored.retired_at, restored.retired_by, layouts_in_use("response")) == (None, None, [layout])
    with refusal("in-use"):
        layouts.restore_layout(layout=layout, version=3, by=administrator, at=LATER)
    assert verification.verify() == []


def test_a_retired_layout_stays_retired_if_the_same_was_learned_since(layout, body, administrator):
    layouts.retire_layout(layout=layout, version=1, by=administrator, at=AT)
    remember(learned(body), at=LATER)
    with refusal("here-already"):
        layouts.restore_layout(layout=layout, version=2, by=administrator, at=LATER)


def test_a_layout_that_was_replaced_is_not_retired(layout, body, administrator):
    remember(learned(body, OTHER, replaces=layout), at=LATER)
    with refusal("replaced"):
        layouts.retire_layout(layout=layout, version=2, by=administrator, at=LATER)


def test_a_file_adds_the_layouts_that_are_not_here(layout, body, administrator, officer):
    given = [learned(body), learned(body, OTHER, document_on=PUBLISHED), learned(body, OTHER)]
    with pytest.raises(NotAllowed):
        layouts.import_layouts(layouts=given, file_name="a.json", by=officer, at=LATER)
    (added,) = layouts.import_layouts(layouts=given, file_name="a.json", by=administrator, at=LATER)
    assert (added.layout, added.file_name, added.is_own) == (OTHER, "a.json", False)
    assert added.document_words == "the response by Marches OPCC of 15 January 2026"
    with refusal("here-already"):
        layouts.import_layouts(layouts=given, file_name="a.json", by=administrator, at=LATER)


@pytest.mark.parametrize("role", ["administrator", "officer", "approver", "force_lead", "member"])
def test_layouts_are_seen_by_those_who_bring_documents_in_and_by_administrators(role, layout, request):
    person = request.getfixturevalue(role)
    seen = role in ("administrator", "officer", "approver")
    assert list(DocumentLayout.objects.visible_to(person)) == [layout] * seen


def test_two_layouts_in_use_are_never_the_same(layout, body):
    with verb("test", by=None, at=AT) as act, pytest.raises(IntegrityError), transaction.atomic():
        act.save(layouts._document_layout(learned(body), act))
