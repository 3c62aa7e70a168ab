"""Saved views of the register: saved, opened, changed, shared, copied, deleted; what they show, and what they cost."""

import csv
import io
import json
from itertools import cycle
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from recommendations.domain.people.records import keep
from recommendations.domain.register import voices
from recommendations.domain.register.export.marks import unsign
from recommendations.domain.register.sheet_columns import FIELDS
from recommendations.domain.saved_views.saved_views import NAME_TAKEN
from recommendations.enums import Stage
from recommendations.models import Label, SavedView, SavedViewUse
from recommendations.views.register.columns import CHOSEN, FIXED, MOST_SHOWN, offered_columns
from tests.conftest import make_tracked
from tests.views.hooks import number_of, wrong
from tests.views.register.page import REGISTER, address, ago, now, shown
from tests.views.saved_views.view import (
    DUE,
    LEAD,
    RED,
    SAVE,
    VIEWS,
    cells,
    change,
    filled,
    headings,
    opened,
    save,
    share,
    with_columns,
)

# Saving and opening one


def test_a_view_is_saved_from_the_form_beside_the_list_and_opens_with_its_columns_and_order(sign_in, officer, three):
    client = sign_in(officer)
    page = with_columns(client, f"{SAVE}?rag=red&flag=no_update&sort=-reference&as_at=")
    sent = filled(page, name="Mine", column=["lead", "due", "business_lead"], width_due="wide")
    answer = client.post(page.context["view_panel"].action, sent)
    made = SavedView.objects.get()
    assert (answer.status_code, answer.url) == (
        302,
        address(rag="red", flag="no_update", sort="-reference", view=made.pk),
    )
    assert (made.name, made.shared, made.owner, made.version) == ("Mine", False, officer, 1)
    assert made.filters == [
        ["rag", "red", "RAG: Red"],
        ["flag", "no_update", "Flag: No update, 100 days"],
        ["sort", "-reference", ""],
    ]
    page = client.get(answer.url)
    assert shown(page) == ["WM-0003", "WM-0002", "WM-0001"]
    assert headings(page) == ["Reference", "Recommendation", "Lead", "Due", "Business lead"]
    assert page.context["columns"][3].classes == "app-register__due app-register__step--wide"
    assert [(each.label, each.number, each.current) for each in page.context["views"].tabs] == [("Mine", "3", True)]
    assert [(each.label, each.number) for each in page.context["tabs"] if each.current] == []
    assert page.context["tabs"][0].number == "3"
    assert client.get(made.get_absolute_url()).url == answer.url


def test_the_same_form_sent_twice_saves_one_view(sign_in, officer, three):
    client = sign_in(officer)
    page = client.get(SAVE)
    sent = filled(page, name="Mine")
    assert [client.post(SAVE, sent).status_code for _ in range(2)] == [302, 302]
    assert [each.name for each in SavedView.objects.all()] == ["Mine"]


