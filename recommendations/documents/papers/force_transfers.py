"""What a paper says about recommendations that came from other forces or went to them, above the sum."""

from collections.abc import Sequence

from recommendations.domain.papers.data.paper import Figures, ForceTransfer
from recommendations.periods import say


class ForceTransfers:
    """The sentences on transfers, for a paper on one force."""

    figures: Figures

    @property
    def transfers(self) -> list[str]:
        """Sentences on what came from other forces, and what went to them in the period and after it."""
        figures = self.figures
        each = (
            ("came from", figures.came_from, ""),
            ("went to", figures.went_to, ""),
            ("went to", figures.goes_to, ", after the period"),
        )
        return [f"{_transfer_words(verb, transfers)}{after}." for verb, transfers, after in each if transfers]


def _transfer_words(verb: str, transfers: Sequence[ForceTransfer]) -> str:
    """ "27 recommendations came from Westmarch Police on 1 April 2027, 31 from Eastmarch Police"."""
    first, *others = transfers
    noun = "recommendation" if first.count == 1 else "recommendations"
    words, on = [f"{first.count} {noun} {verb} {first.force} on {say(first.on)}"], first.on
    for each in others:
        day = "" if each.on == on else f" on {say(each.on)}"
        words.append(f"{each.count} {verb.split()[-1]} {each.force}{day}")
        on = each.on
    return ", ".join(words)
