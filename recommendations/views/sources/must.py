"""The text beside a source's form: who must answer, to whom, by when and why, given what was typed so far."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from recommendations.domain.sources.frozen import facts_of_kind
from recommendations.domain.sources.naming import deadline_in_general
from recommendations.domain.sources.text import Step, who_answers, who_by_when
from recommendations.enums import InspectionKind
from recommendations.forms.inspections.inspections import InspectionForm
from recommendations.forms.sources.source import PublicationForm
from recommendations.models import BasisFacts, Inspection
from recommendations.models.sources.shipped import BASES


@dataclass(frozen=True)
class Must:
    """`is_due`: someone must answer by a given day. Otherwise no deadline follows yet."""

    sentence: str
    why: str
    note: str
    is_due: bool
    steps: tuple[Step, ...] = ()


def must_of(form: PublicationForm | InspectionForm, today: datetime.date) -> Must:
    """The text for the form so far, complete or not."""
    given = _valid_values(form)
    inspection, basis = _preview(form, given, today)
    if basis.counts and not given.get("published_on"):
        sentence, why = deadline_in_general(basis, who_answers(inspection))
        return Must(sentence, why, "", is_due=True)
    said = who_by_when(inspection, basis, today)
    steps = said.steps if given.get("published_on") else ()
    return Must(said.sentence, said.why, said.note, bool(basis.counts or said.last_day), steps)


def _valid_values(form: PublicationForm | InspectionForm) -> dict[str, Any]:
    """The values of the valid fields, whether the form was submitted or not."""
    return dict(_clean_fields(form))


def _clean_fields(form: PublicationForm | InspectionForm) -> Iterator[tuple[str, Any]]:
    for name, field in form.fields.items():
        try:
            yield name, field.clean(form[name].value())
        except ValidationError:
            continue


def _preview(
    form: PublicationForm | InspectionForm, values: dict[str, Any], today: datetime.date
) -> tuple[Inspection, BasisFacts]:
    """An unsaved inspection made of what was typed so far, and its rule."""
    if isinstance(form, PublicationForm):
        return form.preview(values, today)
    kind = values.get("kind") or InspectionKind.THEMATIC
    facts = {name: values[name] for name in ("section_55", "respond_by", "response_days") if name in values}
    inspection = Inspection(published_on=values.get("published_on") or today, **facts_of_kind(facts | {"kind": kind}))
    return inspection, BASES[inspection.basis]
