"""The register's page: what it shows to whom, at what cost, on any address; and adding an update beside a row."""

import datetime

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.inspections import inspections
from recommendations.domain.register import closures, voices
from recommendations.domain.register.order import SORTS
from recommendations.domain.register.queries import CountedRows
from recommendations.enums import Flag, Rag, Stage
from recommendations.forms.register.query_string import QUESTION, AsAtForm
from recommendations.models import Standing, TrackedRecommendation
from tests.conftest import make_inspection, make_many_tracked, make_tracked
from tests.examples import LETTERS, examples
from tests.per_module import per_module
from tests.views.hooks import lacking, number_of
from tests.views.register.page import DAY, REGISTER, address, ago, now, recent_inspection, shown, text_of, three_overdue

CANARY = "CANARY-OF-EASTVALE"


@per_module
def recent(westmarch):
    return recent_inspection(westmarch)


@per_module
def three(recent):
    return three_overdue(recent)


# Who sees what


@pytest.mark.soak
@pytest.mark.parametrize(
    ("who", "status"),
    [("officer", 200), ("approver", 200), ("force_lead", 200), ("member", 403), ("administrator", 403)],
)
def test_each_role_gets_its_answer(request, sign_in, tracked, who, status):
    client = sign_in(request.getfixturevalue(who))
    pages = [REGISTER, reverse("register_add_update", args=[tracked.pk])]
    assert [client.get(page, follow=True).status_code for page in pages] == [status, status]


def test_a_force_lead_sees_nothing_of_another_force(sign_in, westmarch, eastvale, force_lead, officer, at):
    shared = make_inspection([westmarch, eastvale], title="Both")
    theirs = make_inspection(eastvale, title=CANARY, short_name=CANARY)
    hidden = make_tracked(theirs, text=CANARY, leads={"opcc_lead": CANARY, "chief_officer_lead": CANARY})
    make_tracked(shared, leads={"chief_officer_lead": "ACC Rowe"})
    voices.log_force_update(tracked=hidden, done=CANARY, by=officer, at=at)
    client = sign_in(force_lead)
    asked = [
        {},
        {"show": "all"},
        {"q": CANARY},
        {"force": "eastvale"},
        {"inspection": theirs.pk},
        {"opcc_lead": CANARY},
        {"lead": CANARY},
        {"add": hidden.pk},
        {"add": hidden.pk, "next": hidden.pk},
        {"as_at": ago(0)},
    ]
    pages = [client.get(address(**each)) for each in asked]
    assert [page.status_code for page in pages] == [200] * len(pages)
    named = [(each, word) for each in pages for word in ("Eastvale", "EV-0") if word in text_of(each)]
    assert named == []
    canaries = [each for each, page in zip(asked, pages, strict=True) if CANARY in text_of(page)]
    assert canaries == [{"q": CANARY}]  # what they typed themselves
    assert [shown(page) for page in pages[3:7]] == [["WM-0001"]] * 4
    update = reverse("register_add_update", args=[hidden.pk])
    assert [client.get(update).status_code, client.post(update, {"done": "x"}).status_code] == [404, 404]


def test_a_column_turns_round_and_says_so(sign_in, officer, three):
    client = sign_in(officer)
    first = client.get(REGISTER)
    assert 'aria-sort="ascending"><a href="/register/?sort=-due">Due</a>' in first.content.decode()
    assert first.content.decode().count("aria-sort") == 1
    turned = client.get("/register/?sort=-due")
    assert shown(turned) == shown(first)[::-1] == ["WM-0003", "WM-0002", "WM-0001"]
    assert 'aria-sort="descending"><a href="/register/">Due</a>' in turned.content.decode()
    assert shown(client.get("/register/?sort=-nonsense")) == shown(first)


def test_pages_of_fifty(sign_in, officer, recent):
    make_many_tracked(recent, range(51), at=now())
    client = sign_in(officer)
    assert [len(shown(client.get(f"/register/?page={page}"))) for page in ("1", "2", "99", "x", "-1", "")] == [
        50,
        1,
        1,
        50,
        50,
        50,
    ]
    last = TrackedRecommendation.objects.order_by("-pk").first()
    opened = client.get(address(add=last.pk))
    assert (shown(opened), opened.context["panel"].place) == (["WM-0051"], "51 of 51")
    assert opened.context["panel"].close == f"/register/?page=2#row-{last.pk}"


@pytest.mark.suite(0, 2)
@pytest.mark.parametrize(
    ("asked", "words", "way_out"),
    [
        ({}, "Nothing is tracked yet", reverse("import_report")),
        ({}, "Nothing is tracked yet", reverse("bring_in")),
        ({"q": "zebra"}, "No recommendation matches", REGISTER),
        ({"as_at": "1 Jan 2020"}, "Nothing was open", REGISTER),
    ],
)
def test_an_empty_register_says_why_and_what_to_do(sign_in, officer, recent, asked, words, way_out):
    page = sign_in(officer).get(address(**asked))  # wording: each reason has words of its own
    assert words in text_of(page)
    assert f'href="{way_out}"' in page.content.decode()


