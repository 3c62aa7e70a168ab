"""Plain words for the large office: 43 forces that do not exist, their leads, and texts of any length."""

import random

TREES = ["Alder", "Birch", "Cedar", "Elder", "Hazel", "Juniper", "Larch", "Maple", "Rowan", "Willow"]
FORCE_NAMES = [tree + last for last in ("shire", "vale", "mere", "stead", "combe") for tree in TREES][:43]
LEADS = [f"{rank} {name}" for rank in ("ACC", "DCC", "ACO") for name in ("Hale", "Rowe", "Nair", "Leckie", "Amory")]
OFFICERS = ["Hannah Whitlock", "Margaret Osei", "Joe Brandreth", "Bethan Rees", "Tomas Kral", "Ines Ward", "Piers Lund"]

WHO = [
    "The force",
    "The chief constable",
    "The custody team",
    "The control room",
    "Each local team",
    "The crime registrar",
]
DOES = [
    "should review",
    "should record",
    "needs to improve",
    "should make sure that it knows",
    "should publish",
    "must test",
]
WHAT = [
    "how it answers calls about missing children",
    "the reasons for each stop and search",
    "the risk assessments that are made on release from custody",
    "the time that victims wait for a decision",
    "the digital devices that wait for examination",
    "how supervisors check investigations of serious offences",
    "the clearance of officers and staff who moved from elsewhere",
    "the evidence that is given to prosecutors at the first try",
    "the care of older people who report fraud",
]
WHY = [
    "so that people at risk are found early",
    "because its own audits found gaps in one case in five",
    "and give the results to its governance board each quarter",
    "with the local councils and the health service",
    "and tell the public what changed",
    "so that it can plan its workforce for the next five years",
]


def paragraph(dice: random.Random, length: int) -> str:
    """Sentences of `length` characters together; the last one is cut."""
    text = ""
    while len(text) < length:
        text += f"{dice.choice(WHO)} {dice.choice(DOES)} {dice.choice(WHAT)} {dice.choice(WHY)}. "
    return text[: length - 1].rstrip() + "."
