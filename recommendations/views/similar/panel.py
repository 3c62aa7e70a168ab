"""The tab of a record's page with similar recommendations: those linked with it and, while it is open, suggestions."""

from typing import NamedTuple

from recommendations.domain.similar.queries import SimilarOnes, similar_to
from recommendations.permissions import May
from recommendations.views.register.panels import RecordPage, record_tab


class SimilarTab(NamedTuple):
    """The similar ones, and whether this user can link or decline them."""

    found: SimilarOnes
    may_decide: bool

    @property
    def number(self) -> int:
        return len(self.found.linked) + len(self.found.suggested)


@record_tab(50, "similar", "Similar", "similar/on_record.html")
def similar(page: RecordPage) -> SimilarTab | None:
    """The similar ones. They are kept on the record too: the form of an update offers those that are linked."""
    record = page.record
    of = record.recommendation
    texts = () if record.standing.closed_on else (of.heading, of.text, *(part.text for part in record.its_parts))
    record.similar = similar_to({record.pk: "\n".join(texts)}, page.user)[record.pk]
    return SimilarTab(record.similar, page.user.has_perm(May.EDIT_TRACKED)) if record.similar else None
