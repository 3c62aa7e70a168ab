"""How a table's columns and words were read, stored by its headings for the next import."""

from recommendations.domain.imports.lines import normalise
from recommendations.models import SheetMapping
from recommendations.trail import VerbContext

LONGEST = 2000  # characters of the headings that identify a table


def stored_answers(headings: dict[str, tuple[str, ...]]) -> dict:
    """Return the stored answers for tables with these headings (sheet name → headings), or an empty dict. One query.

    The format is that of exchange/imports/mapping_answers.py.
    """
    wanted = {name: _known_by(each) for name, each in headings.items()}
    kept = dict(SheetMapping.objects.filter(headings__in=set(wanted.values())).values_list("headings", "answers"))
    found: dict = {}
    for name, key in wanted.items():
        if key not in kept:
            continue
        answers = kept[key]
        found.setdefault("columns", {})[name] = answers["columns"]
        if answers["force"]:
            found.setdefault("forces", {})[name] = answers["force"]
        for each in ("meanings", "corrections"):
            for field, words in answers[each].items():
                found.setdefault(each, {}).setdefault(field, {}).update(words)
        found.setdefault("published", {}).update(answers["published"])
    return found


def keep(act: VerbContext, mappings: dict) -> None:
    """Store how tables were read (headings → answers), inside a verb. A later reading replaces an earlier one."""
    wanted = {_known_by(headings): answers for headings, answers in mappings.items() if headings}
    there = {each.headings: each for each in SheetMapping.objects.select_for_update().filter(headings__in=wanted)}
    for key, answers in wanted.items():
        mapping = there.get(key) or SheetMapping(headings=key)
        if key not in there or mapping.answers != answers:
            mapping.answers = answers
            act.save(mapping)


def _known_by(headings: tuple[str, ...]) -> str:
    return "\n".join(normalise(heading) for heading in headings)[:LONGEST]
