"""What is published and what is not, on top of the world of the permission tests: every unpublished word has a mark.

A response that is published and being corrected, one that was withdrawn, and one that was never published; each with
words in every draft and internal field that nobody outside may ever read.
"""

from datetime import date as day
from types import SimpleNamespace

from recommendations.domain.inspections import inspections
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.papers import papers
from recommendations.domain.papers.sections import author_text
from recommendations.domain.public import papers as public_papers
from recommendations.domain.responses import publishing
from recommendations.domain.responses.draft import approval_workflow
from recommendations.enums import InspectionKind
from recommendations.models import Inspection, Invitation, Response
from recommendations.trail import verb
from tests.conftest import AT, PUBLISHED
from tests.makers.factual_checks import make_filed
from tests.makers.responses import comment_of_chief_officer, make_response, part, promise, publish, write
from tests.security.world import HOUR

SECRET = "zqsecret"  # in what was never published, or is no longer
OPEN = "zqopen"  # in what is published
LATER = AT + 20 * HOUR


def build_public(world) -> None:
    """Three responses, and a second version of the first being drafted."""
    world.public = SimpleNamespace(
        standing=published(world, "standing", OPEN),
        withdrawn=published(world, "withdrawn", SECRET),
        draft=drafted(world, f"unpublished {SECRET}", SECRET),
    )
    withdraw(world)
    correct(world)
    world.public.papers = build_papers(world)


def report(world, title: str, mark: str) -> Inspection:
    """An inspection with a recommendation, and leads, references and portal words that are the office's own."""
    made = inspections.add_inspection(
        forces=[world.force_a],
        title=f"Report {title}",
        short_name="Zqsecret name",
        kind=InspectionKind.CUSTODY,
        published_on=PUBLISHED,
        by=world.people["officer"],
        at=AT,
    )
    leads = dict.fromkeys(("chief_officer_lead", "business_lead", "opcc_lead"), f"Lead {SECRET}")
    leads |= {"portal_reference": f"P {SECRET}"}
    new = NewRecommendation(number="1", text=f"Forces should {title} {mark}.", leads=leads)
    inspections.add_recommendation(inspection=made, new=new, by=world.people["officer"], at=AT)
    return made


def drafted(world, title: str, mark: str) -> Response:
    """A draft with words everywhere, and promises that are the office's own business."""
    officer = world.people["officer"]
    response = make_response(report(world, title, mark), world.body, by=officer)
    words = {"by": officer}
    write(response, "narrative", text=f"We welcome the report {title} {mark}.", **words)
    write(response, "reply", text=f"Our reply on {title} {mark}.", **words)
    key = next(each.key for each in approval_workflow.parts_of(response) if each.recommendation)
    text = f"We will look at {title} {mark}."
    write(response, key, action="proposed", text=text, **words)
    promise(response, key, text, keeper=f"Keeper {SECRET}")
    with verb("invite", by=officer, at=AT) as act:
        sent = {"sent_on": AT.date(), "sent_to": f"To {SECRET}", "sent_how": f"How {SECRET}"}
        act.save(Invitation(response=response, force=world.force_a, due_on=AT.date(), recorded_at=AT, **sent))
    comment_of_chief_officer(response, world.force_a, text=f"The force says {title} {mark}.")
    return response


def published(world, title: str, mark: str) -> Response:
    """The same, sent back once with remarks, approved and published."""
    officer, approver = world.people["officer"], world.people["approver"]
    response = drafted(world, title, mark)
    approval_workflow.submit(response=response, by=officer, at=AT)
    approval_workflow.send_back(response=again(response), remarks=f"Remarks {SECRET}.", by=approver, at=AT)
    approval_workflow.submit(response=again(response), by=officer, at=AT)
    approval_workflow.approve(response=again(response), remarks=f"Remarks {SECRET}.", by=approver, at=AT)
    publish(again(response), by=officer)
    return again(response)


def withdraw(world) -> None:
    reason = "It named a person."
    publishing.withdraw_response(response=world.public.withdrawn, reason=reason, by=world.people["approver"], at=LATER)
    world.public.withdrawn = again(world.public.withdrawn)


def correct(world) -> None:
    """A correction of the standing one, with other words in every part, and submitted."""
    officer = world.people["officer"]
    response = world.public.standing
    publishing.correct(response=response, by=officer, at=LATER)
    response = again(response)
    for each in approval_workflow.parts_of(response):
        facts = {"action": "taken"} if each.recommendation else {}
        write(response, each.key, text=f"{each.text} Other words {SECRET}.", by=officer, at=LATER, **facts)
    approval_workflow.submit(response=response, by=officer, at=LATER)
    world.public.standing = again(response)


def again(response: Response) -> Response:
    return Response.objects.get(pk=response.pk)


def secret_part(response) -> str:
    """What a draft's narrative says now."""
    return part(response, "narrative").text


def build_papers(world) -> SimpleNamespace:
    """Papers of the first force beside its public one: its correction, a withdrawn, an unmarked, a closed one."""
    officer, approver, force = world.people["officer"], world.people["approver"], world.force_a
    content = f"%PDF {SECRET}".encode()
    withdrawn = make_filed(force, approver, at=LATER, content=content, start=day(2021, 4, 1), end=day(2021, 6, 30))
    made = public_papers.publish_paper(paper=withdrawn, by=approver, at=LATER)
    public_papers.withdraw_public_paper(publication=made, reason="It named a person.", by=approver, at=LATER)
    quarter = {"start": day(2021, 7, 1), "end": day(2021, 9, 30)}
    unmarked = make_filed(force, approver, at=LATER, content=content, **quarter)
    closed = papers.prepare(force=force, closed=True, by=officer, at=LATER, start=day(2021, 1, 1), end=day(2021, 3, 31))
    correction = papers.correct(paper=world.final_a, by=officer, at=LATER)
    words = {"view": "assured", "view_words": f"We write {SECRET}."}
    author_text.write_words(paper=correction, version=0, by=officer, at=LATER, **words)
    return SimpleNamespace(withdrawn=withdrawn, unmarked=unmarked, closed=closed, correction=correction)
