"""The pages of layouts: a list, one with what uses it, files out and in, retiring; each with its empty state."""

import json
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from recommendations.domain.imports.layouts import retire_layout
from recommendations.domain.layouts import layouts
from recommendations.domain.responses import imported
from recommendations.domain.responses.imported import PublishedResponse
from recommendations.enums import InspectionKind
from recommendations.exchange.documents_in.marking.layout_files import NOT_LAYOUTS
from recommendations.exchange.imports.layout_files import layout_file
from recommendations.models import DocumentLayout, SheetMapping, TrailEntry
from tests.conftest import AT, PUBLISHED
from tests.exchange.imports.sheets_of import brought_in
from tests.makers.layouts import layout_of_text, new_layout, remember
from tests.per_module import per_module
from tests.views.hooks import number_of

LIST, EXPORT, IMPORT = (reverse(name) for name in ("layouts", "export_layouts", "import_layouts"))
TEXT = "Custody in Westmarch\n\nRecommendation {}\nThe force should test bells daily.\nPCC comment: Agreed.\n"


@pytest.fixture
def admin(sign_in, administrator):
    return sign_in(administrator)


@per_module
def layout(body, officer):
    given = new_layout(layout_of_text(TEXT.format(1)), body=body, document_on=PUBLISHED)
    return remember(given, by=officer)


@per_module
def document(body):
    return PublishedResponse(
        title="Custody in Westmarch",
        short_name="Custody 26",
        kind=InspectionKind.CUSTODY,
        body=body,
        body_name=body.name,
        published_on=PUBLISHED,
        responded_on=PUBLISHED,
        source_text="Agreed.",
    )


def chosen(content: bytes, name="layouts.json") -> dict:
    return {"document": SimpleUploadedFile(name, content, "application/json")}


def others(number: int) -> list[DocumentLayout]:
    """Layouts of other documents, each with a look of its own."""
    made = []
    for place in range(number):
        known = layout_of_text(TEXT.format(1))
        known["blocks"][0][3] = f"kind {place}"
        made.append(remember(new_layout(known, "hmicfrs", document_on=PUBLISHED)))
    return made


def test_without_layouts_the_list_says_how_the_first_comes(admin):
    page = admin.get(LIST)
    assert (page.context["rows"], page.context["registers"]) == ([], [])
    assert number_of(page, "section .app-empty") == 2
    assert EXPORT not in page.content.decode()
    assert admin.get(EXPORT).url == LIST


def test_a_layout_says_whose_it_is_where_from_and_what_uses_it(admin, layout, document, westmarch):
    imported.record_published(published=replace(document, read_by=layout), force=westmarch, by=None, at=AT)
    (row,) = admin.get(LIST).context["rows"]
    assert (row.layout, row.uses, row.last_on) == (layout, 1, AT.date())
    page = admin.get(layout.get_absolute_url())
    assert [each.title for each in page.context["documents"]] == ["Custody in Westmarch"]
    assert dict(page.context["looks"])["Recommendation"] >= 1


def test_a_layout_of_another_version_is_said_to_be_unreadable(admin, body):
    found = remember(new_layout({"version": 9}, body=body))
    assert admin.get(found.get_absolute_url()).context["looks"] is None


def test_the_list_costs_the_same_for_one_layout_and_for_sixty(admin, layout, django_assert_num_queries):
    admin.get(LIST)
    with django_assert_num_queries(12):
        admin.get(LIST)
    others(60)
    with django_assert_num_queries(12):
        page = admin.get(LIST)
    assert (len(page.context["rows"]), page.context["page"].paginator.num_pages) == (50, 2)


def test_an_administrator_retires_a_layout_and_uses_it_again(admin, layout):
    page = layout.get_absolute_url()
    assert admin.post(page, {"once": "a", "version": 1}).url == LIST
    context = admin.get(LIST).context
    assert ([*context["rows"]], [row.layout for row in context["retired"]]) == ([], [layout])
    assert admin.post(page, {"once": "a", "version": 1}).status_code == 302  # sent twice
    assert DocumentLayout.objects.get().retired_at
    assert admin.post(page, {"once": "b", "version": 1}).context["form"].errors.keys() == {"__all__"}
    assert admin.post(page, {"once": "c", "version": 2}).url == LIST
    assert [row.layout for row in admin.get(LIST).context["rows"]] == [layout]


def test_a_layout_that_was_replaced_has_no_page_of_its_own(admin, layout, body):
    new = remember(new_layout(layout_of_text("Recommendation 1\nDo it.\n"), body=body, replaces=layout))
    assert [row.layout for row in admin.get(LIST).context["rows"]] == [new]
    assert admin.get(layout.get_absolute_url()).status_code == 404


