"""The documents that only measure: twins of the corpus's layouts, and three families of layouts that are new to it."""

import re
from collections import Counter

from tests.readers.facts import facts_of
from tests.readers.source import KINDS, Source, measured_sources, source, sources

MEASURED = measured_sources()
TWINS = [each for each in MEASURED if each.twin_of]
FEWEST, MOST = 2, 12
NUMBERS = re.compile(r"\d+(?:\.\d+)*")


def asked_in(document: Source) -> list[str]:
    """The texts of its recommendations."""
    return [each["text"] for each in facts_of(document)["recommendations"] if each["text"]]


def columns_of(document: Source) -> set[str]:
    """The headings of its tables' columns."""
    return {line.text for line in document.lines if line.setting == "th"}


def settings_of(document: Source) -> set[tuple[str, str, str]]:
    """How it sets each role of what is asked and answered, and the words before it with their digits masked."""
    return {
        (line.setting, line.role, " ".join(NUMBERS.sub("#", words) for words, content in line.runs if not content))
        for line in document.lines
        if line.role in ("rec", "com", "chief", "num") and line.runs
    }


def test_forty_layouts_of_the_corpus_have_a_twin_and_so_has_each_of_the_other_families():
    firsts = [each for each in MEASURED if not each.twin_of]
    assert Counter(each.family for each in firsts) == {"strange": 10, "third": 12, "fourth": 12, "fifth": 10}
    assert Counter(each.family for each in TWINS) == {"": 40, "strange": 10, "third": 12, "fourth": 12, "fifth": 10}
    assert sorted(each.twin_of for each in TWINS if each.family) == [each.name for each in firsts]
    assert {name: count for name, count in Counter(each.twin_of for each in TWINS).items() if count > 1} == {}


def test_what_only_measures_is_kept_apart_and_none_of_the_corpus():
    assert {each.name: each.is_apart for each in MEASURED} == dict.fromkeys((each.name for each in MEASURED), True)
    assert {each.name for each in sources()} & {each.name for each in MEASURED} == set()


def test_a_twin_is_made_as_the_first_document_is():
    firsts = {each.name: source(each.twin_of) for each in TWINS}
    assert {each.name: (each.form, each.files, columns_of(each)) for each in TWINS} == {
        name: (first.form, first.files, columns_of(first)) for name, first in firsts.items()
    }


def test_a_twin_sets_what_is_asked_and_answered_as_the_first_document_does():
    """At most two settings of a twin are none of the first's: a column that speaks of three, a paragraph more."""
    news = {each.name: settings_of(each) - settings_of(source(each.twin_of)) for each in TWINS}
    assert {name: new for name, new in news.items() if len(new) > 2} == {}


def test_a_twin_asks_other_things_and_not_too_many():
    counts = {each.name: len(facts_of(each)["recommendations"]) for each in TWINS}
    assert {name: count for name, count in counts.items() if not FEWEST <= count <= MOST} == {}
    texts = Counter(text for each in [*sources(), *MEASURED] for text in set(asked_in(each)))
    assert [text for each in MEASURED for text in asked_in(each) if texts[text] > 1] == []


def test_the_facts_of_what_only_measures_name_what_is_there():
    """A fact about a recommendation is about one that the document has, and each has a text or a heading."""
    for each in MEASURED:
        recommendations = facts_of(each)["recommendations"]
        keys = {rec["key"] for rec in recommendations}
        named = {fact.split()[1] for fact in each.facts if fact.split()[0] in ("to", "due", "priority")}
        assert (each.name, named - keys) == (each.name, set())
        assert (each.name, [key for key in keys if key[0] not in KINDS]) == (each.name, [])
        assert (each.name, "@" in "".join(line.text for line in each.lines)) == (each.name, False)
