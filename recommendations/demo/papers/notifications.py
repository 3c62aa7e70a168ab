"""How a paper reaches its readers: members are emailed and download it; the previous quarter's paper is public."""

from recommendations.domain.mails import mail_ledger
from recommendations.domain.papers import downloads, notifications
from recommendations.domain.public import papers
from recommendations.models import ScrutinyReport
from recommendations.periods import Period


def _paper(office, force: str, quarter: Period) -> ScrutinyReport:
    return ScrutinyReport.objects.get(force=office.forces[force], start=quarter.start, closed=False)


def tell(office, at) -> None:
    """Record the emails of an issued paper as sent. The people are fictional: nothing is really sent."""
    for reader in notifications.waiting(at):
        notice = notifications.claim(reader=reader, at=at)
        assert notice  # nothing else claims them
        mail_ledger.hand_over(notice)
        mail_ledger.mark_sent(notice, at=at)


def download(office, force: str, quarter: Period, at) -> None:
    """Record downloads by a member and by the force."""
    paper = _paper(office, force, quarter)
    for who in ("member", force):
        downloads.record_download(paper=paper, form=downloads.PDF, by=office.people[who], at=at)


def make_public(office, force: str, quarter: Period, at) -> None:
    """As an approving officer, publish the previous quarter's paper."""
    papers.publish_paper(paper=_paper(office, force, quarter), by=office.people["approver"], at=at)
