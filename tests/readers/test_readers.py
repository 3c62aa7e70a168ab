"""The readers on the fictional documents: a few in the suite, all of them in the soak."""

import json

import pytest

from tests.readers.facts import facts_of
from tests.readers.reading import scored
from tests.readers.source import DOCUMENTS, source, sources

FEW = [("form-labelled", "word:styles"), ("roman-and-words", "pdf:letter"), ("report-thematic-list", "web:hmicfrs")]


@pytest.mark.parametrize(("name", "layout"), FEW)
def test_a_few_documents_are_read_without_a_fault(name, layout):
    found = scored(source(name), layout)
    assert (found.wrong, found.lost, found.elsewhere) == ([], [], [])


def test_there_are_sixty_documents_and_a_third_is_kept_apart():
    documents = sources()
    apart = [document for document in documents if document.is_apart]
    assert len(documents) == len(list(DOCUMENTS.glob("*.txt"))) >= 60
    assert 3 * len(apart) >= len(documents)


@pytest.mark.parametrize("name", ["form-labelled", "report-peel-concern"])
def test_facts_are_json(name):
    facts = facts_of(source(name))
    assert json.loads(json.dumps(facts)) == facts
