"""The office's page of a round: its progress, the answers to review, who still has what, and the next dates."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple, Self

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.timezone import localdate

from recommendations.domain.register.notices import handed_over_notices
from recommendations.domain.rounds import progress, reminders
from recommendations.domain.rounds.office_rows import LineRow, line_rows, near
from recommendations.domain.rounds.progress import RoundFigures
from recommendations.enums import LineState, ReminderKind
from recommendations.forms.register.query_string import NO_LEAD, number_of
from recommendations.forms.rounds.rounds import ReturnForm, RoundAnswerForm
from recommendations.models import BankHoliday, RagRule, RoundLine, UpdateRound, User
from recommendations.periods import london_day, say
from recommendations.permissions import May
from recommendations.views.attachments.addresses import EntryFiles, files_on
from recommendations.views.site.requests import AuthenticatedRequest

ANSWERS_A_PAGE = 20
BAR = 600
# Key → line state, the label of its count, and its class in the bar and legend.
SHOWS = {
    "accepted": (LineState.ACCEPTED, "accepted", "done"),
    "to_look": (LineState.RELEASED, "for you to look at", "wait"),
    "returned": (LineState.RETURNED, "returned with a question", "returned"),
    "asked": (LineState.ASKED, "not answered", "rest"),
}
TO_LOOK = "to_look"


@dataclass(frozen=True)
class RoundPageQuery:
    """The lines and the page of them that the query string asks for. A lead of "" means "no lead", None means all."""

    show: str = TO_LOOK
    lead: str | None = None
    page: int = 1

    @classmethod
    def of(cls, params: QueryDict) -> Self:
        """Parse the query string; invalid values fall back to the defaults."""
        show, lead = params.get("show"), params.get("lead", "")
        return cls(
            show if show in SHOWS else TO_LOOK,
            "" if lead == NO_LEAD else lead or None,
            number_of(params.get("page", "")) or 1,
        )

    @property
    def query(self) -> str:
        """The query string without the page."""
        lead = {} if self.lead is None else {"lead": self.lead or NO_LEAD}
        return urlencode({"show": self.show} | lead)

    @property
    def prefix(self) -> str:
        """The query string without the page, ready for one more name=value."""
        return f"{self.query}&"

    @property
    def whole(self) -> str:
        return f"{self.query}&page={self.page}" if self.page > 1 else self.query

    def address(self, round: UpdateRound, line: int | None = None) -> str:
        anchor = f"#a-{line}" if line else ""
        return f"{round.get_absolute_url()}?{self.whole}{anchor}"


class BarPart(NamedTuple):
    """A segment of the bar and its legend entry."""

    number: int
    words: str
    mark: str
    url: str
    current: bool
    x: str
    width: str


class RoundAnswerRow(NamedTuple):
    """A line with the forms that accept or return its answer. `opened`: the return form is open, with its errors."""

    row: LineRow
    place: str
    accept: RoundAnswerForm | None = None
    returns: ReturnForm | None = None
    opened: bool = False
    current: bool = False
    files: EntryFiles | None = None


class ListRow(NamedTuple):
    """A round in the list."""

    round: UpdateRound
    figures: RoundFigures
    left: tuple[str, str]
    waits: int


def round_rows(rounds: Iterable[UpdateRound], user: User, today: datetime.date) -> list[ListRow]:
    """The rounds of a list, each with its figures and the number of lines that wait for this user's side."""
    figures = progress.figures_of(rounds)
    return [
        ListRow(
            each,
            figures[each.pk],
            progress.say_days_left(each, today),
            _waiting(each, figures[each.pk], user),
        )
        for each in rounds
    ]


def _waiting(round: UpdateRound, figures: RoundFigures, user: User) -> int:
    if round.force.handed_over_on is not None:
        return 0
    return figures.with_the_force if user.force_id else figures.to_look_at


def lines_of(round: UpdateRound, place: RoundPageQuery) -> QuerySet[RoundLine]:
    """The lines to show, in the order in which they were asked."""
    found = round.lines.needed().filter(state=SHOWS[place.show][0])
    return found if place.lead is None else found.filter(tracked__chief_officer_lead=place.lead)


