"""The addresses of files: those of what a person sees, to be changed by the side that attached them."""

from tests.security.line import MISSING, OFFICE, Line

NOBODY = frozenset()
# What each file of worlds/attachment.py hangs on: its kind in an address, and which sides may attach more there.
KINDS = {
    "theirs": ("force-update", {"force"}),
    "ours": ("force-update", {"office"}),
    "assured": ("assurance", {"office"}),
    "closure": ("closure", {"office", "force"}),
    "answer": ("answer", {"force"}),
    "check": ("check", {"office"}),
    "request": ("request", {"office"}),
    "record": ("recommendation", {"office"}),
}
OFFICES = ("check", "request")  # what no force sees


def attachments(world) -> list[Line]:
    """Each file, and what it hangs on, of each force."""
    table = []
    for letter in "ab":
        made, sides = getattr(world, f"files_{letter}"), {"office": OFFICE, "force": {f"lead_{letter}"}}
        for name, (kind, may) in KINDS.items():
            file = getattr(made, name)
            sees = frozenset(OFFICE if name in OFFICES else OFFICE | sides["force"])
            attaching = frozenset().union(*(sides[side] for side in may))
            own = frozenset(sides["force" if file.recorded_by.force_id else "office"])
            table += [*_of_subject(kind, file.subject.pk, sees, attaching), *_of_file(file.pk, sees, own)]
    return [*table, *_missing(world)]


def _of_subject(kind: str, pk: int, sees: frozenset, attaching: frozenset) -> list[Line]:
    return [
        Line("files", (kind, pk), sees, post=405),
        Line("attach_files", (kind, pk), sees, get=302, post=422, refused=sees - attaching),
    ]


def _of_file(pk: int, sees: frozenset, own: frozenset) -> list[Line]:
    return [
        Line("file", (pk,), sees, post=405),
        Line("mark_file", (pk,), sees, post=302, refused=sees - own),
        Line("withdraw_file", (pk,), sees, post=422, refused=sees - own),
    ]


def _missing(world) -> list[Line]:
    return [
        *(Line(name, (MISSING,), NOBODY) for name in ("mark_file", "withdraw_file")),
        Line("file", (MISSING,), NOBODY, post=405),
        Line("tracked_files", (MISSING,), NOBODY, post=405),
        *(Line("files", (kind, MISSING), NOBODY, post=405) for kind in sorted({kind for kind, _ in KINDS.values()})),
        Line("files", ("no-such-kind", world.open_a.pk), NOBODY, post=405),
        Line("attach_files", ("force-update", MISSING), NOBODY),
    ]
