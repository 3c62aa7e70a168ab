"""The addresses of joint papers and their parts: the whole is for office and committees, a part for its force too."""

from tests.security.line import OFFICE, Line


def joint_papers(world) -> list[Line]:
    """A draft and what belongs to it is the office's; of a filed one a force has its own part and nothing else."""
    office = frozenset(OFFICE)
    whole, members = world.joint_final.pk, frozenset(OFFICE | {"member"})
    table = [
        *_of(world.joint_draft.pk, office, words=422, finalise=200),
        *_of(whole, members, words=302),
        Line("send_to_check", (world.joint_draft.pk,), office, get=302, post=302),
        Line("issue_paper", (whole,), office, post=422),
        *_in_other_forms(world.joint_draft.pk, office, read=302, register=404),
        *_in_other_forms(whole, members, read=302, register=404),
    ]
    for letter in "ab":
        draft, final = (getattr(world, f"joint_{name}_{letter}").pk for name in ("draft", "final"))
        table += [
            *_of(draft, office, words=422),
            *_of(final, frozenset(members | {f"lead_{letter}"}), words=302),
            Line("send_to_check", (draft,), office, post=422),
            Line("issue_paper", (final,), office, get=302, post=302),
            *_in_other_forms(draft, office, read=200, register=200),
            *_in_other_forms(final, frozenset(members | {f"lead_{letter}"}), read=200, register=200),
        ]
    return table


def _in_other_forms(pk: int, seen_by: frozenset, read: int, register: int) -> list[Line]:
    """The whole is read force by force: its parts have pages and registers of their own."""
    files = [Line("paper_register", (pk, form), seen_by, get=register, post=405) for form in ("xlsx", "csv")]
    return [Line("read_paper", (pk,), seen_by, get=read, post=405), *files]


def _of(pk: int, seen_by: frozenset, words: int, finalise: int = 302) -> list[Line]:
    office = frozenset(OFFICE)
    return [
        Line("paper", (pk,), seen_by, post=405),
        Line("paper_file", (pk,), seen_by, post=405),
        Line("finalise_paper", (pk,), seen_by, get=finalise, post=302),
        Line("correct_paper", (pk,), seen_by, get=405, post=302),
        Line("paper_words", (pk,), office, get=200 if words == 422 else 302, post=words),
        Line("history", ("paper", pk), office, post=405, rule="draft_paper"),
    ]
