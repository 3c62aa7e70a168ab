"""The simple rule by which a form asks whether a text holds a person's name."""

import pytest

from recommendations.domain.text.person_names import names_in, names_in_link
from tests.readers.registers import registers
from tests.readers.source import sources


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mr Reed was not seen for two hours.", ("Mr Reed",)),
        ("Mrs. J. Reed’s calls were not answered", ("Mrs. J. Reed’s",)),
        ("Ms O’Neill-Hart and Dr Adeyemi", ("Ms O’Neill-Hart", "Dr Adeyemi")),
        ("Miss K was moved twice.", ("Miss K",)),
        ("An investigation into the death of Jordan Peter Reed began.", ("Jordan Peter Reed",)),
        ("the death of\nAnwen Pryce", ("Anwen Pryce",)),
        ("touching the death of J. Reed", ("J. Reed",)),
        ("the late Jordan Reed, and the late J.R.", ("Jordan Reed", "J.R.")),
        ("The late JR", ("JR",)),
        ("Mr Reed, and again Mr Reed", ("Mr Reed",)),
        ("", ()),
        ("The chief constable should review how calls about people in crisis are graded.", ()),
        ("After the death of a man in custody at Westmarch, the Force Control Room changed.", ()),
        ("Reply by the late shift; Master copies are filed.", ()),
        ("The Mental Health Act 1983 and the Chief Officer of Police", ()),
        ("The log showed that Leopold Quennell had called.", ("Leopold Quennell",)),
        ("DC Harkness had no access to the log.", ("DC Harkness",)),
        ("Call handlers of Westmarch Police are not told of a patient's leave from a ward.", ()),
        ("The Mental Health Act 1983 and the Marches NHS Foundation Trust's policy differ.", ()),
        # surnames that are words of bodies, days and places too
        ("Peter King was not seen.", ("Peter King",)),
        ("Sarah Hall’s mother rang; James Young did not.", ("Sarah Hall’s", "James Young")),
        ("Joan West and April May", ("Joan West", "April May")),
        ("the Assistant Coroner Rosalind Quennell", ("Rosalind Quennell",)),
        # capitals, accents, one name alone
        ("JORDAN REED", ("JORDAN REED",)),
        ("Zoë Brontë and Łukasz Żak", ("Zoë Brontë", "Łukasz Żak")),
        ("Zoe\u0308 Bronte\u0308", ("Zoë Brontë",)),
        ("On that day Sharon was moved, and Reed’s calls were not answered.", ("Sharon", "Reed’s")),
        ("Siân O’Neill and Fiona McDonald", ("Siân O’Neill", "Fiona McDonald")),
        ("J R King", ("J R King",)),
    ],
)
def test_what_seems_to_be_a_name(text, found):
    # wording: words of reports
    assert names_in(text) == found


NAMING_NO_ONE = [
    "Westmarch Police, Dyfed-Powys Police, the Metropolitan Police Service and Devon & Cornwall Police",
    "Kent Police, West Mercia Police, South Wales Police and Thames Valley Police",
    "The Chief Constable, the Police and Crime Commissioner and the Deputy Director of Custody",
    "St James Park, James Cook Hospital, Victoria Road and the Princess Royal University Hospital",
    "In May Westmarch Police changed its policy. On 3 April Severnside did. May Day is a bank holiday.",
    "Clare’s Law and Sarah's Law; Operation Jordan; Right Care Right Person; the SARA model",
    "HM INSPECTORATE OF CONSTABULARY: ACTION SHOULD BE TAKEN",
    "Mark each call that is closed. Will Forces review it? Grant each request.",
]


@pytest.mark.parametrize("text", NAMING_NO_ONE)
def test_forces_offices_places_titles_and_months_are_no_names(text):
    assert names_in(text) == ()


PEOPLE = (
    "Aldous Brankley Corbould Drax Fairley Ferncliffe Hale Lindqvist Marlowe Marrable Martin Oyelaran Pellingham"
    " Petherick Thackray Trenholm Vale Desmond Whitmore"
)


def test_documents_and_registers_that_name_no_one_ask_nothing():
    """3,000 texts, all that the readers are tried on but the lines that are left out: each match is a name."""
    lines = [line.text for each in sources() for line in each.lines if line.role != "name"]
    cells = [text for each in registers() for text in texts_in(each.facts) if len(text.split()) > 3]
    found = {name for text in lines + cells for name in names_in(text)}
    assert [name for name in found if not set(name.replace("’", " ").split()) & set(PEOPLE.split())] == []
    assert (len(lines) + len(cells) > 3_000, len(found) > 15) == (True, True)


def texts_in(value) -> list[str]:
    """Every text inside lists and dicts."""
    if isinstance(value, dict | list | tuple):
        return [text for each in (value.values() if isinstance(value, dict) else value) for text in texts_in(each)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("https://www.judiciary.example/prevention-of-future-death-reports/jordan-peter-reed/", ("jordan-peter-reed",)),
        ("https://www.judiciary.example/Jordan-Reed-Prevention-of-future-deaths-report-2026.pdf", ("Jordan-Reed",)),
        ("https://www.judiciary.example/prevention-of-future-death-reports/peter-king/", ("peter-king",)),
        ("https://www.judiciary.example/prevention-of-future-death-reports/sharon/", ("sharon",)),
        ("https://www.judiciary.example/prevention-of-future-death-reports/2026-0318", ()),
        ("", ()),
    ],
)
def test_what_seems_to_be_a_name_in_a_link(link, found):
    assert names_in_link(link) == found
