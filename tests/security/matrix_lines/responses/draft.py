"""The addresses of a response's life, in each of its states: what they answer to an empty form."""

from tests.security.line import MISSING, OFFICE, Line


def drafts(world) -> list[Line]:
    """The pages of a response's life, in each state."""
    office = frozenset(OFFICE)
    table = [Line("preview_markdown", get=405)]
    for of in (world.drafts_a, world.drafts_b):
        table += [Line("response_draft", (of.drafting.pk, form), office, post=405) for form in ("pdf", "docx")]
        table.append(Line("response_draft", (of.drafting.pk, "exe"), office, get=404, post=405))
        for state in ("drafting", "submitted", "approved"):
            table += life(getattr(of, state).pk, state, office)
    for found in (world.response_a, world.response_b):
        table += life(found.pk, "published", office)
    return [
        *table,
        *life(MISSING, "missing", frozenset()),
        Line("response_draft", (MISSING, "pdf"), frozenset(), post=405),
    ]


def life(pk: int, state: str, seen_by: frozenset) -> list[Line]:
    """What each address of a response in this state answers to an empty form: its page, or the way to where it is."""
    has_draft, decided = state in ("drafting", "submitted", "approved"), state in ("submitted", "approved")
    refused = frozenset({"officer"}) & seen_by if state == "published" else frozenset()

    def line(name: str, get: int, post: int, **facts) -> Line:
        return Line(name, (pk,), seen_by, get=get, post=post, **facts)

    return [
        line("response", 200, 405),
        line("draft_response", 200 if has_draft else 302, 302),
        line("save_draft_part", 405, 200 if state == "drafting" else 409),
        line("draft_news", 200, 405),
        line("read_response", 200 if has_draft else 404, 405),
        line("approve_response", 200 if decided else 302, 422 if decided else 302),
        line("record_outside_approval", 302, 422 if decided else 302),
        line("take_back_response", *([200] * 2 if decided else [302] * 2)),
        line("publish_response", *([200] * 2 if state == "approved" else [302] * 2)),
        line("confirm_response", 302, 302),
        line("correct_response", 302, 302),
        line("drop_correction", 302, 302),
        line("withdraw_response", *([200] * 2 if state in ("drafting", "published") else [302] * 2), refused=refused),
    ]
