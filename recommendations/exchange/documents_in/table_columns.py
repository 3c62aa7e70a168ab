"""The roles of a table's columns, by their headings."""

import re

from recommendations.exchange.documents_in.comment_labels import read_label
from recommendations.exchange.documents_in.vocabulary import plain

NUMBER = re.compile(
    r"^(?:(?:rec(?:ommendation)?|afi|hmicfrs|item)?\.? ?(?:no\b\.?|number|ref(?:erence)?\b\.?(?: no\.?| number)?"
    r"|#)|#|item|ref|rec\.?)$",
    re.IGNORECASE,
)
ASKED = re.compile(
    r"^(?:(?:hmicfrs'?s?|hmic|the|summary of|full|text of|national|key) )*(?:recommendations?(?: text| / .*|/.*"
    r"| or .*| and .*)?"
    r"|areas? for improvement.*|afis?|causes? of concern|findings?|inspection findings?|innovative practice)$",
    re.IGNORECASE,
)
DEADLINE = re.compile(
    r"^(?:(?:hmicfrs |target |completion |due |recommended )?(?:deadline|timescales?|due(?: date| by)?|by when"
    r"|date due|completion date|target date))$",
    re.IGNORECASE,
)
DIRECTED = re.compile(r"^(?:directed to|addressed to|recommendation for|for whom|to whom)$", re.IGNORECASE)


def column_role(text: str) -> str:
    """Return number, asked, deadline, directed, or a voice; "" if the heading is none of them."""
    words = plain(text).strip(" :*")
    for pattern, role in ((NUMBER, "number"), (ASKED, "asked"), (DEADLINE, "deadline"), (DIRECTED, "directed")):
        if pattern.match(words):
            return role
    label = read_label(words)
    return label.voice if label is not None and not label.rest else ""


def heads_a_table(texts: list[str]) -> bool:
    """Whether a row's texts are headings of a table with recommendations and something about them."""
    roles = [column_role(text) for text in texts]
    return roles.count("asked") == 1 and len([role for role in roles if role]) > 1
