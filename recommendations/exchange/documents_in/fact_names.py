"""The names of facts about a recommendation, before their value or above it: "Deadline", "Directed to", "Status"."""

import re

from recommendations.exchange.documents_in.comment_labels import read_label

NAME_OF_FACT = (
    r"(?:(?P<deadline>(?:hmicfrs |target |completion )?(?:deadline|timescale|due(?: date| by)?|by when|date))"
    r"|(?P<whom>(?:directed|addressed) to)|accepted ?/ ?not accepted|decision"
    r"|status|lead(?: officer)?|owner|rag(?: status)?|priority|ref(?:erence)?"
    r"|responsible(?: officer)?|category|portfolio)"
)
FACT = re.compile(rf"^{NAME_OF_FACT}\s*:\s*(?P<value>\S.{{0,80}})$", re.IGNORECASE)
FACT_ALONE = re.compile(rf"^{NAME_OF_FACT}\s*:?$", re.IGNORECASE)  # its value is on the next line
LONGEST_LABEL = 60


def stands_alone(text: str) -> bool:
    """Whether a printed line is a label by itself, and so neither goes on nor is gone on with."""
    if len(text) > LONGEST_LABEL or not text[:1].isupper() or text[-1] == ".":
        return False
    label = read_label(text)
    return bool(FACT_ALONE.match(text) or (label is not None and not label.rest))
