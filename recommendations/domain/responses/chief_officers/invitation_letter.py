"""The letter that invites a chief officer to comment on a report by a day that the body sets.

Police Act 1996, section 55(4): the body invites the chief officer to submit comments on the published report, before a
day that the body may specify. Section 55(5) and (5A): what is published, and by when. The letter for a report outside
section 55 does not cite it.
"""

import datetime

from recommendations.domain.forces.in_force import speaker_on
from recommendations.domain.register.entries import join_words
from recommendations.domain.responses.items import labels_of
from recommendations.domain.responses.text import KIND_WORDS
from recommendations.domain.responses.text_builders import inspectorate_words
from recommendations.domain.sources.text import law_of_count
from recommendations.domain.text.letters import (
    Days,
    Letter,
    LetterHeading,
    LetterList,
    LetterPart,
    Paragraph,
    as_title,
    letterhead,
    lines_of,
    say_it,
)
from recommendations.domain.text.markdown import TextRun
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import InspectionKind, RecommendationKind, Role
from recommendations.models import Force, Inspection, Invitation, Recommendation, Response, User
from recommendations.periods import say, say_nth

NOTHING_LEFT = "The report was withdrawn, so there is nothing to comment on."
LONGEST_MARK = 5  # characters in a number that fits in the hanging indent: "12.3"
PLAIN = RecommendationKind.RECOMMENDATION


def invitation_letter(*, invitation: Invitation, on: datetime.date, form_address: str) -> Letter:
    """Return the letter to the chief officer, dated `on`: the day it was sent, or today (London) if it was not sent
    yet.

    `form_address` is the page where the force's inspection leads enter the comments. Raises Refusal if the due day has
    passed or every report has been withdrawn.
    """
    force, response = invitation.force, invitation.response
    reports = _reports(invitation)
    if not reports:
        raise Refusal(NOTHING_LEFT)
    if invitation.due_on < on:
        raise Refusal(
            f"Comments were asked for by {say(invitation.due_on)}, which has passed. Move that day first.",
            code="in-the-past",
        )
    sender, recipient = speaker_on(response.body, on), invitation.force_on(on).details_on(on)
    title = as_title(recipient.chief_officer_title)
    asked = _directed_recommendations(force, reports)
    return Letter(
        **letterhead(sender),
        title=f"Invitation to comment: {response.title}",
        recipient=tuple(filter(None, (recipient.chief_officer, title, recipient.name, *lines_of(recipient.address)))),
        day=on,
        reference=f"{force.reference_prefix}/R{response.pk}",
        contact=invitation.recorded_by.name if invitation.recorded_by else "",
        subject=f"{_subject(reports, response)}. Your comments, please, by {say(invitation.due_on)}",
        greeting=f"Dear {title},",
        parts=(
            *map(_publication_paragraph, reports),
            _invitation_paragraph(invitation, reports),
            _days(invitation, reports),
            LetterHeading("What we ask for"),
            *_request_parts(asked),
            _publication_notice(asked),
            _way_back(invitation, sender.office_email, form_address),
        ),
    )


def _reports(invitation: Invitation) -> list[Inspection]:
    """Return the reports that the response answers and that cover the force."""
    found = Inspection.objects.filter(answered_by__response=invitation.response, covers__force=invitation.force)
    return list(found.order_by("answered_by__pk"))


def _directed_recommendations(force: Force, reports: list[Inspection]) -> list[Recommendation]:
    """Return the recommendations in these reports that are directed to the force, report by report."""
    places = {each.pk: place for place, each in enumerate(reports)}
    found = Recommendation.objects.filter(inspection__in=reports, tracked__force=force, tracked__directed_to_force=True)
    once = Recommendation.objects.filter(pk__in=found.order_by().values("pk"))
    return sorted(once.in_order().select_related("inspection"), key=lambda each: places[each.inspection_id])


def _subject(reports: list[Inspection], response: Response) -> str:
    return f"{inspectorate_words(reports[0])}: {' '.join(response.title.split()).rstrip('.')}"


def _publication_paragraph(report: Inspection) -> Paragraph:
    kind, day = KIND_WORDS[InspectionKind(report.kind)], say(report.published_on)
    link = (" It is at ", TextRun(report.link, link=report.link), ".") if report.link else ()
    who = inspectorate_words(report)
    return say_it(f"{who} published ", TextRun(report.title, em=True), f" ({kind}) on {day}.", *link)