def test_without_a_report_it_says_the_same_as_without_a_recommendation(sign_in, officer, force_lead, westmarch):
    before = [empty_state(sign_in(who).get(REGISTER)) for who in (officer, force_lead)]
    make_inspection(westmarch)
    assert [empty_state(sign_in(who).get(REGISTER)) for who in (officer, force_lead)] == before
    assert [len(each) for each in before] == [1, 1]


def empty_state(answer) -> list[str]:
    return [each.html for each in LexborHTMLParser(answer.text).css(".app-empty")]


def test_where_all_are_closed_it_says_so(sign_in, officer, approver, three):
    for tracked in three:
        closures.request_closure(tracked=tracked, outcome="implemented", reason="Done.", by=officer, at=now())
        closures.approve_closure(tracked=tracked, by=approver, at=now())
    client = sign_in(officer)
    page = client.get(REGISTER)
    assert "Nothing is open" in text_of(page)
    assert sorted(shown(client.get(str(page.context["closed"])))) == ["WM-0001", "WM-0002", "WM-0003"]


def test_typed_text_is_shown_and_not_run(sign_in, officer, tracked):
    page = sign_in(officer).get(address(q="<script>alert(1)</script>", opcc_lead="<b>", sort='"><i>'))
    assert "<script>alert" not in page.content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.content.decode()


# What a page costs


