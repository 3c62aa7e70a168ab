"""Turn a response or report as read into one to record, proposing whatever the document leaves open.

The page shows the proposal to be checked and changed; the command line records it.
"""

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Model, prefetch_related_objects

from recommendations.domain.forces.in_force import body_of
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.responses.imported import NewComment, PublishedResponse
from recommendations.domain.responses.reports import NewReport
from recommendations.enums import DeadlineKind, InspectionKind, RecommendationKind, ResponseAnswer
from recommendations.exchange.documents_in.inspection_kinds import inspection_kind
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.results import ReadRecommendation, ReadResponse
from recommendations.models import (
    Force,
    FormerBodyDetails,
    FormerForceDetails,
    Inspection,
    InspectionDocument,
    PolicingBody,
    Recommendation,
    ResponseVersion,
)
from recommendations.models.inspections.inspections import shorten

LEAD_INSPECTORATE = "HMICFRS"
COMMON = {
    "a", "an", "and", "crime", "combined", "commissioner", "commissioners", "county", "deputy", "fire", "for", "in",
    "mayor", "mayors", "new", "of", "office", "opcc", "opfcc", "pcc", "pfcc", "police", "policing", "rescue", "the",
    "authority", "body",
}  # fmt: skip
SAYS_LITTLE = {
    "about", "after", "again", "against", "assessment", "authority", "areas", "between", "both", "children's", "crime",
    "england", "findings", "following", "force", "forces", "from", "government", "government's", "have", "hmic",
    "hmicfrs", "how", "improvement", "inspection", "inspections", "into", "joint", "letter", "national", "office",
    "people", "peel", "police", "police's", "policing", "progress", "recommendations", "report", "response", "review",
    "revisit", "service", "services", "should", "that", "their", "thematic", "this", "unannounced", "under", "wales",
    "well", "what", "when", "where", "which", "with", "contribution", "programme", "approach", "effective",
    "effectiveness", "tackle", "tackling", "response's", "constabulary", "january", "february", "march", "april",
    "june", "july", "august", "september", "october", "november", "december",
}  # fmt: skip
KIND_IN_SHORT: dict[str, str] = {
    InspectionKind.PEEL: "PEEL",
    InspectionKind.STATE_OF_POLICING: "State",
    InspectionKind.CUSTODY: "Custody",
    InspectionKind.CHILD_PROTECTION: "Children",
    InspectionKind.CRIME_DATA: "Crime data",
    InspectionKind.SUPER_COMPLAINT: "Complaint",
    InspectionKind.FIRE: "Fire",
}
# Phrases in reports that mean this force, or all forces.
OF_A_FORCE = re.compile(
    r"\b(?:forces?|constabulary|constabularies|police service|chief constables?|chief officers?)\b", re.IGNORECASE
)
# An area before or after such phrases, and words there that are not areas.
PLACE_BEHIND = re.compile(
    r"\b(?i:chief constables?|chief officers?|constabulary|police force|police)"
    r"(?: (?:of|for)(?: the)?|,(?: the)?| [-–—]| at)? (?P<place>[A-Z][\w'’-]*)"
)
PLACE_BEFORE = re.compile(r"\b(?P<place>[A-Z][\w'’-]*) (?i:police|constabulary)\b")
OF_NO_PLACE = """
all and any british chief constabularies constabulary constable constables each england every force forces her his hm
home local majesty my national office officer officers our police prevent service services the their these uk united
wales
"""
OF_NO_FORCE = frozenset(OF_NO_PLACE.split())
OF_OTHERS = re.compile(
    r"\b(?:british transport|civil nuclear|ministry of defence|national police chiefs|npcc|apcc|college|home office)\b",
    re.IGNORECASE,
)


