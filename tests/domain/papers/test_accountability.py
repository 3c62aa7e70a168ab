"""Accountability meetings in a paper: those minuted in its period, without what is restricted."""

import datetime

from recommendations.documents.papers.document import scrutiny_paper
from recommendations.domain.accountability.minutes import ItemNotes
from recommendations.domain.actions.actions import withdraw_actions
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.register.restrictions import restrict
from recommendations.models import Action, AgendaItem
from recommendations.periods import day_end
from tests.conftest import AT, make_inspection, make_tracked
from tests.domain.papers.test_compile import figures_of
from tests.makers import accountability
from tests.makers.accountability import agreed, confirm, make_ready, put_on, write
from tests.makers.actions import make_action
from tests.per_module import per_module

CANARY = "zqrestricteditem"
MONTH = {"start": datetime.date(2026, 11, 1), "end": datetime.date(2026, 11, 30)}
EARLIER = {"start": datetime.date(2026, 10, 1), "end": datetime.date(2026, 10, 31)}
KNOWN = day_end(datetime.date(2026, 12, 1))


@per_module
def rows(westmarch):
    report = make_inspection(westmarch)
    return [make_tracked(report, number=str(number)) for number in range(1, 4)]


def meet(force, by, *abouts, in_public=True):
    """A meeting at which something was said of each of these, and an action agreed at the first."""
    meeting = accountability.plan(force, by=by, in_public=in_public)
    items = [put_on(meeting, by=by, **about) for about in abouts]
    make_ready(meeting, by=by)
    first, *others = items
    notes = [ItemNotes(item=first, asked="How is it?", answered="Well.", view="partly_assured", why="One month only.")]
    notes += [ItemNotes(item=each, asked=f"{CANARY}?") for each in others]
    notes[0] = ItemNotes(**vars(notes[0]) | {"actions": (agreed(),)})
    write(meeting, *notes, by=by)
    return confirm(meeting, by=by)


def test_what_was_asked_is_in_the_paper_and_what_is_restricted_is_counted(rows, westmarch, officer, approver):
    heading = {"kind": "words", "heading": f"{CANARY} heading", "restricted": True}
    meet(westmarch, officer, {"tracked": rows[0]}, {"tracked": rows[1]}, heading)
    restrict(tracked=rows[1], reason="A live case.", by=officer, at=AT)
    figures = figures_of(westmarch, known_at=KNOWN, **MONTH)
    (meeting,) = figures.meetings
    (item,) = meeting.items
    assert (item.asked, item.answered, item.view, item.agreed) == ("How is it?", "Well.", "Partly assured", 1)
    assert (meeting.left_out, meeting.in_public, CANARY in str(figures.to_json())) == (2, True, False)
    assert Figures.from_json(figures.to_json()) == figures
    paper = scrutiny_paper(figures, author="Hannah Whitlock", created_at=KNOWN)
    assert "accountability" in [each.anchor for each in paper.contents]


def test_what_came_of_a_restricted_item_is_in_no_open_paper(rows, westmarch, officer):
    meeting = accountability.plan(westmarch, by=officer)
    item = put_on(meeting, by=officer, heading="Vetting", restricted=True)
    make_ready(meeting, by=officer)
    agreements = (agreed(CANARY, tracked=(rows[0],)), agreed("Withdrawn."))
    write(meeting, ItemNotes(item=item, asked="How?", actions=agreements), by=officer)
    restricted, twice = Action.objects.order_by("pk")
    withdraw_actions(actions=[twice], reason="Twice.", by=officer, at=AT)
    confirm(meeting, by=officer)
    make_action(rows[0], words="Train them.", waits_for=restricted)
    following = accountability.plan(westmarch, by=officer)
    open_item = put_on(following, by=officer)
    make_ready(following, by=officer)
    carried = AgendaItem.objects.get(meeting=following, action=restricted)
    said = (agreed("Publish it."), agreed("Twice."))
    write(following, *(ItemNotes(item=each, asked="How?") for each in (carried,)), by=officer)
    write(following, ItemNotes(item=open_item, asked="How?", actions=said), by=officer)
    withdraw_actions(actions=[Action.objects.get(words="Twice.")], reason="Twice.", by=officer, at=AT)
    confirm(following, by=officer)
    figures = figures_of(westmarch, known_at=KNOWN, **MONTH)
    assert [(len(each.items), each.left_out) for each in figures.meetings] == [(0, 1), (1, 1)]
    assert figures.meetings[1].items[0].agreed == 1
    text = str(figures.to_json())
    assert (CANARY in text, "waits for another action" in text) == (False, True)


def test_what_was_said_in_private_stays_in_the_minutes(rows, westmarch, officer):
    meet(westmarch, officer, {"tracked": rows[0]}, in_public=False)
    ((item,),) = [meeting.items for meeting in figures_of(westmarch, known_at=KNOWN, **MONTH).meetings]
    assert (item.asked, item.answered, item.view, item.agreed) == ("", "", "Partly assured", 1)


def test_other_periods_and_offices_without_them_have_none(rows, westmarch, officer, settings):
    meet(westmarch, officer, {"tracked": rows[0]})
    assert figures_of(westmarch, known_at=KNOWN, **EARLIER).meetings == ()
    assert figures_of(westmarch, known_at=AT - datetime.timedelta(hours=1), **MONTH).meetings == ()
    settings.SECTIONS_OFF = ("accountability",)
    assert figures_of(westmarch, known_at=KNOWN, **MONTH).meetings == ()
