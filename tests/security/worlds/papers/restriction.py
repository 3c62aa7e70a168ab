"""A restricted recommendation of each force, a closed draft and a closed paper that is filed; and a third force."""

import datetime

from recommendations.domain.inspections import inspections
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.papers import papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.register import restrictions
from recommendations.models import TrackedRecommendation
from tests.conftest import AT, PUBLISHED
from tests.makers.indicators import make_indicator, make_values

HOUR = datetime.timedelta(hours=1)
RESTRICTED, WHY = "zqrestricted", "zqwhyrestricted"  # in the words of what is restricted, and in why it is
QUARTERS = {"draft": (datetime.date(2026, 4, 1), datetime.date(2026, 6, 30))}
QUARTERS["final"] = (datetime.date(2026, 7, 1), datetime.date(2026, 9, 30))


def build_restricted(world, letter: str, say) -> None:
    """The force's people see the recommendation; why it is restricted and the closed papers are the office's."""
    officer, force = world.people["officer"], getattr(world, f"force_{letter}")
    words = {"heading": say(f"{RESTRICTED}{letter}"), "text": say(f"Watch {RESTRICTED}{letter}.")}
    overdue = {"deadline_kind": "date", "deadline_on": datetime.date(2026, 3, 1)}
    new = NewRecommendation(number="9", **words, **overdue)
    inspection = getattr(world, f"inspection_{letter}")
    made = inspections.add_recommendation(inspection=inspection, new=new, by=officer, at=AT + 8 * HOUR)
    tracked = TrackedRecommendation.objects.get(recommendation=made, force=force)
    setattr(world, f"restricted_{letter}", tracked)
    indicator = make_indicator(tracked, name=say(f"Seen {RESTRICTED}{letter}"), by=officer, at=AT + 8 * HOUR)
    make_values(indicator, 41, 30, 12, by=officer, at=AT + 8 * HOUR)
    restrictions.restrict(tracked=tracked, reason=say(f"{WHY}{letter}"), by=officer, at=AT + 8 * HOUR)
    for name, (start, end) in QUARTERS.items():
        facts = {"force": force, "start": start, "end": end, "panel": world.panel}
        paper = papers.prepare(**facts, closed=True, by=officer, at=AT + 8 * HOUR)
        setattr(world, f"closed_{name}_{letter}", paper)
    at = AT + 9 * HOUR
    figures = compile_figures(paper=paper, known_at=at)
    content = say(f"%PDF-1.7 {RESTRICTED}{letter}").encode()
    papers.finalise(paper=paper, figures=figures, content=content, by=world.people["approver"], at=at)


def build_third_force(world, force_record, say) -> None:
    """A force without update rounds, so that it can be succeeded and its recommendation transferred."""
    world.force_c = force_record("Northshire", "NS", say)
    facts = {"title": "Custody in northshire", "kind": "custody", "published_on": PUBLISHED}
    inspection = inspections.add_inspection(forces=[world.force_c], by=None, at=AT, **facts)
    made = inspections.add_recommendation(inspection=inspection, new=NewRecommendation(text="More."), by=None, at=AT)
    world.moving = TrackedRecommendation.objects.get(recommendation=made)
