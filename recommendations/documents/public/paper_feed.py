"""Published papers as an Atom feed: what their pages say, under one licence."""

import io
from dataclasses import dataclass

from django.utils.feedgenerator import Atom1Feed

from recommendations.documents.formats.reproducible_zip import for_xml
from recommendations.documents.public.feeds import LICENCE, LICENCE_ADDRESS, FeedSource
from recommendations.domain.public.papers import PublishedPaper
from recommendations.periods import day_start, say


@dataclass(frozen=True)
class PaperFeedEntry:
    """A published paper and its whole address, with the origin."""

    address: str
    paper: PublishedPaper


def papers_as_atom(entries: list[PaperFeedEntry], source: FeedSource) -> bytes:
    """The feed: an entry for each paper, of the day on which it was published."""
    feed = Atom1Feed(
        title=for_xml(f"{source.office}: published papers".removeprefix(": ")),
        link=source.address,
        description=None,
        subtitle="Scrutiny reports on recommendations of HM inspectorate.",
        language="en-gb",
        author_name=for_xml(source.office),
        feed_url=source.itself,
        feed_copyright=f"{LICENCE}, {LICENCE_ADDRESS}",
    )
    for entry in entries:
        day = day_start(entry.paper.published_on)
        feed.add_item(
            title=for_xml(entry.paper.heading),
            link=entry.address,
            description=for_xml(_summary(entry.paper)),
            unique_id=entry.address,
            author_name=for_xml(entry.paper.body_name),
            pubdate=day,
            updateddate=day,
        )
    out = io.BytesIO()
    feed.write(out, "utf-8")
    return out.getvalue()


def _summary(paper: PublishedPaper) -> str:
    corrects = f" It corrects issue {paper.corrects}." if paper.corrects else ""
    return (
        f"How the inspectorate’s recommendations to {paper.force_name} stood on {say(paper.end)}, and what moved since "
        f"{say(paper.start)}. Issue {paper.issue}.{corrects}"
    )
