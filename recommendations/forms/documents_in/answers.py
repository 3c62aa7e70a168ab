"""The check of a chief officer's answer to a coroner's report: the report, when the answer was sent, its text."""

import datetime
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import QuerySet

from recommendations.domain.responses.followed_answers import FollowedAnswer
from recommendations.domain.text.person_names import names_in, names_in_link
from recommendations.enums.sources import Answerer
from recommendations.exchange.documents_in.proposal import names_force, source_text
from recommendations.exchange.documents_in.results import ReadResponse, ReadSource
from recommendations.exchange.documents_in.sources.kinds import DocumentKind
from recommendations.exchange.documents_in.sources.reading import ANSWERED, answer_text
from recommendations.forms.documents_in.check import ReadForm, as_pk
from recommendations.forms.documents_in.check_draft import FACTS, Draft
from recommendations.forms.documents_in.check_rows import long_text, rows_for
from recommendations.forms.documents_in.placement import Places
from recommendations.forms.documents_in.sources import SEEMS
from recommendations.forms.inspections.inspections import with_its_day
from recommendations.forms.site.fields import DayField, LinkField
from recommendations.models import Force, Inspection, User
from recommendations.models.inspections.inspections import shorten
from recommendations.periods import say

CORONER = "coroner"
NOT_THE_FORCES = "This reads as the answer of {who}. Tick below if it is the chief officer’s."
UNSAID = "The document does not say whose answer it is. Tick below if it is the chief officer’s."


class AnswerPlaces(Places):
    """The lines of an answer: those without a place can be left out or added to the answer."""

    choices = (("chief", "The answer"),)
    of_one = ()


def draft_of_answer(read: ReadResponse, force: Force, sent_on: datetime.date) -> Draft:
    """The draft of an answer as read; if the answer names a report on record, that one is proposed."""
    named = [each for each in _reports(force.pk) if _answers(read.source, each)]
    return Draft(
        facts=dict.fromkeys(FACTS, "")
        | {
            "source": DocumentKind.CORONER_RESPONSE.value,
            "force": str(force.pk),
            "inspection": str(named[0].pk) if len(named) == 1 else "",
            "responded_on": say(sent_on),
            "chief_officer_comments": answer_text(read),
        }
    )


def _reports(force: int | None) -> QuerySet[Inspection]:
    """The coroners' reports about a force that its chief officer has to answer."""
    # without visible_to: only the office imports documents, and the form offers what the user may see
    return Inspection.objects.filter(source=CORONER, covers__force=force, answerer=Answerer.CHIEF_OFFICER)


def _answers(source: ReadSource, report: Inspection) -> bool:
    """Whether an answer names this report: by reference, otherwise by date."""
    if source.reference and report.source_reference:
        return source.reference == report.source_reference
    return source.responds_to is not None and source.responds_to in (report.starts_on, report.published_on)


class AnswerForm(ReadForm):
    """The check of an answer. Text repeated from the report is not recorded again."""

    unmarked = ("chief_officer_comments", "address", "published_on", "names_ok", "officer_ok")
    asks_section_55 = False

    title = kind = inspectorate = short_name = published_read = None  # type: ignore[assignment]  # Django’s way to leave out an inherited field
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
    address = LinkField(label="Where it is published")
    published_on = DayField(past=True, label="Published on", required=False)
    chief_officer_comments = long_text("What it says", 6)
    officer_ok = forms.BooleanField(label="I have checked: this is the chief officer’s answer", required=False)
    names_ok = forms.BooleanField(label="I have checked: no person is named in what is saved", required=False)
    field_order = ("inspection", "force", "responded_on", "published_on", "address", "chief_officer_comments")

    def offer(self, by: User) -> None:
        own = _reports(as_pk(self.draft.facts["force"])).order_by().values("pk")
        self.fields["inspection"].queryset = Inspection.objects.visible_to(by).filter(pk__in=own)
        self.fields["inspection"].label_from_instance = with_its_day
        text = self.fields["chief_officer_comments"]
        text.widget.attrs["rows"] = rows_for(self.draft.facts["chief_officer_comments"], 6, 24)
        if not self.whose:
            del self.fields["officer_ok"]

    def clean(self) -> dict[str, Any]:
        """Skip the checks of dates: the verb checks that an answer is published after it was sent."""
        return super(ReadForm, self).clean()

    # -- doubts

    @cached_property
    def whose(self) -> str:
        """Why the user is asked whose answer it is; "" if the document says that it is the force's."""
        force = self.fields["force"].queryset.filter(pk=as_pk(self.draft.facts["force"])).first()
        body = self.places.read.body
        if not body:
            return UNSAID
        return "" if force and names_force(force, body) else NOT_THE_FORCES.format(who=body)

    @cached_property
    def person_names(self) -> list[tuple[str, str]]:
        """Possible names of persons in what would be saved: (id of the field, name)."""
        text, address = self.draft.facts["chief_officer_comments"], self.draft.facts["address"]
        found = [("id_chief_officer_comments", name) for name in names_in(text)]
        return [*found, *(("id_address", name) for name in names_in_link(address))]

    def _obstacles(self) -> list[tuple[str, str]]:
        unsure = [] if self.draft.facts["names_ok"] else self.person_names
        whose = [] if self.draft.facts["officer_ok"] or not self.whose else [("id_officer_ok", self.whose)]
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
