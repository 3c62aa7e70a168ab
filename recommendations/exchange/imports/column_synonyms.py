"""Synonyms in headings: "Commissioner" and "PCC" are the same, and "of" is ignored."""

import re
from functools import cache

ALIASES = {
    "areas for improvement": "afi",
    "area for improvement": "afi",
    "causes of concern": "coc",
    "cause of concern": "coc",
    "police and crime commissioner": "opcc",
    "sub recommendations": "part",
    "sub recommendation": "part",
    "sub recs": "part",
    "sub rec": "part",
}
WORDS = {
    "afis": "afi",
    "accountable": "responsible",
    "amended": "revised",
    "assessment": "assurance",
    "bodies": "body",
    "close": "closed",
    "constables": "constable",
    "constabulary": "force",
    "closure": "closed",
    "commentary": "comment",
    "comments": "comment",
    "commissioner": "opcc",
    "commissioners": "opcc",
    "complete": "completed",
    "completion": "completed",
    "current": "latest",
    "dates": "date",
    "deadlines": "deadline",
    "description": "text",
    "details": "text",
    "detail": "text",
    "exec": "executive",
    "extended": "revised",
    "forces": "force",
    "headings": "heading",
    "hmic": "hmicfrs",
    "hmicfr": "hmicfrs",
    "initial": "original",
    "inspections": "inspection",
    "inspectorate": "hmicfrs",
    "inspectorates": "hmicfrs",
    "last": "latest",
    "leads": "lead",
    "no": "number",
    "nos": "number",
    "nr": "number",
    "num": "number",
    "numbers": "number",
    "opccs": "opcc",
    "opfcc": "opcc",
    "outcomes": "outcome",
    "owners": "owner",
    "parts": "part",
    "pcc": "opcc",
    "pccs": "opcc",
    "pfcc": "opcc",
    "publication": "published",
    "publish": "published",
    "publishing": "published",
    "rec": "recommendation",
    "recent": "latest",
    "recommendations": "recommendation",
    "recs": "recommendation",
    "ref": "reference",
    "references": "reference",
    "refs": "reference",
    "reports": "report",
    "responses": "response",
    "revision": "revised",
    "statuses": "status",
    "subrecommendation": "part",
    "subrecommendations": "part",
    "targets": "target",
    "themes": "theme",
    "timescales": "timescale",
    "mitigating": "mitigation",
    "mitigations": "mitigation",
    "updated": "update",
    "updates": "update",
    "wording": "text",
}
IDLE = {"a", "and", "at", "for", "in", "most", "of", "on", "or", "our", "s", "the", "to"}

# Names that our own exports and pages, and offices, use for the sources that the program comes with.
SOURCE_WORDS = frozenset(
    (
        *("hmicfrs", "super-complaint", "fire and rescue inspection", "iopc", "coroner", "audit", "review", "ico"),
        *("inquiry", "direction", "other", "hmicfrs inspection", "iopc learning recommendation", "internal audit"),
        *("coroner’s prevention of future deaths report", "safeguarding or homicide review", "direction to a force"),
        "information commissioner’s office",
    )
)
SOURCES_AS_OTHERS_SAY = {
    "hmic": "hmicfrs",
    "hmicfrs report": "hmicfrs",
    "coroner's prevention of future deaths report": "coroner",
    "prevention of future deaths": "coroner",
    "pfd": "coroner",
    "pfd report": "coroner",
    "regulation 28": "coroner",
    "internal auditor": "audit",
    "internal auditors": "audit",
    "information commissioner": "ico",
    "super complaint": "super-complaint",
    "fire inspection": "fire",
}


@cache
def heading_words(heading: str) -> frozenset[str]:
    """Return the significant words in one form: "Date of Publication" and "published date" are the same."""
    text = re.sub(r"['’`]", "", heading.casefold()).replace("#", " number ")
    text = f" {' '.join(re.findall(r'[a-z0-9]+', text))} "
    for phrase, word in ALIASES.items():
        text = text.replace(f" {phrase} ", f" {word} ")
    return frozenset(WORDS.get(word, word) for word in text.split()) - IDLE
