"""The forms of a force's public page: the choices for a release, and an email address to delete."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet

from recommendations.domain.force_pages.compile import annual_reports
from recommendations.domain.force_pages.compile_lines import longest_overdue, open_standings
from recommendations.domain.force_pages.data import PageChoices
from recommendations.forms.register.tracked import long_text
from recommendations.forms.site.base import VerbForm
from recommendations.forms.site.fields import DayField, LinkField
from recommendations.forms.site.releases import PrepareReleaseForm
from recommendations.models import CustodySuite, Force, Inspection
from recommendations.periods import quarter_of, recent_quarters, say
from recommendations.sections import Section

QUARTERS = 6
NONE = "None"
CUSTODY = ("custody_words", "custody_link", "custody_from")


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
        if not Section.CUSTODY.is_on or not _suites(force).exists():
            for name in CUSTODY:
                del self.fields[name]

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
            **{name: given[name] for name in CUSTODY if name in given},
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
        "custody_words": before.custody_words,
        "custody_link": before.custody_link,
        "custody_from": str(last_whole),
    }


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
