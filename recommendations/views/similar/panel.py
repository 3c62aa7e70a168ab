"""What a record's page shows of similar recommendations: those linked with it and, while it is open, suggestions."""

from typing import NamedTuple

from recommendations.domain.similar.queries import SimilarOnes, similar_to
from recommendations.permissions import May
from recommendations.views.register.panels import RecordPage, Spot, record_panel


class SimilarPanel(NamedTuple):
    """The similar ones, and whether this user can link or decline them."""

    found: SimilarOnes
    may_decide: bool


@record_panel(Spot.TEXT, 10, "similar", "similar/on_record.html")
def similar(page: RecordPage) -> SimilarPanel:
    """The similar ones. They are kept on the record too: the form of an update offers those that are linked."""
    record = page.record
    of = record.recommendation
    texts = () if record.standing.closed_on else (of.heading, of.text, *(part.text for part in record.its_parts))
    record.similar = similar_to({record.pk: "\n".join(texts)}, page.user)[record.pk]
    return SimilarPanel(record.similar, page.user.has_perm(May.EDIT_TRACKED))
