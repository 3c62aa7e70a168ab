"""The pages of a factual check."""

import datetime

from recommendations.documents.papers.document import scrutiny_paper
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.factual_check_status import state_of
from recommendations.domain.papers.papers import author_of
from recommendations.models import FactualCheck, ScrutinyReport, User
from recommendations.periods import Period, london_day
from recommendations.permissions import May

ACT = "papers/act.html"  # the template of every form about a paper
ACTS = {
    "send": (
        "Send to the force for a check of its facts",
        "Its inspection lead sees this draft, its figures and its PDF, until the force has replied. "
        "Later changes to the draft are seen too.",
        "Send to the force",
    ),
    "end": (
        "Go on without the reply",
        "The force no longer sees the draft and can no longer reply.",
        "End the check",
    ),
    "answer": ("Answer a correction", "", "Save the answer"),
    "issue": (
        "Issue to a meeting",
        "Say to which meeting the paper goes, and how it was sent. The PDF is then named for the clerk’s pack.",
        "Issue the paper",
    ),
    "publish": (
        "Make public",
        "Anyone can then read the PDF without signing in: all that it says, the names in it, and the files inside it. "
        "Read it again first. You can withdraw it, but not from those who already have it.",
        "Make it public",
    ),
    "unpublish": (
        "Withdraw from the public",
        "The public address stays and says that the paper was withdrawn, on which day and why. Committees keep it.",
        "Withdraw",
    ),
    "withdraw": (
        "Withdraw from a meeting",
        "The paper stays as it is. That it was issued to this meeting stays on record as withdrawn.",
        "Withdraw",
    ),
}


def words_of_act(name: str, paper: ScrutinyReport) -> dict:
    """The title, the explanation and the button of a form about a paper."""
    title, says, button = ACTS[name]
    period = Period(paper.start, paper.end)
    return {"title": title, "says": says, "button": button, "paper": paper, "period": period}


def check_page(check: FactualCheck, user: User, at: datetime.datetime) -> dict:
    """The context of one check: its state, corrections with their answers, and the draft's figures while it runs."""
    paper, may_write = check.paper, user.has_perm(May.DRAFT_PAPER)
    runs = paper.is_draft and not check.reply and not check.ended_at
    context = {
        "check": check,
        "paper": paper,
        "period": Period(paper.start, paper.end),
        "state": state_of(check, london_day(at)),
        "late": runs and london_day(at) > check.due_on,
        "corrections": list(check.corrections.select_related("answered_by")),
        "runs": runs,
        "may_answer": may_write and paper.is_draft,
        "may_end": may_write and runs,
        "may_reply": runs and user.has_perm(May.CHECK_PAPER),
        "may_open": may_write or not paper.is_draft,
    }
    if runs and not may_write:
        figures = compile_figures(paper=paper, known_at=at)
        shown = scrutiny_paper(figures, author=author_of(paper), created_at=at, draft=True)
        context |= {"figures": figures, "document": shown}
    return context
