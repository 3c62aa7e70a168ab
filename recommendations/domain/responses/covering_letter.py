"""The covering letter for a copy of a published response.

Police Act 1996, section 55(6): the body sends a copy of what it publishes under subsection (5) to the inspectors of
constabulary and the Secretary of State. Letters to other recipients do not cite that section.
"""

import datetime

from recommendations.domain.forces.in_force import speaker_on
from recommendations.domain.register.entries import join_words
from recommendations.domain.responses.copies import TOLD
from recommendations.domain.responses.published_text import text_of_version
from recommendations.domain.responses.states import SAYS_NO, WITHDRAWN
from recommendations.domain.responses.text import ResponseText
from recommendations.domain.text.letters import Letter, Paragraph, letterhead, lines_of, say_it
from recommendations.domain.text.markdown import TextRun
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import RecipientKind
from recommendations.models import Inspection, IssuedFile, Recipient, Response, ResponseVersion
from recommendations.periods import say, say_nth

GREETINGS: dict[str, str] = {RecipientKind.HOME_SECRETARY: "Dear Home Secretary,"}
COLLEAGUES = "Dear colleagues,"


def covering_letter(*, version: ResponseVersion, recipient: Recipient, on: datetime.date, address: str) -> Letter:
    """Return the letter to a recipient, dated `on`: the day the copy was sent, or today (London) if it was not sent
    yet.

    `address` is the response's full public URL, or "". Raises Refusal if the response is withdrawn or the recipient
    gets no copies on that day.
    """
    response = version.response
    if response.state == WITHDRAWN:
        raise Refusal(SAYS_NO[WITHDRAWN], code="withdrawn")
    if recipient.until and recipient.until < on:
        raise Refusal(f"Copies go to {recipient.name} until {say(recipient.until)}.", code="after-end")
    text, law = text_of_version(version), _is_under_section_55(response)
    number = f", version {version.number}" if version.number > 1 else ""
    return Letter(
        **letterhead(speaker_on(response.body, on)),
        title=f"Copy of a response: {response.title}",
        recipient=(recipient.name, *lines_of(recipient.address)),
        day=on,
        reference=f"R{response.pk}/{version.number}",
        contact=version.recorded_by.name if version.recorded_by else "",
        subject=f"{' '.join(text.heading.split())}. Our response{number}",
        greeting=GREETINGS.get(recipient.kind, COLLEAGUES),
        parts=(
            _opening_paragraph(text, law and recipient.kind in TOLD),
            _publication_paragraph(text, law, address),
            *_replaces(version, text),
            _holds(text),
        ),
        enclosures=_enclosures(version),
    )


def _is_under_section_55(response: Response) -> bool:
    """Whether any report it answered at publication is under section 55, including reports withdrawn since."""
    return any(each.is_under_section_55 for each in Inspection.on_file.filter(answered_by__response=response))


def _opening_paragraph(text: ResponseText, law: bool) -> Paragraph:
    under = "section 55(6) of the Police Act 1996" if law else text.counted_under
    opening = f"Under {under}, we send you" if under else "We send you"
    report = (TextRun(text.title, em=True), f" ({text.kind_words})")
    of = f" of {say(text.report_on)}"
    return say_it(f"{opening} a copy of our response to the report by {text.inspectorate}, ", *report, f",{of}.")


def _publication_paragraph(text: ResponseText, law: bool, address: str) -> Paragraph:
    """The publication day and, under section 55, which day of the period it was, also if the deadline was missed."""
    what = f"version {text.number}" if text.number > 1 else "it"
    assert text.published_on is not None  # it is the text of a version
    told = f"We published {what} on {say(text.published_on)}"
    link = (" It is at ", TextRun(address, link=address), ".") if address else ()
    counts = law and text.number == 1 and not text.is_stated
    return say_it(f"{told}{_period_words(text, text.published_on) if counts else ''}.", *link)


def _period_words(text: ResponseText, published_on: datetime.date) -> str:
    """Which day of the statutory period it was; "" if no last day was known at publication."""
    if text.last_day is None:
        return ""
    nth = (published_on - text.report_on).days + 1
    period = (text.last_day - text.report_on).days + 1
    if published_on <= text.last_day:
        return f", the {say_nth(nth)} of {period} days"
    last = f"the deadline was {say(text.last_day)}, the {say_nth(period)}"
    return f", the {say_nth(nth)} day; {last}"


def _replaces(version: ResponseVersion, text: ResponseText) -> list[Paragraph]:
    """For a correction: which version it replaces, and what it corrects."""
    was = version.response.versions.filter(number__lt=version.number).only("number", "published_on").first()
    if was is None:
        return []
    what = f" It corrects: {' '.join(text.correction.split())}" if text.correction else ""
    return [say_it(f"It replaces version {was.number}, which we published on {say(was.published_on)}.{what}")]


def _holds(text: ResponseText) -> Paragraph:
    """Which of the parts that must be published together the response contains."""
    submitted = any(each.text for each in text.chief_officers)
    several = len(text.chief_officers) > 1
    officers = "the chief officers’ comments" if several else "the chief officer’s comments"
    holds = ["our comments"]
    holds += [f"{officers} as submitted"] if submitted else []
    holds += ["our reply to them"] if text.reply.strip() else []
    silent = [each for each in text.chief_officers if not each.text and each.why]
    return say_it(f"It holds {join_words(holds)}.", *(f" {each.why}" for each in silent))


def _enclosures(version: ResponseVersion) -> tuple[str, ...]:
    """The names of the version's files or, for an imported one, of the document it came from."""
    both = ((version.pdf_id, "the response as PDF"), (version.text_id, "the response as plain text"))
    files = {pk: what for pk, what in both if pk}
    found = dict(IssuedFile.objects.filter(pk__in=files).values_list("pk", "name"))
    named = [f"{found[pk]}: {what}" for pk, what in files.items() if pk in found]
    return tuple(named) or (version.source_name or "The response",)
