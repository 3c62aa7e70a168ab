"""The screens that are counted, who opens each, and what each aims at: what was drawn for it, or what it has."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import NamedTuple

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse

from recommendations.enums import PaperState, ResponseState
from recommendations.models import Inspection, Response, SavedView, ScrutinyReport, TrackedRecommendation, UpdateRound

DESK, PHONE = 1366, 375
HEIGHTS = {DESK: 768, PHONE: 812}
OFFICER, APPROVER, LEAD, MEMBER, ADMINISTRATOR, PUBLIC = (
    *("OPCC officer", "approving officer", "force inspection lead", "committee member", "administrator"),
    "public",
)
HMICFRS_ALONE = "OPCC officer, HMICFRS alone"  # who follows no other source, with all off that can be off
# Who signs in as them: by the demonstration's addresses.
PEOPLE = {
    OFFICER: "hannah.whitlock@marches.example",
    APPROVER: "margaret.osei@marches.example",
    LEAD: "callum.tranter@westmarch.example",
    MEMBER: "ravi.menon@marches.example",
    ADMINISTRATOR: "gwen.ashdown@marches.example",
    HMICFRS_ALONE: "hannah.whitlock@marches.example",
}
FIELDS_ALONE = 50  # on the three screens of HMICFRS_ALONE together
DRAWN_ROWS = 26  # of the register, as it was drawn; each has one box, and a page here has up to 50


class Screen(NamedTuple):
    """One screen as somebody opens it. What is aimed at is the least or most, by width and measure."""

    role: str
    name: str
    address: Callable[[], str]
    aims: dict[int, dict[str, int]] = {}


def _page(name: str, *args) -> Callable[[], str]:
    return lambda: reverse(name, args=args)


def _of(name: str, rows: Callable[[], QuerySet], tail: str = "") -> Callable[[], str]:
    """The page of the first of these records."""
    return lambda: reverse(name, args=[rows().order_by("pk")[0].pk]) + tail


def _record(reference: str) -> Callable[[], QuerySet]:
    return lambda: TrackedRecommendation.objects.filter(reference=reference)


def _round_of_westmarch() -> QuerySet:
    return UpdateRound.objects.filter(force__slug="westmarch", closed_at=None)


def _iopc() -> QuerySet:
    return Inspection.objects.filter(source="iopc", title__startswith="Taser")


def _drafting() -> QuerySet:
    return Response.objects.filter(state=ResponseState.DRAFTING)


def _submitted() -> QuerySet:
    return Response.objects.filter(state=ResponseState.SUBMITTED)


def _draft_paper() -> QuerySet:
    return ScrutinyReport.objects.filter(state=PaperState.DRAFT, force__slug="eastvale")


def _filed_paper() -> QuerySet:
    return ScrutinyReport.objects.filter(state=PaperState.FINALISED, force__slug="westmarch")


def _public_response() -> str:
    return Response.objects.filter(state=ResponseState.PUBLISHED).order_by("pk")[0].get_public_url()


# Where what was drawn had fewer or shorter records than the demonstration has, what they add is added here.
ANSWER = {DESK: {"buttons": 4, "fields": 2, "height": 768}}
# Drawn with a narrative and two recommendations: 9 fields; 9 buttons, and 4 links that are buttons here; 316 words.
# Ours has one more (4 fields, 94 words), a finding and a reply that are folded (2 buttons, 39 words), a second
# suggestion (2, 60), two chief officers' comments (48 words), and a menu of each text that has words (3 buttons).
DRAFT = {DESK: {"fields": 13, "buttons": 20, "words": 557}}
ADDING = {DESK: {"fields": 16, "words": 284}}
# Drawn with three answers: 296 words; ours has two more, of 65 words.
ROUND = {DESK: {"rows": 4, "links": 18, "words": 426}}
# Drawn at 375 with links of 24 px; here a finger has 44 px, in eleven lines.
FIRST_PAGE = {DESK: {"links": 30, "page_links": 30, "height": 768}, PHONE: {"height": 1551}}
# Drawn with force and colour as fields (35 links, 25 fields on the first screen): here they are seven links; and the
# demonstration has one more saved view.
REGISTER = {DESK: {"rows": 18, "links_first": 43, "fields_first": 25}, PHONE: {"first_row": 300}}
# Drawn of a recommendation of which less is said, 311 words: its line of risk and cause has 31 words less, its three
# voices 21, its dates 10.
RECORD = {DESK: {"links": 30, "page_links": 30, "fields": 4, "words_first": 373}}
# Drawn with 301 words: what changed is longer here (44), and each recommendation says what it asks (32); there are
# notes (11), a longer title (9) and words where numbers were drawn (8).
APPROVAL = {DESK: {"links": 9, "words": 405}}
# Drawn with 295 words and no number of records: here 17 switches say how many, in two words.
USES = {DESK: {"fields": 17, "words": 329, "height": 768}}
# Drawn with 478 words: ours has four more promises (111), longer recommendations (95) and names of reports (43), a
# table of visits (41) and the day of each grade (25).
FORCE = {DESK: {"links": 19, "words": 793}}
SCREENS = (
    Screen(OFFICER, "first page", _page("home"), FIRST_PAGE),
    Screen(OFFICER, "register", _page("register"), REGISTER),
    Screen(OFFICER, "recommendation", _of("tracked", _record("WM-0008")), RECORD),
    Screen(OFFICER, "add a report", _page("add_source", "hmicfrs"), ADDING),
    Screen(OFFICER, "add another source’s", _page("add_source", "iopc"), ADDING),
    Screen(OFFICER, "inspections", _page("inspections"), {DESK: {"links": 64, "fields": 3}}),
    Screen(OFFICER, "answer of another source", _of("answer", _iopc), ANSWER),
    Screen(OFFICER, "response draft", _of("draft_response", _drafting), DRAFT),
    Screen(OFFICER, "paper words", _of("paper_words", _draft_paper), {DESK: {"fields": 19, "words_first": 88}}),
    Screen(OFFICER, "round", _of("round", _round_of_westmarch), ROUND),
    Screen(OFFICER, "saved view", _of("saved_view", SavedView.objects.all), {DESK: {"rows": 14}}),
    Screen(OFFICER, "saving a view", lambda: reverse("save_view") + "?rag=red", {DESK: {"fields_first": 6}}),
    Screen(APPROVER, "first page", _page("home"), FIRST_PAGE),
    Screen(APPROVER, "response to approve", _of("response", _submitted), APPROVAL),
    Screen(LEAD, "first page", _page("home"), FIRST_PAGE),
    Screen(LEAD, "register", _page("register"), REGISTER),
    Screen(LEAD, "recommendation", _of("tracked", _record("WM-0008")), RECORD),
    Screen(LEAD, "round", _of("round", _round_of_westmarch), {DESK: {"rows": 4, "fields_first": 13}}),
    Screen(MEMBER, "first page", _page("home"), FIRST_PAGE),
    Screen(MEMBER, "paper", _of("paper", _filed_paper), {DESK: {"links": 8, "words_first": 293}}),
    Screen(ADMINISTRATOR, "first page", _page("home"), FIRST_PAGE),
    Screen(ADMINISTRATOR, "what you use", _page("what_you_use"), USES),
    Screen(PUBLIC, "published responses", _page("public_responses"), {DESK: {"links": 12}}),
    Screen(PUBLIC, "published response", _public_response, {DESK: {"links": 9, "words": 384}}),
    Screen(PUBLIC, "force", _page("public_force", "westmarch"), FORCE),
    Screen(HMICFRS_ALONE, "register", _page("register"), REGISTER),
    Screen(HMICFRS_ALONE, "add a report", _page("add_inspection"), ADDING),
    Screen(HMICFRS_ALONE, "recommendation", _of("tracked", _record("WM-0008")), RECORD),
)


def addresses() -> Iterator[tuple[Screen, str]]:
    """Each screen that there is, and its address."""
    for screen in SCREENS:
        with suppress(NoReverseMatch):
            yield screen, screen.address()
