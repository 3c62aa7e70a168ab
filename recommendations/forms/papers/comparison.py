"""The choice of two papers to compare."""

from collections.abc import Iterable

from django import forms

from recommendations.forms.site.base import Form
from recommendations.models import ScrutinyReport
from recommendations.periods import Period


class CompareForm(Form):
    """Two of these papers. The form only makes a query string."""

    use_required_attribute = False
    unmarked = ("from", "to")

    def __init__(
        self, papers: Iterable[ScrutinyReport], *, first: ScrutinyReport | None, second: ScrutinyReport | None
    ) -> None:
        """`first` and `second` are the requested papers, or None."""
        chosen = {"from": first.pk if first else "", "to": second.pk if second else ""}
        super().__init__(initial=chosen)
        papers = list(papers)
        self.has_papers = len(papers) > 1
        of_one = len({paper.force_id for paper in papers}) < 2
        choices = [("", "Choose a paper"), *((paper.pk, _paper_label(paper, of_one)) for paper in papers)]
        self.fields["from"] = forms.ChoiceField(label="First paper", choices=choices, required=False)
        self.fields["to"] = forms.ChoiceField(label="Second paper", choices=choices, required=False)


def _paper_label(paper: ScrutinyReport, is_one_force: bool) -> str:
    period = f"{Period(paper.start, paper.end).label}, issue {paper.issue}"
    return period if is_one_force else f"{paper.force.short_name if paper.force else paper.about}: {period}"
