"""The first paragraph of a register entry: what it is, the reason of its colour, its dates and its people."""

from recommendations.documents.papers.second_page import short
from recommendations.domain.papers.data.lines import LatestVoice, Overdue, RegisterEntry
from recommendations.domain.text.sentences import capitalise, sentence
from recommendations.enums import Rag


def facts(entry: RegisterEntry, office: str, format: int) -> str:
    """The paragraph. In a paper of format 1 it begins with the reason of the colour, as it did then."""
    first = (entry.rag_reason,) if format == 1 else _first(entry)
    closing = "" if format > 1 and entry.closed_on else _closing(entry)
    words = (
        *first,
        f"{entry.label}, under {entry.under}" if entry.under else entry.label,
        "" if entry.position.lower() == entry.rag_reason and format > 1 else entry.position,
        dates(entry, forecast=format == 1 or not entry.rag_reason.startswith("forecast")),
        closing,
        f"Directed to {entry.directed_to}" if entry.directed_to and _names_addressees(entry, format) else "",
        _leads(entry, office),
        *entry.flags,
        f"{entry.source}: {says(entry.hmicfrs, 'no status heard.')} {entry.hmicfrs.words}".strip(),
    )
    return " ".join(each.rstrip(".") + "." if format == 1 else sentence(each) for each in words if each)


def _names_addressees(entry: RegisterEntry, format: int) -> bool:
    """Whether the paragraph says to whom it is directed: since format 4 only where that is not the force."""
    return format < 4 or entry.rag == Rag.GREY


def _first(entry: RegisterEntry) -> tuple[str, ...]:
    """The state. If it is directed to others, that and to whom comes later."""
    if entry.closed_on:
        return (_closing(entry),)
    said_later = entry.rag_reason == "directed to others" and entry.directed_to
    return () if said_later else (capitalise(entry.rag_reason),)


def says(voice: LatestVoice, nothing: str) -> str:
    """A voice's label and day: "Partly assured, 13 Sep 2026."; `nothing` if it has not spoken."""
    words = ", ".join(filter(None, (voice.label, short(voice.on) if voice.on else "")))
    return f"{words}." if words else nothing


def dates(item: RegisterEntry | Overdue, *, forecast: bool = True) -> str:
    """The three dates, kept apart: the source's deadline; the force's target and how often it moved; its forecast."""
    words = [f"{item.source}’s deadline: {item.deadline.as_words}"]
    if item.first_target_on is None or item.target_on is None:
        words.append("no target set")
    elif item.times_moved:
        words.append(f"first target {short(item.first_target_on)}, now {short(item.target_on)}, {item.moved_words}")
    else:
        words.append(f"target {short(item.first_target_on)}, not moved")
    if item.forecast_on and forecast:
        words.append(f"forecast {short(item.forecast_on)}")
    return "; ".join(words)


def _closing(entry: RegisterEntry) -> str:
    if not entry.closed_on:
        return entry.closure
    return ", ".join(filter(None, (f"Closed {short(entry.closed_on)}", entry.outcome.lower(), entry.closure)))


def _leads(entry: RegisterEntry, office: str) -> str:
    people = (
        ("chief officer lead", entry.chief_officer_lead),
        ("business lead", entry.business_lead),
        (f"{office} lead", entry.office_lead),
    )
    words = "; ".join(f"{role} {name}" for role, name in people if name)
    return words[:1].upper() + words[1:]
