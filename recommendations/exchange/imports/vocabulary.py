"""The words in a spreadsheet: which are our own and certain, and the possible meanings of an office's words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from recommendations.domain.imports.lines import CLOSED, NOTHING, POSITION, STAGE, SheetContext, normalise
from recommendations.domain.register.sheet_columns import coming_in
from recommendations.domain.sources.naming import HMICFRS_WORD, label_of
from recommendations.enums import AssuranceView, Outcome, Position, RecommendationKind, Vocabulary
from recommendations.enums.sources import HMICFRS
from recommendations.exchange.imports.column_synonyms import SOURCES_AS_OTHERS_SAY
from recommendations.exchange.imports.column_values import KINDS, OF_INSPECTORATE
from recommendations.exchange.imports.mapping_answers import Answers
from recommendations.exchange.imports.own_export import is_our_own
from recommendations.exchange.readers.workbook import Sheet, TableCell

STANDING = ("rag", "status", "position", "stage")  # the fields whose words give a recommendation's status
ALWAYS_ASKED = ("rag", "status")
OF_LABELS = {
    "inspectorate_status": Vocabulary.INSPECTORATE_STATUS,
    "risk": Vocabulary.RISK,
    "themes": Vocabulary.THEME,
    "delay_cause": Vocabulary.DELAY_CAUSE,
}
FILL = "fill: "


@dataclass(frozen=True)
class Choice:
    """One possible meaning of a word; `group` is the heading that it is listed under."""

    value: str
    label: str
    group: str = ""


def columns_of(sheet: Sheet, answers: Answers) -> list[tuple[int, str]]:
    """Return position and field of each imported column.

    In our own exports, colour and status are left out, because they follow from the other columns.
    """
    chosen, known = answers.columns.get(sheet.name, {}), coming_in()
    left_out = ALWAYS_ASKED if is_our_own(sheet) else ()
    return [
        (place, chosen[str(place)])
        for place in range(len(sheet.headings))
        if chosen.get(str(place)) in known and chosen[str(place)] not in left_out
    ]


def value_in(cell: TableCell, key: str) -> str:
    """Return a cell's word for look-up: folded, or the colour of a RAG cell without text."""
    if key == "rag" and not cell.text.strip() and cell.fill:
        return FILL + cell.fill
    return normalise(cell.text)


def display_word(cell: TableCell, key: str) -> str:
    """Return a cell's word for display."""
    if key == "rag" and not cell.text.strip() and cell.fill:
        return f"{cell.fill.capitalize()} cells without words"
    return cell.text.strip()


def words_in(cell: TableCell, key: str, context: SheetContext) -> list[tuple[str, str]]:
    """Return a cell's words, each for look-up and for display: several for themes, otherwise one."""
    if key == "themes":
        return [(normalise(each), each.strip()) for each in re.split(r"[,;\n]", cell.text) if each.strip()]
    if key == "delay_cause":
        cause, _ = cause_and_words(cell.text, context)
        return [(normalise(cause), cause)] if cause else []
    value = value_in(cell, key)
    return [(value, display_word(cell, key))] if value else []


def cause_and_words(text: str, context: SheetContext) -> tuple[str, str]:
    """Split "Resources: two posts are empty" into one of the office's causes and its details; other text is both."""
    cause, _, words = text.strip().partition(":")
    if normalise(cause) in our_words("delay_cause", context):
        return cause.strip(), words.strip()
    return text.strip(), text.strip()


def certain(key: str, value: str, context: SheetContext) -> str:
    """Return a word's meaning if it is exactly one of ours and unambiguous, or "" if it must be asked."""
    return "" if key in ALWAYS_ASKED else our_words(key, context).get(value, "")


def our_words(key: str, context: SheetContext) -> dict[str, str]:
    """Return our own words for a field (labels and keys, case folded) with their meanings."""
    if key == "force":
        return {normalise(name): slug for slug, names in context.forces.items() for name in names}
    if key == "source":
        return {**SOURCES_AS_OTHERS_SAY, **_names_of_sources(context)}
    found = {}
    for choice in choices_for(key, context):
        if choice.value != NOTHING:
            found[normalise(choice.label)] = choice.value
            found[normalise(choice.value.partition(":")[2] or choice.value)] = choice.value
    return {**_common_spellings(key), **found}


def _names_of_sources(context: SheetContext) -> dict[str, str]:
    """Return each source by its names and key, whether followed or not: unfollowed ones are refused later.

    A name shared by two sources is a question, except HMICFRS's, which always means its inspections.
    """
    found: dict[str, set[str]] = {}
    for key, each in context.sources.items():
        for name in (each.name, each.key, label_of(key, each.word)):
            found.setdefault(normalise(name), set()).add(key)
    found[normalise(HMICFRS_WORD)] = {HMICFRS}
    return {name: keys.pop() for name, keys in found.items() if len(keys) == 1}


def _common_spellings(key: str) -> Mapping[str, str]:
    """Return other common spellings: "AFIs", "No further action"."""
    return {"kind": KINDS, "inspectorate_status": OF_INSPECTORATE}.get(key, {})


def choices_for(key: str, context: SheetContext) -> tuple[Choice, ...]:
    """Return the possible meanings of a field's words."""
    nothing = Choice(NOTHING, "Nothing: leave it out", "Neither")
    if key in STANDING:
        return (*_standing(context), Choice(NOTHING, "Ignore (Oversight works out the colour)", "Neither"))
    if key == "force":
        return tuple(Choice(slug, names[0]) for slug, names in context.forces.items())
    if key == "source":
        return tuple(Choice(each.key, each.name) for each in context.followed)
    if key == "kind":
        return tuple(Choice(value, label) for value, label in RecommendationKind.choices)
    if key in OF_LABELS:
        return (*(Choice(*each) for each in context.words[OF_LABELS[key]].items()), nothing)
    choices = {"assurance": AssuranceView, "outcome": Outcome}[key].choices
    return (*(Choice(value, str(label)) for value, label in choices), nothing)


def _standing(context: SheetContext) -> list[Choice]:
    stages = context.words[Vocabulary.STAGE].items()
    return [
        *(Choice(f"{CLOSED}:{value}", label, "Closed") for value, label in Outcome.choices),
        *(Choice(f"{STAGE}:{value}", label, "Open") for value, label in stages),
        *(Choice(f"{POSITION}:{value}", label, "Force’s answer") for value, label in Position.choices),
    ]
