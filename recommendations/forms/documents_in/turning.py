"""Changing whose words lines were read as: from the chief officer's to the office's comment, and back.
A document that only says "Force response" or "Update" leaves this open. One button changes all such lines.
"""

from recommendations.exchange.documents_in.responses.voices import TAKEN_FOR_THE_FORCES, TAKEN_FOR_THE_OFFICES
from recommendations.exchange.documents_in.results import Placed
from recommendations.forms.documents_in.check_draft import PARAGRAPHS, CommentRow
from recommendations.forms.documents_in.placement import Places

OFFICE, FORCE = "office", "force"
DOUBTS = {TAKEN_FOR_THE_FORCES: FORCE, TAKEN_FOR_THE_OFFICES: OFFICE}
KINDS = {FORCE: "chief_officer_comments", OFFICE: "comment"}


def turn(places: Places, to: str) -> bool:
    """Make the lines in doubt the office's or the chief officer's. Returns False if any were edited since."""
    done = True
    for first, lines in runs(places).items():
        now = voice_of(places, first)
        labels = places.lines[lines[0]].of
        if to in KINDS and now not in ("", to):
            moved = _move_to_office(places, labels) if to == OFFICE else _move_to_force(places, labels)
            places.draft.places |= dict.fromkeys(lines, f"{to}:{_keys(places, labels)[0]}") if moved else {}
            done = done and moved
    return done


def runs(places: Places) -> dict[int, list[int]]:
    """The lines of each doubtful voice, by the line with the doubt; only lines about a recommendation."""
    found: dict[int, list[int]] = {}
    open_at: int | None = None
    for index, placed in enumerate(places.lines):
        if placed.doubt in DOUBTS:
            open_at = index
            found[index] = []
        if open_at is not None and _speaks(placed, places.lines[open_at]):
            found[open_at].append(index)
        elif index != open_at and placed.kind != "furniture":
            open_at = None
    return {first: lines for first, lines in found.items() if lines}


def voice_of(places: Places, first: int) -> str:
    """Whose words a run is now: as read, or as changed."""
    run = runs(places).get(first, [])
    turned = places.draft.places.get(run[0], "").partition(":")[0] if run else ""
    return turned if turned in KINDS else DOUBTS.get(places.lines[first].doubt, "")


def _speaks(placed: Placed, first: Placed) -> bool:
    return placed.kind == KINDS[DOUBTS[first.doubt]] and bool(placed.of)


def _keys(places: Places, labels: tuple[str, ...]) -> list[str]:
    """The keys of the recommendations with these labels, as read."""
    recs = places.read.recommendations
    return [f"r{place}" for place, rec in enumerate(recs) if rec.label in labels]


def _text_for(places: Places, labels: tuple[str, ...]) -> str:
    """The text read for these recommendations, in the voice that it was read as."""
    rec = next(rec for rec in places.read.recommendations if rec.label in labels)
    return rec.chief_officer_comments or rec.comment


def _labelled_texts(places: Places, labels: tuple[str, ...]) -> list[str]:
    """The same text as it appears among the chief officer's comments: under the name of each recommendation."""
    names = [rec.name for rec in places.read.recommendations if rec.label in labels]
    return [f"{name}: {_text_for(places, labels)}" for name in names]


def _move_to_office(places: Places, labels: tuple[str, ...]) -> bool:
    facts, named = places.draft.facts, _labelled_texts(places, labels)
    whole = f"{PARAGRAPHS}{facts['chief_officer_comments']}{PARAGRAPHS}"
    if any(f"{PARAGRAPHS}{each}{PARAGRAPHS}" not in whole for each in named):
        return False
    for each in named:
        whole = whole.replace(f"{each}{PARAGRAPHS}", "", 1)
    facts["chief_officer_comments"] = whole.strip()
    host, *others = _keys(places, labels)
    row = CommentRow(f"t{host}", host=host, text=_text_for(places, labels), also_keys=" ".join(others))
    places.draft.comments.append(row)
    return True


def _move_to_force(places: Places, labels: tuple[str, ...]) -> bool:
    draft, text = places.draft, _text_for(places, labels)
    row = next((row for row in draft.comments if row.text == text and row.host in _keys(places, labels)), None)
    if row is None:
        return False
    draft.comments.remove(row)
    said = [draft.facts["chief_officer_comments"], *_labelled_texts(places, labels)]
    draft.facts["chief_officer_comments"] = PARAGRAPHS.join(each for each in said if each.strip())
    return True
