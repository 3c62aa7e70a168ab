"""Released meetings as public data: JSON, and an Atom feed of a force's meetings."""

from collections.abc import Iterable

from recommendations.documents.formats.reproducible_zip import for_xml
from recommendations.documents.public.feeds import FeedSource, empty_feed, feed_bytes
from recommendations.domain.public.meetings import PublicMeeting
from recommendations.periods import day_start, say


def meetings_as_atom(entries: Iterable[tuple[str, PublicMeeting]], source: FeedSource, force: str) -> bytes:
    """The agendas and minutes of a force with their absolute addresses, the newest first."""
    feed = empty_feed(source, f"Accountability meetings: {force}", "Agendas and minutes of accountability meetings.")
    for address, each in entries:
        feed.add_item(
            title=for_xml(each.words),
            link=address,
            description=for_xml(f"{each.words}. Released on {say(each.release.released_on)}."),
            unique_id=address,
            author_name=for_xml(source.office),
            pubdate=day_start(each.release.released_on),
            updateddate=day_start(each.release.released_on),
        )
    return feed_bytes(feed)