def _invitation_paragraph(invitation: Invitation, reports: list[Inspection]) -> Paragraph:
    them, day = "it" if len(reports) == 1 else "them", say(invitation.due_on)
    within = [each for each in reports if each.is_under_section_55]
    if not within:
        told = "We will publish our comments together with yours and any reply to them."
        return say_it(f"We invite you to comment on {them} by {day}. {told}")
    days = {each.response_days for each in within}
    of = f" of {days.pop()} days" if len(days) == 1 else ""
    return say_it(
        f"Under section 55(4) of the Police Act 1996, we invite you to comment on {them} by {day}. We have to publish "
        f"our comments, together with yours and any reply to them, before the end of the period{of} that begins with "
        "the day on which the report was published."
    )


def _days(invitation: Invitation, reports: list[Inspection]) -> Days:
    """Return the day that the body set and the last days for publication."""
    law = any(report.is_under_section_55 for report in reports)
    own = " This is the day that we set; there is none in law." if law else ""
    rows = {(invitation.due_on, f"Your comments reach us.{own}")}
    for report in reports:
        if report.last_day:
            rows.add((report.last_day, _last_day(report, reports)))
    return Days(tuple((say(day), what) for day, what in sorted(rows)))


def _last_day(report: Inspection, reports: list[Inspection]) -> str:
    alone = len({each.last_day for each in reports}) == 1
    what = "" if alone else f" our response to {report.title}"
    if law := law_of_count(report):
        return f"The last day for us to publish{what or ' our response'}, under {law}."
    if not report.is_under_section_55:
        return f"The stated last day for us to publish{what or ' our response'}."
    return f"The deadline for us to publish{what}, the {say_nth(report.response_days)}."


def _request_parts(recommendations: list[Recommendation]) -> list[LetterPart]:
    told = "what has been done, what you propose, or why nothing is proposed"
    if not recommendations:
        return [say_it(f"Please tell us {told}.")]
    each = (
        f"each of these {len(recommendations)} {_name(recommendations)}"
        if len(recommendations) > 1
        else f"this {_name(recommendations)}"
    )
    return [say_it(f"For {each}, please tell us {told}:"), _recommendation_list(recommendations)]


def _name(recommendations: list[Recommendation]) -> str:
    """ "recommendations", "areas for improvement", "recommendations and areas for improvement"."""
    many = (
        ("recommendations", "areas for improvement")
        if len(recommendations) > 1
        else ("recommendation", "area for improvement")
    )
    kinds = {each.kind == PLAIN for each in recommendations}
    return join_words([word for word, is_plain in zip(many, (True, False), strict=True) if is_plain in kinds])


def _recommendation_list(recommendations: list[Recommendation]) -> LetterList:
    labels = labels_of(recommendations)
    hangs = all(_hangs(each, labels[each.pk]) for each in recommendations)
    marks = [f"{each.number}." if hangs else f"{labels[each.pk]}:" for each in recommendations]
    return LetterList(tuple((mark, each.short_text) for mark, each in zip(marks, recommendations, strict=True)), hangs)


def _hangs(recommendation: Recommendation, label: str) -> bool:
    """Whether the bare number is enough to identify the recommendation."""
    return label == f"{PLAIN.label} {recommendation.number}" and 0 < len(recommendation.number) <= LONGEST_MARK


def _publication_notice(recommendations: list[Recommendation]) -> Paragraph:
    several = " One comment may answer several of them." if len(recommendations) > 1 else ""
    return say_it(
        "Your comments will be published exactly as you send them, with your name and the date. Please leave out "
        f"anything above OFFICIAL, and anything that could identify a member of the public.{several}"
    )


def _way_back(invitation: Invitation, email: str, form_address: str) -> Paragraph:
    """How to reply: with the form, if the force has people who can sign in, and in any case by a signed document."""
    to = (" to ", TextRun(email, link=f"mailto:{email}")) if email else ()
    leads = _leads(invitation.force)
    form = f"{join_words(leads, 'or')} can enter them in the form for this report, at " if leads else ""
    by_form = (form, TextRun(form_address, link=form_address), ", or you can send") if leads else ("Please send",)
    none = "If you don’t wish to comment, a line that says so is enough, and we will publish that."
    return say_it(*by_form, " us a signed document" if not email else " a signed document", *to, f". {none}")


def _leads(force: Force) -> list[str]:
    found = User.objects.filter(force=force, role=Role.FORCE_INSPECTION_LEAD, is_active=True)
    return list(found.order_by("name").values_list("name", flat=True))
