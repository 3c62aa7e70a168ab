"""The page before a response is published: what becomes public, where, and whether it is in time."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.urls import reverse

from recommendations.domain.inspections.statutory_clock import last_day_name
from recommendations.domain.responses.draft.submitted_text import DraftText, submitted_text
from recommendations.domain.responses.public_address import new_address
from recommendations.domain.text.quotations import same_words
from recommendations.models import Commitment
from recommendations.periods import say, say_days
from recommendations.views.responses.approval_page import decision_sentence
from recommendations.views.responses.status import Life


@dataclass
class PublishPage(Life):
    """An approved text, on the day on which it would be published."""

    @cached_property
    def text(self) -> DraftText:
        return submitted_text(self.text_submission)

    @property
    def address(self) -> str:
        """The full address of the public page, which later versions keep."""
        if self.response.slug:
            return f"{settings.ORIGIN}{self.response.get_public_url()}"
        given = new_address(self.response.title, self.today)
        return f"{settings.ORIGIN}{reverse('public_response', args=[given['year'], given['slug']])}"

    @property
    def number(self) -> int:
        return self.version.number + 1 if self.version else 1

    @property
    def in_time(self) -> str:
        """Whether publishing today is in time; for a correction, whether the first version was."""
        if self.last_day is None:
            return "No last day is stated"
        assert self.urgent  # whose last day it is
        late = ((self.first_on or self.today) - self.last_day).days
        name = last_day_name(self.urgent).lower()
        told = f"The {name} {'was' if self.is_late else 'is'} {say(self.last_day)}"
        if self.first_on:
            was = f"{say_days(late)} late" if late > 0 else "in time"
            return f"{told}. The first version came on {say(self.first_on)}, {was}."
        if late > 0:
            return f"{told}: it is {say_days(late)} late. You can still publish it. It will say that it is late."
        return f"{told}: it is in time."

    @cached_property
    def new_commitments(self) -> int:
        """How many commitments publishing would start to follow; those of earlier versions are followed already."""
        # without visible_to: the commitments of a visible response
        known = list(Commitment.objects.filter(of__response=self.response).values_list("quote", flat=True))
        return sum(not any(same_words(each.quote, quote) for quote in known) for each in self.text.commitments)

    @property
    def approved_words(self) -> str:
        return decision_sentence(self.text_submission)
