"""The forces and the period of a new paper."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms

from recommendations.domain.papers.papers import open_papers_on
from recommendations.domain.sources.queries import sources_in_papers
from recommendations.domain.writing.refusals import Refusal
from recommendations.forms.site.base import VerbForm
from recommendations.forms.site.fields import DayField, RecordsField
from recommendations.models import Force, Panel, ScrutinyReport
from recommendations.periods import Period, recent_quarters

OTHER = "other"
CLOSED = "closed"
QUARTERS = 5


class PaperForm(VerbForm):
    """One or several forces, and a period: one of the UK quarters on offer, or any two days.
    `existing` are the quarters on offer that have a paper already, with it; `taken` is the existing paper of one of the
    forces for the period, if the verb refused for that reason.
    """

    taken = None

    unmarked = ("start", "end")

    force = RecordsField(
        Force.objects.none(),
        label="Forces",
        help_text="Choose several for one joint paper, with a part for each force.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose the force."},
    )
    period = forms.ChoiceField(
        label="Period", widget=forms.RadioSelect, error_messages={"required": "Choose the period."}
    )
    start = DayField(past=True, label="First day", required=False, help_text="For another period, for example 1/4/2026")
    end = DayField(past=True, label="Last day", required=False)
    panel = forms.ModelChoiceField(Panel.objects.none(), label="Committee", required=False, empty_label="No committee")

    source = forms.ChoiceField(
        label="Sources", required=False, help_text="A paper on one source counts its recommendations alone."
    )
    closed = forms.TypedChoiceField(
        label="Which paper",
        choices=[
            ("", "Open: all that is not restricted"),
            (CLOSED, "Closed: what is restricted, for the office alone"),
        ],
        required=False,
        coerce=lambda chosen: chosen == CLOSED,
        empty_value=False,  # type: ignore[arg-type]  # what coerce gives, as Django has it
        widget=forms.RadioSelect,
        initial="",
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, on: datetime.date, **kwargs: Any) -> None:
        """`on` is today in Europe/London: the quarters offered are the last complete ones."""
        super().__init__(data, **kwargs)
        # without visible_to: a form of the office
        self.fields["force"].queryset = Force.objects.order_by("name")
        # without visible_to: a form of the office
        self.fields["panel"].queryset = Panel.objects.committees(on)
        followed = sources_in_papers(on)
        if len(followed) == 1:
            del self.fields["source"]
        else:
            named = [(each.key, each.name) for each in followed]
            self.fields["source"].choices = [("", "All sources, with a sum for each"), *named]
        quarters = [quarter for quarter in recent_quarters(on, QUARTERS + 1) if quarter.end < on][:QUARTERS]
        papers = open_papers_on(quarters)
        self.existing = [(quarter, papers[quarter]) for quarter in quarters if papers[quarter]]
        self.fields["period"].choices = [
            *((f"{each.start}/{each.end}", _quarter_words(each, papers[each])) for each in quarters),
            (OTHER, "Another period"),
        ]
        forces = len(self.fields["force"].queryset)
        if quarters and len(papers[quarters[0]]) < max(forces, 1):
            self.fields["period"].initial = f"{quarters[0].start}/{quarters[0].end}"

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        period = values.get("period")
        if period == OTHER:
            for name, words in (("start", "first"), ("end", "last")):
                if values.get(name) is None and name not in self.errors:
                    self.add_error(name, f"Enter the {words} day of the period.")
        elif period:
            first, last = period.split("/")
            values["start"], values["end"] = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
        return values

    def verb_fields(self) -> dict[str, Any]:
        """Replace the choice of the period by its days; `forces` are the chosen ones."""
        values = {name: value for name, value in super().verb_fields().items() if name != "period"}
        return {"forces": list(values.pop("force"))} | values

    def refuse(self, refusal: Refusal) -> None:
        super().refuse(refusal)
        self.taken = getattr(refusal, "paper", None)


def _quarter_words(quarter: Period, papers: list[ScrutinyReport]) -> str:
    """ "Q2 2026/27, July to September 2026; there is a paper on Westmarch Police"."""
    there = f"; there is a paper on {', '.join(str(paper.force) for paper in papers)}" if papers else ""
    return f"{quarter.label}{there}"
