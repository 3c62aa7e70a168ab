"""Layouts of registers: what each column and word means, remembered by policing body and headings."""

import datetime
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from recommendations.domain.imports.lines import normalise
from recommendations.domain.register.sheet_columns import BY_KEY, Holds
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import Force, Oversight, SheetImport, SheetMapping, User
from recommendations.periods import london_day
from recommendations.trail import VerbContext, verb

LONGEST = 2000  # characters of the headings that identify a table
LIKE_ENOUGH = 0.6  # of the headings in common, from which a table is taken for one in the same layout
EACH_ROW = "*"  # a sheet of which each row says the force
CHANGING = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\d+")
OF_WORDS = (Holds.WORD, Holds.DAY)
ALREADY_RETIRED = "This layout is already retired."


def remembered_answers(headings: Mapping[str, tuple[str, ...]], forces: Iterable[Force], on: datetime.date) -> dict:
    """Return the answers remembered for tables (sheet name → headings), or an empty dict. Two queries.

    `forces` are those that the tables may be about on this London day. The format is that of
    exchange/imports/mapping_answers.py, with what the page says of it in `layout`. A table that has most of its
    headings in common with a layout takes the answers of those columns.
    """
    bodies = {body for body, _ in _bodies_of(forces, on)}
    rows = SheetMapping.objects.in_use().select_related("recorded_by")
    kept = [each for each in rows if each.body_id is None or each.body_id in bodies]
    found: dict = {}
    used: list[SheetMapping] = []
    for name, names in headings.items():
        if layout := _likest(names, kept):
            used.append(layout)
            _add_answers(found, name, _columns_in(layout, names), layout.answers)
    if used:
        latest = max(used, key=lambda each: (each.recorded_at is not None, each.recorded_at, each.pk))
        day = london_day(latest.recorded_at).isoformat() if latest.recorded_at else ""
        places = {name: [*map(int, columns)] for name, columns in found["columns"].items()}
        found["layout"] = {"day": day, "file": latest.source_name, "columns": places}
    return found


def keep_layouts(
    act: VerbContext, mappings: Mapping[tuple[str, ...], dict], sheet_import: SheetImport, slugs: Collection[str]
) -> None:
    """Store how the tables of an import were read (headings → answers), inside a verb, for each body it is about.

    `slugs` are those of the forces of its rows. A later reading replaces an earlier one.
    """
    forces = Force.objects.filter(slug__in=slugs)
    bodies = _bodies_of(forces, london_day(act.at))
    wanted = {
        (body, joined_headings(headings)): answers
        for headings, answers in mappings.items()
        if headings and answers["force"]
        for body in _bodies_about(bodies, slugs, answers["force"])
    }
    rows = SheetMapping.objects.in_use().select_for_update(of=("self",)).filter(headings__in={key for _, key in wanted})
    there = {(each.body_id, each.headings): each for each in rows}
    for (body, key), answers in wanted.items():
        layout = there.get((body, key)) or there.pop((None, key), None) or SheetMapping(headings=key)
        layout.body_id, layout.answers = body, _without_texts(answers)
        layout.source_name, layout.recorded_at = sheet_import.source_name, act.at
        layout.recorded_by = act.by
        act.save(layout)


def retire_layout(*, layout: SheetMapping, by: User | None, at: datetime.datetime) -> SheetMapping:
    """Retire a layout, so that the next register like it is read afresh. Raises Refusal if it is retired already."""
    with verb("retire_register_layout", by=by, at=at, subject=layout) as act:
        layout = SheetMapping.objects.select_for_update(of=("self",)).get(pk=layout.pk)
        if layout.retired_at:
            raise Refusal(ALREADY_RETIRED, code="already-retired")
        layout.retired_at, layout.retired_by = at, by
        act.save(layout)
    return layout


def joined_headings(headings: Sequence[str]) -> str:
    """Return the headings as a layout is known by them."""
    return "\n".join(normalise(heading) for heading in headings)[:LONGEST]


def _bodies_of(forces: Iterable[Force], on: datetime.date) -> list[tuple[int, str]]:
    """Return the body and the slug of each of these forces that is overseen on the day. One query."""
    links = Oversight.objects.on(on).filter(force__in=forces).order_by("pk")
    return list(links.values_list("body_id", "force__slug"))


def _bodies_about(bodies: Sequence[tuple[int, str]], slugs: Collection[str], slug: str) -> set[int | None]:
    """Return the bodies of a sheet's force, or of all forces of the rows where each row says its own."""
    about = slugs if slug == EACH_ROW else {slug}
    return {body for body, of in bodies if of in about} or {None}


def _likest(headings: Sequence[str], layouts: Sequence[SheetMapping]) -> SheetMapping | None:
    """Return the layout with the same headings, or else the one with most in common, or None if none is like it."""
    exact = joined_headings(headings)
    likeness = {each.pk: 2.0 if each.headings == exact else _share(headings, _names(each)) for each in layouts}
    best = max(layouts, key=lambda each: (likeness[each.pk], each.body_id is not None, each.pk), default=None)
    return best if best and likeness[best.pk] >= LIKE_ENOUGH else None


def _share(one: Sequence[str], other: Sequence[str]) -> float:
    mine, theirs = Counter(map(_key, one)), Counter(map(_key, other))
    return (mine & theirs).total() / max(mine.total(), theirs.total(), 1)


def _columns_in(layout: SheetMapping, headings: Sequence[str]) -> dict[str, str]:
    """Return the answers for the columns that the layout knows, by their place in this table."""
    said: dict[str, str] = layout.answers["columns"]
    waiting: dict[str, list[str]] = {}
    if layout.headings == joined_headings(headings):
        return dict(said)
    for place, name in enumerate(_names(layout)):
        if str(place) in said:
            waiting.setdefault(_key(name), []).append(said[str(place)])
    found = {}
    for place, heading in enumerate(headings):
        if answers := waiting.get(_key(heading)):
            found[str(place)] = answers.pop(0)
    return found


def _add_answers(all_answers: dict, name: str, columns: dict[str, str], answers: dict) -> None:
    all_answers.setdefault("columns", {})[name] = columns
    if answers["force"]:
        all_answers.setdefault("forces", {})[name] = answers["force"]
    for each in ("meanings", "corrections"):
        for field, words in answers[each].items():
            all_answers.setdefault(each, {}).setdefault(field, {}).update(words)
    if sent_on := answers.get("sent_on"):
        all_answers["sent_on"] = sent_on


def _without_texts(answers: dict) -> dict:
    """Return the answers without corrections of texts: those of words and days are kept."""
    corrections = {
        key: values
        for key, values in answers["corrections"].items()
        if values and key in BY_KEY and BY_KEY[key].holds in OF_WORDS
    }
    return answers | {"corrections": corrections}


def _names(layout: SheetMapping) -> list[str]:
    return layout.headings.split("\n")


def _key(heading: str) -> str:
    """Return a heading in the form in which it recurs: "Update May 2025" and "Update Aug 2025" are the same."""
    return CHANGING.sub("#", normalise(heading))
