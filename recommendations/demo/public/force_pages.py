"""The public pages of the two forces: released, withdrawn, released again; one sent back, one waiting."""

import datetime
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from recommendations.digests import sha256_of
from recommendations.domain.force_pages import releases, subscribers
from recommendations.domain.force_pages.compile import annual_reports, compile_page
from recommendations.domain.force_pages.compile_lines import longest_overdue
from recommendations.domain.force_pages.data import PageChoices
from recommendations.domain.force_pages.indicators import indicators_to_show
from recommendations.domain.force_pages.specified_information import answered_by_others, complaint_standings
from recommendations.domain.public.releases import return_release, withdraw_release
from recommendations.models import Force, ForceRelease
from recommendations.periods import london_day, quarter_of

WM, EV = "westmarch", "eastvale"
SUMMARY = "https://hmicfrs.justiceinspectorates.gov.uk/peel-assessments/{}/"
VISITING = (
    "Volunteers from the community come unannounced to the custody suites and speak to people held there. They look at "
    "their treatment, their rights and the cells.\n\nThey report to the commissioner’s office, which asks the force to "
    "answer each finding."
)
CONTRIBUTION = (
    "Homicide fell from nine cases to six in the year to September, and serious violence by a twelfth. The force took "
    "down 14 county lines. Neighbourhood crime rose by 2%, most of it theft from vehicles."
)
APPLICABILITY = (
    "All of the national priorities apply here. Cyber crime is met by the regional unit as well as by the force."
)
COMPLAINTS = (
    "The commissioner reads the force’s figures on complaints each quarter and puts them to the chief constable in "
    "public. Six files are drawn at random and read each month.\n\nWe decided 41 reviews in the year, the slowest in "
    "39 days. Four were upheld; what we recommended in them was done."
)
DATA = "https://www.policeconduct.gov.uk/publications/{}-police-quarterly-data"
STATISTICS = "https://www.policeconduct.gov.uk/our-work/statistics-on-complaints"
WHY_BACK, WHY_GONE = "Say how custody visiting works, too.", "It named a report that was called otherwise."


def happenings(office) -> Iterator[tuple[int, tuple, Callable]]:
    """Yield each event: its day counted from today, its order in the day, and the function to call at a moment."""
    yield -40, (0,), partial(_prepare, office, WM, "")
    yield -39, (0,), partial(_release, office, WM)
    yield -38, (0,), partial(_withdraw, office)
    yield -6, (0,), partial(_prepare, office, EV, "")
    yield -5, (0,), partial(_send_back, office)
    yield -1, (0,), partial(_prepare, office, WM, VISITING)
    yield -1, (1,), partial(_release, office, WM)
    yield -1, (2,), partial(_subscribe, office)
    yield -1, (3,), partial(_prepare, office, EV, VISITING)


def _prepare(office, force: str, custody: str, at: datetime.datetime) -> None:
    """Prepare a page. The two longest overdue recommendations are shown in full."""
    found, today = office.forces[force], london_day(at)
    said = _specified_information(found) if custody else {}
    choices = PageChoices(
        report=annual_reports(found).values_list("pk", flat=True).first(),
        summary_link=SUMMARY.format(force),
        summary_on=office.day(-331),
        in_full=tuple(longest_overdue(found, today)),
        custody_words=custody,
        custody_from=quarter_of(quarter_of(today).start - datetime.timedelta(days=1)).start if custody else None,
        indicators=tuple(indicators_to_show(found).values_list("pk", flat=True)[:2]) if custody else (),
        **said,
    )
    seen = sha256_of(compile_page(force=found, choices=choices, on=today).to_json())
    releases.prepare_release(force=found, choices=choices, seen=seen, by=office.people["officer"], at=at)


def _specified_information(force: Force) -> dict[str, Any]:
    """What is said of priorities and complaints, what the IOPC recommended, and the answers of the chief constable."""
    made = complaint_standings(force).filter(tracked__recommendation__inspection__source="iopc").order_by("reference")
    return {
        "priorities_contribution": CONTRIBUTION,
        "priorities_applicability": APPLICABILITY,
        "complaints_data_link": DATA.format(force.slug),
        "complaints_statistics_link": STATISTICS,
        "complaints_words": COMPLAINTS,
        "complaints_recommendations": tuple(made.values_list("tracked", flat=True)[:3]),
        "other_answers": tuple(answered_by_others(force).values_list("pk", flat=True)[:3]),
    }


def _newest(office, force: str) -> ForceRelease:
    return ForceRelease.on_file.filter(force=office.forces[force]).latest("prepared_at")


def _release(office, force: str, at) -> None:
    releases.release_page(release=_newest(office, force), by=office.people["approver"], at=at)


def _send_back(office, at) -> None:
    return_release(release=_newest(office, EV), reason=WHY_BACK, by=office.people["approver"], at=at)


def _withdraw(office, at) -> None:
    withdraw_release(release=_newest(office, WM), reason=WHY_GONE, by=office.people["approver"], at=at)


def _subscribe(office, at) -> None:
    """Subscribe a reader to emails about the next release."""
    made = subscribers.sign_up(force=office.forces[WM], email="reader@example.org", at=at)
    assert made is not None
    subscribers.confirm(subscriber=made, at=at)
