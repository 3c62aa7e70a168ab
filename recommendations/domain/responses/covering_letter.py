"""The letter that goes with a copy of a published response, as the office sends it out.

Police Act 1996, section 55(6): the body sends a copy of what it publishes under subsection (5) to the inspectors of
constabulary and the Secretary of State. Others get a copy without that section.
"""

import datetime

from recommendations.domain.register.entries import listed
from recommendations.domain.responses.copies import TOLD
from recommendations.domain.responses.published_text import text_of_version
from recommendations.domain.responses.states import SAYS_NO, WITHDRAWN
from recommendations.domain.responses.text import ResponseText
from recommendations.domain.text.letters import Letter, Paragraph, from_body, lines_of, say_it
from recommendations.domain.text.markdown import TextRun
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import RecipientKind
from recommendations.models import Inspection, IssuedFile, Recipient, Response, ResponseVersion
from recommendations.periods import say, say_nth

GREETINGS: dict[str, str] = {RecipientKind.HOME_SECRETARY: "Dear Home Secretary,"}
COLLEAGUES = "Dear colleagues,"


def covering_letter(*, version: ResponseVersion, recipient: Recipient, on: datetime.date, address: str) -> Letter:
    """The letter to a recipient, as of a day: that of the sending once a copy was sent, else today (London).

    `address` is the response's public one, whole, or empty. Raises Refusal where the response is withdrawn or the
    recipient gets no copies on that day.
    """
    response = version.response
    if response.state == WITHDRAWN:
        raise Refusal(SAYS_NO[WITHDRAWN])
    if recipient.until and recipient.until < on:
        raise Refusal(f"Copies go to {recipient.name} until {say(recipient.until)}.")
    text, law = text_of_version(version), _is_under_section_55(response)
    number = f", version {version.number}" if version.number > 1 else ""
    return Letter(
        **from_body(response.body),
        title=f"Copy of a response: {response.title}",
        recipient=(recipient.name, *lines_of(recipient.address)),
        day=on,
        reference=f"R{response.pk}/{version.number}",
        contact=version.recorded_by.name if version.recorded_by else "",
        subject=f"{' '.join(text.heading.split())}. Our response{number}",
        greeting=GREETINGS.get(recipient.kind, COLLEAGUES),
        parts=(
            _sent(text, law and recipient.kind in TOLD),
            _published(text, law, address),
            *_replaces(version, text),
            _holds(text),
        ),
        enclosures=_enclosures(version),
    )


def _is_under_section_55(response: Response) -> bool:
    """Of what it answered when it was published, whether or not the reports stand today."""
    return any(each.is_under_section_55 for each in Inspection.on_file.filter(answered_by__response=response))


def _sent(text: ResponseText, law: bool) -> Paragraph:
    under = "section 55(6) of the Police Act 1996" if law else text.counted_under
    opening = f"Under {under}, we send you" if under else "We send you"
    report = (TextRun(text.title, em=True), f" ({text.kind_words})")
    of = f" of {say(text.report_on)}"
    return say_it(f"{opening} a copy of our response to the report by {text.inspectorate}, ", *report, f",{of}.")


def _published(text: ResponseText, law: bool, address: str) -> Paragraph:
    """When, and by the law's count which day that was. That a day was missed is said with it."""
    what = f"version {text.number}" if text.number > 1 else "it"
    assert text.published_on is not None  # it is the text of a version
    told = f"We published {what} on {say(text.published_on)}"
    link = (" It is at ", TextRun(address, link=address), ".") if address else ()
    counts = law and text.number == 1 and not text.is_stated
    return say_it(f"{told}{_counted(text, text.published_on) if counts else ''}.", *link)


def _counted(text: ResponseText, published_on: datetime.date) -> str:
    """Nothing where no last day was known on the day of publication, whatever the report counts as today."""
    if text.last_day is None:
        return ""
    nth = (published_on - text.report_on).days + 1
    period = (text.last_day - text.report_on).days + 1
    if published_on <= text.last_day:
        return f", the {say_nth(nth)} of {period} days"
    last = f"the last lawful day was {say(text.last_day)}, the {say_nth(period)}"
    return f", the {say_nth(nth)} day; {last}"


def _replaces(version: ResponseVersion, text: ResponseText) -> list[Paragraph]:
    """Of a correction: which version it takes the place of, and what it corrects."""
    was = version.response.versions.filter(number__lt=version.number).only("number", "published_on").first()
    if was is None:
        return []
    what = f" It corrects: {' '.join(text.correction.split())}" if text.correction else ""
    return [say_it(f"It replaces version {was.number}, which we published on {say(was.published_on)}.{what}")]


def _holds(text: ResponseText) -> Paragraph:
    """What the law asks to be published together, as far as it is there."""
    submitted = any(each.text for each in text.chief_officers)
    several = len(text.chief_officers) > 1
    officers = "the chief officers’ comments" if several else "the chief officer’s comments"
    holds = ["our comments"]
    holds += [f"{officers} as submitted"] if submitted else []
    holds += ["our reply to them"] if text.reply.strip() else []
    silent = [each for each in text.chief_officers if not each.text and each.why]
    return say_it(f"It holds {listed(holds)}.", *(f" {each.why}" for each in silent))


def _enclosures(version: ResponseVersion) -> tuple[str, ...]:
    """The files of the version by name; of one that was brought in the document that it came in."""
    both = ((version.pdf_id, "the response as PDF"), (version.text_id, "the response as plain text"))
    files = {pk: what for pk, what in both if pk}
    found = dict(IssuedFile.objects.filter(pk__in=files).values_list("pk", "name"))
    named = [f"{found[pk]}: {what}" for pk, what in files.items() if pk in found]
    return tuple(named) or (version.source_name or "The response",)
