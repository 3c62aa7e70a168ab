"""The progress of a paper, for its page and the list: checks by the force, meetings, days to despatch."""

import datetime
from collections import defaultdict

from recommendations.domain.papers.downloads import downloads_of
from recommendations.domain.papers.factual_check_status import checks_of, state_of
from recommendations.domain.papers.factual_checks import why_not_sent
from recommendations.domain.papers.issuing import despatch_words, meeting_words, pack_name, why_not_issued
from recommendations.domain.papers.notifications import mails_of_issues
from recommendations.domain.public.papers import publication_of, why_not_public
from recommendations.models import FactualCheck, PaperIssue, PaperWords, ScrutinyReport, User
from recommendations.periods import Period, london_day
from recommendations.permissions import May
from recommendations.sections import Section


def life_of(paper: ScrutinyReport, user: User, at: datetime.datetime) -> dict:
    """The context of one paper's page: its checks with their state, its meetings, and the possible next steps."""
    day, may_write = london_day(at), user.has_perm(May.DRAFT_PAPER)
    checks = _checks(paper, day) if may_write else []
    meetings = _meetings([paper])[paper.pk]
    if may_write and meetings:
        _tell_readers(meetings)
    return {
        "checks": checks,
        "checking": any(each.runs for each in checks),
        "may_check": may_write and _can_be_checked(paper, day) and not any(each.runs for each in checks),
        "meetings": meetings,
        "may_issue": may_write and not why_not_issued(paper),
        **_public(paper, user),
        "downloads": downloads_of(paper) if may_write and not paper.is_draft else None,
        "despatch": _despatch([paper], day).get(paper.pk, ""),
    }


def _can_be_checked(paper: ScrutinyReport, day: datetime.date) -> bool:
    return paper.is_draft and paper.end < day and not why_not_sent(paper)


def _public(paper: ScrutinyReport, user: User) -> dict:
    """For the office: how the paper was last made public, and what this user may do about it."""
    if paper.is_draft or not user.has_perm(May.DRAFT_PAPER) or not Section.PUBLIC_PAPERS.is_on:
        return {}
    found, may = publication_of(paper), user.has_perm(May.FINALISE_PAPER)
    return {
        "publication": found,
        "may_publish": may and not why_not_public(paper),
        "may_unpublish": may and found is not None and not found.withdrawn_at,
    }


def _checks(paper: ScrutinyReport, day: datetime.date) -> list[FactualCheck]:
    checks = checks_of(paper)
    for each in checks:
        each.paper = paper
        each.runs = paper.is_draft and not each.reply and not each.ended_at
        each.late = each.runs and day > each.due_on
        each.state = state_of(each, day)
        each.open = sum(not line.answer for line in each.corrections.all()) if paper.is_draft else 0
    return checks


def tell_lives(papers: list[ScrutinyReport], day: datetime.date) -> None:
    """For the list: set on each paper its meetings in words, and on drafts the days to despatch. Two queries."""
    meetings, despatch = _meetings(papers), _despatch(papers, day)
    for paper in papers:
        paper.told = [each.words for each in meetings[paper.pk]]
        paper.despatch = despatch.get(paper.pk, "")


def _meetings(papers: list[ScrutinyReport]) -> dict[int, list[PaperIssue]]:
    found = defaultdict(list)
    finalised = [paper.pk for paper in papers if not paper.is_draft]
    if finalised:
        # without visible_to: issues of visible papers
        for issue in PaperIssue.objects.filter(paper__in=finalised).select_related("panel", "issued_by"):
            issue.words = meeting_words(issue)
            found[issue.paper_id].append(issue)
    return found


def _tell_readers(meetings: list[PaperIssue]) -> None:
    """For the office: set on each meeting the outcome of its emails. One query."""
    told = mails_of_issues(meetings)
    for issue in meetings:
        issue.told = told.get(issue.pk, [])


def _despatch(papers: list[ScrutinyReport], day: datetime.date) -> dict[int, str]:
    drafts = [paper.pk for paper in papers if paper.is_draft]
    if not drafts:
        return {}
    # without visible_to: the words of visible drafts
    known = PaperWords.objects.filter(paper__in=drafts, meets_on__isnull=False).values_list("paper", "meets_on")
    return {pk: despatch_words(meets_on, day) for pk, meets_on in known if meets_on}


def name_for_clerk(paper: ScrutinyReport) -> str:
    """The file name of a finalised paper: for its newest meeting, otherwise as filed."""
    # without visible_to: issues of a visible paper
    newest = PaperIssue.objects.filter(paper=paper).order_by("-meeting_on", "-pk").first()
    if newest:
        return pack_name(paper, newest.meeting_on)
    assert paper.file  # a finalised paper has its file
    return paper.file.name


def running_checks(user: User) -> list[FactualCheck]:
    """The running checks of the user's force, soonest day first; none for the office."""
    if not user.has_perm(May.CHECK_PAPER):
        return []
    found = FactualCheck.objects.visible_to(user).running().select_related("paper").defer("paper__figures")
    checks = list(found.order_by("due_on"))
    for each in checks:
        each.period = Period(each.paper.start, each.paper.end)
    return checks
