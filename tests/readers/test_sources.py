"""Documents of other sources: which kind one is, what it asks, and that no person's name goes on with it."""

import pytest

from recommendations.exchange.documents_in.lines import lines_of_text
from recommendations.exchange.documents_in.sources.kinds import DocumentKind, kind_of_document
from recommendations.exchange.documents_in.sources.people import office_of
from tests.readers.reading import lines_of, scored
from tests.readers.source import source, sources

FEW = [
    ("iopc-page", "web:justice"),
    ("iopc-gap-pagebreak", "pdf:form"),
    ("coroner-form-table", "word:styles"),
    ("coroner-no-numbers", "text:wrapped"),
    ("coroner-answer-headed", "word:plain"),
    ("audit-page-break", "pdf:landscape"),
    ("audit-label-column", "word:styles"),
]
OTHERS = [each for each in sources() if each.form in set(DocumentKind)]
ADDRESSEES = {
    "Chief Constable Oswald Pellingham, Westmarch Police": "Chief Constable, Westmarch Police",
    "Ms Ottoline Drax, Chief Executive, Marches NHS Foundation Trust": "Chief Executive, Marches NHS Foundation Trust",
    "The Chief Constable of Severnside Police": "The Chief Constable of Severnside Police",
    "Mrs Rosalind Quennell": "",
}


@pytest.mark.parametrize(("name", "layout"), FEW)
def test_a_few_documents_of_other_sources_are_read_without_a_fault(name, layout):
    found = scored(source(name), layout)
    assert (found.wrong, found.lost, found.elsewhere) == ([], [], [])


def test_each_source_has_six_documents_or_more():
    forms = [each.form for each in OTHERS]
    assert {kind: forms.count(kind) >= 6 for kind in set(forms)} == {
        kind: True for kind in DocumentKind if kind != DocumentKind.HMICFRS
    }


def test_a_document_of_no_other_source_is_the_inspectorates():
    lines = lines_of_text("Recommendation 1: By 31 March 2026 the force should review its policy.")
    assert kind_of_document(lines) == DocumentKind.HMICFRS


def test_a_person_says_what_a_document_is_that_speaks_of_two_sources_alike():
    lines = lines_of_text("The IOPC recommends that the force acts.\n\nTHIS REPORT IS BEING SENT TO: the force")
    assert kind_of_document(lines) is None


def test_an_addressee_is_an_office_and_never_a_person():
    assert {text: office_of(text) for text in ADDRESSEES} == ADDRESSEES


@pytest.mark.soak
@pytest.mark.parametrize("document", OTHERS, ids=lambda document: document.name)
def test_each_document_says_itself_what_it_is_and_is_read_without_a_fault(document):
    for layout in document.files:
        found = scored(document, layout)
        assert kind_of_document(lines_of(document, layout)) == document.form
        assert (found.wrong, found.lost, found.elsewhere) == ([], [], [])
