"""What agenda, minutes and action log say: frozen values, stored as JSON. No queries."""

import datetime
from dataclasses import dataclass, field, replace

from recommendations.domain.text.dataclass_json import KeptAsJson
from recommendations.periods import say, say_days

FORMAT = 1  # the format of the facts, so that a later version can read earlier ones


@dataclass(frozen=True, kw_only=True)
class LineWords:
    """What the register says of one recommendation: how it stands, its dates, the force's voice and the office's."""

    reference: str
    title: str
    stands: str
    dates: tuple[str, ...] = ()
    force: str = ""
    force_text: str = ""
    force_on: str = ""
    force_by: str = ""
    assurance: str = ""
    assurance_text: str = ""
    restricted: bool = False


@dataclass(frozen=True, kw_only=True)
class ItemWords(KeptAsJson):
    """What an agenda item says. `facts` are labels and values, `more` how many lines are not listed."""

    kind: str
    title: str
    question: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    lines: tuple[LineWords, ...] = ()
    more: int = 0

    def marked(self, references: frozenset[str]) -> "ItemWords":
        """The item with the lines of these references marked as restricted too."""
        lines = (replace(each, restricted=each.restricted or each.reference in references) for each in self.lines)
        return replace(self, lines=tuple(lines))

    @property
    def unmarked(self) -> "ItemWords":
        """The item for who is not told which recommendations are restricted."""
        return replace(self, lines=tuple(replace(each, restricted=False) for each in self.lines))

    @property
    def without_restricted(self) -> "ItemWords":
        """The item for the public: without lines that are restricted, or who spoke."""
        return replace(self, lines=tuple(replace(each, force_by="") for each in self.lines if not each.restricted))


@dataclass(frozen=True, kw_only=True)
class AgreedAction:
    """An action as it was agreed at a meeting."""

    words: str
    owner: str
    due_on: datetime.date
    voice: str = ""
    restricted: bool = False

    @property
    def who_and_when(self) -> str:
        """ "Head of custody, by 1 December 2026"."""
        return f"{self.owner}, by {say(self.due_on)}"


@dataclass(frozen=True, kw_only=True)
class AgendaEntry:
    """An item of a meeting, with its minutes. Its number is that of the agenda: actions carried forward have A1, A2."""

    number: str
    words: ItemWords
    restricted: bool = False
    asked: str = ""
    answered: str = ""
    view: str = ""
    why: str = ""
    actions: tuple[AgreedAction, ...] = ()
    done: str = ""

    @property
    def is_minuted(self) -> bool:
        return bool(self.asked or self.answered or self.view or self.actions or self.done)


@dataclass(frozen=True, kw_only=True)
class LogLine:
    """An action of the log: as it stands on a day. `late` are the days since it was due, 0 if it is not late."""

    words: str
    owner: str
    due_on: datetime.date
    state: str
    agreed_at: str
    late: int = 0
    done: str = ""
    restricted: bool = False

    @property
    def stands(self) -> str:
        """ "To do, 12 days late"."""
        return f"{self.state}, {say_days(self.late)} late" if self.late else self.state


@dataclass(frozen=True, kw_only=True)
class MeetingFacts(KeptAsJson):
    """The whole content of a meeting's agenda, or minutes, and of the action log on the London day `as_at`.

    `left_out` counts what is not shown because it is restricted: items, recommendations and actions of the log.
    """

    force: str
    slug: str
    body: str = ""
    title: str
    on: datetime.date
    as_at: datetime.date
    time: str = ""
    place: str = ""
    in_public: bool = False
    present: str = ""
    minuted: bool = False
    items: tuple[AgendaEntry, ...] = ()
    log: tuple[LogLine, ...] = ()
    left_out: int = 0
    lines_left_out: int = 0
    actions_left_out: int = 0
    format: int = field(default=FORMAT)

    @property
    def has_restricted(self) -> bool:
        """Whether something that is restricted is in it: an item, a line or an agreed action of one, or of the log."""
        marks = [each.restricted for each in self.items]
        marks += [each.restricted for each in self.log]
        marks += [each.restricted for item in self.items for each in item.words.lines]
        marks += [each.restricted for item in self.items for each in item.actions]
        return any(marks)

    @property
    def agenda(self) -> list[AgendaEntry]:
        """The items that somebody put on the agenda."""
        return [each for each in self.items if not each.number.startswith("A")]

    @property
    def carried(self) -> list[AgendaEntry]:
        """The actions of earlier meetings that were open."""
        return [each for each in self.items if each.number.startswith("A")]

    @property
    def what(self) -> str:
        return "Minutes" if self.minuted else "Agenda"

    @property
    def when_and_where(self) -> str:
        """ "1 December 2026, 10am, County Hall"."""
        return ", ".join(filter(None, (say(self.on), self.time, self.place)))

    @property
    def left_out_words(self) -> str:
        """ "2 items and 1 action are not shown: they are restricted.", or "" if nothing is left out."""
        return _not_shown(
            (self.left_out, "item", "items"),
            (self.lines_left_out, "recommendation", "recommendations"),
            (self.actions_left_out, "action", "actions"),
        )

    @property
    def left_out_of_log(self) -> str:
        """ "2 actions are not shown: they are restricted.", or ""."""
        return _not_shown((self.actions_left_out, "action", "actions"))


def _not_shown(*parts: tuple[int, str, str]) -> str:
    words = [f"{number} {noun if number == 1 else nouns}" for number, noun, nouns in parts if number]
    if not words:
        return ""
    said = " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
    if sum(number for number, *_ in parts) == 1:
        return f"{said} is not shown: it is restricted."
    return f"{said} are not shown: they are restricted."


def statements(facts: MeetingFacts) -> dict[str, str]:
    """Each statement of a release by name, for comparing two releases."""
    said = {"Meeting": f"{facts.title}. {facts.when_and_where}."}
    said |= {"Who was there": facts.present} if facts.present else {}
    for item in facts.items:
        parts = (item.words.question, item.asked, item.answered, item.view, item.why, item.done)
        actions = (f"{each.words} ({each.who_and_when})" for each in item.actions)
        lines = (f"{each.reference}: {each.stands}" for each in item.words.lines)
        values = (f"{label}: {value}" for label, value in item.words.facts)
        text = " ".join(filter(None, (*values, *lines, *parts, *actions)))
        said[f"{item.number}. {item.words.title}"] = text or "No words yet."
    for number, line in enumerate(facts.log, 1):
        said[f"Action {number} of the log"] = f"{line.words} {line.owner}, by {say(line.due_on)}. {line.stands}."
    return said | ({"Restricted and not shown": facts.left_out_words} if facts.left_out_words else {})
