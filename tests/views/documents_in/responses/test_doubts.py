"""What was read with doubt is asked first, and one press turns whose words it was taken for."""

import pytest

from recommendations.exchange.documents_in.responses.voices import TAKEN_FOR_THE_FORCES
from recommendations.forms.documents_in.check_steps import CHANGED_SINCE

TEXT = """HMICFRS: Open all hours, an inspection of front counters

Response from: Police and Crime Commissioner for the Marches

I welcome this report.

Recommendation 1: By 31 March, the force should open on Sundays.

Force response: It does since May.

Recommendation 2: The force should put up signs.

Force response: They are up."""


def rows(page) -> list[tuple[str, str]]:
    return [(row.host, row.text) for row in page.context["page"].draft.comments]


def doubts(page) -> list[tuple[str, bool, str]]:
    return [
        (doubt.line.short[:20], doubt.why == TAKEN_FOR_THE_FORCES, doubt.to) for doubt in page.context["page"].doubts
    ]


def test_what_was_read_with_doubt_is_listed_in_order(choose):
    page = choose(TEXT)
    assert doubts(page) == [
        ("Recommendation 1: By", False, ""),
        ("Force response: It d", True, "turn:office"),
    ]
    assert [doubt.count for doubt in page.context["page"].doubts] == [1, 2]


def test_one_press_turns_the_words_and_another_turns_them_back(choose, press):
    first = choose(TEXT)
    facts = first.context["page"].draft.facts
    assert facts["chief_officer_comments"] == "Recommendation 1: It does since May.\n\nRecommendation 2: They are up."
    turned = press(first, "turn:office")
    assert rows(turned) == [("r0", "It does since May."), ("r1", "They are up.")]
    assert turned.context["page"].draft.facts["chief_officer_comments"] == ""
    assert [line.tag for line in turned.context["page"].lines if line.state == "turned"] == ["Comment, 1", "Comment, 2"]
    assert turned.context["page"].corrections == 0
    back = press(turned, "turn:force")
    assert rows(back) == []
    assert back.context["page"].draft.facts["chief_officer_comments"] == facts["chief_officer_comments"]


def test_words_that_were_changed_since_are_not_turned(choose, press):
    page = press(choose(TEXT), "turn:office", chief_officer_comments="Something else.")
    assert page.context["notice"] == CHANGED_SINCE
    assert rows(page) == []


@pytest.mark.suite(1)
@pytest.mark.parametrize("do", ["turn:", "turn:nobody", "turn:narrative"])
def test_words_turn_into_nobody_elses(choose, press, do):
    assert rows(press(choose(TEXT), do)) == []


def test_what_is_improbable_is_listed_at_its_line(choose):
    page = choose(f"{TEXT}\n\nRecommendation 3\n\nForce response: Done.")
    assert ("Recommendation 3", "Recommendation 3 has no text") in [
        (doubt.line.text, doubt.why) for doubt in page.context["page"].doubts
    ]
    assert "Recommendation 3 has no text" in page.content.decode()
