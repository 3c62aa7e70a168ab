"""The addresses of closed papers: the office's, drafts and filed ones alike, whoever else may read papers."""

from tests.security.line import OFFICE, Line

NOBODY = frozenset()


def closed_papers(world) -> list[Line]:
    """What an open paper has at its address, a closed one has for the office; it goes to no force and no meeting."""
    office, table = frozenset(OFFICE), []
    for letter in "ab":
        draft, final = (getattr(world, f"closed_{name}_{letter}").pk for name in ("draft", "final"))
        for pk in (draft, final):
            table += [
                Line("paper", (pk,), office, post=405),
                Line("paper_file", (pk,), office, post=405),
                Line("read_paper", (pk,), office, post=405),
                *(Line("paper_register", (pk, form), office, post=405) for form in ("xlsx", "csv")),
                Line("correct_paper", (pk,), office, get=405, post=302),
                Line("send_to_check", (pk,), office, get=302, post=302),
                Line("issue_paper", (pk,), office, get=302, post=302),
                Line("history", ("paper", pk), office, post=405, rule="draft_paper"),
            ]
        table.append(Line("paper_words", (draft,), office, post=422))
        table.append(Line("paper_words", (final,), office, get=302, post=302))
    return table
