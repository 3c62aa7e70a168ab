import pytest

from recommendations.exchange.documents_in.addressees import find_addressees


@pytest.mark.parametrize(
    ("text", "addressees"),
    [
        (
            "With immediate effect, the NPCC national lead and each force lead should review it.",
            ["NPCC national lead", "each force lead"],
        ),
        ("Chief constables should act.", ["Chief constables"]),
        ("The force needs to improve.", ["force"]),
        ("By 31 March 2026 the force should act.", ["force"]),
        ("As soon as possible the force and the health provider should:", ["force", "health provider"]),
        (
            "By 31 March 2026, the Home Office and the College of Policing should act.",
            ["Home Office", "College of Policing"],
        ),
        (
            "The Home Office, the Ministry of Justice, and the CPS should act.",
            ["Home Office", "Ministry of Justice", "CPS"],
        ),
        (
            "Police and crime commissioners and their chief constables should act.",
            ["Police and crime commissioners", "their chief constables"],
        ),
        ("Police, fire and crime commissioners must act.", ["Police, fire and crime commissioners"]),
        ("Chief constables should, within six months, act.", ["Chief constables"]),
        ("We recommend that, within three months, Westmarch Police acts to do so.", ["Westmarch Police"]),
        ("Westmarch Police immediately reviews its practice.", ["Westmarch Police"]),
        ("To improve this, the force should act.", ["force"]),
        ("The force, working with its partners, should act.", ["force"]),
        ("Where calls are missed, forces should act.", ["forces"]),
        ("We found much. The force should act.", ["force"]),
        (
            "The Ministry of Housing, Communities and Local Government should act.",
            ["Ministry of Housing, Communities and Local Government"],
        ),
        ("Training should be given.", []),
        ("The sky is blue.", []),
        ("", []),
    ],
)
def test_to_whom(text, addressees):
    assert find_addressees(text) == addressees
