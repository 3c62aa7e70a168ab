"""Scores the readers on the fictional documents: python -m tests.readers [--apart] [--wrong] [--facts NAME] [NAME ...].

It prints a row per document and the sums of those that the grammar was mended on and of those that were kept apart.
The twins (a second document in the layout of another), strange layouts and the other families have sums of their own.
`--registers` scores the reading of spreadsheets instead. `--markings` plays a person who puts each document right, with
what a remembered layout is worth, for these documents or those of another folder (`--corpus`). `--second-opinion`
makes the second opinion of the documents here.
"""

import argparse
import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import django

from tests.readers import markings, second_opinion
from tests.readers.facts import facts_of
from tests.readers.folder import documents_in
from tests.readers.reading import scored
from tests.readers.score import MEASURES, Score
from tests.readers.source import Source, measured_sources, source, sources

if TYPE_CHECKING:
    from tests.readers.registers import Register, RegisterScore

WIDEST = 52
COLUMNS = ("right", "asked", "lost")  # of a register
GROUPS = {
    "report": "reports",
    "response": "responses",
    "iopc": "IOPC",
    "coroner": "coroners’ reports",
    "coroner_response": "responses to coroners",
    "audit": "audits",
}
FAMILIES = {
    "strange": "strange layouts",
    "third": "third family",
    "fourth": "fourth family",
    "fifth": "fifth family",
}
HEADS = [*MEASURES, "lost", "elsewhere", "unplaced"]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("names", nargs="*")
    asked.add_argument("--apart", action="store_true", help="show the rows of the documents that were kept apart too")
    asked.add_argument("--wrong", action="store_true", help="say what is wrong in each document that is shown")
    asked.add_argument("--facts", metavar="NAME", help="print the facts of a document as JSON")
    asked.add_argument("--registers", action="store_true", help="score the registers, not the documents")
    asked.add_argument("--markings", action="store_true", help="count the marks that each document needs")
    asked.add_argument("--corpus", metavar="FOLDER", type=Path, help="with --markings: another folder’s documents")
    asked.add_argument("--without-rules", action="store_true", help="with --markings: as if no rule read anything")
    asked.add_argument("--second-opinion", action="store_true", help="write what the second opinion is made of")
    options = asked.parse_args()
    if options.second_opinion:
        second_opinion.write()
        return
    if options.markings:
        _markings(options)
        return
    if options.registers:
        _registers(options.names, options.wrong)
        return
    if options.facts:
        json.dump(facts_of(source(options.facts)), sys.stdout, ensure_ascii=False, indent=2)
        return
    documents = [source(name) for name in options.names] or [*sources(), *measured_sources()]
    print(_row("", HEADS))
    sums: dict[str, list[Score]] = {}
    for document, layout in [(each, layout) for each in documents for layout in each.files]:
        found = scored(document, layout)
        for group in _groups(document):
            sums.setdefault(group, []).append(found)
        if not document.is_apart or options.apart or options.names:
            print(_row(f"{document.name} {layout}", _cells(found)))
            _say(found, options.wrong)
    for group in sorted(sums):
        print(_row(f"{group}: {len(sums[group])} files", _percentages(sums[group])))


def _markings(options: argparse.Namespace) -> None:
    if options.corpus and not options.corpus.is_dir():
        sys.exit(f"There is no folder {options.corpus}.")
    all_of_them = documents_in(options.corpus) if options.corpus else [*sources(), *measured_sources()]
    named = {*options.names, *(each.twin_of for each in all_of_them if each.name in options.names)}
    documents = [each for each in all_of_them if each.name in named or not options.names]
    if not documents:
        sys.exit(f"There are no documents in {options.corpus}." if options.corpus else "There are no such documents.")
    print(_row("", list(markings.HEADS), 9))
    sums: dict[str, Counter[str]] = {}
    for each in markings.measure(documents, _groups, by_rules=not options.without_rules):
        for group in each.groups:
            sums.setdefault(group, Counter()).update(each.counts)
        print(_row(each.name, markings.cells(each.counts), 9))
    for group in sorted(sums):
        print(_row(group, markings.cells(sums[group]), 9))
        if "own" in sums[group]:
            print(f"    by its own layout: {sums[group]['own']}, by another: {sums[group]['other']}")


