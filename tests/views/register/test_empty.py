"""The register of an office without inspections: how to begin, and no filters."""

import pytest

from tests.conftest import make_inspection, make_tracked
from tests.views.hooks import links, number_of


@pytest.mark.parametrize(
    ("who", "steps"), [("officer", ["/inspections/bring-in/", "/register/bring-in/"]), ("force_lead", [])]
)
def test_an_empty_register_says_how_to_begin(request, sign_in, westmarch, who, steps):
    client = sign_in(request.getfixturevalue(who))
    page = client.get("/register/")
    assert (links(page, "main a"), number_of(page, ".app-refine")) == (steps, 0)
    assert [client.get(address).status_code for address in steps] == [200] * len(steps)
    make_tracked(make_inspection(westmarch))
    assert number_of(client.get("/register/"), ".app-refine") == 1


def test_a_force_lead_learns_nothing_of_another_forces_inspections(sign_in, westmarch, eastvale, force_lead):
    make_tracked(make_inspection(eastvale))
    assert number_of(sign_in(force_lead).get("/register/"), ".app-refine") == 0
