"""The addresses of joint papers and their parts: the whole is for office and committees, a part for its force too."""

from tests.security.line import OFFICE, Line


def joint_papers(world) -> list[Line]:
    """A draft and what belongs to it is the office's; of a filed one a force has its own part and nothing else."""
    office = frozenset(OFFICE)
    whole, members = world.joint_final.pk, frozenset(OFFICE | {"member"})
    table = [
        *_of(world.joint_draft.pk, office, words=422),
        *_of(whole, members, words=302),
        Line("send_to_check", (world.joint_draft.pk,), office, get=302, post=302),
        Line("issue_paper", (whole,), office, post=422),
    ]
    for letter in "ab":
        draft, final = (getattr(world, f"joint_{name}_{letter}").pk for name in ("draft", "final"))
        table += [
            *_of(draft, office, words=422),
            *_of(final, frozenset(members | {f"lead_{letter}"}), words=302),
            Line("send_to_check", (draft,), office, post=422),
            Line("issue_paper", (final,), office, get=302, post=302),
        ]
    return table


def _of(pk: int, seen_by: frozenset, words: int) -> list[Line]:
    office = frozenset(OFFICE)
    return [
        Line("paper", (pk,), seen_by, post=405),
        Line("paper_file", (pk,), seen_by, post=405),
        Line("finalise_paper", (pk,), seen_by, get=405, post=302),
        Line("correct_paper", (pk,), seen_by, get=405, post=302),
        Line("paper_words", (pk,), office, get=200 if words == 422 else 302, post=words),
        Line("history", ("paper", pk), office, post=405, rule="draft_paper"),
    ]
