"""Recommendations that arise from deaths: the text and a reference are for the record, and no person's name is.

Forms ask where a text seems to hold one (domain/text/person_names.py).
"""

from recommendations.domain.sources.queries import basis_of
from recommendations.models import Inspection


def is_about_deaths(inspection: Inspection) -> bool:
    """Whether its rule says that it arises from a death. No query for HMICFRS's own, else one."""
    return inspection.is_of_other_source and basis_of(inspection).about_deaths
