"""The kind of an inspection where its title does not say it: known, or asked."""

import pytest

from recommendations.exchange.documents_in.inspection_kinds import inspection_kind
from recommendations.exchange.documents_in.lines import lines_of_text
from recommendations.exchange.documents_in.responses.reading import read_response
from tests.conftest import PUBLISHED

SHELF = "Left on the shelf: An inspection of found property"


def read(*lines: str):
    return read_response(lines_of_text("\n\n".join([*lines, "Recommendation 1: Forces should look."])), PUBLISHED)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        (f"HMICFRS report: {SHELF}", "thematic"),
        ("HMICFRS: Counting what matters: a review of police data", "thematic"),
        ("HMICFRS and HMCPSI: In good order: an inspection of case files", "joint_thematic"),
        ("HMICFRS: In good order: an inspection of custody in Westmarch", "custody"),
        ("HMICFRS: An inspection of Westmarch Police", "other"),
        ("HMICFRS: An inspection of calls in Westmarch", "other"),
        ("HMICFRS: An inspection of roads policing in England and Wales", "thematic"),
        ("HMICFRS: An inspection of the National Crime Agency", "other"),
        ("HMICFRS: How victims experience the courts", "other"),
        ("CQC: An inspection of mental health beds", "other"),
    ],
)
def test_an_inspection_of_no_force_by_name_is_thematic(title, kind):
    assert inspection_kind(read(title)) == kind


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("HMICFRS published it in May.", "thematic"),
        ("Ofsted wrote to HMICFRS in May.", "other"),
        ("It came out in May.", "other"),
    ],
)
def test_who_inspected_may_stand_in_the_text(said, kind):
    found = read(f"Report title: {SHELF}", said)
    assert (found.title, inspection_kind(found)) == (SHELF, kind)
