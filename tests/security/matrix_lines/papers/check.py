"""The addresses of factual checks and of meetings that papers go to: what they answer to an empty form."""

from tests.security.line import MISSING, OFFICE, Line

NOBODY = frozenset()


def checks(world) -> list[Line]:
    """A force sees its own checks, and the draft only while it is asked; the rest of a draft's pages is not there."""
    table = []
    for letter in "ab":
        found, lead = getattr(world, f"checks_{letter}"), frozenset({f"lead_{letter}"})
        office, seen = frozenset(OFFICE), frozenset(OFFICE) | lead
        table += [
            Line("factual_check_file", (found.running.pk,), lead, post=405),
            Line("reply_to_check", (found.running.pk,), lead, post=422),
            Line("end_check", (found.running.pk,), office, post=422),
            Line("answer_correction", (found.replied.pk, 1), office, post=422),
            Line("answer_correction", (found.running.pk, 1), NOBODY),
        ]
        for each in (found.running, found.replied, found.ended):
            table.append(Line("factual_check", (each.pk,), seen, post=405))
            table.append(Line("paper", (each.paper_id,), office, post=405))
        for each in (found.replied, found.ended):
            table += [
                Line("factual_check_file", (each.pk,), NOBODY, post=405),
                Line("reply_to_check", (each.pk,), lead, get=302, post=422),
                Line("end_check", (each.pk,), office, get=302, post=302),
            ]
        table += _papers(getattr(world, f"draft_{letter}"), getattr(world, f"final_{letter}"), found.issue)
    single = ("factual_check_file", "reply_to_check", "end_check", "send_to_check", "issue_paper")
    table += [Line(name, (MISSING,), NOBODY, post=405 if "file" in name else 200) for name in single]
    crossed = [(world.final_a.pk, world.checks_b.issue.pk), (world.final_a.pk, MISSING)]
    table += [Line("withdraw_issue", pair, NOBODY) for pair in crossed]
    table.append(Line("answer_correction", (world.checks_a.replied.pk, 99), NOBODY))
    return [*table, Line("factual_check", (MISSING,), NOBODY, post=405)]


def _papers(draft, final, issue) -> list[Line]:
    office = frozenset(OFFICE)
    return [
        Line("send_to_check", (draft.pk,), office, post=422),
        Line("send_to_check", (final.pk,), office, get=302, post=302),
        Line("issue_paper", (final.pk,), office, post=422),
        Line("issue_paper", (draft.pk,), office, get=302, post=302),
        Line("withdraw_issue", (final.pk, issue.pk), office, post=422),
    ]
