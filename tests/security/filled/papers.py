"""What is typed into the forms about a paper's facts, its issue, and what committees ask for."""

from django.urls import reverse


def about_checks(world, form) -> list:
    """Sending a draft to its force, the reply, ending the check, answering; and the meeting that a paper goes to."""

    def at(name: str, args: list, typed: dict, who: str = "officer"):
        address = reverse(name, args=args)
        return form(name, address, address, typed, who=who)

    found, final = world.checks_a, world.final_a.pk
    wrong = {"reply": "corrections", "line_1": "Page 1", "wrong_1": "Too many.", "should_say_1": "Two."}
    meeting = {"panel": world.panel.pk, "meeting_on": "4/12/2026", "item": "8", "sent_how": "By hand."}
    meeting |= {"tell": world.people["member"].pk}
    return [
        at("send_to_check", [world.draft_a.pk], {"due_on": "1/12/2099"}),
        at("reply_to_check", [found.running.pk], wrong, who="lead_a"),
        at("end_check", [found.running.pk], {"reason": "It is due."}),
        at("answer_correction", [found.replied.pk, 2], {"answer": "accepted"}),
        at("issue_paper", [final], meeting),
        at("withdraw_issue", [final, found.issue.pk], {"reason": "Another meeting."}),
        at("publish_paper", [world.final_b.pk], {}, who="approver"),
        at("withdraw_public_paper", [final, found.publication.pk], {"reason": "It names a person."}, who="approver"),
    ]


def about_requests(world, form) -> list:
    """Recording one; changing, withdrawing, answering and closing the open one; opening one again."""

    def at(name: str, args: list, typed: dict):
        address = reverse(name, args=args)
        return form(name, address, address, typed)

    days = {"asked_on": "1/9/2026", "due_on": "1/12/2026"}
    said = {"number": "26/99", "text": "Which targets moved.", "owner": "Chief executive", **days}
    found = world.requests_a.open.pk
    return [
        at("record_request", [], said | {"panel": world.panel.pk}),
        at("change_request", [found], {"number": "26/98", "reason": "A misprint."}),
        at("withdraw_request", [found], {"reason": "Let go."}),
        at("close_request", [found], {"kind": "letter", "words": "Letter of 3 May."}),
        at("reopen_request", [world.requests_a.closed.pk], {"reason": "It was about another one."}),
        at("answer_request", [world.draft_a.pk, found], {"text": "On page 2."}),
    ]
