"""What a block of a document can be taken for, by the reader or by a person who marks it."""

from enum import StrEnum


class BlockRole(StrEnum):
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


BEGINS = frozenset({BlockRole.RECOMMENDATION, BlockRole.NUMBER, BlockRole.HEADING})
OF_A_RECOMMENDATION = BEGINS | {BlockRole.MORE, BlockRole.PART, BlockRole.DEADLINE, BlockRole.ADDRESSEES}
ANSWERS = frozenset({BlockRole.COMMENT, BlockRole.FORCE})
# The reader's places (parts.KINDS) as roles; all others are NOTHING.
ROLE_OF_KIND = {
    "title": BlockRole.TITLE,
    "published": BlockRole.DAY,
    "heading": BlockRole.HEADING,
    "narrative": BlockRole.NARRATIVE,
    "deadline": BlockRole.DEADLINE,
    "addressees": BlockRole.ADDRESSEES,
    "reply": BlockRole.REPLY,
    "note": BlockRole.NOTE,
    "unplaced": BlockRole.UNSURE,
    "number": BlockRole.NUMBER,
    "text": BlockRole.RECOMMENDATION,
    "part": BlockRole.PART,
    "comment": BlockRole.COMMENT,
    "chief_officer_comments": BlockRole.CHIEF,
}
# Their places in what is read (results.Placed.kind), for the check of words.
KIND_OF_ROLE = {role: kind for kind, role in ROLE_OF_KIND.items()} | {
    BlockRole.MORE: "text",
    BlockRole.FORCE: "chief_officer_comments",
    BlockRole.NOTHING: "furniture",
}
