"""The forms of a force's public page: the choices for a release, and an email address to delete."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from recommendations.domain.force_pages.compile import annual_reports
from recommendations.domain.force_pages.compile_lines import longest_overdue, open_standings
from recommendations.domain.force_pages.data import PageChoices
from recommendations.domain.force_pages.indicators import indicators_to_show
from recommendations.domain.force_pages.specified_information import answered_by_others, complaint_standings
from recommendations.domain.rounds.drafts import references_in
from recommendations.forms.register.tracked import long_text
from recommendations.forms.site.base import VerbForm
from recommendations.forms.site.fields import DayField, LinkField
from recommendations.forms.site.releases import PrepareReleaseForm
from recommendations.models import CustodySuite, Force, Inspection
from recommendations.periods import quarter_of, recent_quarters, say
from recommendations.search_words import references_in as typed_references
from recommendations.sections import Section

QUARTERS = 6
NONE = "None"
CUSTODY = ("custody_words", "custody_link", "custody_from")
PRIORITIES = ("priorities_contribution", "priorities_applicability")
COMPLAINTS = ("complaints_data_link", "complaints_statistics_link", "complaints_words", "complaints_link")
RECENT = datetime.timedelta(days=730)  # of the reports that the chief officer answers
# The fields before which a heading stands.
HEADINGS = {
    "report": "Inspections",
    "other_answers": "Answers by the chief officer",
    "indicators": "Whether it helped",
    "priorities_contribution": "National priorities for policing",
    "complaints_data_link": "Complaints about the force",
    "custody_words": "Custody visiting",
}


class ReportField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Inspection) -> str:
        return f"{obj.title}, {say(obj.published_on)}"


class PreparePageForm(PrepareReleaseForm):
    """The choices for a release."""

    report = ReportField(
        Inspection.objects.none(),
        label="Latest annual report of HMICFRS on the force",
        required=False,
        empty_label=NONE,
        help_text="PEEL assessments that cover the force.",
    )
    summary_link = LinkField(label="Address of HMICFRS’s latest summary assessment of the force")
    summary_on = DayField(label="Day of that assessment", required=False, past=True)
    first = forms.TypedChoiceField(label="Shown in full", required=False, coerce=int, empty_value=None)
    second = forms.TypedChoiceField(
        label="Shown in full beside it",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="Of these two the page shows what the force and the office said last, word for word, and says that "
        "they are the two longest overdue or your choice. All others are a list without these texts.",
    )
    other_answers = forms.TypedMultipleChoiceField(
        label="Shown, with when each was due and sent",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="Reports of two years. A coroner’s report may name who died: choose it only if it is public.",
    )
    indicators = forms.TypedMultipleChoiceField(
        label="Shown with their charts",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="Numbers from 1 to 4 are shown as “fewer than 5”. One of anything restricted is not offered.",
    )
    priorities_contribution = long_text(
        "What the force contributes",
        rows=4,
        help_text="The Order asks for a statement on its contribution to the key national priorities (paragraph 7A).",
    )
    priorities_applicability = long_text("Which of them apply here and which do not, and why", rows=4)
    complaints_data_link = LinkField(label="Address of the IOPC’s latest quarterly data on the force")
    complaints_statistics_link = LinkField(label="Address of the IOPC’s latest annual statistics")
    complaints_words = long_text(
        "How you hold the chief officer to account for complaints",
        rows=6,
        help_text="The Order asks for a report (paragraph 7C): how you hold the chief officer to account, and how well "
        "you do reviews. Home Office guidance adds satisfaction, timeliness, quality and themes. Nothing about a "
        "complainant.",
    )
    complaints_link = LinkField(label="Address of your whole report on complaints")
    complaints_recommendations = forms.CharField(
        label="Recommendations of HMICFRS and the IOPC on complaints",
        required=False,
        max_length=1000,
        help_text="Their references, with commas: WM-0012, WM-0031. The page shows what became of each and, where the "
        "force did not accept one, what it said last.",
    )
    custody_words = long_text(
        "How custody visiting works here",
        rows=4,
        help_text="Public: who visits, how often, what becomes of what they find. Nothing about a detainee.",
    )
    custody_link = LinkField(label="Address of your page on custody visiting")
    custody_from = forms.TypedChoiceField(
        label="Visits of", required=False, coerce=datetime.date.fromisoformat, empty_value=None
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, force: Force, before: PageChoices, on: datetime.date
    ) -> None:
        super().__init__(data, initial=_starts_with(force, before, on))
        self.fields["report"].queryset = annual_reports(force)
        lines = [("", NONE), *_lines(force)]
        self.fields["first"].choices = self.fields["second"].choices = lines
        quarters = recent_quarters(on, QUARTERS)
        self.fields["custody_from"].choices = [("", NONE), *((str(each.start), each.label) for each in quarters)]
        self.force = force
        self.fields["indicators"].choices = [(each.pk, each.name) for each in indicators_to_show(force)]
        self.fields["other_answers"].choices = list(_answers(force, before, on))
        for name in self._omitted(force):
            del self.fields[name]
        for name in self.fields.keys() & HEADINGS.keys():
            self.fields[name].heading = HEADINGS[name]

    def _omitted(self, force: Force) -> Iterator[str]:
        """The fields of which there is nothing to say."""
        if not Section.CUSTODY.is_on or not _suites(force).exists():
            yield from CUSTODY
        if not force.is_police:
            yield from (*PRIORITIES, *COMPLAINTS, "complaints_recommendations")
        if not self.fields["other_answers"].choices:
            yield "other_answers"
        if not self.fields["indicators"].choices:
            yield "indicators"

    def clean_complaints_recommendations(self) -> tuple[int, ...]:
        """The ids of the recommendations with these references. Names those that are not there."""
        asked = list(references_in(self.cleaned_data["complaints_recommendations"]))
        if not asked:
            return ()
        rows = complaint_standings(self.force).values_list("reference", "tracked")
        found = {_key(reference): tracked for reference, tracked in rows}
        if unknown := [each for each in asked if _key(each) not in found]:
            raise forms.ValidationError(
                "%(which)s: the register of the force has no recommendation of HMICFRS or the IOPC with this reference "
                "that may be public.",
                "unknown",
                {"which": ", ".join(unknown)},
            )
        return tuple(found[_key(each)] for each in asked)

    def clean(self) -> dict[str, Any]:
        """Check that the two recommendations shown in full differ, and that custody text comes with a quarter."""
        given = super().clean()
        if given.get("first") and given.get("first") == given.get("second"):
            self.add_error("second", "This is shown in full already. Choose another one, or none.")
        if given.get("custody_words") and not given.get("custody_from"):
            self.add_error("custody_from", "Choose the quarter whose visits are shown.")
        return given

    @property
    def choices(self) -> PageChoices:
        given = self.cleaned_data
        return PageChoices(
            report=given["report"].pk if given["report"] else None,
            summary_link=given["summary_link"],
            summary_on=given["summary_on"],
            in_full=tuple(each for each in (given["first"], given["second"]) if each),
            other_answers=tuple(given.get("other_answers", ())),
            indicators=tuple(given.get("indicators", ())),
            **{name: given[name] for name in (*CUSTODY, *PRIORITIES, *COMPLAINTS) if name in given},
            complaints_recommendations=given.get("complaints_recommendations", ()),
        )

    def verb_fields(self) -> dict:
        return {"choices": self.choices, "seen": self.cleaned_data["seen"]}


def _suites(force: Force) -> QuerySet:
    # without visible_to: whether there is any, in a form of the office
    return CustodySuite.objects.filter(force=force)


def _starts_with(force: Force, before: PageChoices, on: datetime.date) -> dict:
    """The last release's choices, with the newest report, the longest overdue (if any) and the last whole quarter."""
    newest = annual_reports(force).values_list("pk", flat=True).first()
    last_whole = quarter_of(quarter_of(on).start - datetime.timedelta(days=1)).start
    in_full = tuple(longest_overdue(force, on)) or before.in_full
    first, second, *_ = (*in_full, None, None)
    return {
        "report": newest,
        "summary_link": before.summary_link,
        "summary_on": before.summary_on,
        "first": first,
        "second": second,
        **{name: getattr(before, name) for name in (*CUSTODY, *PRIORITIES, *COMPLAINTS, "other_answers", "indicators")},
        "custody_from": str(last_whole),
        "complaints_recommendations": ", ".join(_references(force, before)),
    }