@pytest.mark.suite(1, 3)
@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"name": " "}, "name", "Enter a name for the view."),
        ({"name": "board"}, "name", NAME_TAKEN),
        ({"name": "B", "column": []}, "columns", "Tick at least one column."),
        (
            {"name": "B", "column": [each for each in offered_columns() if each not in ("reference", "text")][:9]},
            "columns",
            "A row has room for 7 of these columns, and 9 are ticked. Untick 2.",
        ),
        ({"name": "B", "who": "all"}, "who", "Select a valid choice. all is not one of the available choices."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(sign_in, officer, view, typed, field, message):
    # wording: each message says what is wrong and what to do
    client = sign_in(officer)
    page = with_columns(client, SAVE)
    answer = client.post(SAVE, filled(page, column=["due", "lead"], width_due="wide") | typed)
    form = answer.context["view_panel"].form
    assert (answer.status_code, form.errors[field]) == (200, [message])
    assert (form["name"].value(), SavedView.objects.count()) == (typed["name"], 1)
    assert {each.width for each in form.column_choices if each.key == "due"} == {"wide"}


@pytest.mark.soak
def test_a_button_moves_a_column_and_saves_nothing(sign_in, officer, view):
    client = sign_in(officer)
    page = with_columns(client, change(view))
    answer = client.post(change(view), filled(page, name="Typed", move="due up"))
    form = answer.context["view_panel"].form
    assert [each.key for each in form.column_choices if each.chosen] == ["due", "lead"]
    assert (form["name"].value(), SavedView.objects.get().name) == ("Typed", "Board")
    sent = filled(answer, name="Typed")
    client.post(change(view), sent)
    assert [each[:2] for each in SavedView.objects.get().columns] == [["due", "wide"], ["lead", "normal"]]
    for nowhere in ("due up", "due sideways", "nothing up", ""):
        answer = client.post(change(view), sent | {"move": nowhere})
        assert [each.key for each in answer.context["view_panel"].form.column_choices if each.chosen] == ["due", "lead"]


def test_a_view_takes_what_the_list_is_narrowed_by_now_and_says_that_it_differs(sign_in, officer, three, view):
    client = sign_in(officer)
    page = client.get(address(show="overdue", view=view.pk))
    assert (page.context["views"].opened.differs, page.context["views"].opened.as_saved) == (True, opened(view))
    form = client.get(page.context["views"].opened.change_url)
    client.post(form.context["view_panel"].action, filled(form))
    changed = SavedView.objects.get()
    assert (changed.filters, changed.version) == ([["show", "overdue", "Only overdue"]], 2)
    assert client.get(opened(changed)).context["views"].opened.differs is False
    bare = client.get(reverse("change_view", args=[view.pk]))
    assert bare.context["view_panel"].form.filters == [("show", "overdue", "Only overdue")]


# The columns


def test_every_column_of_the_declared_table_is_offered_or_stood_for():
    of_table = [key for each in offered_columns().values() for key in each.fields]
    assert sorted(of_table) == sorted(field.key for field in FIELDS)
    assert len(FIXED) + len(CHOSEN) == MOST_SHOWN


def test_each_column_that_is_offered_is_shown_as_a_file_has_it(sign_in, officer, force_lead, three):
    voices.log_force_update(tracked=three[0], done="Bells are tested.\nDaily.", by=officer, at=now())
    keys = [each for each in offered_columns() if each not in ("reference", "text")]
    parts = (keys[place : place + 7] for place in range(0, len(keys), 7))
    for part, who in zip(parts, cycle((officer, force_lead)), strict=False):
        columns = [(key, "narrow", offered_columns()[key].label) for key in part]
        page = sign_in(who).get(opened(save(who, name=part[0], filters=[], columns=columns)))
        assert headings(page)[2:] == [offered_columns()[key].label for key in part]
        assert [len(row) for row in cells(page)] == [len(part)] * 3
    update = save(officer, name="Texts", columns=[("update", "wide", ""), ("inspection", "normal", ""), LEAD])
    page = sign_in(officer).get(opened(update))
    assert cells(page)[2] == [
        "Latest update: Bells are tested. Daily.",
        "Inspection: Custody in Westmarch",
        "No leadWestmarch",
    ]


def test_a_past_day_has_the_columns_of_the_view_and_no_tabs(sign_in, officer, three):
    columns = [("changed", "normal", "Changed"), LEAD]
    page = sign_in(officer).get(opened(save(officer, columns=columns)) + f"&as_at={ago(1)}")
    assert headings(page) == ["Reference", "Recommendation", "Lead", "Since then"]
    assert (page.context["views"].tabs, page.context["views"].opened) == ([], None)


# What changed


def test_what_changed_since_a_person_opened_it_is_counted_and_leads_to_exactly_those_rows(
    sign_in, officer, approver, three
):
    columns = [("changed", "normal", "Changed"), LEAD]
    view = save(officer, shared=True, columns=columns)
    client = sign_in(officer)
    assert client.get(opened(view)).context["views"].opened.changed == 0
    voices.log_force_update(tracked=three[0], done="Tested.", by=None, at=now())
    voices.set_target(tracked=three[1], target_on=ago(-40), reason="First.", by=officer, at=now())
    voices.record_assurance(tracked=three[1], view="assured", rationale="Seen.", by=officer, at=now())
    page = client.get(opened(view))
    assert page.context["views"].opened.changed == 2
    assert [row[0] for row in cells(page)] == [
        "no change",
        f"OPCC assurance{ago(0).day} {ago(0):%b}",
        f"force update{ago(0).day} {ago(0):%b}",
    ]
    assert shown(client.get(page.context["views"].opened.changed_url)) == ["WM-0002", "WM-0001"]
    until = page.context["views"].opened.seen["until"].value()
    voices.record_assurance(tracked=three[2], view="assured", rationale="Seen.", by=officer, at=now())
    client.post(reverse("mark_view_seen", args=[view.pk]), {"until": until})
    assert client.get(opened(view)).context["views"].opened.changed == 1
    # never looked: the last seven days, in which all three were recorded
    assert sign_in(approver).get(opened(view)).context["views"].opened.changed == 3


def test_reading_moves_nothing_and_a_moment_that_is_none_neither(sign_in, officer, three, view):
    before = SavedViewUse.objects.get().looked_at
    client = sign_in(officer)
    client.get(opened(view))
    client.post(reverse("mark_view_seen", args=[view.pk]), {"until": "soon"})
    client.post(reverse("mark_view_seen", args=[view.pk]), {"until": "2020-01-01T00:00:00Z"})
    assert SavedViewUse.objects.get().looked_at == before


def test_the_tab_of_a_view_says_how_many_of_its_rows_changed_until_it_is_opened(sign_in, officer, approver, three):
    view = save(officer, shared=True, filters=[("opcc_lead", "-", ""), *RED])
    client = sign_in(officer)
    voices.log_force_update(tracked=three[0], done="Tested.", by=None, at=now())
    make_tracked(three[0].recommendation.inspection, number="9", at=now())  # not red, so not of the view

    def changed() -> list[tuple[str, str]]:
        return [(tab.label, tab.changed) for tab in client.get(address(show="overdue")).context["views"].tabs]

    assert changed() == [("Board", "1")]
    page = client.get(opened(view))
    assert [(tab.changed, tab.current) for tab in page.context["views"].tabs] == [("", True)]
    seen = reverse("mark_view_seen", args=[view.pk])
    client.post(seen, {"until": page.context["views"].opened.seen["until"].value()})
    assert changed() == [("Board", "")]
    # who never opened it: the last seven days
    client = sign_in(approver)
    assert changed() == [("Board", "3")]


def test_what_changed_stays_while_someone_works_in_the_view(sign_in, officer, three):
    view = save(officer, columns=[("changed", "normal", "Changed"), LEAD])
    client = sign_in(officer)
    voices.log_force_update(tracked=three[0], done="Tested.", by=None, at=now())
    page = client.get(opened(view))
    until = page.context["views"].opened.seen["until"].value()
    client.post(reverse("mark_view_seen", args=[view.pk]), {"until": until})
    sorted_page = client.get(next(column.url for column in page.context["columns"] if column.label == "Reference"))
    assert [each.context["views"].opened.changed for each in (sorted_page, client.get(opened(view)))] == [1, 0]
    assert [row[0] for row in cells(sorted_page)] == [f"force update{ago(0).day} {ago(0):%b}", "no change", "no change"]


def test_columns_are_there_once_they_are_asked_for_and_nothing_is_wrong_until_it_is_saved(sign_in, officer, three):
    client = sign_in(officer)
    page = client.get(SAVE)
    assert [number_of(page, f"#view-form [name={name}]") for name in ("name", "who", "column")] == [1, 2, 0]
    shown_columns = with_columns(client, SAVE, name="")
    assert (number_of(shown_columns, "#view-form [name=column]") > 30, wrong(shown_columns)) == (True, [])
    client.post(SAVE, filled(page, name="Plain"))
    assert [key for key, *_ in SavedView.objects.get().columns] == [each.key for each in CHOSEN]


# Which one opens the register


def test_the_register_opens_with_the_view_that_each_person_chose(sign_in, officer, approver, three, view):
    share(view)
    client = sign_in(approver)
    client.post(reverse("open_with_view", args=[view.pk]))
    assert client.get(REGISTER).url == opened(view)
    plain = client.get(address(show="open"))
    assert (plain.status_code, plain.context["views"].opened) == (200, None)
    everything = client.get(address(view="all", rag="red"))
    urls = [link.url for _, links in everything.context["filters"] for link in links if link.chosen]
    assert urls == [str(everything.context["no_filters"])] == [address(view="all")]
    assert client.get(urls[0]).status_code == 200
    assert sign_in(officer).get(REGISTER).status_code == 200
    client = sign_in(approver)
    client.post(reverse("open_with_view", args=[view.pk]), {"off": "yes"})
    assert client.get(REGISTER).status_code == 200


def test_one_that_is_no_longer_shared_opens_nobody_elses_register(sign_in, officer, approver, three, view):
    share(view)
    sign_in(approver).post(reverse("open_with_view", args=[view.pk]))
    client = sign_in(officer)
    client.post(change(view), filled(client.get(change(view)), who="own"))
    page = sign_in(approver).get(REGISTER)
    assert (page.status_code, page.context["views"].tabs) == (200, [])


# What is there no more


def test_a_view_whose_filters_or_columns_are_gone_says_so_shows_the_rest_and_can_be_mended(sign_in, officer, three):
    gone = [("force", "eastvale", "Force: Eastvale"), ("stage", "old_stage", "Stage: Old"), ("lead", "ACC Gone", "")]
    columns = [("cost", "wide", "Cost"), LEAD]
    view = save(officer, filters=[*RED, *gone], columns=columns)
    client = sign_in(officer)
    page = client.get(client.get(view.get_absolute_url()).url)
    loss = page.context["views"].opened.loss
    assert (loss.filters, loss.columns) == (["Force: Eastvale", "Stage: Old", "lead: ACC Gone"], ["Cost"])
    assert (shown(page)[-1], headings(page)) == ("WM-0001", ["Reference", "Recommendation", "Lead"])
    assert client.get(VIEWS).context["own"][0].loss == loss
    form = client.get(page.context["views"].opened.change_url)
    client.post(form.context["view_panel"].action, filled(form))
    mended = SavedView.objects.get()
    assert (mended.filters, mended.columns) == ([["rag", "red", "RAG: Red"], ["sort", "-reference", ""]], [[*LEAD]])
    assert not client.get(opened(mended)).context["views"].opened.loss


def test_a_stage_that_an_office_renames_is_still_there(sign_in, officer, three):
    keep(record=Label(vocabulary="stage", key=Stage.IN_PROGRESS, words="Under way"), by=None, at=now())
    view = save(officer, filters=[("stage", Stage.IN_PROGRESS, "Stage: In progress")])
    page = sign_in(officer).get(opened(view))
    assert (bool(page.context["views"].opened.loss), shown(page)) == (False, [])


@pytest.mark.suite(0, 4)
@pytest.mark.parametrize("asked", ["0", "-1", "x", "999999", "9" * 30, "", "all", "1&view=2"])
def test_any_view_of_an_address_is_answered(sign_in, officer, three, asked):
    assert sign_in(officer).get(f"{REGISTER}?view={asked}&rag=red").status_code == 200


# Files


def test_a_file_asked_for_from_a_view_has_its_columns_and_order(sign_in, officer, three):
    columns = [("update", "wide", ""), ("changed", "normal", ""), DUE, LEAD]
    asked = dict(parse_qsl(urlsplit(opened(save(officer, columns=columns))).query))
    client = sign_in(officer)

    def export(form: str, **but):
        return client.get(reverse("export_register", args=[form]), asked | but).content

    own = ["Reference", "Force", "Kind", "Number", "Heading", "Recommendation", "Latest update"]
    own += ["HMICFRS deadline", "First target", "Target", "Times moved", "Chief officer lead"]
    first, *rows = csv.reader(io.StringIO(export("csv").decode("utf-8-sig"), newline=""))
    assert (first, [row[0] for row in rows]) == (own, ["WM-0003", "WM-0002", "WM-0001"])
    sheet = load_workbook(io.BytesIO(export("xlsx")))["Register"]
    first, *rows = sheet.iter_rows(values_only=True)
    assert [*first] == [*own, "Do not change"]
    assert [unsign(row[-1], row[0]) is not None for row in rows] == [True] * 3
    made = json.loads(export("json"))
    assert [*made["rows"][0]] == [each.key for name in own for each in FIELDS if each.heading == name]
    assert made["about"]["asked"] == ["View: Board", "RAG: Red"]
    whole = next(csv.reader(io.StringIO(export("csv", view="").decode("utf-8-sig"))))
    assert whole == [each.heading for each in FIELDS if each.key not in ("source", "planned_action")]


# What they cost


def cost(client, page: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


def test_views_cost_the_same_for_one_as_for_many_and_for_any_number_of_rows(sign_in, officer, three):
    """The tabs of views one query, the others one more if a view is open; columns of the table four, and what changed
    in each row one."""
    client = sign_in(officer)
    plain = save(officer, filters=[])
    everything = [("update", "wide", ""), ("changed", "normal", ""), LEAD]
    wide = save(officer, name="Wide", filters=[("q", "text", "Search: text")], columns=everything)
    pages = {address(view="all"): 12, opened(plain): 13, opened(wide): 19, VIEWS: 8, change(plain): 14}
    for page in pages:
        client.get(page)
    one = {page: cost(client, page) for page in pages for _ in range(2)}
    for place in range(8):
        save(officer, name=f"View {place}", filters=[("lead", "-", ""), ("rag", "red", "")])
    assert ({page: cost(client, page) for page in pages for _ in range(2)}, one) == (pages, pages)
