"""What a person marks, and what a second opinion doubts, on the fictional documents."""

import json
from collections import Counter

import pytest

from recommendations.exchange.documents_in.marking.blocks import blocks_of
from recommendations.exchange.documents_in.marking.second_opinion import REASONS, WEIGHTS, doubts
from recommendations.exchange.documents_in.responses.reading import as_json
from tests.readers import second_opinion
from tests.readers.facts import facts_of
from tests.readers.folder import documents_in
from tests.readers.layouts import file_of
from tests.readers.markings import measure, play
from tests.readers.reading import lines_of, read
from tests.readers.source import DOCUMENTS, measured_sources, source, sources
from tests.readers.truth import truths_of, wrong_blocks

# What is aimed at on strange layouts: marks for each recommendation, and blocks in doubt in hundredths.
MOST_MARKS, MOST_MARKS_NEXT, MOST_FALSE, FEWEST_FOUND = 1.0, 0.2, 15, 85


def measured(name: str, layout: str):
    document = source(name)
    blocks = blocks_of(read(document, lines_of(document, layout)))
    return blocks, truths_of(document, blocks)


def test_a_document_that_is_read_right_needs_no_mark():
    blocks, truths = measured("form-labelled", "word:styles")
    assert (wrong_blocks(blocks, truths), play(blocks, truths).marks) == ([], ())


def test_a_document_that_is_misread_is_put_right_by_fewer_marks_than_blocks_are_wrong():
    blocks, truths = measured("strange-audit-pairs", "word:plain")
    played = play(blocks, truths)
    assert (len(wrong_blocks(blocks, truths)) > 2 * len(played.marks) > 0, played.left) == (True, ())


def test_words_on_one_concern_are_told_from_the_chief_officers_on_the_whole():
    blocks, truths = measured("strange-coroner-topics", "word:plain")
    found = doubts(blocks, "coroner_response")
    assert {id_ for id_, why in found.items() if why == REASONS["force"]} == {8, 9, 11}
    assert {place + 1 for place in wrong_blocks(blocks, truths)} - set(found) == set()


def test_documents_of_another_folder_are_measured(tmp_path):
    for name in ("strange-folded-cards", "strange-folded-cards--next"):
        (tmp_path / f"{name}.txt").write_text((DOCUMENTS / f"{name}.txt").read_text())
    found = list(measure(documents_in(tmp_path), lambda document: ["all"]))
    assert [(each.name, each.groups) for each in found] == [
        ("strange-folded-cards web:folded", ("all",)),
        ("strange-folded-cards--next web:folded", ("all, nothing remembered",)),
        ("strange-folded-cards--next web:folded, by layout", ("all, remembered",)),
    ]
    assert [each.counts["marks"] for each in found][1] > [each.counts["marks"] for each in found][2]


def measured_with_facts(folder, name: str, setting: str, facts: dict, **keys):
    """What is counted for a document of the corpus that lies in a folder with these facts beside it."""
    content, file_name = file_of(source(name), setting)
    (folder / file_name).write_bytes(content)
    (folder / f"{name}.json").write_text(json.dumps(facts | keys))
    (found,) = measure(documents_in(folder), lambda document: ["all"])
    return found


def test_a_document_is_measured_by_the_facts_that_a_command_prints_of_it(tmp_path):
    read_right = read(source("form-labelled"), lines_of(source("form-labelled"), "text:wrapped"))
    found = measured_with_facts(tmp_path, "form-labelled", "text:wrapped", as_json(read_right))
    assert found.name == "form-labelled txt"
    assert (found.counts["recs"], found.counts["wrong"]) == (len(read_right.recommendations), 0)


def test_a_misread_document_counts_by_its_facts_as_by_its_source(tmp_path):
    document = source("strange-audit-pairs")
    found = measured_with_facts(tmp_path, document.name, "word:plain", facts_of(document), form="audit")
    by_source = next(iter(measure([document], lambda each: ["all"])))
    assert by_source.name == "strange-audit-pairs word:plain"
    assert found.counts == by_source.counts


def test_facts_without_a_document_say_so(tmp_path):
    (tmp_path / "alone.json").write_text("{}")
    with pytest.raises(FileNotFoundError, match=r"no document beside alone\.json"):
        documents_in(tmp_path)


@pytest.mark.soak
def test_strange_layouts_need_few_marks_and_the_next_document_fewer():
    sums: dict[str, Counter[str]] = {}
    documents = [each for each in measured_sources() if each.family == "strange"]
    for each in measure(documents, lambda document: ["strange"]):
        for group in each.groups:
            sums.setdefault(group, Counter()).update(each.counts)
    first, remembered = sums["strange"], sums["strange, remembered"]
    assert first["marks"] <= MOST_MARKS * first["recs"]
    assert remembered["marks"] <= MOST_MARKS_NEXT * remembered["recs"]
    assert remembered["none"] >= remembered["files"] / 2
    assert 100 * first["found"] >= FEWEST_FOUND * first["wrong"]
    assert 100 * first["false"] <= MOST_FALSE * (first["blocks"] - first["wrong"])


@pytest.mark.soak
def test_the_second_opinion_is_made_of_the_corpus():
    assert WEIGHTS.read_text() == second_opinion.as_text(second_opinion.trained(second_opinion.examples()))


def test_every_block_of_a_document_that_is_read_right_is_right():
    few = [each for each in sources() if each.name in ("numbered-committee", "iopc-letter-28a", "audit-table")]
    found = {}
    for document in few:
        blocks = blocks_of(read(document, lines_of(document, document.files[0])))
        found[document.name] = wrong_blocks(blocks, truths_of(document, blocks))
    assert found == {"numbered-committee": [], "iopc-letter-28a": [], "audit-table": []}
