"""How a paper reaches its readers: members are told and download it; the paper of the quarter before is public."""

from recommendations.domain.papers import downloads, notifications
from recommendations.domain.public import papers
from recommendations.domain.writing import mail_ledger
from recommendations.models import ScrutinyReport
from recommendations.periods import Period


def _paper(told, force: str, quarter: Period) -> ScrutinyReport:
    return ScrutinyReport.objects.get(force=told.forces[force], start=quarter.start, closed=False)


def tell(told, at) -> None:
    """The e-mails of an issued paper, as the ledger has them. The people are made up: nothing goes to anybody."""
    for reader in notifications.waiting(at):
        notice = notifications.claim(reader=reader, at=at)
        mail_ledger.hand_over(notice)
        mail_ledger.mark_sent(notice, at=at)


def download(told, force: str, quarter: Period, at) -> None:
    """A member reads it, and so does the force."""
    paper = _paper(told, force, quarter)
    for who in ("member", force):
        downloads.record_download(paper=paper, form=downloads.PDF, by=told.people[who], at=at)


def make_public(told, force: str, quarter: Period, at) -> None:
    """An approving officer lets everybody read a paper of the quarter before."""
    papers.publish_paper(paper=_paper(told, force, quarter), by=told.people["approver"], at=at)
