"""Files on every kind of thing, of each force: the force's own, the office's, and those that stay with the office."""

from types import SimpleNamespace

from tests.conftest import AT
from tests.makers.attachments import PDF, make_file
from tests.security.worlds.commitment import HOUR, PROMISE
from tests.security.worlds.request import WAITING


def build_attachments(world, letter: str, say) -> None:
    """`files_a` has one on each: an update of each side, an assurance, a closure, an answer, a check, a request and
    the recommendation itself.
    """
    rows, pending = getattr(world, f"rows_{letter}"), getattr(world, f"pending_{letter}")
    officer, lead = world.people["officer"], world.people[f"lead_{letter}"]
    content = say(PDF.decode()).encode()

    def on(subject, name: str, by):
        facts = {"text": say(f"Words of {name}."), "by": by, "at": AT + 10 * HOUR}
        return make_file(subject, f"{say(name)}.pdf", content, **facts)

    answer = getattr(world, f"answers_{letter}").released
    made = SimpleNamespace(
        theirs=on(rows.theirs, "log", lead),
        ours=on(rows.ours, "letter", officer),
        assured=on(rows.assured, "visit", officer),
        closure=on(pending.closures.first(), "minutes", lead),
        answer=on(answer, "roster", lead),
        check=on(getattr(world, f"check_{letter}"), f"review {PROMISE}", officer),
        request=on(getattr(world, f"requests_{letter}").open, f"advice {WAITING}", officer),
        record=on(getattr(world, f"open_{letter}"), "report", officer),
    )
    setattr(world, f"files_{letter}", made)