def propose(
    read: ReadResponse,
    *,
    force: Force,
    body: PolicingBody | None,
    published_on: date,
    responded_on: date,
    source_name: str = "",
    lines: tuple[DocumentLine, ...] = (),
    left_out: tuple[str, ...] = (),
) -> PublishedResponse:
    """Return the response as it would be recorded for this force without changes. Recording requires a body."""
    places = {rec.label: place for place, rec in enumerate(read.recommendations)}
    kind = inspection_kind(read)
    return PublishedResponse(
        title=read.title,
        short_name=short_name(read.title, kind, published_on.year),
        kind=kind,
        body=body,
        body_name=shorten(read.body, _longest(ResponseVersion, "body_name") - 2) or (body.name if body else ""),
        published_on=published_on,
        responded_on=responded_on,
        narrative=read.narrative,
        footnotes=tuple({"mark": note.mark, "text": note.text} for note in read.footnotes),
        recommendations=tuple(new_recommendation(rec, force) for rec in read.recommendations),
        causes=_causes(read, places),
        comments=tuple(NewComment(each.text, tuple(places[label] for label in each.answers)) for each in read.comments),
        chief_officer_comments=read.chief_officer_comments,
        reply=read.reply,
        left_out=left_out,
        source_name=source_name[-_longest(ResponseVersion, "source_name") :],
        source_text=source_text(lines),
        inspection_facts=inspectorates(read.inspectorate),
    )


def propose_report(
    read: ReadResponse,
    *,
    force: Force,
    published_on: date,
    source_name: str = "",
    lines: tuple[DocumentLine, ...] = (),
    left_out: tuple[str, ...] = (),
    answer: str = ResponseAnswer.OWN,
    reason: str = "",
) -> NewReport:
    """Return the report as it would be recorded for this force without changes, with a response started."""
    places = {rec.label: place for place, rec in enumerate(read.recommendations)}
    kind = inspection_kind(read)
    return NewReport(
        title=read.title,
        short_name=short_name(read.title, kind, published_on.year),
        kind=kind,
        published_on=published_on,
        recommendations=tuple(new_recommendation(rec, force) for rec in read.recommendations),
        causes=_causes(read, places),
        inspection_facts=inspectorates(read.inspectorate),
        answer=answer,
        reason=reason,
        left_out=left_out,
        source_name=source_name[-_longest(InspectionDocument, "name") :],
        source_text=source_text(lines),
    )


def _longest(model: type[Model], field: str) -> int:
    most = getattr(model._meta.get_field(field), "max_length", None)
    if most is None:
        raise LookupError(f"{field} may be of any length")
    return int(most)


def new_recommendation(rec: ReadRecommendation, force: Force) -> NewRecommendation:
    """Return one recommendation as read. A deadline without a day is "none", but its words are kept."""
    due_on = rec.deadline.due_on
    return NewRecommendation(
        text=rec.text,
        kind=rec.kind,
        number=rec.number,
        heading=shorten(rec.heading, _longest(Recommendation, "heading") - 2),
        parts=rec.limbs,
        addressees=rec.addressees,
        deadline_words=rec.deadline.words,
        deadline_kind=rec.deadline.kind if due_on else DeadlineKind.NONE,
        deadline_on=due_on,
        directed_to_force=is_directed_to(force, rec.addressees),
    )


def _causes(read: ReadResponse, places: dict[str, int]) -> dict[int, int]:
    """Return the position of each recommendation's cause of concern, by position."""
    found = {}
    for place, rec in enumerate(read.recommendations):
        cause = places.get(rec.cause, place)
        if cause < place and RecommendationKind(rec.kind).is_tracked:
            found[place] = cause
    return found


def source_text(lines: Iterable[DocumentLine]) -> str:
    """Return the document's text as read, line by line, without page headers and footers."""
    return "\n".join(f"{line.mark} {line.text}".strip() for line in lines if line.kind not in ("margin", "rule"))


def inspectorates(words: str) -> dict[str, Any]:
    """Return the lead inspectorate and the joint ones, as fields of an inspection."""
    names = [name.strip() for name in re.split(r",|/|&|\band\b", words) if name.strip()]
    if not names or "constabulary" in words.casefold():
        names = [LEAD_INSPECTORATE]
    lead, joint = _longest(Inspection, "lead_inspectorate"), _longest(Inspection, "joint_inspectorates")
    return {"lead_inspectorate": names[0][:lead], "joint_inspectorates": ", ".join(names[1:])[:joint]}


