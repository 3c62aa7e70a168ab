"""What a document leaves open is proposed: the body, whether the force is meant, the short name, the inspectorates."""

import datetime

import pytest

from recommendations.domain.forces.details import change_body_details
from recommendations.domain.people import records
from recommendations.enums import BodyKind, InspectionKind
from recommendations.exchange.documents_in.proposal import (
    find_body,
    inspectorates,
    is_directed_to,
    other_forces,
    short_name,
)
from recommendations.models import PolicingBody
from tests.conftest import AT

DAY = datetime.date(2026, 1, 15)


def make_body(name, office):
    body = PolicingBody(name=name, slug=office.split()[0].lower(), kind=BodyKind.COMMISSIONER, office_name=office)
    return records.keep(record=body, by=None, at=AT)


@pytest.mark.parametrize(
    "printed",
    [
        "Police and Crime Commissioner for the Marches",
        "POLICE AND CRIME COMMISSIONER FOR THE MARCHES",
        "Office of the Police and Crime Commissioner, Marches",
        "Marches OPCC",
        "the Marches PCC",
    ],
)
def test_a_body_is_found_by_the_name_that_is_printed(body, westmarch, printed):
    make_body("Police and Crime Commissioner for Northshire", "Northshire OPCC")
    assert find_body(printed, westmarch, DAY) == (body, True)


@pytest.mark.parametrize("printed", ["", "Police and Crime Commissioner", "Hampshire OPCC"])
def test_else_it_is_the_one_that_oversees_the_force(body, westmarch, printed):
    make_body("Police and Crime Commissioner for Northshire", "Northshire OPCC")
    assert find_body(printed, westmarch, DAY) == (body, False)


def test_a_body_is_known_by_a_part_of_its_name(body, westmarch):
    two = make_body("Police and Crime Commissioner for Northshire and the Islands", "Northshire OPCC")
    assert find_body("Office of the PCC, Northshire", westmarch, DAY) == (two, True)


def test_a_body_is_found_by_the_name_that_it_had_on_the_day(body, westmarch):
    two = make_body("Police and Crime Commissioner for Northshire", "Northshire OPCC")
    facts = {"body": two, "from_day": DAY, "by": None, "at": AT, "reason": "The order"}
    two = change_body_details(name="Mayor of the Islands", office_name="Islands Mayor", **facts)
    assert find_body("Northshire OPCC", westmarch, DAY - datetime.timedelta(days=1)) == (two, True)
    assert find_body("Islands Mayor", westmarch, DAY) == (two, True)


def test_nobody_oversees_a_force_before_it_began(body, westmarch):
    assert find_body("", westmarch, datetime.date(2010, 1, 1)) == (None, False)


@pytest.mark.parametrize(
    ("addressees", "directed"),
    [
        ((), True),
        (("chief constables",), True),
        (("Westmarch Police",), True),
        (("Home Office", "each force Prevent lead"), True),
        (("NPCC national Prevent lead", "each force Prevent lead"), True),
        (("police forces in England and Wales",), True),
        (("Home Office",), False),
        (("College of Policing", "National Police Chiefs' Council"), False),
        (("NPCC lead for forces' vetting",), False),
        (("police and crime commissioners",), False),
        (("health provider",), False),
        (("all chief constables",), True),
        (("Chief Constables of England and Wales",), True),
        (("The Chief Constable",), True),
        (("Chief Constable of Westmarch",), True),
        (("Chief Constable, Westmarch Constabulary",), True),
        (("Chief Constable of Eastvale", "Chief Constable of Westmarch"), True),
    ],
)
def test_whether_the_force_is_meant(westmarch, addressees, directed):
    assert is_directed_to(westmarch, addressees) is directed
    assert other_forces(westmarch, addressees) == []


@pytest.mark.parametrize(
    "name", ["Chief Constable of Eastvale", "Chief Constable, Eastvale Police", "Eastvale Constabulary"]
)
def test_another_force_is_not_this_one_and_is_asked_about(westmarch, name):
    assert is_directed_to(westmarch, (name, "the Home Office")) is False
    assert other_forces(westmarch, (name, "the Home Office")) == [name]


@pytest.mark.parametrize(
    ("title", "kind", "name"),
    [
        (
            "Counter-terrorism policing An inspection of the police's part in the government's Prevent programme",
            InspectionKind.THEMATIC,
            "Prevent 20",
        ),
        ("Custody in Eastvale, an unannounced inspection of custody suites", InspectionKind.CUSTODY, "Custody 20"),
        ("When children go missing again, an inspection of how forces respond", InspectionKind.THEMATIC, "Children 20"),
        ("An inspection of vetting, misconduct, and misogyny", InspectionKind.INTEGRITY, "Vetting 20"),
        ("PEEL 2023-2025: An inspection of Westmarch Police", InspectionKind.PEEL, "PEEL 20"),
        ("", InspectionKind.OTHER, "Other 20"),
    ],
)
def test_a_short_name_says_what_and_when(title, kind, name):
    assert short_name(title, kind, 2020) == name


@pytest.mark.parametrize(
    ("printed", "lead", "joint"),
    [
        ("", "HMICFRS", ""),
        ("HMIC", "HMIC", ""),
        ("HMICFRS and HMI Prisons", "HMICFRS", "HMI Prisons"),
        ("HMICFRS, HMCPSI & HMIP", "HMICFRS", "HMCPSI, HMIP"),
        ("Her Majesty's Inspectorate of Constabulary and Fire & Rescue Services", "HMICFRS", ""),
    ],
)
def test_the_inspectorates(printed, lead, joint):
    assert inspectorates(printed) == {"lead_inspectorate": lead, "joint_inspectorates": joint}
