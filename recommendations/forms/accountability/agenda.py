"""The form of an agenda item: what it is about, and what to ask."""

from collections.abc import Mapping
from typing import Any

from django import forms

from recommendations.domain.accountability.agenda import NewItem
from recommendations.domain.accountability.log import open_actions_of, requests_about
from recommendations.domain.register.enforcements import recommendation_named
from recommendations.enums import Rag
from recommendations.enums.accountability import ABOUT, ItemKind
from recommendations.forms.register.base import long_text, short_text
from recommendations.forms.site.base import VerbForm
from recommendations.forms.site.fields import RecordField
from recommendations.models import (
    AccountabilityMeeting,
    Action,
    AgendaItem,
    Commitment,
    CommitteeRequest,
    Inspection,
    PeelGrade,
    Thresholds,
    User,
)
from recommendations.models.inspections.inspections import shorten
from recommendations.periods import say
from recommendations.sections import Section

NEEDS = {ItemKind.ACTION: Section.ACTIONS, ItemKind.COMMITMENT: Section.COMMITMENTS}
COLOURS = (Rag.RED, Rag.AMBER, Rag.GREEN, Rag.GREY)


class GradeField(RecordField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.area}: {obj.get_grade_display()}, {say(obj.effective_on)}"


class QuoteField(RecordField):
    def label_from_instance(self, obj: Any) -> str:
        return shorten(obj.quote, 100)


class ActionField(RecordField):
    def label_from_instance(self, obj: Any) -> str:
        return shorten(obj.words, 100)


class RequestField(RecordField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj}: {shorten(obj.text, 80)}"


class AgendaReportField(RecordField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{shorten(obj.title, 90)}, {say(obj.published_on)}"


class AgendaItemForm(VerbForm):
    """What an item is about, with the part that this needs; what to ask; and whether it is restricted."""

    unmarked = ("colours", *ABOUT)
    kind = forms.ChoiceField(
        label="What it is about",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the item is about."},
    )
    colours = forms.MultipleChoiceField(
        label="RAG",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="All that is open if you tick none.",
    )
    late_only = forms.BooleanField(label="Only what is past its date", required=False)
    tracked = forms.CharField(label="Reference", max_length=30, required=False)
    inspection = AgendaReportField(Inspection.objects.none(), label="Report", required=False, empty_label="Choose it")
    grade = GradeField(PeelGrade.objects.none(), label="PEEL grade", required=False, empty_label="Choose it")
    commitment = QuoteField(Commitment.objects.none(), label="Commitment", required=False, empty_label="Choose it")
    action = ActionField(Action.objects.none(), label="Action", required=False, empty_label="Choose it")
    request = RequestField(CommitteeRequest.objects.none(), label="Request", required=False, empty_label="Choose it")
    heading = short_text("Heading", 200, help_text="Its own words if you leave it empty.")
    question = long_text("What to ask")
    restricted = forms.BooleanField(
        label="Restricted", required=False, help_text="The public reads that one item is not shown, and no more."
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        meeting: AccountabilityMeeting,
        by: User,
        rule: Thresholds,
        record: AgendaItem | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, initial=_values(record) if record else {"kind": ItemKind.REGISTER}, **kwargs)
        self.meeting, self.by, self.item = meeting, by, record
        self._fill_choices()
        offered = [each for each in ItemKind if self._is_offered(each)]
        self.fields["kind"].choices = [(str(each), each.label) for each in offered]
        self.fields["colours"].choices = [(str(each), rule.word(each)) for each in COLOURS]

    def _fill_choices(self) -> None:
        force, by = self.meeting.force, self.by
        reports = Inspection.objects.visible_to(by).filter(covers__force=force).order_by("-published_on", "-pk")
        self.fields["inspection"].queryset = reports
        self.fields["grade"].queryset = PeelGrade.objects.visible_to(by).standing().filter(force=force).latest_first()
        self.fields["commitment"].queryset = Commitment.objects.visible_to(by).running().order_by("next_on", "pk")
        self.fields["action"].queryset = open_actions_of(force, by)
        requests = requests_about(force, self.meeting.on).visible_to(by).waiting()
        self.fields["request"].queryset = requests.order_by("due_on", "pk")

    def _is_offered(self, kind: ItemKind) -> bool:
        """Whether there is anything of this kind to choose: what an item is about already can always be kept."""
        if self.item is not None and self.item.kind == kind:
            return True
        if kind in (ItemKind.REGISTER, ItemKind.WORDS, ItemKind.RECOMMENDATION):
            return True
        return (kind not in NEEDS or NEEDS[kind].is_on) and bool(self.fields[kind].queryset.exists())

    @property
    def parts(self) -> list[tuple[str, list[Any]]]:
        """Each kind that is offered with the fields that it needs."""
        kinds = {str(key) for key, _ in self.fields["kind"].choices}
        found = [(ItemKind.REGISTER, [self["colours"], self["late_only"]]), *((each, [self[each]]) for each in ABOUT)]
        return [(str(kind), fields) for kind, fields in found if str(kind) in kinds]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        reference = cleaned.get("tracked", "")
        cleaned["tracked"] = recommendation_named(reference, self.by) if reference else None
        if cleaned.get("kind") == ItemKind.RECOMMENDATION and reference and cleaned["tracked"] is None:
            self.add_error("tracked", f"There is no recommendation {reference}. Check its reference.")
        return cleaned

    @property
    def new_item(self) -> NewItem:
        values = self.verb_fields()
        return NewItem(**values | {"colours": tuple(values["colours"])})


def _values(item: AgendaItem) -> dict[str, Any]:
    names = ("kind", "late_only", "heading", "question", "restricted", *ABOUT[1:])
    values = {name: getattr(item, name) for name in names}
    return values | {"colours": item.colours.split(), "tracked": item.tracked.reference if item.tracked else ""}