def _groups(document: Source) -> list[str]:
    """The groups in whose sums a document counts."""
    kind = GROUPS.get(document.form, document.form)
    if document.family:
        return [f"{FAMILIES[document.family]}, {'twins' if document.twin_of else 'first documents'}"]
    if document.twin_of:
        return ["twins, all", f"twins, {kind}"]
    return [f"{kind}, {'kept apart' if document.is_apart else 'mended on'}"]


def _registers(names: list[str], wanted: bool) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oversight.settings")
    import tests.environment  # noqa: F401 — the settings are read from it

    django.setup()
    from recommendations import sections
    from tests.readers import registers

    sections.use_choice(frozenset)  # an office that uses everything: there is no database
    print(_row("", [*registers.MEASURES, *COLUMNS, "questions", "lost rows"]))
    found = [(each, registers.scored(each)) for each in registers.registers() if each.name in names or not names]
    for register, score in found:
        cells = [f"{right}/{of}" for right, of in (score.counts[measure] for measure in registers.MEASURES)]
        of_columns = [str(score.columns[each]) for each in COLUMNS]
        print(_row(register.file_name, [*cells, *of_columns, str(score.asked), str(len(score.lost))]))
        for line in [*score.wrong, *(f"lost: {text}" for text in score.lost)] if wanted else ():
            print(f"    {line}")
    for group, scores in _register_groups(found).items():
        sums = registers.percentages(scores)
        cells = [f"{sums[measure]:.1f}%" for measure in registers.MEASURES]
        of_columns = [str(sum(score.columns[each] for score in scores)) for each in COLUMNS]
        of_all = [str(sum(score.asked for score in scores)), str(sum(len(score.lost) for score in scores))]
        print(_row(f"{group}: {len(scores)} registers", [*cells, *of_columns, *of_all]))


def _register_groups(found: "list[tuple[Register, RegisterScore]]") -> "dict[str, list[RegisterScore]]":
    """The scores of all registers, and of those that were written afterwards."""
    groups = {"all": [score for _, score in found], "apart": [score for each, score in found if each.is_apart]}
    return {name: scores for name, scores in groups.items() if scores}


def _row(name: str, cells: list[str], width: int = 11) -> str:
    return f"{name[:WIDEST]:{WIDEST}}" + "".join(f"{cell:>{width}}" for cell in cells)


def _cells(found: Score) -> list[str]:
    counts = [f"{right}/{of}" for right, of in (found.counts.get(measure, (0, 0)) for measure in MEASURES)]
    return [*counts, str(len(found.lost)), str(len(found.elsewhere)), str(found.unplaced)]


def percentages(found: list[Score]) -> dict[str, float]:
    """Each measure over these files, in hundredths; those that none of them has are left out."""
    sums = {}
    for measure in MEASURES:
        counts = [each.counts[measure] for each in found if measure in each.counts]
        right, of = sum(count[0] for count in counts), sum(count[1] for count in counts)
        sums |= {measure: 100 * right / of} if of else {}
    return sums


def _percentages(found: list[Score]) -> list[str]:
    sums = percentages(found)
    cells = [f"{sums[measure]:.1f}%" if measure in sums else "-" for measure in MEASURES]
    return [*cells, *(str(sum(each)) for each in zip(*map(_of_words, found), strict=True))]


def _of_words(found: Score) -> tuple[int, int, int]:
    return len(found.lost), len(found.elsewhere), found.unplaced


def _say(found: Score, wanted: bool) -> None:
    if wanted:
        for line in [*found.wrong, *([f"lost: {' '.join(found.lost)[:200]}"] if found.lost else [])]:
            print(f"    {line}")
        if found.elsewhere:
            print(f"    elsewhere: {' '.join(found.elsewhere)[:200]}")


if __name__ == "__main__":
    main()
