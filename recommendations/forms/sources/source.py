"""The form for a publication of a source other than HMICFRS; it only asks what the source's rule needs."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms

from recommendations.domain.register.entries import join_words
from recommendations.domain.sources.frozen import KIND_OF, frozen, frozen_of_kind
from recommendations.enums import InspectionKind
from recommendations.enums.sources import Answerer, ClockStart, SourceKind
from recommendations.forms.site.fields import DayField, LinkField, RecordsField
from recommendations.forms.site.people import NamesColleagues
from recommendations.forms.site.record import RecordForm, reason_field
from recommendations.forms.sources.names import AsksAboutNames
from recommendations.models import BasisFacts, Force, Inspection, SourceFacts

BODY = "body"
SAME = ("title", "short_name", "published_on", "link", "source_reference")  # fields that are facts unchanged
PAIRS = ("published_on", "respond_by", "title", "short_name")
RARE = ("source_reference", "made_by", "link", "opcc_lead")
DAY_LABELS: dict[str, str] = {
    ClockStart.MADE: "Made on",
    ClockStart.SENT: "Sent on",
    ClockStart.RECEIVED: "Received on",
    ClockStart.PUBLISHED: "Published on",
}


class PublicationForm(AsksAboutNames, NamesColleagues, RecordForm):
    """`bases` are the source's rules to choose from, `forces` those of the office, `body` the policing body's name.
    A new publication also names the office's lead for its recommendations.
    """

    unmarked = ("made_to", "forces")
    of_office = ("opcc_lead",)
    without_names = ("title", "short_name", "source_reference", "made_by", "link", "reason")

    basis = forms.ChoiceField(label="Made under", widget=forms.RadioSelect)
    made_to = forms.MultipleChoiceField(
        label="Who is asked to answer", required=False, widget=forms.CheckboxSelectMultiple
    )
    # without visible_to: a form of the office
    forces = RecordsField(
        label="Forces that it is about",
        queryset=Force.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    published_on = DayField(past=True, label="Published on", help_text="As in the report.")
    respond_by = DayField(label="Answer by", required=False, help_text="As in the report. Empty if it gives none.")
    source_reference = forms.CharField(label="Reference", required=False, max_length=60)
    title = forms.CharField(max_length=300, error_messages={"required": "Enter a title."})
    short_name = forms.CharField(
        label="Short name",
        max_length=24,
        help_text="About 10 characters, for the register.",
        error_messages={"required": "Enter a short name for the register."},
    )
    made_by = forms.CharField(label="Made by", required=False, max_length=80)
    link = LinkField(label="Link")
    opcc_lead = forms.CharField(label="OPCC lead", required=False, max_length=120)
    reason = reason_field()

    def __init__(
        self,
        data: Any = None,
        *,
        source: SourceFacts,
        bases: Sequence[BasisFacts],
        forces: Sequence[Force],
        body: str,
        **kwargs: Any,
    ) -> None:
        if source.kind == SourceKind.IOPC:  # it oversees the police alone
            forces = [each for each in forces if each.is_police]
        self.source, self.bases, self.body = source, {each.key: each for each in bases}, body
        self.of_forces = {each.slug: each for each in _receivers(source, forces, kwargs.get("record"))}
        self.is_about_deaths = any(each.about_deaths for each in bases)
        super().__init__(data, **kwargs)
        for name in list(self._omitted_fields()):
            del self.fields[name]
        self._word()
        self._offer()

    @property
    def first(self) -> BasisFacts:
        return next(iter(self.bases.values()))

    def pairs(self) -> list[forms.BoundField]:
        """The fields that are laid out in two columns."""
        return [self[name] for name in PAIRS if name in self.fields]

    def rare_pairs(self) -> list[forms.BoundField]:
        """The optional fields, folded below those."""
        return [self[name] for name in RARE if name in self.fields]

    @property
    def opens_rare(self) -> bool:
        """Whether the optional fields are shown at once: to correct a record, and where one is wrong."""
        return self.record is not None or any(field.errors for field in self.rare_pairs())

    @property
    def is_to_one(self) -> bool:
        """Whether it is made or sent to one person or body."""
        return any(each.answerer == Answerer.CHIEF_OFFICER for each in self.bases.values())

    def _omitted_fields(self) -> Iterator[str]:
        if len(self.bases) == 1:
            yield "basis"
        if not any(each.clock_start == ClockStart.STATED for each in self.bases.values()):
            yield "respond_by"
        if self.source.kind == SourceKind.AUDIT or self.first.answerer == Answerer.FIRE_AUTHORITY:
            yield "made_to"
        if len(self.of_forces) == 1:
            yield "forces"
        if self.source.kind in (SourceKind.IOPC, SourceKind.CORONER, SourceKind.FIRE, SourceKind.SUPER_COMPLAINT):
            yield "made_by"
        if self.source.kind in (SourceKind.FIRE, SourceKind.SUPER_COMPLAINT):
            yield "source_reference"
        if self.record:
            yield "opcc_lead"

    def _word(self) -> None:
        """Set the labels and hints for this source."""
        fields, is_audit = self.fields, self.source.kind == SourceKind.AUDIT
        day, start = fields["published_on"], self.first.clock_start
        day.label = "Reported on" if is_audit else DAY_LABELS.get(start, "Published on")
        day.help_text = "The date on the letter (day 1)." if self.first.counts else day.help_text
        if self.record and self.record.lacks_start:
            day.required, day.help_text = (
                False,
                "Not known yet: no clock runs. Enter the date on the letter.",
            )
        day.error_messages["required"] = f"Enter the day on which it was {day.label.split()[0].lower()}."
        fields["title"].help_text = "Not a person’s name." if self.is_to_one else "As on the cover."
        if "source_reference" in fields:
            fields["source_reference"].label = f"{self.source.word} reference"
            fields["source_reference"].help_text = "As in the letter." if self.is_to_one else ""
        if self.is_to_one and "made_to" in fields:
            fields["made_to"].label = "Sent to" if start == ClockStart.SENT else "Made to"
        if is_audit:
            fields["made_by"].label, fields["respond_by"].label = "Audited by", "Answer agreed by"
            fields["respond_by"].help_text = ""

    def _offer(self) -> None:
        """Set the choices of rules and addressees."""
        if "basis" in self.fields:
            self.fields["basis"].choices = [(each.key, each.name) for each in self.bases.values()]
            self.initial.setdefault("basis", self.first.key)
        if "made_to" in self.fields:
            field = self.fields["made_to"]
            choices = [*((slug, _sentence(_chief(force))) for slug, force in self.of_forces.items())]
            choices += [(BODY, self.body)] if self.body else []
            field.choices = choices
            if self.is_to_one:
                self.fields["made_to"] = forms.ChoiceField(
                    label=field.label, choices=choices, required=False, widget=forms.RadioSelect
                )

    def values_of(self, record: Inspection) -> dict:
        covered = [each.force for each in record.covers.select_related("force")]
        named = self._made_to_of(record, covered)
        return {
            **{name: getattr(record, name) for name in (*SAME, "basis", "respond_by")},
            "published_on": None if record.lacks_start else record.clock_from,
            "made_by": record.lead_inspectorate,
            "made_to": next(iter(named), "") if self.is_to_one else named,
            "forces": covered,
        }

    def _made_to_of(self, record: Inspection, covered: Sequence[Force]) -> list[str]:
        """The ticked boxes: the addressees named in the record's text."""
        named = [each.slug for each in covered if _force_name(each) in record.made_to]
        return [*named, *([BODY] if self.body and self.body in record.made_to else [])]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if "made_to" in self.fields and self.is_to_one and not given.get("made_to") and not self._stays("made_to"):
            self.add_error("made_to", f"Choose whom it was {'sent' if self._is_sent else 'made'} to.")
        elif "forces" in self.fields and not self._forces(given):
            self.add_error("forces", "Choose at least one force.")
        return given

    @property
    def _is_sent(self) -> bool:
        return self.first.clock_start == ClockStart.SENT

    def _forces(self, cleaned: dict) -> list[Force]:
        """The forces that it is about: those chosen, those whose chief officer is an addressee, or the only one."""
        named = [self.of_forces[slug] for slug in _chosen_addressees(cleaned) if slug in self.of_forces]
        chosen = list(cleaned.get("forces") or ())
        found = {each.pk: each for each in (*named, *chosen)} or {
            each.pk: each for each in self.of_forces.values() if len(self.of_forces) == 1
        }
        return list(found.values())

    def _basis(self, cleaned: dict) -> BasisFacts:
        return self.bases.get(cleaned.get("basis") or "", self.first)

    def facts(self) -> dict[str, Any]:
        """The arguments for the verbs of inspections, without links to other reports."""
        given = self.cleaned_data
        return {**self.facts_of(given), "forces": self._forces(given)}

    def facts_of(self, cleaned: dict) -> dict[str, Any]:
        """The facts in cleaned values; also of an incomplete form, for the text beside it."""
        basis, kind = self._basis(cleaned), KIND_OF.get(self.source.key)
        facts = {name: cleaned[name] for name in SAME if cleaned.get(name) or (self.record and name in cleaned)}
        facts["made_to"] = self._made_to(cleaned)
        facts["lead_inspectorate"] = cleaned.get("made_by") or self.source.word
        if basis.clock_start == ClockStart.STATED:
            facts["respond_by"] = cleaned.get("respond_by")
        facts |= self._answer(cleaned, basis)
        if kind:
            return facts | {"kind": kind}
        if basis.counts:
            facts["starts_on"] = cleaned.get("published_on")
        return self._as_recorded(facts) | {"source": self.source.key, "basis": basis.key}

    def _stays(self, *names: str) -> bool:
        """Whether this edits a record and none of these fields was changed."""
        return self.record is not None and self.is_bound and not set(names) & set(self.changed_data)

    def _as_recorded(self, facts: dict[str, Any]) -> dict[str, Any]:
        """The facts, with the record's own values where the fields behind them were not changed."""
        kept = ["published_on"] if self._stays("published_on") else []
        kept += ["made_to"] if self._stays("made_to") else []
        kept += ["lead_inspectorate"] if self._stays("made_by") else []
        kept += ["answerer"] if self._stays("made_to", "basis", "respond_by") else []
        return facts | {name: getattr(self.record, name) for name in kept}

    def _answer(self, cleaned: dict, basis: BasisFacts) -> dict[str, Any]:
        """Who answers, if the rule alone does not settle it."""
        if self.source.key in KIND_OF:
            return {}
        if self.source.kind == SourceKind.AUDIT:
            answerer = Answerer.CHIEF_OFFICER if cleaned.get("respond_by") else Answerer.NOBODY
            return {"answerer": answerer}
        asked = set(_chosen_addressees(cleaned))
        if not asked or basis.answerer not in (Answerer.CHIEF_OFFICER, Answerer.STATED):
            return {"answerer": basis.answerer}
        if asked == {BODY}:
            return {"answerer": Answerer.POLICING_BODY}
        return {"answerer": basis.answerer if BODY in asked else Answerer.CHIEF_OFFICER}

    def _made_to(self, cleaned: dict) -> str:
        """ "the chief constables of Westmarch and Eastvale, and Marches Police and Crime Commissioner"."""
        asked = _chosen_addressees(cleaned)
        of = [self.of_forces[slug] for slug in asked if slug in self.of_forces]
        chiefs = _chief(of[0]) if len(of) == 1 else _chiefs(of) if of else ""
        return " and ".join(filter(None, (chiefs, _the(self.body) if BODY in asked else "")))

    def preview(self, cleaned: dict, today: datetime.date) -> tuple[Inspection, BasisFacts]:
        """An unsaved inspection made of what was typed so far, and its rule, for the text beside the form."""
        basis, facts = self._basis(cleaned), self.facts_of(cleaned)
        if kind := facts.get("kind"):
            frozen_facts = frozen_of_kind(kind, None, facts.get("respond_by"))
        else:
            frozen_facts = frozen(self.source, basis) | {"answerer": facts["answerer"], "kind": InspectionKind.OTHER}
            frozen_facts |= {"section_55": False, **({"response_days": basis.days} if basis.counts else {})}
        facts.setdefault("published_on", today)
        return Inspection(**frozen_facts | {name: value for name, value in facts.items() if value is not None}), basis


def _receivers(source: SourceFacts, forces: Sequence[Force], record: Inspection | None) -> list[Force]:
    """The forces that a source can be about: the IOPC oversees the police alone. Those of the record stay."""
    if source.kind != SourceKind.IOPC:
        return list(forces)
    covered = record.covers.values_list("force", flat=True) if record else ()
    return [each for each in forces if each.is_police or each.pk in covered]


def _chosen_addressees(cleaned: dict) -> list[str]:
    """The addressees in the form, one or several, as a list."""
    asked = cleaned.get("made_to") or []
    return [asked] if isinstance(asked, str) else list(asked)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _chief(force: Force) -> str:
    """ "the chief constable of Westmarch"."""
    return f"the {force.chief_officer_title.lower()} of {force.short_name}"


def _the(body: str) -> str:
    return body if body.lower().startswith("the ") else f"the {body}"


def _force_name(force: Force) -> str:
    return f" {force.short_name}"


def _chiefs(forces: Sequence[Force]) -> str:
    titles = {each.chief_officer_title.lower() for each in forces}
    if len(titles) == 1:
        return f"the {titles.pop()}s of {join_words([each.short_name for each in forces])}"
    return join_words([_chief(each) for each in forces])
