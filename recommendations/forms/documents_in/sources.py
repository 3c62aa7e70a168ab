"""The check of another source's document: the rule it was made under, from which day, and that it names no person."""

from functools import cached_property
from typing import Any

from django import forms

from recommendations.domain.responses.reports import NewReport
from recommendations.domain.sources.frozen import frozen
from recommendations.domain.sources.queries import bases, sources
from recommendations.domain.sources.text import WhoByWhen, who_by_when
from recommendations.domain.text.person_names import names_in
from recommendations.enums import InspectionKind, ResponseAnswer
from recommendations.exchange.documents_in.sources.proposal import clock_facts
from recommendations.forms.documents_in.check import ReadForm
from recommendations.forms.documents_in.check_values import day_of
from recommendations.forms.documents_in.reports import ReportForm
from recommendations.forms.site.fields import DayField
from recommendations.models import BasisFacts, Inspection, SourceFacts, User
from recommendations.models.inspections.inspections import shorten

SEEMS = "“{name}” seems to be the name of a person. Delete it, or tick below that no person is named."
DAY_LABELS = {"made": "Made on", "sent": "Sent on", "received": "Received on", "published": "Published on"}


class SourceReportForm(ReportForm):
    """The check of a report of another source than HMICFRS. Its rule says who answers and by when."""

    unmarked: tuple[str, ...] = (*ReadForm.unmarked, "made_to", "source_reference", "respond_by", "names_ok")
    asks_section_55 = False

    kind = inspectorate = belongs_to = link = answer = why = reason = None  # type: ignore[assignment]  # Django’s way to leave out an inherited field
    source = forms.CharField(widget=forms.HiddenInput)
    basis = forms.ChoiceField(label="Made under", error_messages={"required": "Choose what it was made under."})
    made_to = forms.CharField(label="Made or sent to", required=False, max_length=200)
    source_reference = forms.CharField(label="Its own reference", required=False, max_length=60)
    respond_by = DayField(label="Day to answer by, if stated", required=False)
    names_ok = forms.BooleanField(label="I have checked: no person is named in what is saved", required=False)
    field_order = ("title", "basis", "made_to", "source_reference", "force", "short_name", "published_on", "respond_by")

    def offer(self, by: User) -> None:
        named = self.bases
        self.fields["basis"].choices = [(key, each.name) for key, each in named.items()]
        if len(named) > 1:
            self.fields["basis"].choices = [("", "Choose one"), *self.fields["basis"].choices]
        self.fields["published_on"].label = self.day_label
        if not self.is_about_deaths:
            del self.fields["names_ok"]

    # -- the rule

    def facts_without_choice(self) -> dict[str, str]:
        return {"basis": next(iter(self.bases))} if len(self.bases) == 1 else {}

    @cached_property
    def bases(self) -> dict[str, BasisFacts]:
        """The rules that a document of this source can be made under, by key."""
        return bases(self.on, self.values.facts["source"])

    @cached_property
    def source_facts(self) -> SourceFacts:
        return sources()[self.values.facts["source"]]

    @property
    def chosen_basis(self) -> BasisFacts | None:
        """The chosen rule, or the only one, or None."""
        chosen = self.bases.get(self.values.facts["basis"])
        return chosen or (next(iter(self.bases.values())) if len(self.bases) == 1 else None)

    @property
    def is_about_deaths(self) -> bool:
        return any(each.about_deaths for each in self.bases.values())

    @property
    def day_label(self) -> str:
        word = self.chosen_basis.clock_start.word if self.chosen_basis else ""
        return DAY_LABELS.get(word, "Day of the report")

    @cached_property
    def who_by_when(self) -> WhoByWhen | None:
        """Who must answer and by when, given the current fields; None if they do not determine it yet."""
        basis, published_on = self.chosen_basis, day_of(self.values.facts["published_on"])
        if basis is None or published_on is None:
            return None
        facts = {"published_on": published_on, "made_to": self.values.facts["made_to"], "section_55": False}
        facts |= clock_facts(basis, published_on, day_of(self.values.facts["respond_by"]))
        facts |= {"response_days": basis.days} if basis.counts else {}
        made = Inspection(kind=InspectionKind.OTHER, **facts, **frozen(self.source_facts, basis))
        return who_by_when(made, basis, self.on)

    # -- names

    @cached_property
    def person_names(self) -> list[tuple[str, str]]:
        """Possible names of persons in what would be saved about a death: (id of the field, name)."""
        if not self.is_about_deaths:
            return []
        texts = [(f"id_{name}", self.values.facts[name]) for name in ("title", "made_to", "source_reference")]
        for row in self.values.recommendations:
            prefix = f"id_{row.prefix}"
            texts += [(f"{prefix}-{name}", getattr(row, name)) for name in ("text", "parts", "heading", "addressees")]
        return [(field, name) for field, text in texts for name in names_in(text)]

    def _obstacles(self) -> list[tuple[str, str]]:
        unsure = [] if self.values.facts["names_ok"] else self.person_names
        return [*super()._obstacles(), *((field, SEEMS.format(name=shorten(name, 60))) for field, name in unsure)]

    # -- saving

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("source") and given["source"] not in sources():
            self.add_error(None, "This source is not known. Add the document again.")
        return given

    @property
    def saved_words(self) -> str:
        """The result of saving, in words."""
        return super(ReportForm, self).saved_words

    def new_report(self) -> NewReport:
        """The form as a NewReport, to be recorded."""
        given, basis = self.cleaned_data, self.bases[self.cleaned_data["basis"]]
        facts = {name: given[name].strip() for name in ("source", "basis", "made_to", "source_reference")}
        return NewReport(
            title=given["title"],
            short_name=given["short_name"],
            kind=InspectionKind.OTHER,
            published_on=given["published_on"],
            inspection_facts=facts | clock_facts(basis, given["published_on"], given["respond_by"]),
            answer=ResponseAnswer.OWN,
            **self.recommendations_to_add(),
            **self.source_document(),
        )
