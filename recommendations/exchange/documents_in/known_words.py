"""The words that only say what a part is, so that no part has them: labels and the headings of columns."""

import re

from recommendations.exchange.documents_in import footnotes, letter_boilerplate, titles
from recommendations.exchange.documents_in.comment_labels import read_label
from recommendations.exchange.documents_in.fact_names import FACT_ALONE
from recommendations.exchange.documents_in.recommendation_starts import read_section, read_start
from recommendations.exchange.documents_in.responses import front_matter, own_form, recommendation_rules
from recommendations.exchange.documents_in.sources import audit, coroner, coroner_response, iopc
from recommendations.exchange.documents_in.table_columns import column_role
from recommendations.exchange.documents_in.vocabulary import plain

NUMBER_ALONE = re.compile(r"^[\W\d_]*$")
CONTENTS_OF_A_LABEL = re.compile(r"^(?:(?:executive )?summary|(?:table of )?contents|narrative|overview)\s*:?$", re.I)
INSPECTORATE = re.compile(rf"^(?:{titles.INSPECTORATES}|independent office for police conduct(?: \(IOPC\))?)$", re.I)
WORDS = """
a accelerated action actions addressed afi and area areas at be body by cause causes coc commissioner
completed completion concern date deadline directed due each for from grade grading hmic hmicfrs immediately
implementation improvement innovative is lead level local manager mayor must name no number of office officer
on opcc opfcc or our owner pcc person pfcc police policing practice prepared priority promising rag rating
reason rec recommendation recommendations responding response responses responsible risk section should
submitted target the this timescale timescales to when whom within
"""
OF_FACTS = frozenset(WORDS.split())  # of labels and column headings in front of a fact


def is_known_label(text: str) -> bool:
    """Whether all of the text only says what stands below or beside it."""
    words = plain(text).strip()
    label, start = read_label(text), read_start(text)
    return bool(
        NUMBER_ALONE.match(words)
        or (label and not label.rest)
        or (start and not start.rest)
        or read_section(text)
        or column_role(text)
        or audit.LABELS.head(text)
        or iopc.LABELS.head(text)
        or iopc.MASTHEAD.match(words)
        or INSPECTORATE.match(words)
        or CONTENTS_OF_A_LABEL.match(words)
        or titles.heads_a_title(text)
        or titles.is_generic(text)
        or footnotes.heads_notes(text)
        or front_matter.FACT_CELL.match(text)
        or own_form.FACT.fullmatch(text)
        or coroner.is_of_the_form(words)
        or ((match := coroner_response.NAMED.match(words)) and match.end() == len(words))
        or letter_boilerplate.introduces_chief(text)
        or recommendation_rules.INSPECTORS_QUESTION.match(words)
        or FACT_ALONE.match(words)
    )
