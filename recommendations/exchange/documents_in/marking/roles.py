"""What a block of a document can be taken for, by the reader or by a person who marks it."""

from enum import StrEnum


class Role(StrEnum):
    """What a block is. RECOMMENDATION begins one, with or without its number; MORE is a further paragraph of its text;
    NUMBER only says which one follows. FORCE are the force's or chief officer's words on one, CHIEF those on the whole.
    """

    RECOMMENDATION = "recommendation"
    NUMBER = "number"
    HEADING = "heading"
    MORE = "more"
    PART = "part"
    DEADLINE = "deadline"
    ADDRESSEES = "addressees"
    COMMENT = "comment"
    FORCE = "force"
    CHIEF = "chief"
    REPLY = "reply"
    NARRATIVE = "narrative"
    TITLE = "title"
    DAY = "day"
    NOTE = "note"
    NOTHING = "nothing"
    UNSURE = "unsure"


BEGINS = frozenset({Role.RECOMMENDATION, Role.NUMBER, Role.HEADING})
OF_A_RECOMMENDATION = BEGINS | {Role.MORE, Role.PART, Role.DEADLINE, Role.ADDRESSEES}
ANSWERS = frozenset({Role.COMMENT, Role.FORCE})
# The reader's places (parts.KINDS) as roles; all others are NOTHING.
ROLE_OF_KIND = {
    "title": Role.TITLE,
    "published": Role.DAY,
    "heading": Role.HEADING,
    "narrative": Role.NARRATIVE,
    "deadline": Role.DEADLINE,
    "addressees": Role.ADDRESSEES,
    "reply": Role.REPLY,
    "note": Role.NOTE,
    "unplaced": Role.UNSURE,
    "number": Role.NUMBER,
    "text": Role.RECOMMENDATION,
    "part": Role.PART,
    "comment": Role.COMMENT,
    "chief_officer_comments": Role.CHIEF,
}
# Their places in what is read (results.Placed.kind), for the check of words.
KIND_OF_ROLE = {role: kind for kind, role in ROLE_OF_KIND.items()} | {
    Role.MORE: "text",
    Role.FORCE: "chief_officer_comments",
    Role.NOTHING: "furniture",
}
