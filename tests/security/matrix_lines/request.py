"""The addresses of committees' requests: what they answer to an empty form."""

from tests.security.line import EVERYBODY, MISSING, OFFICE, Line


def committee_requests(world) -> list[Line]:
    """The list, and requests of both forces that are open, answered in a draft, or in a filed paper, withdrawn."""
    table = [Line("committee_requests", post=405), Line("record_request")]
    for letter in "ab":
        found, office = getattr(world, f"requests_{letter}"), frozenset(OFFICE)
        draft, filed = getattr(world, f"draft_{letter}"), getattr(world, f"final_{letter}")
        table.append(_page(found.answered.pk, frozenset(OFFICE | {"member", f"lead_{letter}"})))
        table += [_page(each.pk, office) for each in (found.open, found.drafted, found.gone, found.closed)]
        for each in (found.open, found.drafted):
            table += _changes(each.pk, 200, 422)
            table.append(Line("answer_request", (draft.pk, each.pk), office, post=422))
            table.append(Line("answer_request", (filed.pk, each.pk), office, get=302, post=302))
            table.append(Line("close_request", (each.pk,), office, post=422))
            table.append(Line("reopen_request", (each.pk,), office, get=302, post=422))
        table.append(Line("reopen_request", (found.closed.pk,), office, post=422))
        for each in (found.answered, found.gone, found.closed):
            table += _changes(each.pk, 302, 302)
            table.append(Line("close_request", (each.pk,), office, get=302, post=422))
        for each in (found.answered, found.gone):
            table.append(Line("answer_request", (draft.pk, each.pk), office, get=302, post=302))
    crossed = (world.draft_a.pk, world.requests_b.open.pk)
    table.append(Line("answer_request", crossed, frozenset(OFFICE), get=302, post=302))
    histories = [_history(pk, OFFICE) for pk in (world.requests_a.open.pk, world.requests_b.gone.pk)]
    return [*table, *histories, _history(MISSING, set()), *_missing(world)]


def _history(pk: int, seen_by: set) -> Line:
    refused = frozenset(EVERYBODY - OFFICE)
    return Line("history", ("request", pk), frozenset(seen_by | refused), post=405, refused=refused)


def _page(pk: int, seen_by: frozenset) -> Line:
    return Line("committee_request", (pk,), seen_by, post=405)


def _changes(pk: int, get: int, post: int) -> list[Line]:
    return [Line(name, (pk,), frozenset(OFFICE), get=get, post=post) for name in ("change_request", "withdraw_request")]


def _missing(world) -> list[Line]:
    nobody = frozenset()
    single = [_page(MISSING, nobody), *_changes(MISSING, 404, 404)]
    single += [Line(name, (MISSING,), nobody) for name in ("close_request", "reopen_request")]
    pairs = ((world.draft_a.pk, MISSING), (MISSING, world.requests_a.open.pk))
    return [*single, *(Line("answer_request", pair, nobody) for pair in pairs)]
