"""Five papers recounted from the dated rows by code of its own: SQL that only fetches, and sums that share nothing with
what compiles a paper."""

import datetime
import random
from collections import Counter

from django.db import connection

from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.register import closures, voices
from tests.conftest import make_inspection, make_tracked
from tests.domain.papers.world import close, file_paper, moment

DAY = datetime.timedelta(days=1)
QUARTERS = [
    (datetime.date(2026, 1, 1), datetime.date(2026, 3, 31)),
    (datetime.date(2026, 4, 1), datetime.date(2026, 6, 30)),
    (datetime.date(2026, 7, 1), datetime.date(2026, 9, 30)),
]
STAGES = ("awaiting_allocation", "in_progress", "pending_sign_off")


def live(force, officer, approver, seed: int) -> None:
    """Nine months of a register: reports, targets that move, forecasts, closures, one that is opened again."""
    chance = random.Random(seed)
    for number in range(14):
        published = datetime.date(2025, 11, 3) + datetime.timedelta(days=chance.randrange(0, 300))
        inspection = make_inspection(force, title=f"{force} {number}", published_on=published, at=moment(published))
        kind = {"kind": "area_for_improvement"} if number % 3 == 0 else {}
        due = published + datetime.timedelta(days=chance.randrange(20, 200)) if number % 4 else None
        tracked = make_tracked(inspection, number=str(number), due_on=due, at=moment(published), **kind)
        days = sorted(published + datetime.timedelta(days=chance.randrange(1, 200)) for _ in range(4))
        for place, day in enumerate(days):
            act(tracked, chance.choice(("target", "update", "update", "close")), day, place, officer, approver)


def act(tracked, what, day, place, officer, approver) -> None:
    tracked.refresh_from_db()
    if tracked.standing.closed_on:
        closures.reopen(tracked=tracked, reason="It failed.", by=officer, at=moment(day, hour=12))
    elif what == "close" and place:
        close(tracked, officer, approver, day, outcome=("implemented", "superseded")[tracked.pk % 5 == 0])
    elif what == "target":
        target = day + datetime.timedelta(days=30 + 20 * place)
        voices.set_target(tracked=tracked, target_on=target, reason="Later.", by=officer, at=moment(day))
    else:
        forecast = day + datetime.timedelta(days=15 * place)
        stage = STAGES[place % len(STAGES)]
        voices.log_force_update(
            tracked=tracked, done="Some.", stage=stage, forecast_on=forecast, by=officer, at=moment(day)
        )


def fetch(sql: str, *values) -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, map(as_day, row), strict=True)) for row in cursor.fetchall()]


def as_day(value):
    """SQLite gives a day as text."""
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        return datetime.date.fromisoformat(value)
    return value


def rows_of(force) -> list[dict]:
    """Each item with all that was ever said of it, in the order of the days."""
    items = fetch(
        "SELECT t.id, t.reference, t.tracked_on, r.kind, r.deadline_kind, r.deadline_on"
        " FROM recommendations_trackedrecommendation t JOIN recommendations_recommendation r"
        " ON r.id = t.recommendation_id WHERE t.force_id = %s",
        force.pk,
    )
    for item in items:
        for table, order in (("closure", "closed_on"), ("targetdate", "effective_on"), ("forceupdate", "effective_on")):
            sql = f"SELECT * FROM recommendations_{table} WHERE tracked_id = %s ORDER BY {order}, id"
            item[table] = fetch(sql, item["id"])
    return items


def is_open(item: dict, day: datetime.date) -> bool:
    if item["tracked_on"] > day:
        return False
    ended = [each for each in item["closure"] if each["closed_on"] and each["closed_on"] <= day]
    return all(each["reopened_on"] and each["reopened_on"] <= day for each in ended)


def is_over(item: dict, day: datetime.date) -> bool:
    targets = [each["target_on"] for each in item["targetdate"] if each["effective_on"] <= day]
    since = item["deadline_on"] or (targets[0] if targets else None)
    return is_open(item, day) and since is not None and since < day


def stage(item: dict, day: datetime.date) -> str:
    said = [each["stage"] for each in item["forceupdate"] if each["effective_on"] <= day]
    return said[-1] if said else STAGES[0]


def recount(items: list[dict], start: datetime.date, end: datetime.date) -> dict:
    before = start - DAY
    within = [
        each for item in items for each in item["closure"] if each["closed_on"] and start <= each["closed_on"] <= end
    ]
    opened = [
        each
        for item in items
        for each in item["closure"]
        if each["reopened_on"] and start <= each["reopened_on"] <= end
    ]
    still = [item for item in items if is_open(item, end)]
    then, now = ({item["reference"] for item in items if is_over(item, day)} for day in (before, end))
    return {
        "opening": sum(is_open(item, before) for item in items),
        "new": sum(start <= item["tracked_on"] <= end for item in items),
        "reopened": len(opened),
        "closed": sum(each["outcome"] == "implemented" for each in within),
        "superseded": sum(each["outcome"] == "superseded" for each in within),
        "closing": len(still),
        "overdue": (len(then), len(now)),
        "kinds": Counter(item["kind"] == "area_for_improvement" for item in still),
        "stages": sorted(Counter(stage(item, end) for item in still).values()),
        "undated": sum(
            item["deadline_on"] is None and not [each for each in item["targetdate"] if each["effective_on"] <= end]
            for item in still
        ),
        "still": then & now,
        "fell": len(now - then),
        "eased": len({item["reference"] for item in still} & (then - now)),
    }


def said(figures: Figures) -> dict:
    """The same, as the paper prints it."""
    counts = {count.label: count.count for count in (*figures.by_kind, *figures.by_date)}
    change, shown = figures.overdue_change, figures.then_and_now
    areas = counts["Areas for improvement"]
    return {
        **{
            name: getattr(figures.sum, name)
            for name in ("opening", "new", "reopened", "closed", "superseded", "closing")
        },
        "overdue": (shown.overdue_then, shown.overdue_now),
        "kinds": Counter({key: n for key, n in ((True, areas), (False, figures.sum.closing - areas)) if n}),
        "stages": sorted(count.count for count in figures.by_stage if count.count),
        "undated": counts["No date set"],
        "still": {line.reference for line in figures.was_overdue if line.became == "Still overdue"},
        "fell": change.fell_due + change.came,
        "eased": change.eased,
    }


def test_page_1_of_five_papers_is_what_the_dated_rows_give(westmarch, eastvale, body, officer, approver):
    for seed, force in enumerate((westmarch, eastvale)):
        live(force, officer, approver, seed)
    periods = [(westmarch, each) for each in QUARTERS] + [(eastvale, each) for each in QUARTERS[1:]]
    papers = []
    for force, (start, end) in periods:
        at = moment(end + datetime.timedelta(days=400))
        papers.append((force, start, end, file_paper(force, officer, approver, at, start, end)))
    for force, start, end, paper in papers:
        assert said(Figures.from_json(paper.figures)) == recount(rows_of(force), start, end)
    overdue = [paper.figures["then_and_now"]["overdue_now"] for *_, paper in papers]
    assert min(overdue[1:]) > 0
    assert sum(paper.figures["overdue_change"]["closed"] for *_, paper in papers) > 0
