"""How each verb is done once, subject by subject: tests/test_trail_verbs.py runs them all."""

from tests.verb_cases import (
    action_plans,
    ahead,
    api,
    attachments,
    calendars,
    checks,
    comments,
    commitments,
    custody,
    events,
    evidence,
    force_comments,
    force_pages,
    joint,
    many,
    meetings,
    ownership,
    papers,
    parts,
    people,
    reach,
    rechecks,
    reminders,
    reports,
    requests,
    responses,
    restrictions,
    retention,
    rounds,
    saved_views,
    sheets,
    similar,
    sources,
    typed,
    webhooks,
)

CASES = (
    action_plans.cases,
    ahead.cases,
    api.cases,
    attachments.cases,
    calendars.cases,
    checks.cases,
    comments.cases,
    commitments.cases,
    custody.cases,
    events.cases,
    evidence.cases,
    force_comments.cases,
    force_pages.cases,
    joint.cases,
    many.cases,
    meetings.cases,
    ownership.cases,
    papers.cases,
    parts.cases,
    people.cases,
    reach.cases,
    rechecks.cases,
    reminders.cases,
    reports.cases,
    requests.cases,
    responses.cases,
    restrictions.cases,
    retention.cases,
    rounds.cases,
    sheets.cases,
    similar.cases,
    sources.cases,
    webhooks.cases,
)
# What takes who and when too, and only keeps or changes a draft.
DRAFTING = (
    comments.files,
    commitments.marking,
    force_comments.drafting,
    papers.building,
    responses.writing,
    rounds.drafting,
    saved_views.drafting,
    sheets.drafting,
    typed.drafting,
)


def cases(world) -> dict:
    """Name of the verb → how it is done once, for every subject that has a module here."""
    return {name: act for made in CASES for name, act in made(world).items()}


def drafting(world) -> dict:
    """The same for what writes no record."""
    return {name: act for made in DRAFTING for name, act in made(world).items()}
