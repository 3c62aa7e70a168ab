"""The item of the first page on indicators that became worse after something was closed."""

from collections.abc import Iterator

from django.urls import reverse

from recommendations.domain.home.by_day import Counted, number_of
from recommendations.domain.home.first_page import Desk, HomeContext, line
from recommendations.domain.home.lines import HomeItem, count
from recommendations.sections import Section


@line(Desk.OFFICE, "do", 61, section=Section.INDICATORS)
def worse_since(context: HomeContext) -> Iterator[HomeItem]:
    """Indicators whose latest value is worse than when a recommendation of theirs was closed."""
    if number := number_of(context, Counted.WORSE):
        words = count(number, "indicator is worse since closing", "indicators are worse since closing")
        detail = "Look at what was closed again."
        yield HomeItem(words, f"{reverse('indicators')}?show=worse", detail, number=number)
