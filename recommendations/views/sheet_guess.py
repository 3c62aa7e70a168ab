"""What is filled in about a spreadsheet before anybody answers, and what the demonstration's own is made of."""

from recommendations.demo.workbook import Known
from recommendations.domain.sheet_mappings import kept_answers
from recommendations.exchange.answers import Answers
from recommendations.exchange.headings import guess_columns
from recommendations.exchange.workbook import Sheet, Workbook
from recommendations.models import Force, TrackedRecommendation

KNOWN_OF_EACH = 3


def first_answers(workbook: Workbook, force: Force | None, forces) -> tuple[Answers, bool]:
    """What was answered for these headings the last time, else guesses; and whether there was a last time."""
    kept = kept_answers({sheet.name: sheet.headings for sheet in workbook.sheets})
    answers, forces = Answers.from_json(kept), list(forces)
    for sheet in workbook.sheets:
        if sheet.name not in answers.columns:
            guessed = guess_columns(sheet.headings, sheet.rows, sheet.hidden_columns)
            answers.columns[sheet.name] = {str(place): key for place, key in guessed.items() if key}
        kept_force = answers.forces.get(sheet.name) if len(workbook.sheets) == 1 else None
        said = _force_of(sheet, force, forces, answers.columns[sheet.name])
        said = kept_force if said is None else said
        answers.forces.pop(sheet.name, None)
        if said is not None:
            answers.forces[sheet.name] = said
    return answers, bool(kept)


def _force_of(sheet: Sheet, chosen: Force | None, forces: list[Force], columns: dict) -> str | None:
    """The force that was chosen, or that the sheet is named after; a hidden sheet is left out. None: ask."""
    if sheet.hidden:
        return ""
    if chosen is not None:
        return chosen.slug
    if "force" in columns.values():
        return "*"
    name = sheet.name.casefold()
    named = [force for force in forces if force.short_name.casefold() in name or force.name.casefold() in name]
    return named[0].slug if len(named) == 1 else None


def known_in_register(user) -> tuple[Known, ...]:
    """Some recommendations of each force, whose rows in the demonstration's workbook name another lead."""
    tracked = TrackedRecommendation.objects.visible_to(user).select_related("force", "recommendation__inspection")
    found = [
        each
        for force in Force.objects.visible_to(user)
        for each in tracked.filter(force=force, recommendation__number__gt="").order_by("pk")[:KNOWN_OF_EACH]
    ]
    return tuple(
        Known(
            force=each.force.short_name,
            reference=each.reference,
            report=each.recommendation.inspection.title,
            published_on=each.recommendation.inspection.published_on,
            number=each.recommendation.number,
            kind=each.recommendation.kind,
            text=each.recommendation.text,
        )
        for each in found
    )