def next_address(round: UpdateRound, line: RoundLine, place: RoundPageQuery) -> str:
    """The address to go to once a line is decided: the next shown line, otherwise the last."""
    left = list(lines_of(round, place).values_list("position", "pk"))
    if not left:
        return replace(place, page=1).address(round)
    at = next((at for at, (position, _) in enumerate(left) if position > line.position), len(left) - 1)
    return replace(place, page=at // ANSWERS_A_PAGE + 1).address(round, left[at][1])


def show(request: AuthenticatedRequest, round: UpdateRound, *, wrong: ReturnForm | None = None) -> HttpResponse:
    """Render the page. `wrong` is the submitted form with errors."""
    today, place = localdate(), RoundPageQuery.of(request.GET)
    figures = progress.figures_of([round])[round.pk]
    page = Paginator(lines_of(round, place), ANSWERS_A_PAGE).get_page(place.page)
    rows = line_rows(round, list(page.object_list), user=request.user, today=today, rule=RagRule.objects.on(today))
    people = progress.who_can_answer(round.force)
    files = files_on("answer", [row.answer for row in rows if row.answer], request.user, round.force_id)
    context = {
        "round": round,
        "figures": figures,
        "parts": list(parts(round, figures, place)),
        "place": place,
        "heading": heading(place, page.paginator.count),
        "page": page,
        "answers": [
            _answer_row(row, place, wrong, first=at == 0)._replace(files=files.get(row.answer) if row.answer else None)
            for at, row in enumerate(rows)
        ],
        "has_keys": any(row.may_accept for row in rows),
        "form": wrong,
        "unneeded": _unneeded_references(round) if figures.unneeded else [],
        **_time(round, today),
        **_people(request, round, place, people),
        **_mails(round, figures, people, today),
    }
    return render(request, "rounds/office.html", context, status=422 if wrong else 200)


def heading(place: RoundPageQuery, number: int) -> str:
    """ "11 for you to look at, ACO Tom Leckie"."""
    words = f"{number} {SHOWS[place.show][1]}"
    return words if place.lead is None else f"{words}, {place.lead or progress.NO_LEAD.lower()}"


def parts(round: UpdateRound, figures: RoundFigures, place: RoundPageQuery) -> Iterator[BarPart]:
    """The bar and its legend; each number links to exactly those lines."""
    numbers = (figures.accepted, figures.to_look_at, figures.returned, figures.not_answered)
    before = 0
    for (key, (_, words, mark)), number in zip(SHOWS.items(), numbers, strict=True):
        x, width = BAR * before / (figures.asked or 1), BAR * number / (figures.asked or 1)
        url = RoundPageQuery(show=key).address(round)
        yield BarPart(number, words, mark, url, key == place.show, f"{x:.1f}", f"{max(width - 2, 0):.1f}")
        before += number


def _answer_row(row: LineRow, place: RoundPageQuery, wrong: ReturnForm | None, *, first: bool) -> RoundAnswerRow:
    is_wrong = wrong is not None and wrong.answer == row.answer
    return RoundAnswerRow(
        row,
        place.whole,
        RoundAnswerForm(answer=row.answer) if row.may_accept and row.answer else None,
        (wrong if is_wrong else ReturnForm(answer=row.answer)) if row.may_return and row.answer else None,
        opened=is_wrong,
        current=is_wrong if wrong else first and row.may_accept,
    )


def _unneeded_references(round: UpdateRound) -> list[str]:
    """The references of the recommendations that were closed before their answer was accepted."""
    needed = round.lines.needed().order_by().values("pk")
    return list(round.lines.exclude(pk__in=needed).values_list("tracked__reference", flat=True))


def _time(round: UpdateRound, today: datetime.date) -> dict:
    """The days left, when the round was asked and closed, and that its register was handed over."""
    number, words = progress.say_days_left(round, today)
    return {
        "left": number,
        "left_words": words,
        "is_late": round.due_on < today,
        "until": f"{round.due_on:%A} {near(round.due_on, today)}",
        "asked_on": near(round.asked_on, today),
        "closed_on": say(london_day(round.closed_at)) if round.closed_at else "",
        "notices": handed_over_notices(round.force),
    }


def _people(request: AuthenticatedRequest, round: UpdateRound, place: RoundPageQuery, people: list) -> dict:
    """Who still has what, and who can answer."""
    shows = ("returned", "asked")
    return {
        "leads": [
            (each, *(RoundPageQuery(show, each.lead).address(round) for show in shows))
            for each in progress.figures_by_lead(round)
        ],
        "people": " and ".join(person.name for person in people),
        "nobody": not people,
        "may_ask": request.user.has_perm(May.ASK_FOR_UPDATES),
    }


def _mails(round: UpdateRound, figures: RoundFigures, can_answer: list, today: datetime.date) -> dict:
    """The dates ahead and who was emailed on which day; unfolded where no one can answer or an email failed."""
    told = reminders.mails_about(round)
    gone = {each.kind for each in told if each.is_gone}
    reminded = reminders.not_switched_off(can_answer)
    return {
        "ahead": list(_ahead(round, reminded if figures.with_the_force else [], gone, today)) if round.is_open else [],
        "told": [(_mails_sentence(each), each.wrong, near(each.day, today)) for each in told],
        "next_is_open": any(each.wrong for each in told) or (round.is_open and not can_answer),
    }


def _mails_sentence(mails: reminders.RoundMails) -> str:
    """ "Callum Tranter and Priya Nand: asked"."""
    return f"{' and '.join(mails.names)}: {ReminderKind(mails.kind).label.lower()}"


def _ahead(round: UpdateRound, people: list, gone: set[str], today: datetime.date) -> Iterator[tuple[str, str]]:
    """The last day, and the days on which these people will still be reminded."""
    days = progress.reminder_days(round, BankHoliday.objects.by_day())
    names = " and ".join(person.name for person in people)
    steps = [
        (days.before, f"Reminder to {names}", ReminderKind.BEFORE),
        (days.last, "Last day", None),
        (days.after, "Reminder if any are left", ReminderKind.AFTER),
    ]
    for day, words, kind in steps:
        if day and day >= today and (kind is None or (people and kind not in gone)):
            yield words, f"{day:%a} {near(day, today)}"
