"""The columns and labels of audits, recognised by their words."""

import re

from recommendations.exchange.documents_in.table_columns import heads_a_table
from recommendations.exchange.documents_in.vocabulary import plain

ASIDE = re.compile(
    r"\s*\((?:dd|mm|yyyy|y/n|yes/no|job title|role|name|date|h/m/l|high|1|and|if|including|by whom|£)[^)]*\)",
    re.IGNORECASE,
)
LONGEST_HEADING = 80
FEWEST = 3  # columns in an audit's table
OWNER = (
    r"(?:responsible|accountable|lead|action|recommendation|implementing|management)? ?(?:officers?|owners?"
    r"|leads?|persons?|managers?)"
    r"(?: responsible)?(?: ?(?:/|&|and) ?job title)?|responsibility|person responsible|responsible|by whom|who"
    r"|assigned to"
)
DUE = (
    r"(?:agreed |target |planned |proposed |original |revised |expected )*(?:implementation|completion|target|due"
    r"|action|delivery)"
    r"(?: target)?(?: ?(?:date|timetable|timescale|deadline|by))?|timescales?|time ?frame|deadline|date|when"
    r"|by when|due"
    r"|agreed date|date (?:due|for (?:implementation|completion))"
)
ROLES = {
    "reference": r"(?:audit|report|assignment) ?(?:ref(?:erence)?|number|no)\.?(?: no\.?| number)?",
    "made": r"(?:date (?:of )?(?:final )?(?:report|issue|issued)(?: issued)?|(?:final )?report(?: date| issued)"
    r"|date issued|issued(?: on)?"
    r"|final report issued(?: on)?|final)",
    "number": r"(?:rec(?:ommendation)?s?|action|item|finding|line)?\.? ?(?:ref(?:erence)?\.?|no\.?|number|#"
    r"|id)(?: ?no\.?)?|#|rec\.?",
    "priority": r"(?:overall |agreed |recommendation |action |finding )?(?:priority|risk|importance|significance"
    r"|grade|category)"
    r" ?(?:rating|level|grading|grade|score|category|ranking)|priority|rating|grade|category|categorisation"
    r"|significance|rag(?: rating)?"
    r"|classification",
    "owner_due": rf"(?:{OWNER}) ?(?:/|&|and|,|\+) ?(?:{DUE})|(?:{DUE}) ?(?:/|&|and|,) ?(?:{OWNER})"
    rf"|timescale ?/ ?responsibility",
    "asked": r"(?:audit |internal audit |our |the |agreed |proposed |key )*(?:recommend(?:ation|ed action)s?)"
    r"(?: ?(?:/|and|&) ?(?:agreed |proposed )?actions?)?(?: made)?|(?:agreed |proposed "
    r"|management )?(?:management )?actions?(?: (?:agreed|proposed|required))?"
    r"|(?:suggested|proposed|agreed|required) (?:management )?actions?",
    "answer": r"(?:agreed |management'?s? |client |audit(?:ee)? |force |officer |initial )*(?:responses?"
    r"|comments?|reply)"
    r"(?: ?(?:/|and|&) ?(?:agreed )?(?:actions?|comments?|plan))?(?: taken)?|(?:recommendation )?(?:accepted"
    r"|agreed)(?: ?/ ?(?:not|rejected|disagreed)[\w ]*)?"
    r"|agreed action plan|update|(?:current )?(?:status|position|progress)(?: update)?",
    "finding": r"(?:key |detailed |audit |summary of |our )*(?:findings?|observations?|weakness(?:es)?|issues?"
    r"|control weakness)"
    r"(?: ?(?:/|and|&) ?(?:risks?|implications?|observations?|issues?|weakness))?(?: identified| summary)?"
    r"|(?:control )?(?:area|objective)s?",
    "risk": r"(?:potential |associated |risk )*(?:risks?|implications?|impact|consequences?|exposure|effect)"
    r"(?: ?(?:/|and|&) ?(?:implications?|impact|consequences?|effect))?(?: area| exposure)?",
    "owner": OWNER,
    "due": DUE,
}
HEADINGS = [(role, re.compile(rf"^(?:{words})$", re.IGNORECASE)) for role, words in ROLES.items()]


def bare(heading: str) -> str:
    """Return a heading without brackets and punctuation."""
    return ASIDE.sub("", plain(heading)).strip(" :*?.")


def heads_any_table(texts: list[str]) -> bool:
    """Whether a row's texts are column headings, of a table of inspection recommendations or of an audit."""
    if heads_a_table(texts):
        return True
    roles = [_role(bare(text)) for text in texts]
    return roles.count("asked") == 1 and len({role for role in roles if role}) >= FEWEST


def _role(words: str) -> str:
    if len(words) > LONGEST_HEADING:
        return ""
    return next((role for role, pattern in HEADINGS if pattern.match(words)), "")