def test_all_or_one_are_exported_and_the_trail_says_so(admin, layout):
    (other,) = others(1)
    whole = json.loads(admin.get(EXPORT).content)
    assert [each["kind"] for each in whole["layouts"]] == ["hmicfrs", "response"]
    assert TrailEntry.objects.latest("sequence").verb == "export_layouts"
    one = admin.get(f"{EXPORT}?layout={other.pk}")
    assert one["Content-Disposition"].startswith('attachment; filename="layouts-')
    assert [each["kind"] for each in json.loads(one.content)["layouts"]] == ["hmicfrs"]
    assert TrailEntry.objects.latest("sequence").about == str(other)
    for nothing in ("0", "x", "9" * 30):
        assert admin.get(f"{EXPORT}?layout={nothing}").status_code in (200, 302)


def test_a_file_is_shown_before_anything_is_added(admin, layout):
    made = layout_file([layout])
    layouts.retire_layout(layout=layout, version=1, by=None, at=AT)
    shown = admin.post(IMPORT, chosen(made) | {"once": "a"})
    assert ([row.is_here for row in shown.context["rows"]], shown.context["new"]) == ([False], 1)
    assert DocumentLayout.objects.count() == 1
    kept = {"kept": shown.context["form"].data["kept"], "act": "import", "once": "a"}
    assert admin.post(IMPORT, kept).url == LIST
    added = DocumentLayout.objects.in_use().get()
    assert (added.file_name, added.layout, added.whose) == ("layouts.json", layout.layout, "Marches OPCC")
    assert added.document_words == "the response by Marches OPCC of 15 January 2026"


def test_a_file_whose_layouts_are_all_here_adds_nothing(admin, layout):
    shown = admin.post(IMPORT, chosen(layout_file([layout])) | {"once": "a"})
    assert ([row.is_here for row in shown.context["rows"]], shown.context["new"]) == ([True], 0)
    kept = {"kept": shown.context["form"].data["kept"], "act": "import", "once": "a"}
    again = admin.post(IMPORT, kept)
    assert (again.status_code, len(again.context["rows"])) == (422, 1)
    assert DocumentLayout.objects.count() == 1


def test_layouts_of_registers_go_out_and_come_in_with_the_others(admin, layout, body, administrator):
    columns = {"reference": "Ref", "inspection": "Report", "published_on": "Published", "number": "No", "text": "Words"}
    row = {
        "reference": "OP-1",
        "inspection": "Custody",
        "published_on": "15/1/2026",
        "number": "1",
        "text": "Write it.",
    }
    brought_in(columns, row, undated_on="1/2/2026")
    register = SheetMapping.objects.get()
    made = admin.get(EXPORT).content
    assert [each["kind"] for each in json.loads(made)["layouts"]] == ["response", "register"]
    assert [name for name in ("Write it", "Custody", "register.xlsx") if name in made.decode()] == []
    retire_layout(layout=register, by=administrator, at=AT)
    shown = admin.post(IMPORT, chosen(made) | {"once": "a"})
    assert [(row.words, row.is_here, row.columns) for row in shown.context["rows"]] == [
        ("the response by Marches OPCC of 15 January 2026", True, 0),
        (f"the register of {body}", False, 5),
    ]
    kept = {"kept": shown.context["form"].data["kept"], "act": "import", "once": "a"}
    assert admin.post(IMPORT, kept).url == LIST
    added = SheetMapping.objects.in_use().get()
    assert (added.body, added.headings, added.answers) == (body, register.headings, register.answers)
    assert (added.source_name, added.recorded_at) == ("layouts.json", None)
    assert [each.layout for each in admin.get(LIST).context["registers"]] == [added]


def test_what_is_no_file_of_layouts_says_why(admin):
    assert admin.post(IMPORT, {"once": "a"}).context["form"].errors.keys() == {"document"}
    wrong = admin.post(IMPORT, chosen(b"{}") | {"once": "a"})
    assert (wrong.status_code, wrong.context["form"].errors["document"]) == (422, [NOT_LAYOUTS])
    forged = admin.post(IMPORT, {"kept": "forged", "act": "import", "once": "b"})
    assert (forged.status_code, forged.context["form"].errors.keys()) == (422, {"document"})
    program = admin.post(IMPORT, chosen(b"MZ program") | {"once": "c"})
    assert program.context["form"].errors.keys() == {"document"}
