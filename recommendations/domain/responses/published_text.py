"""The text of a version, kept whole when it is published: later changes to the register do not reach it."""

import hashlib

from recommendations.domain.responses.text import ResponseText
from recommendations.domain.text.dataclass_json import from_json, to_json
from recommendations.models import PublishedText, ResponseVersion
from recommendations.trail import canonical


def keep_text(act, version: ResponseVersion, text: ResponseText) -> PublishedText:
    """Keep how a version reads, inside the verb that publishes it. Once: it never changes."""
    told = to_json(text)
    return act.save(
        PublishedText(
            of=version,
            heading=text.heading,
            text=told,
            sha256=hashlib.sha256(canonical(told).encode()).hexdigest(),
            search_text=search_text(text),
        )
    )


def as_kept(kept: PublishedText) -> ResponseText:
    """The text that was kept."""
    return from_json(ResponseText, kept.text)


def search_text(text: ResponseText) -> str:
    """What the public's search reads: every word of the page. Case folded: LIKE does not fold É."""
    words = [
        text.heading,
        text.body_name,
        text.holder,
        *text.forces,
        text.markdown,
        *text.narrative,
        *(note.text for note in text.footnotes),
        *(word for item in text.items for word in (item.label, item.heading, item.text, *item.parts, *item.addressees)),
        *(word for item in text.items for word in (item.reason, item.comment)),
        *text.general,
        *(word for each in text.chief_officers for word in (each.text, each.signed_by, each.why)),
        text.reply,
    ]
    return " ".join(" ".join(part.split()) for part in words if part).casefold()
