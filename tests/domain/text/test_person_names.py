"""The simple rule by which a form asks whether a text holds a person's name."""

import pytest

from recommendations.domain.text.person_names import names_in, names_in_link


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
    ],
)
def test_what_seems_to_be_a_name(text, found):
    # wording: words of reports
    assert names_in(text) == found


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("https://www.judiciary.example/prevention-of-future-death-reports/jordan-peter-reed/", ("jordan-peter-reed",)),
        ("https://www.judiciary.example/Jordan-Reed-Prevention-of-future-deaths-report-2026.pdf", ("Jordan-Reed",)),
        ("https://www.judiciary.example/prevention-of-future-death-reports/2026-0318", ()),
        ("", ()),
    ],
)
def test_what_seems_to_be_a_name_in_a_link(link, found):
    assert names_in_link(link) == found
