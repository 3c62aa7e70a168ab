"""What is typed into the forms of legacy reviews."""

from django.urls import reverse


def about_legacy_reviews(world, form) -> list:
    """Starting one, judging what is open, and withdrawing it; tests/views/legacy_reviews finishes one."""
    pk = world.legacy_review.pk
    start, withdraw = reverse("start_legacy_review"), reverse("withdraw_legacy_review", args=[pk])
    judge = reverse("judge_legacy", args=[pk])
    new = {"title": "Another", "effective_on": "1/4/2027", "forces": [str(world.force_b.pk)]}
    return [
        form("start_legacy_review", start, start, new),
        form(
            "judge_legacy", f"{judge}?pick={world.pending_a.pk}", judge, {"verdict": "goes_on", "reason": "It matters."}
        ),
        form("withdraw_legacy_review", withdraw, withdraw, {"reason": "By mistake."}),
    ]
