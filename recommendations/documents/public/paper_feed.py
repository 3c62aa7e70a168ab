"""Published papers as an Atom feed: what their pages say, under one licence."""

from dataclasses import dataclass

from recommendations.documents.formats.reproducible_zip import for_xml
from recommendations.documents.public.feeds import FeedSource, empty_feed, feed_bytes
from recommendations.domain.public.papers import PublishedPaper
from recommendations.periods import day_start, say


@dataclass(frozen=True)
class PaperFeedEntry:
    """A published paper and its absolute address."""

    address: str
    paper: PublishedPaper


def papers_as_atom(entries: list[PaperFeedEntry], source: FeedSource) -> bytes:
    """The feed: an entry for each paper, dated by its publication."""
    feed = empty_feed(source, "published papers", "Scrutiny reports on recommendations of HM inspectorate.")
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
    return feed_bytes(feed)


def _summary(paper: PublishedPaper) -> str:
    corrects = f" It corrects issue {paper.corrects}." if paper.corrects else ""
    return (
        f"How the inspectorate’s recommendations to {paper.force_name} stood on {say(paper.end)}, and what moved since "
        f"{say(paper.start)}. Issue {paper.issue}.{corrects}"
    )