def cost(client, page: str) -> int:
    """The queries of a page."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


@pytest.mark.suite(0)
@pytest.mark.on_postgresql
@pytest.mark.parametrize("who", ["officer", "force_lead"])
def test_a_page_costs_the_same_for_one_row_as_for_three(request, sign_in, recent, who):
    client = sign_in(request.getfixturevalue(who))
    first = make_tracked(recent, due_on=ago(5), at=now())
    pages = {  # three are the session's, where the filters are others than the last ones
        REGISTER: 11,
        address(force="westmarch", rag="red", flag="no_update", stage="awaiting_allocation", sort="-lead"): 14,
        address(q="cell bells", show="overdue", page=1): 14,
        address(as_at=ago(1), known_at=ago(0)): 15,
        address(add=first.pk): 16,
    }
    one = {page: cost(client, page) for page in pages}
    for each in (2, 3):
        tracked = make_tracked(recent, number=str(each), due_on=ago(5), at=now())
        voices.log_force_update(tracked=tracked, done="Something.", by=None, at=now())
    assert one == {page: cost(client, page) for page in pages} == pages


# Any address at all


somewhere = st.dictionaries(
    st.sampled_from(
        [*QUESTION, "page", "add", "voice", "next", "nonsense"],
    ),
    st.lists(
        st.one_of(
            st.text(LETTERS, max_size=30),
            st.integers().map(str),
            st.sampled_from(
                [*Rag.values, *Flag.values, *Stage.values, *CountedRows, *SORTS, "-due", "westmarch", "show"]
            ),
            st.sampled_from(["\x00", "%00", "' or 1=1 --", "9" * 40, "-1", "½", "٣", "1e9", "\ud7ff", "a" * 5000]),
            st.sampled_from(["31/6/2026", "1/1/2026 25:99", "1/1/0001", "31 Dec 9999", "1/2/2026 10:30", "5 May 2026"]),
            st.sampled_from(["assurance", "status", "force-update", "recommendation", "1", "2", "3"]),
        ),
        max_size=3,
    ),
    max_size=6,
)


@pytest.mark.on_postgresql
@settings(max_examples=examples(400, of_suite=20))
@given(asked=somewhere)
def test_no_address_is_an_error(signed_in, asked):
    assert signed_in.get(address(**asked)).status_code == 200


@pytest.fixture
def signed_in(sign_in, officer, three):
    return sign_in(officer)


# The past


def test_a_past_day_stands_under_its_band_and_takes_nothing(sign_in, officer, three):
    voices.log_force_update(tracked=three[0], done="Begun.", stage="pending_sign_off", by=officer, at=now())
    client = sign_in(officer)
    page = client.get(address(as_at=ago(99), add=three[0].pk))
    words = text_of(page)
    assert lacking(page, ".app-asat", f"{ago(99).day} {ago(99):%B} {ago(99).year}") == []
    assert [row.rag for row in page.context["rows"]] == ["green"] * 3
    assert [row.later for row in page.context["rows"]] == ["1 update", "", ""]
    assert [column.label for column in page.context["columns"]][-1] == "Since then"
    assert page.context["tabs"][2].number == "0"
    assert "Add update" not in words
    assert page.context["panel"] is None
    assert page.context["band"]["back"] == REGISTER
    assert f"as_at={ago(99)}" in page.context["tabs"][2].url


def test_a_day_given_for_what_was_known_means_its_end(sign_in, officer, recent):
    tracked = make_tracked(recent, at=now() - 5 * DAY)
    facts = {"tracked": tracked, "by": officer, "effective_on": ago(5)}
    voices.log_force_update(done="Late.", stage="pending_sign_off", at=now() - 2 * DAY, **facts)
    client = sign_in(officer)

    def stage(**asked) -> str:
        return client.get(address(**asked)).context["rows"][0].position.words

    assert stage(as_at=ago(5)) == "Pending sign-off"
    assert stage(as_at=ago(5), known_at=ago(3)) == "Awaiting allocation"
    assert stage(as_at=ago(5), known_at=ago(2)) == "Pending sign-off"
    assert stage(known_at=ago(3)) == "Awaiting allocation"


@pytest.mark.suite(0, 3, 4)
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"as_at": "31/6/2026"}, "31 June 2026"),
        ({"as_at": "some day"}, "“some day”"),
        ({"as_at": "1/1/2150"}, "1 January 2150"),
        ({"as_at": "1/1/2026", "known_at": "1/1/2150 09:00"}, "1 January 2150"),
        ({"as_at": "1/1/2026", "known_at": "5/1/2026 25:00"}, "17:00"),
        ({"as_at": "1/1/2026", "known_at": "noon"}, "“noon”"),
    ],
)
def test_a_bad_day_is_told_beside_what_was_typed_and_no_list_is_shown(sign_in, officer, three, typed, said):
    page = sign_in(officer).get(address(**typed, rag="red"))
    assert said in text_of(page)
    for value in typed.values():
        assert f'value="{value}"' in page.content.decode()
    assert 'aria-invalid="true"' in page.content.decode()
    assert "WM-0001" not in page.content.decode()
    assert page.context["band"]["back"] == "/register/?rag=red"


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("30/6/2026 17:00", "2026-06-30T16:00:00+00:00"),
        ("30 June 2026, 17.30", "2026-06-30T16:30:00+00:00"),
        ("1 Jan 2026 at 9:05", "2026-01-01T09:05:00+00:00"),
        ("30/6/2026", "2026-06-30T22:59:59.999999+00:00"),
        ("25 Oct 2026 00:30", "2026-10-24T23:30:00+00:00"),
        ("", None),
        (" ", None),
    ],
)
def test_a_moment_is_read_in_london(typed, moment):
    at = datetime.datetime(2026, 11, 7, 10, tzinfo=datetime.UTC)
    form = AsAtForm({"as_at": "", "known_at": typed}, now=at)
    assert form.is_valid()
    assert form.cleaned_data["known_at"] == (moment and datetime.datetime.fromisoformat(moment))


def test_the_end_of_today_is_no_future(officer):
    at = datetime.datetime(2026, 6, 30, 23, 30, tzinfo=datetime.UTC)  # 00:30 on 1 July in London
    assert AsAtForm({"as_at": "1/7/2026", "known_at": "1/7/2026"}, now=at).is_valid()
    assert AsAtForm({"as_at": "2/7/2026", "known_at": "2/7/2026"}, now=at).errors.keys() == {"as_at", "known_at"}


def test_no_day_yet_asks_for_one(sign_in, officer, three):
    page = sign_in(officer).get(address(as_at=""))
    assert number_of(page, "input[name=as_at]") == 1
    assert shown(page) == ["WM-0001", "WM-0002", "WM-0003"]


@pytest.mark.soak
def test_a_large_register_is_quick_to_page_through(sign_in, officer, westmarch):
    """2,000 rows, written past the verbs: the last page holds what is left over."""
    report = make_inspection(westmarch, published_on=ago(300), at=now())
    pattern = make_tracked(report, number="0", at=now())
    recommendation = pattern.recommendation
    texts = [(each, f"WM-{each + 2:04}") for each in range(1, 2000)]
    made = QuerySet(type(recommendation)).bulk_create(
        [
            type(recommendation)(inspection=report, number=str(each), position=each + 1, text="Text.")
            for each, _ in texts
        ]
    )
    facts = {"force": westmarch, "tracked_on": report.published_on, "recorded_at": now()}
    QuerySet(TrackedRecommendation).bulk_create(
        [
            TrackedRecommendation(recommendation=each, reference=reference, **facts)
            for each, (_, reference) in zip(made, texts, strict=True)
        ]
    )
    Standing.objects.rebuild()
    with connection.cursor() as cursor:
        for model in (type(recommendation), TrackedRecommendation, Standing):
            cursor.execute(f"ANALYZE {model._meta.db_table}")  # PostgreSQL still has statistics of empty tables
    page = sign_in(officer).get("/register/?page=40")
    assert (len(shown(page)), page.context["tabs"][0].number) == (50, "2,000")
    assert page.context["page"].paginator.num_pages == 40
    inspections.edit_tracked(
        tracked=pattern, version=pattern.version, opcc_lead="Hannah Whitlock", by=officer, at=now()
    )
    assert shown(page.client.get(address(opcc_lead="Hannah Whitlock"))) == ["WM-0001"]