def _key(reference: str) -> str:
    """A reference as people may type it, "wm1" for WM-0001."""
    return next(iter(typed_references(reference)), reference.casefold())


def _references(force: Force, before: PageChoices) -> Iterator[str]:
    """Of the recommendations on complaints that the last release showed and that may still be public."""
    if before.complaints_recommendations:
        rows = complaint_standings(force).filter(tracked__in=before.complaints_recommendations)
        yield from rows.order_by("reference").values_list("reference", flat=True)


def _answers(force: Force, before: PageChoices, on: datetime.date) -> Iterator[tuple[int, str]]:
    """The reports that the chief officer answers: those of two years, and what the last release showed."""
    rows = answered_by_others(force).filter(Q(published_on__gte=on - RECENT) | Q(pk__in=before.other_answers))
    for report in rows:
        last = f", due by {say(report.last_day)}" if report.last_day else ""
        sent = f", sent on {say(report.answer_sent_on)}" if report.answer_sent_on else ", not sent"
        yield report.pk, f"{report.source_word}: {report.title}{last}{sent}"


def _lines(force: Force) -> Iterator[tuple[int, str]]:
    """The open recommendations that may be shown, by reference."""
    rows = open_standings(force).filter(restricted=False).order_by("reference")
    for row in rows.select_related("tracked__recommendation"):
        yield row.tracked_id, f"{row.reference}: {row.tracked.recommendation.short_text}"


class RemoveAddressForm(VerbForm):
    """An email address that its owner asked the office to delete."""

    email = forms.EmailField(
        label="Email address",
        max_length=254,
        error_messages={
            "required": "Enter the address.",
            "max_length": "Enter an address of at most 254 characters.",
            "invalid": "Enter an email address, such as name@example.org.",
        },
    )
