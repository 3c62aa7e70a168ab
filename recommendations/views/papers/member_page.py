"""The only page of committee members: the newest paper first, earlier ones below it by year, no drafts."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

from django.db.models.functions import Length
from django.urls import reverse

from recommendations.models import PaperIssue, ScrutinyReport, User
from recommendations.periods import Period, london_day, say


@dataclass(frozen=True)
class MemberPaper:
    """A finalised paper in words. `corrected` says what it corrects, `replaced` what replaced it; both may be "".
    `read_url` is "" for a joint paper, which is read force by force.
    """

    about: str
    period: str
    ends: datetime.date
    committee: str
    meetings: tuple[str, ...]
    finalised_on: datetime.date
    size: int
    corrected: str
    replaced: str
    url: str
    file_url: str
    read_url: str


def member_papers(user: User) -> dict:
    """The context: `newest`, the current papers of the last period (usually one), and `years`, all others.
    Three queries, however many papers there are.
    """
    papers = _words(user)
    newest = [each for each in papers if each.ends == papers[0].ends and not each.replaced]
    earlier = [each for each in papers if each not in newest]
    years = [(year, list(of_it)) for year, of_it in groupby(earlier, key=lambda each: each.ends.year)]
    return {"newest": newest, "years": years}


def _words(user: User) -> list[MemberPaper]:
    rows = ScrutinyReport.objects.listed_for(user).with_forces().select_related("panel").defer("figures")
    rows = list(rows.annotate(size=Length("file__content")).order_by("-end", "-start", "force__name", "-issue", "-pk"))
    by_pk, later = {row.pk: row for row in rows}, {row.replaces_id: row for row in rows if row.replaces_id}
    meetings = _meetings(rows)
    return [_member_paper(row, by_pk.get(row.replaces_id), later.get(row.pk), meetings[row.pk]) for row in rows]


def _meetings(rows: list[ScrutinyReport]) -> dict[int, list[str]]:
    """Paper id → the meetings that it was issued to, newest first."""
    found = defaultdict(list)
    # without visible_to: issues of visible papers
    issues = PaperIssue.objects.filter(paper__in=rows).select_related("panel").order_by("-meeting_on", "pk")
    for issue in issues:
        found[issue.paper_id].append(f"{issue.panel}, {say(issue.meeting_on)}, item {issue.item}")
    return found


def _member_paper(
    row: ScrutinyReport, before: ScrutinyReport | None, after: ScrutinyReport | None, meetings: list[str]
) -> MemberPaper:
    corrected = f"Issue {row.issue}"
    if before:
        assert before.finalised_at  # only finalised papers are listed
        corrected += f", corrects issue {before.issue} of {say(london_day(before.finalised_at))}"
    assert row.finalised_at  # as above
    return MemberPaper(
        about=row.about_then,
        period=Period(row.start, row.end).label,
        ends=row.end,
        committee=str(row.panel or ""),
        meetings=tuple(meetings),
        finalised_on=london_day(row.finalised_at),
        size=row.size,
        corrected=corrected if row.issue > 1 else "",
        replaced=f"replaced by issue {after.issue} on {say(london_day(after.finalised_at))}"
        if after and after.finalised_at
        else "",
        url=row.get_absolute_url(),
        file_url=reverse("paper_file", args=[row.pk]),
        read_url="" if row.is_joint else reverse("read_paper", args=[row.pk]),
    )
