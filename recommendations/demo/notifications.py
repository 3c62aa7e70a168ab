"""How a paper reaches its readers: members are told and download it; the paper of the quarter before is public."""

from recommendations.domain.papers import downloads as paper_downloads
from recommendations.domain.papers import notifications as paper_mails
from recommendations.domain.public import papers as public_papers
from recommendations.domain.writing import mail_ledger
from recommendations.models import ScrutinyReport
from recommendations.periods import Period


def _paper(told, force: str, quarter: Period) -> ScrutinyReport:
    return ScrutinyReport.objects.get(force=told.forces[force], start=quarter.start, closed=False)


def tell(told, at) -> None:
    """The e-mails of an issued paper, as the ledger has them. The people are made up: nothing goes to anybody."""
    for reader in paper_mails.waiting(at):
        notice = paper_mails.claim(reader=reader, at=at)
        mail_ledger.hand_over(notice)
        mail_ledger.mark_sent(notice, at=at)


def download(told, force: str, quarter: Period, at) -> None:
    """A member reads it, and so does the force."""
    paper = _paper(told, force, quarter)
    for who in ("member", force):
        paper_downloads.record_download(paper=paper, form=paper_downloads.PDF, by=told.people[who], at=at)


def make_public(told, force: str, quarter: Period, at) -> None:
    """An approving officer lets everybody read a paper of the quarter before."""
    public_papers.publish_paper(paper=_paper(told, force, quarter), by=told.people["approver"], at=at)
