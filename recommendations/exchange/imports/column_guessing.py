"""Guess which field each column of a sheet holds, from the heading and the values.

A wrong guess is worse than none: if a heading is ambiguous and the values do not help, no guess is made.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from recommendations.domain.register.sheet_columns import (
    BY_KEY,
    FIELDS,
    ColumnGroup,
    Holds,
    columns_in_use,
    keys_of_group,
)
from recommendations.exchange.imports.column_cells import LONGEST_WORD, SAMPLES, SHORT, ColumnCells
from recommendations.exchange.imports.column_shapes import BY_CELLS, GUESSED, first_of_targets, guess_by_shape
from recommendations.exchange.imports.column_synonyms import SOURCE_WORDS, SOURCES_AS_OTHERS_SAY, heading_words
from recommendations.exchange.imports.column_values import (
    OPEN,
    YES_NO,
    are_chief_officers,
    are_codes,
    are_kinds,
    are_of_a_status,
    are_of_inspectorate,
    are_report_numbers,
    fields_by_values,
    is_running,
)
from recommendations.exchange.readers.spreadsheets.header_rows import JOINT, NUMBER
from recommendations.exchange.readers.workbook import TableRow

WHOSE_COMMENTS = "It does not say whose comments these are: they are read as the force’s."
A_TARGET = "Open rows have a day here, so it is read as a target and closes nothing."
COUNTS = "It counts the rows."
WHOSE_DAY = "It does not say whose day this is. Choose HMICFRS deadline or Target, or leave it out."
BARE_DUE = ({"due"}, {"due", "date"}, {"due", "by"})
A_DEADLINE = "It does not say whose day this is: read as the source’s deadline. Choose Target if it is the force’s own."
BY_WHEN = ({"by", "when"}, {"by", "completed"})
AGREED = "It says what was agreed: read as the force’s update. Leave it out if the updates say it again."
PRIORITY = "This is the source’s own priority. Choose Risk level only if the office takes it over as its own view."
BY_A_WORD = "Guessed from a word of its heading and from its cells."
SWITCHED_OFF = "Risk and delay are switched off here, so it is left out."
OF_THE_REPORT = set(keys_of_group(ColumnGroup.WHICH, ColumnGroup.ASKED)) - {"force"}
OF_THE_OFFICE = {"opcc_lead", *keys_of_group(ColumnGroup.OFFICE)}
OFFICE = r"\bo?pf?cc\b|commissioner|mayor"
FORCE = r"\b(?:forces?|constabulary)\b"
# A word in a heading that suggests a field, and words that rule it out.
CUES = (
    ("published_on", r"publi|\bissued\b", r"^$"),
    ("closed_on", r"\bclos|signed? off", r"^$"),
    ("update_on", r"\b(?:modified|updated?|edited)\b", OFFICE),
    ("forecast_on", r"\b(?:anticipated|expected|estimated|projected|forecast)\b", r"^$"),
    (
        "target_on",
        r"\b(?:target|deliver\w*|complet\w*|agreed|implement\w*|milestones?|finish\w*)\b|^(?=.*\bforces?\b).*\b(?:deadline|due)\b",
        r"^$",
    ),
    ("deadline_on", r"\b(?:deadline|due)\b", FORCE),
    ("reference", r"\b(?:id|ref\w*|no|number|code)\b", r"hmic|portal"),
    ("assurance_why", r"\b(?:o?pf?cc|commissioner|mayor)(?:['’]?s)?\b", r"\bnotes? to\b|evidence|plan"),
    (
        "update",
        r"\b(?:done|progress|updates?|activity|achieved|position|(?:action|work)s? (?:taken|to date))\b",
        OFFICE,
    ),
    ("chief_officer_lead", r"\b(?:gold|chief|exec\w*|acc|dcc)\b", r"\bcomment"),
    ("evidence", r"\bevidence\b", r"^$"),
    ("update", r"\b(?:notes?|narrative|statement)\b", OFFICE),
    ("business_lead", r"\b(?:leads?|owners?|responsible|assigned|allocated)\b", rf"{OFFICE}|hmic"),
)
FURTHER_TARGET = r"\b(?:target|revised|extended|new|forces?)\b"
ASKS_WHETHER = r"\b(?:closed?|complete[d]?|finished|done|open|implemented|discharged)\b"
STATUS = r"^Column [A-Z]{1,3}$|\b(?:status|rating|traffic|light|b?rag)\b"
AHEAD = r"\b(?:still|next|plan\w*|future|remaining|further|risks?|previous|why)\b"
# What a group heading leaves possible for a vague sub-heading: "HMICFRS / Text", not "OPCC / Status".
TARGETS = ("target_on", "first_target_on")
DEADLINE = {"deadline_on", "deadline_words"}  # the source's; a day of the force's is its target
UNDER = {"opcc": OF_THE_OFFICE, "hmicfrs": OF_THE_REPORT, "force": BY_KEY.keys() - OF_THE_OFFICE - DEADLINE}


def guess_columns(headings: Sequence[str], rows: Sequence[TableRow], hidden: Collection[int] = ()) -> dict[int, str]:
    """Return field keys (domain/register/sheet_columns.py) by position, for the columns whose field is clear.

    No key occurs twice, but those of updates and targets. `hidden` are the positions of hidden columns, which are not
    guessed, nor is a column headed "Due" alone: its days could be the source's or the force's. Never raises.
    """
    columns = [GuessedColumn(place, heading, rows) for place, heading in enumerate(headings) if place not in hidden]
    named = _guess_by_name(columns)
    return {place: key for place, key in sorted((named | guess_by_shape(columns, named)).items()) if key}


def doubts_of(headings: Sequence[str], rows: Sequence[TableRow], keys: Mapping[int, str]) -> dict[int, str]:
    """Return, by position, why a column might hold something other than `keys` gives, or why it is not in it.

    A column that is "" in `keys` was left out by a person, so there is no doubt.
    """
    columns = [GuessedColumn(place, heading, rows) for place, heading in enumerate(headings)]
    by_name = _guess_by_name(columns)
    by_shape = guess_by_shape(columns, by_name)
    by_word = dict.fromkeys(_guess_by_values(columns, _guess_by_heading(columns)), BY_A_WORD)
    why = by_word | {place: BY_CELLS.get(key, GUESSED) for place, key in by_shape.items()}
    guessed = by_name | by_shape
    doubts = {place: doubt for place, doubt in why.items() if keys.get(place, "") == guessed[place]} | {
        column.place: doubt
        for column in columns
        if keys.get(column.place) != "" and (doubt := column.doubt(keys.get(column.place, "")))
    }
    return dict(sorted(doubts.items()))


def columns_to_ask(
    headings: Sequence[str], rows: Sequence[TableRow], keys: Mapping[int, str], hidden: Collection[int] = ()
) -> dict[int, str]:
    """Return the positions of the full columns that nobody and nothing gave a field in `keys`; "" leaves one out.

    Each has the reason why nothing was guessed, if there is one. A column that counts the rows, or whose section is
    switched off, is left out without a question. A column headed "Due" alone is asked however few days it has.
    """
    columns = (GuessedColumn(place, heading, rows) for place, heading in enumerate(headings))
    doubts = [(each, each.doubt("")) for each in columns if each.place not in keys and each.place not in hidden]
    return {
        each.place: doubt
        for each, doubt in doubts
        if doubt == WHOSE_DAY or (each.is_full and doubt not in (COUNTS, SWITCHED_OFF))
    }


def _guess_by_name(columns: Sequence["GuessedColumn"]) -> dict[int, str]:
    """Return the fields that the headings name, or that the values of a column by themselves indicate."""
    guessed = _guess_by_heading(columns)
    guessed |= _guess_by_values(columns, guessed)
    guessed |= first_of_targets(columns, guessed)
    return guessed | _colours(columns, guessed)


def _guess_by_heading(columns: Sequence["GuessedColumn"]) -> dict[int, str]:
    """Return the fields that the headings name. A column headed "Due" alone has none."""
    off, bare = _disabled_keys(), {each.place: "" for each in columns if each.is_a_bare_due}
    options = {
        each.place: [option for option in each.options() if option[0] not in off]
        for each in columns
        if each.place not in bare
    }
    guessed = bare | _match_columns(options)
    return guessed | _more_updates(columns, guessed)


def is_known(heading: str) -> bool:
    """Whether offices or our own exports use this heading for one of our fields."""
    return any(heading_words(words) in _keys_of() for words in _readings(heading))


def _disabled_keys() -> set[str]:
    """Return the keys of columns whose section is switched off."""
    return BY_KEY.keys() - {field.key for field in columns_in_use()}


def _match_columns(options: dict[int, list[tuple[str, int]]]) -> dict[int, str]:
    """Assign each key to the column that names it most clearly; a column that loses it gets its next option."""
    taken: dict[str, tuple[int, int]] = {}
    waiting = sorted(options)
    while waiting:
        place = waiting.pop(0)
        if not options[place]:
            continue
        key, rank = options[place].pop(0)
        loser: int | None = place
        if key not in taken or (rank, place) < taken[key]:
            loser = taken[key][1] if key in taken else None
            taken[key] = (rank, place)
        if loser is not None:
            waiting.append(loser)
    return {place: key for key, (_, place) in taken.items()}


def _guess_by_values(columns: Sequence["GuessedColumn"], guessed: dict[int, str]) -> dict[int, str]:
    """Assign columns with unknown headings by their values and single words in the headings."""
    found: dict[int, str] = {}
    for column in columns:
        if column.place not in guessed and column.cells:
            taken = {*guessed.values(), *found.values()}
            if key := next((key for key in column.keys_by_values() if key not in taken or column.adds_to(key)), ""):
                found[column.place] = key
    return found


def _more_updates(columns: Sequence["GuessedColumn"], guessed: dict[int, str]) -> dict[int, str]:
    """Assign further columns with force updates: several are allowed."""
    if "update" not in guessed.values():
        return {}
    free = [column for column in columns if column.place not in guessed and column.cells and not column.is_a_comment]
    return {column.place: "update" for column in free if any(key == "update" for key, _ in column.options())}


def _colours(columns: Sequence["GuessedColumn"], guessed: dict[int, str]) -> dict[int, str]:
    """Assign the RAG column: one without a heading or headed "status" that contains only RAG colours.

    It must be the only one, or the only one said to be current.
    """
    free = [column for column in columns if column.place not in guessed and re.search(STATUS, column.heading, re.I)]
    found = [column for column in free if column.is_of_colours and not re.search(AHEAD, column.heading, re.I)]
    now = [column for column in found if re.search(r"\b(?:now|latest|current|today)\b", column.heading, re.I)]
    chosen = now if len(found) > 1 else found
    return {chosen[0].place: "rag"} if len(chosen) == 1 and "rag" not in guessed.values() else {}


@dataclass(frozen=True)
class GuessedColumn(ColumnCells):
    """A column whose field is guessed from its heading and cells."""

    def options(self) -> Iterator[tuple[str, int]]:
        """Yield the keys that the column can have, with how clearly its heading names each (0 is best)."""
        for reading, words in enumerate(_readings(self.heading)):
            found = _keys_of().get(heading_words(words), {})
            found = {self._meant_by(key): rank for key, rank in reversed(found.items())}
            found = {key: found[key] for key in reversed(found) if key != "source" or self.names_sources}
            allowed = _allowed_keys(self.heading) if reading else BY_KEY.keys()
            options = [
                (self._rank_of_lead(key), rank + 100 * reading)
                for key, rank in found.items()
                if key in allowed and self.fits(key)
            ]
            if found:
                yield from options if self.cells or "target_on" in found else options[:1]
                return

    def _meant_by(self, key: str) -> str:
        """Return the force's target where the heading names the force: it has no say in the source's deadline."""
        return "target_on" if key in DEADLINE and "force" in self.words else key

    def adds_to(self, key: str) -> bool:
        """Whether the column can have a field that another has already: updates, and targets that were moved."""
        return key == "update" or (key == "target_on" and bool(re.search(FURTHER_TARGET, self.heading, re.IGNORECASE)))

    def _rank_of_lead(self, key: str) -> str:
        """A lead is a chief officer's where the names are of such ranks: "ACC Rowe" in the column "Lead (force)"."""
        return "chief_officer_lead" if key == "business_lead" and are_chief_officers(self.texts) else key

    def fits(self, key: str) -> bool:
        """Whether the values are of the field's type.

        Without values nothing speaks against it, unless the heading alone is too vague.
        """
        if (needs := self._needs(key)) is not None and not needs:
            return False
        if not self.cells:
            return True
        if key in TARGETS:
            return self.share_of_target_days >= 0.5
        if BY_KEY[key].holds in (Holds.DAY, Holds.DERIVED_DAY):
            return self.share_of_days >= 0.5 and not (key == "closed_on" and self._is_a_target)
        if key in ("themes", "delay_cause"):
            return self.share_of_days < 0.5 and not self.is_of_colours
        if BY_KEY[key].holds == Holds.WORD:
            return self.are_short(LONGEST_WORD) and self.share_of_days < 0.5 and not self.are_sentences
        if key in ("reference", "portal_reference", "number"):
            return self.are_short(SHORT) and self.share_of_days < 0.8
        if key == "text":
            return self.share_of(lambda text: NUMBER.fullmatch(text)) < 0.8
        return self.share_of_days < 0.8 and not (key == "update" and self.is_a_list)

    @property
    def names_sources(self) -> bool:
        """Whether at least half of its words are known sources; otherwise it may be a column of reports."""
        words = {text.casefold() for text in self.texts}
        return 2 * len(words & (SOURCE_WORDS | SOURCES_AS_OTHERS_SAY.keys())) >= len(words)

    def _needs(self, key: str) -> bool | None:
        """Return whether the values support a vague heading, or None if the heading is clear enough."""
        words = self.words
        if key == "rag" and not re.search(r"rag|colou?r", self.heading, re.IGNORECASE):
            return self.is_of_colours
        if key == "status" and self.cells:
            return not (self.is_of_colours or are_of_inspectorate(self.texts))
        if key == "inspectorate_status" and not words & {"hmicfrs", "portal", "monitoring"}:
            return are_of_inspectorate(self.texts)
        if key == "inspection" and words == {"title"}:
            return len(set(self.texts)) < len(self.texts)
        if key == "kind" and self.texts:
            return are_kinds(self.texts)
        if key == "number" and words == {"number"}:
            return not is_running(self.texts)
        if key == "number" and "reference" in words and not words & {"recommendation", "afi", "coc"}:
            return are_report_numbers(self.texts)
        if key == "reference":
            return not are_report_numbers(self.texts)
        if key == "target_on" and words == {"completed", "date"}:
            return self._is_a_target
        return bool(self.texts) if key == "update" and self.is_a_comment else None

    def keys_by_values(self) -> Iterator[str]:
        """Yield the fields indicated by all values, then those indicated by a word of the heading and the values."""
        if are_of_inspectorate(self.texts):
            yield "inspectorate_status"
        if not is_known(self.heading) or (self.words == {"source"} and not self.names_sources):
            yield from fields_by_values(self.texts)
        if self._says_a_status:
            yield "status"
        for key, word, not_beside in CUES:
            says = re.search(word, self.heading, re.IGNORECASE) and not re.search(AHEAD, self.heading, re.IGNORECASE)
            if says and not re.search(not_beside, self.heading, re.IGNORECASE) and self._reads_as(key):
                yield key

    @property
    def _says_a_status(self) -> bool:
        """Whether most words are for a status, or it is asked "Closed?" and answered Yes or No."""
        words = {text.casefold() for text in self.texts}
        whether = re.search(ASKS_WHETHER, self.heading, re.IGNORECASE) and bool(words) and words <= YES_NO
        return bool(whether or (are_of_a_status(self.texts) and len(words) < len(self.texts)))

    def _reads_as(self, key: str) -> bool:
        is_of_days = (self.share_of_target_days if key == "target_on" else self.share_of_days) >= 0.5
        if BY_KEY[key].holds == Holds.DAY:
            return is_of_days and self.fits(key)
        if key == "reference":
            return are_codes(self.texts)
        if key in ("update", "assurance_why", "evidence"):
            return self.are_sentences and not is_of_days
        return self.are_short(SHORT) and not (is_of_days or self.are_sentences or self.is_a_list)

    def doubt(self, key: str) -> str:
        """Return why the column might not be this field, or why it is left out, or ""."""
        if key == "update" and self.is_a_comment:
            return WHOSE_COMMENTS
        if key == "update" and re.search(r"\bagreed\b|\bmanagement (?:action|response)", self.heading, re.IGNORECASE):
            return AGREED
        if not key and "priority" in self.words:
            return PRIORITY
        if key == "target_on" and self._is_a_target:
            return A_TARGET
        if not key and any(option in _disabled_keys() for option, _ in self.options()):
            return SWITCHED_OFF
        if key == "deadline_on" and self._is_a_day_headed(BY_WHEN):
            return A_DEADLINE
        if not key and self.is_a_bare_due and self.texts:
            return WHOSE_DAY
        return COUNTS if not key and self.words == {"number"} and is_running(self.texts) else ""

    @cached_property
    def words(self) -> frozenset[str]:
        """The significant words of the heading."""
        return heading_words(self.heading)

    @property
    def is_a_comment(self) -> bool:
        """Whether the heading says "comments" without saying whose."""
        return self.words in ({"comment"}, {"note"}, {"notes"}, {"narrative"})

    @property
    def is_a_bare_due(self) -> bool:
        """Whether it is headed "Due" without saying whose, and has days: "Immediate" is the source's word."""
        return self._is_a_day_headed(BARE_DUE)

    def _is_a_day_headed(self, headings: Collection[Collection[str]]) -> bool:
        """Whether its heading is one of these, it and its group name no party, and its cells may be days."""
        own = self.heading.rpartition(JOINT)[2]
        is_headed = any(heading_words(words) in headings for words in _readings(own)) and not self.words & UNDER.keys()
        return is_headed and self.fits("deadline_on")

    @cached_property
    def _is_a_target(self) -> bool:
        """Whether a "completion date" is a target: open rows have one, or all rows do."""
        if "completion" not in self.heading.casefold() or not self.texts:
            return False
        filled = [row for row in self.rows[: SAMPLES * 3] if self.place < len(row.cells) and row.cells[self.place].text]
        is_open = any(cell.text.casefold() in OPEN for row in filled for cell in row.cells)
        return is_open or (len(self.texts) >= 5 and len(self.texts) == len(self.rows))


def _readings(heading: str) -> Iterator[str]:
    """Yield the heading, the heading without brackets, and the sub-heading without its group."""
    heading = re.sub(r"\(s\)", "", heading)
    yield heading
    yield re.sub(r"\([^)]*\)", " ", heading)
    if JOINT in heading:
        yield heading.rpartition(JOINT)[2]


def _allowed_keys(heading: str) -> Collection[str]:
    """Return the keys allowed for a sub-heading in its group."""
    group = heading_words(heading.rpartition(JOINT)[0])
    return next((keys for party, keys in UNDER.items() if party in group), BY_KEY.keys())


@cache
def _keys_of() -> dict[frozenset[str], dict[str, int]]:
    """Return, for each set of heading words, the possible keys and the rank of each, likeliest first."""
    found: dict[frozenset[str], dict[str, int]] = {}
    own = {heading_words(field.heading): field.key for field in FIELDS}
    for field in sorted(FIELDS, key=lambda field: field.gives_way):
        for rank, phrase in enumerate(field.seen):
            found.setdefault(heading_words(phrase), {}).setdefault(field.key, rank)
    for words, key in own.items():
        found[words] = {key: 0} | found.get(words, {})
    return found
