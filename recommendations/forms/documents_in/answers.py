"""The check of a chief officer's answer to a coroner's report: the report, when the answer was sent, its text."""

from functools import cached_property
from typing import Any

from django import forms

from recommendations.domain.responses.followed_answers import FollowedAnswer
from recommendations.domain.text.person_names import names_in, names_in_link
from recommendations.exchange.documents_in.proposal import names_force, source_text
from recommendations.exchange.documents_in.sources.reading import ANSWERED
from recommendations.forms.documents_in.answer_values import reports_to_answer
from recommendations.forms.documents_in.check import ReadForm
from recommendations.forms.documents_in.check_rows import long_text, rows_for
from recommendations.forms.documents_in.marked import as_pk
from recommendations.forms.documents_in.sources import SEEMS
from recommendations.forms.inspections.inspections import with_its_day
from recommendations.forms.site.fields import DayField
from recommendations.models import Inspection, User
from recommendations.models.inspections.inspections import shorten

NOT_THE_FORCES = "This reads as the answer of {who}. Tick below if it is the chief officer’s."
UNSAID = "The document does not say whose answer it is. Tick below if it is the chief officer’s."


class AnswerForm(ReadForm):
    """The check of an answer. Text repeated from the report is not recorded again."""

    unmarked = ("chief_officer_comments", "address", "published_on", "names_ok", "officer_ok")
    asks_section_55 = False

    title = kind = inspectorate = short_name = None  # type: ignore[assignment]  # Django’s way to leave out an inherited field
    source = forms.CharField(widget=forms.HiddenInput)
    inspection = forms.ModelChoiceField(
        Inspection.objects.none(),
        label="Answers the report",
        empty_label="Choose one",
        error_messages={"required": "Choose the report that it answers. If it is not here yet, bring it in first."},
    )
    responded_on = DayField(
        past=True, label="Sent on", error_messages={"required": "Enter the day on which it was sent to the coroner."}
    )
    address = forms.URLField(
        label="Where it is published", required=False, max_length=500, assume_scheme="https", empty_value=""
    )
    published_on = DayField(past=True, label="Published on", required=False)
    chief_officer_comments = long_text("What it says", 6)
    officer_ok = forms.BooleanField(label="I have checked: this is the chief officer’s answer", required=False)
    names_ok = forms.BooleanField(label="I have checked: no person is named in what is saved", required=False)
    field_order = ("inspection", "force", "responded_on", "published_on", "address", "chief_officer_comments")

    def offer(self, by: User) -> None:
        own = reports_to_answer(as_pk(self.values.facts["force"])).order_by().values("pk")
        self.fields["inspection"].queryset = Inspection.objects.visible_to(by).filter(pk__in=own)
        self.fields["inspection"].label_from_instance = with_its_day
        text = self.fields["chief_officer_comments"]
        text.widget.attrs["rows"] = rows_for(self.values.facts["chief_officer_comments"], 6, 24)
        if not self.whose:
            del self.fields["officer_ok"]

    def clean(self) -> dict[str, Any]:
        """Skip the checks of dates: the verb checks that an answer is published after it was sent."""
        return super(ReadForm, self).clean()

    # -- doubts

    @cached_property
    def whose(self) -> str:
        """Why the user is asked whose answer it is; "" if the document says that it is the force's."""
        force = self.fields["force"].queryset.filter(pk=as_pk(self.values.facts["force"])).first()
        body = self.marked.read.body
        if not body:
            return UNSAID
        return "" if force and names_force(force, body) else NOT_THE_FORCES.format(who=body)

    @cached_property
    def person_names(self) -> list[tuple[str, str]]:
        """Possible names of persons in what would be saved: (id of the field, name)."""
        text, address = self.values.facts["chief_officer_comments"], self.values.facts["address"]
        found = [("id_chief_officer_comments", name) for name in names_in(text)]
        return [*found, *(("id_address", name) for name in names_in_link(address))]

    def _obstacles(self) -> list[tuple[str, str]]:
        unsure = [] if self.values.facts["names_ok"] else self.person_names
        whose = [] if self.values.facts["officer_ok"] or not self.whose else [("id_officer_ok", self.whose)]
        return [*super()._obstacles(), *whose, *((at, SEEMS.format(name=shorten(name, 60))) for at, name in unsure)]

    def answer(self) -> FollowedAnswer:
        """The form as a FollowedAnswer, to be recorded."""
        given = self.cleaned_data
        return FollowedAnswer(
            inspection=given["inspection"],
            sent_on=given["responded_on"],
            published_on=given["published_on"],
            link=given["address"],
            text=given["chief_officer_comments"],
            source_name=self.document.name or ANSWERED,
            source_text=source_text(self.document.lines),
        )
