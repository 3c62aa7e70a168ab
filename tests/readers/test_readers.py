"""The readers on the fictional documents: a few in the suite, all of them in the soak."""

import json
from dataclasses import replace

import pytest

from recommendations.exchange.documents_in.marking.blocks import lines_in_order
from recommendations.exchange.documents_in.results import ReadResponse
from tests.exchange.documents_in.marking.documents import assembled
from tests.readers.__main__ import percentages
from tests.readers.facts import facts_of
from tests.readers.reading import lines_of, read, scored
from tests.readers.score import MEASURES, Score
from tests.readers.source import DOCUMENTS, Source, measured_sources, source, sources

FEW = [
    ("form-labelled", "word:styles"),
    ("numbered-committee", "word:styles"),
    ("web-verdict-lines", "web:elementor"),
    ("signature-after-each", "word:plain"),
    ("table-two-columns", "pdf:printed"),
    ("report-peel-boxes", "web:hmicfrs"),
    ("report-concern-without-word", "pdf:report"),
]
# What is aimed at, in hundredths.
AIMS = {
    "recall": 98,
    "precision": 99,
    "number": 98,
    "text": 98,
    "comment": 98,
    "addressees": 95,
    "title": 95,
    "body": 95,
    "facts": 95,
}
FEWEST_APART = 15


def but_for_words(found: ReadResponse) -> ReadResponse:
    """What was read, its places in order and not in words: those of a marked document have words of their own."""
    return replace(found, placed=tuple(replace(placed, where="") for placed in lines_in_order(found)))


@pytest.mark.parametrize(("name", "layout"), FEW)
def test_a_few_documents_are_read_without_a_fault(name, layout):
    found = scored(source(name), layout)
    assert (found.wrong, found.lost, found.elsewhere) == ([], [], [])


def test_there_are_sixty_documents_and_some_are_kept_apart():
    documents = sources()
    assert len(documents) + len(measured_sources()) == len(list(DOCUMENTS.glob("*.txt")))
    assert len(documents) >= 60
    assert sum(document.is_apart for document in documents) >= FEWEST_APART


@pytest.mark.parametrize("name", ["form-labelled", "report-peel-concern"])
def test_facts_are_json(name):
    facts = facts_of(source(name))
    assert json.loads(json.dumps(facts)) == facts


@pytest.mark.parametrize(("name", "layout"), FEW)
def test_what_was_read_is_put_together_again_from_its_blocks(name, layout):
    lines = lines_of(source(name), layout)
    found = read(source(name), lines)
    assert but_for_words(assembled(found, [], lines)) == but_for_words(found)


@pytest.mark.soak
@pytest.mark.parametrize("document", sources(), ids=lambda document: document.name)
def test_every_word_of_every_document_has_its_place_and_its_blocks_give_it_again(document: Source):
    for layout in document.files:
        lines = lines_of(document, layout)
        found = read(document, lines)
        assert found.unaccounted == ()
        assert but_for_words(assembled(found, [], lines)) == but_for_words(found)


@pytest.mark.soak
def test_the_whole_corpus_reaches_what_is_aimed_at():
    found: list[Score] = [scored(document, layout) for document in sources() for layout in document.files]
    reached = percentages(found)
    assert {measure: reached[measure] >= AIMS[measure] for measure in MEASURES} == dict.fromkeys(MEASURES, True)
    assert [score.lost for score in found if score.lost] == []
