"""The parts of a recommendation, and to whom it is addressed."""

from recommendations.domain.register.parts.states import parts_and_addressees
from tests.conftest import make_tracked


def test_parts_and_addressees_are_in_the_order_of_the_report(inspection):
    names = ("College of Policing", "Chief constable")
    tracked = make_tracked(inspection, parts=("test bells daily", "keep a log"), addressees=names)
    make_tracked(inspection, number="2", parts=("of another",), addressees=("Home Office",))
    parts, addressees = parts_and_addressees(tracked.recommendation)
    assert [part.text for part in parts] == ["test bells daily", "keep a log"]
    assert addressees == list(names)
