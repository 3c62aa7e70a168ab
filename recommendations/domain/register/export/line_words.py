"""What an exported line says of dates and of the force's position, in words."""

from recommendations.domain.register.entries import in_sentence
from recommendations.domain.register.export.lines import RegisterLine
from recommendations.domain.register.rows import full
from recommendations.domain.sources.naming import word_of
from recommendations.enums import Position
from recommendations.periods import say_times


def date_words(line: RegisterLine) -> list[str]:
    """ "HMICFRS 31 Mar 2026", "Target 1 May 2026, moved twice", and the forecast, or ""."""
    source = word_of(line.source)
    moved = f", moved {say_times(line.target_moves)}" if line.target_moves else ""
    return [
        f"{source} {full(line.deadline_on)}" if line.deadline_on else f"{source} gave no day",
        f"Target {full(line.target_on)}{moved}" if line.target_on else "No target set",
        f"Forecast {full(line.forecast_on)}" if line.forecast_on else "",
    ]


def force_word(line: RegisterLine) -> str:
    """ "In progress", or the position before it, unless it is accepted."""
    if line.position in ("", Position.ACCEPTED.label):
        return str(line.stage)
    return f"{line.position}, {in_sentence(line.stage)}"