def is_directed_to(force: Force, addressees: Collection[str]) -> bool:
    """Whether any of these means the force. If nobody is named, the force has to answer."""
    return not addressees or any(_means_force(force, name) for name in addressees)


def other_forces(force: Force, addressees: Collection[str]) -> list[str]:
    """Return the names of other forces, if none of `addressees` means this one: the user is asked."""
    return [] if is_directed_to(force, addressees) else [name for name in addressees if _names_another(name)]


def _means_force(force: Force, name: str) -> bool:
    if names_force(force, name):
        return True
    return bool(OF_A_FORCE.search(name)) and not OF_OTHERS.search(name) and not _names_another(name)


def names_force(force: Force, words: str) -> bool:
    """Whether the text names the force in full, in short or by initials ("Westmarch Police", "Westmarch", "WMP").

    By a name of today or a former one: a document has that of its day. One query, none the next time.
    """
    prefetch_related_objects([force], "former_details")
    return _has_name(force, words) or any(_has_name(each, words) for each in force.former_details.all())


def _has_name(details: Force | FormerForceDetails, words: str) -> bool:
    names = {details.name, details.short_name, _without_kind(details.name)}
    initials = "".join(word[0] for word in re.findall(r"[A-Z]\w*", details.name))
    named = any(re.search(rf"\b{re.escape(name)}\b", words, re.IGNORECASE) for name in names if name)
    return named or (len(initials) > 2 and bool(re.search(rf"\b{initials}\b", words)))


def _without_kind(name: str) -> str:
    """Shorten "Westmarch Police", also called "Westmarch Constabulary", to "Westmarch"."""
    return re.sub(r" (?:police(?: service)?|constabulary)$", "", name, flags=re.IGNORECASE)


def _names_another(name: str) -> bool:
    """Whether another force is named: "Chief Constable of Eastvale", but not "all chief constables"."""
    places = [match["place"] for pattern in (PLACE_BEHIND, PLACE_BEFORE) for match in pattern.finditer(name)]
    return not OF_OTHERS.search(name) and any(place.casefold() not in OF_NO_FORCE for place in places)


def find_body(printed: str, force: Force, on: date) -> tuple[PolicingBody | None, bool]:
    """Return the policing body named in the document and True, or else the force's overseer on the day.

    It may have the name of that day or today's. A name is recognised by its distinctive words: "Office of the PCC,
    Hampshire" by "Hampshire".
    """
    bodies = PolicingBody.objects.prefetch_related("former_details")
    named = [body for body in bodies if _names(printed, body) or _names(printed, body.details_on(on))]
    if len(named) == 1:
        return named[0], True
    overseer = body_of(force, on)
    return overseer, overseer in named


def _names(printed: str, body: PolicingBody | FormerBodyDetails) -> bool:
    own = _own_words(printed)
    whole = printed.casefold().strip()
    if whole and whole in (body.name.casefold(), body.office_name.casefold()):
        return True
    return bool(own) and any(
        own <= words or words <= own for words in map(_own_words, (body.name, body.office_name)) if words
    )


def _own_words(name: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{2,}", name.casefold())) - COMMON


def short_name(title: str, kind: str, year: int) -> str:
    """Return a short name of about ten characters, with the year: "Custody 25", "Prevent 20". Users can change it."""
    word = KIND_IN_SHORT.get(kind) or _telling_word(title) or InspectionKind(kind).label.split()[0]
    return f"{word} {year % 100:02}"


def _telling_word(title: str) -> str:
    """Return the title's most telling word: a name within it, or else its first significant word."""
    words = re.findall(r"[^\W\d_][^\W\d_'’-]+(?:['’-][^\W\d_]+)*", title)
    telling = [word for word in words if 4 <= len(word) <= 14 and word.casefold() not in SAYS_LITTLE]
    names = [word for word in telling if word[0].isupper() and word != words[0]]
    capitals = sum(word[0].isupper() for word in words)
    chosen = names[-1:] if names and capitals * 2 < len(words) else telling[:1]
    return "".join(word[0].upper() + word[1:] for word in chosen)
