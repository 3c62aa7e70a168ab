import pytest

from recommendations.domain.responses.text_builders import KIND_WORDS
from recommendations.exchange.documents_in.titles import is_generic, kind_of, read_title, title_in_sentence


@pytest.mark.parametrize(
    ("line", "title", "inspectorate", "kind"),
    [
        ("HMICFRS: Custody in Eastvale (joint inspection)", "Custody in Eastvale", "HMICFRS", "custody"),
        (
            "HMICFRS: Watchful An inspection of it (thematic inspection)",
            "Watchful An inspection of it",
            "HMICFRS",
            "thematic",
        ),
        (
            "HMICFRS and HMCPSI: Joint thematic on losses",
            "Joint thematic on losses",
            "HMICFRS and HMCPSI",
            "joint_thematic",
        ),
        ("Response to HMICFRS report: An inspection of vetting", "An inspection of vetting", "HMICFRS", "integrity"),
        ("Commissioner’s response to HMICFRS report: ‘Is it met?’", "Is it met?", "HMICFRS", "other"),
        ("Westmarch PCC response to HMIC Report – Hard times", "Hard times", "HMIC", "other"),
        (
            "Response to PEEL 2021/22 – An inspection of Westmarch",
            "PEEL 2021/22 – An inspection of Westmarch",
            "",
            "peel",
        ),
        ("Title: State of Policing 2023", "State of Policing 2023", "", "state_of_policing"),
        (
            "His Majesty’s Inspectorate of Constabulary and Fire & Rescue Services: Crime data integrity, Westmarch",
            "Crime data integrity, Westmarch",
            "His Majesty's Inspectorate of Constabulary and Fire & Rescue Services",
            "crime_data",
        ),
        ("Quiet streets", "Quiet streets", "", "other"),
        ("HMICFRS inspection of custody: our response", "HMICFRS inspection of custody", "", "custody"),
        ("HMICFRS PEEL inspection: Westmarch", "HMICFRS PEEL inspection: Westmarch", "", "peel"),
        ("Losses – Commissioner’s response", "Losses", "", "other"),
    ],
)
def test_titles(line, title, inspectorate, kind):
    read = read_title(line)
    assert (read.title, read.inspectorate, read.kind) == (title, inspectorate, kind)


@pytest.mark.parametrize(
    ("title", "suffix", "kind"),
    [
        ("PEEL 2023", "", "peel"),
        ("Anything", "thematic inspection", "thematic"),
        ("Anything", "joint thematic inspection", "joint_thematic"),
        ("National child protection inspection", "", "child_protection"),
        ("National child protection post-inspection review", "", "progress_letter"),
        ("Crime data integrity re-inspection", "", "progress_letter"),
        ("Super-complaint on stops", "", "super_complaint"),
        ("Westmarch Fire and Rescue Service", "", "fire"),
        ("Inspection commissioned by the mayor", "", "commissioned"),
        ("Counter-corruption", "", "integrity"),
        ("A national look at losses", "", "thematic"),
        ("Words", "", "other"),
    ],
)
def test_kinds(title, suffix, kind):
    assert kind_of(title, suffix) == kind


@pytest.mark.parametrize("line", ["HMICFRS inspection response", "PCC Response to HMICFRS Report", "Response"])
def test_lines_that_name_no_report(line):
    assert is_generic(line)


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        (
            "I answer the HMICFRS report ‘Westmarch Police: a review’ that was published on 5 May.",
            "Westmarch Police: a review",
        ),
        (
            "in respect of the HMICFRS report An inspection of losses, which was published in May",
            "An inspection of losses",
        ),
        ("I welcome the report.", ""),
    ],
)
def test_titles_inside_a_sentence(sentence, title):
    assert title_in_sentence(sentence) == title


@pytest.mark.parametrize("kind", KIND_WORDS)
def test_our_own_words_for_a_kind_are_read_back_as_it(kind):
    assert kind_of("The report of this year", KIND_WORDS[kind]) == kind
