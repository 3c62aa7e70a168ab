"""The words that say what a line is: fields, section headings, the labels of comments, the starts of recommendations.

Each reader here takes one line's text and answers what it is by its own words; where it stands is for grammar.py.
Labels seen in published responses: "OPCC Comment:", "Response", "PCC response", "Commissioner's comments", "Local
policing body's comments", "Surrey position", "Force response", "Chief Constable's comments".
"""

import re
from dataclasses import dataclass

RECOMMENDATION, IMPROVEMENT = "recommendation", "area_for_improvement"
CONCERN, ACCELERATED, PRACTICE = "cause_of_concern", "accelerated_cause_of_concern", "innovative_practice"
CONCERNS = (CONCERN, ACCELERATED)
OFFICE, FORCE, CHIEF, REPLY = "office", "force", "chief", "reply"
ALL = "all"

POSSESSIVE = r"(?:'s|s'|')?"
PLACE = r"(?:(?-i:(?:the )?[A-Z][\w'-]+(?:(?: (?:and|&|of))? [A-Z][\w'-]+){0,4}) )"
OFFICE_NAME = (
    r"(?:office of (?:the )?)?(?:(?:deputy )?police(?:,? fire)?,? (?:and|&) crime commissioner"
    r"|police,? crime (?:and|&) victims'? commissioner|commissioner|OPF?CC|OPCVC|PF?CC|PCVC|P&CC|MOPAC"
    r"|(?:deputy )?mayor"
    r"|(?:local )?policing body|police authority(?: board)?|authority|office)"
)
OFFICES = rf"(?:(?:the |our |{PLACE})?{OFFICE_NAME}(?: (?:for|of) [A-Z][^:.]{{2,40}}?)?{POSSESSIVE})"
CHIEF_NAME = r"(?:temporary |acting |deputy |T/|A/)?(?:chief constable|chief officer)"
CHIEFS = rf"(?:(?:the |{PLACE})?(?:{CHIEF_NAME}(?: (?:for|of) [A-Z][^:.]{{2,40}}?)?|(?-i:CC)){POSSESSIVE})"
FORCES = rf"(?:(?:the |{PLACE})?(?:police )?(?:force|constabulary|police service|police){POSSESSIVE})"
MANNER = r"(?:(?:initial|formal|official|overall|general|statutory|written|further|additional|final|full|joint) )*"
NOUN = (
    r"(?:comment(?:s|ary)?(?: and response| and position)?|responses?|position|views?|answer|update|statement"
    r"|observations|feedback|remarks)"
)
SAYS = rf"(?:{MANNER}{NOUN})"

NUMBER = r"\d{1,5}(?:\.\d{1,3})*[a-z]?"
NUMBERS = rf"{NUMBER}\)?(?:\s*(?:,\s*and|,\s*&|,|and|&|to|through|[-–—])\s*\(?{NUMBER})*(?![\w.]*\w)"
KINDS = [
    (ACCELERATED, r"accelerated causes? of concern"),
    (CONCERN, r"causes? of concern|CoCs?(?= \d)"),
    (IMPROVEMENT, r"areas? (?:for|of) improvement|AFIs?|A\.F\.I\.?"),
    (PRACTICE, r"(?:innovative|promising) practices?"),
    (RECOMMENDATION, r"recommendations?|recs?\b\.?"),
]
ANY_KIND = "|".join(pattern for _, pattern in KINDS)
WHICH = (
    r"(?:(?:in response |in relation |with regard )?(?:to|on|for|regarding|about) )?(?:all |of |the |these "
    r"|those |both |above |each |this )*"
    rf"(?P<which>{ANY_KIND})(?: (?:no|nos|numbers?)\b\.?)?\s*(?P<numbers>{NUMBERS})?(?: above| made)?"
)
TO_WHAT = (
    rf"(?:\s*[-–—(,]?\s*(?:{WHICH})\)?|\s+(?:to|on|regarding) (?:the )?(?:hmicfrs "
    rf"|hmic )?(?:inspection )?(?:report|inspection|findings))?"
)
ENDS = r"\s*(?::[-–—]?|[-–—](?=\s|$)|\.?$)\s*"

LABELS = [
    (REPLY, rf"(?:{OFFICES} )?(?:reply|response|comments) (?:to|on) {CHIEFS} (?:{NOUN}|submission)"),
    (REPLY, rf"(?:{OFFICES} )?(?:reply|response|comments) (?:to|on) (?:the )?{NOUN} (?:of|from|by"
    rf"|submitted by) {CHIEFS}"),
    (REPLY, rf"(?:(?:{OFFICES}|our|my) )?reply"),
    (CHIEF, rf"(?:{CHIEFS} {SAYS}|{SAYS} (?:of|from|by|submitted by) {CHIEFS}|(?:the )?{CHIEF_NAME}(?=:))"),
    (FORCE, rf"(?:{FORCES} (?:{SAYS}|action(?: taken)?|progress)|{SAYS} (?:of|from|by) {FORCES}|force(?=:))"),
    (FORCE, rf"action (?:taken|proposed) by {FORCES}"),
    (OFFICE, rf"(?:{OFFICES} {SAYS}|{SAYS} (?:of|from|by) {OFFICES}|(?:our|my) {SAYS}|(?:OPF?CC|PF?CC)(?=:))"),
    (OFFICE, rf"{PLACE}position"),
    (OFFICE, r"(?:comments?|commentary|responses?|formal response)"),
    (OFFICE, r"(?:action(?:s)?(?: taken| proposed)?|(?:current )?position|update|progress)(?=:)"),
]  # fmt: skip
LABEL_PATTERNS = [
    (voice, re.compile(rf"^(?P<words>{pattern}{TO_WHAT}){ENDS}", re.IGNORECASE)) for voice, pattern in LABELS
]
UNMARKED_LABEL = re.compile(
    r"^(?P<words>(?-i:(?:OPF?CC|PF?CC|P&CC|Commissioner's|(?:Local )?[Pp]olicing [Bb]ody's|Chief Constable's|Force)"
    r" (?:[Cc]omments?|[Rr]esponse))) (?=(?-i:[A-Z\"“‘]))",
    re.IGNORECASE,
)
GENERAL = re.compile(r"\b(?:overall|general|closing|concluding)\b", re.IGNORECASE)
OUTLINE = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})?[.)]?|[A-Z][.)]|Part \w+[:.]?|Section \w+[:.]?)\s+", re.IGNORECASE)
ONLY_WHICH = re.compile(rf"^(?P<words>{WHICH})\s*:?\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Label:
    """The label of a comment: whose voice, which recommendations it names, and what stands behind it on its line.

    scope is empty where it names none, ("all", None) where it means all, else pairs of kind and number.
    only_names: the line names recommendations and says no more ("Recommendations 1, 3 and 5:").
    """

    voice: str
    words: str
    rest: str = ""
    scope: tuple[tuple[str, str | None], ...] = ()
    general: bool = False
    only_names: bool = False


@dataclass(frozen=True)
class Section:
    """The heading of a part that holds recommendations of one kind, and to whom they are, if it says so."""

    kind: str
    words: str
    addressees: str = ""


@dataclass(frozen=True)
class Start:
    """The start of a recommendation. bare means a number alone, without a word that says what it numbers."""

    kind: str
    number: str
    words: str
    rest: str
    bare: bool = False


def plain(text: str) -> str:
    """The same characters for matching, one for one: straight apostrophes and quotes, plain spaces."""
    return re.sub(r"\s", " ", text.replace("’", "'").replace("‘", "'").replace("`", "'"))


def read_label(text: str) -> Label | None:
    """A label at the start of the line, also behind an outline number ("2. Commissioner's comments")."""
    whole = plain(text)
    outline = OUTLINE.match(whole)
    for start in (0, outline.end() if outline else 0):
        if (label := _label_at(text, whole, start)) and (start == 0 or not label.rest or label.voice != OFFICE):
            return label
    return _label_after_number(text, whole)


def _label_at(text: str, whole: str, start: int) -> Label | None:
    for voice, pattern in LABEL_PATTERNS:
        if match := pattern.match(whole[start:]):
            words, rest = text[: start + match.end()], text[start + match.end() :]
            scope = _scope(match.groupdict().get("which"), match.groupdict().get("numbers"), match["words"])
            return Label(voice, words.strip(), rest.strip(), scope, bool(GENERAL.search(match["words"])))
    if match := UNMARKED_LABEL.match(whole[start:]):
        voice = {"c": CHIEF, "f": FORCE}.get(match["words"][0].lower(), OFFICE)
        voice = OFFICE if match["words"].lower().startswith("commissioner") else voice
        return Label(voice, text[: start + match.end()].strip(), text[start + match.end() :].strip())
    return None


def _label_after_number(text: str, whole: str) -> Label | None:
    """ "Recommendation 2 - PCC response:", "AFI 3: Force response", and "Recommendations 1, 3 and 5:" alone."""
    if match := ONLY_WHICH.match(whole):
        scope = _scope(match["which"], match["numbers"], match["words"])
        return Label(OFFICE, text.strip(), "", scope, only_names=True) if len(scope) > 1 else None
    start = read_start(text)
    if start is None or start.bare or not start.number:
        return None
    at = len(text) - len(start.rest)
    inner = _label_at(text, whole, at)
    if inner is None or inner.scope:
        return None
    return Label(inner.voice, inner.words, inner.rest, ((start.kind, start.number),))


def _scope(which: str | None, numbers: str | None, words: str) -> tuple[tuple[str, str | None], ...]:
    if not which:
        return ()
    kind = kind_of_word(which)
    if numbers:
        return tuple((kind, number) for number in expanded(numbers))
    plural = re.search(r"s\b\.?$", which) is not None
    return ((ALL, None),) if plural or re.search(r"\ball\b", words, re.IGNORECASE) else ()


def kind_of_word(word: str) -> str:
    return next(kind for kind, pattern in KINDS if re.match(rf"(?:{pattern})$", word.strip(), re.IGNORECASE))


def expanded(numbers: str) -> list[str]:
    """ "1 to 4" is 1, 2, 3, 4; "1, 3 and 5" is 1, 3, 5; "7.1-7.3" is 7.1, 7.2, 7.3."""
    found: list[str] = []
    for match in re.finditer(rf"(?P<to>(?:to|through|[-–—])\s*)?\(?(?P<number>{NUMBER})", numbers, re.IGNORECASE):
        if match["to"] and found:
            found += _between(found[-1], match["number"])
        else:
            found.append(match["number"])
    return found


def _between(first: str, last: str) -> list[str]:
    stem, _, low = first.rpartition(".")
    last_stem, _, high = last.rpartition(".")
    if stem != last_stem or not (low.isdigit() and high.isdigit()) or not 0 < int(high) - int(low) < 100:
        return [last]
    return [f"{stem}.{n}" if stem else str(n) for n in range(int(low) + 1, int(high) + 1)]


SECTION = re.compile(
    r"^(?:(?:the|key|national|force|hmicfrs'?s?|hmic'?s?|report|inspection|formal|main|all|our) )*"
    r"(?P<which>recommendations|recommendation\(s\)|areas (?:for|of) improvement|AFIs"
    r"|(?:accelerated )?causes of concern"
    r"|(?:innovative|promising) practices?)"
    r"(?:,? (?:and|with|&) (?:our |the |their |pcc |opcc |commissioner's |force )*(?:responses?|comments?"
    r"|areas for improvement|causes of concern"
    r"|recommendations|AFIs|updates?|positions?)| (?:made|identified|from the report|in the report|in full))*"
    r"(?: (?:for|to) (?P<whom>(?:the |all |each )*[\w ,'-]{3,80}))?\s*(?:\(\w+\)|\(AFIs?\))?\s*[:.]?$",
    re.IGNORECASE,
)
RESPONSES_SECTION = re.compile(
    rf"^(?:(?:{OFFICES}|our|my|detailed|formal|individual) )*(?:responses?|comments?) (?:to|on) (?:the |each "
    rf"|all |individual |hmicfrs )*"
    r"(?:recommendations?|areas for improvement|AFIs)(?: and (?:areas for improvement|AFIs"
    r"|causes of concern))?\s*:?$",
    re.IGNORECASE,
)


ONE_OF_A_KIND = re.compile(rf"^(?P<which>{ANY_KIND})\s*:?$", re.IGNORECASE)


def read_section(text: str) -> Section | None:
    """ "Recommendations:", "Areas for improvement", "Recommendations for chief constables", "4. Recommendations"."""
    whole = plain(text).strip()
    outline = OUTLINE.match(whole)
    for start in (0, outline.end() if outline else 0):
        if match := SECTION.match(whole[start:]):
            singular = re.sub(r"s( of concern)$|\(s\)$", r"\1", match["which"].lower())
            return Section(kind_of_word(singular), text.strip(), (match["whom"] or "").strip(" :."))
        if start and (match := ONE_OF_A_KIND.match(whole[start:])):
            return Section(kind_of_word(match["which"]), text.strip())
        if match := RESPONSES_SECTION.match(whole[start:]):
            return Section("", text.strip())
    return None


WORDS_FOR_NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
NAMED_START = re.compile(
    rf"^(?:hmicfrs |hmic |force |national |key )?(?P<which>{ANY_KIND})(?:\s+(?:no|number)\b\.?)?\s*[#(]?"
    rf"(?P<number>{NUMBER}|(?:{'|'.join(WORDS_FOR_NUMBERS)})\b)?\)?"
    r"(?P<ends>\s*[:.)–—-]+\s*|\s*$|\s+(?=\()|\s+(?=(?-i:[A-Z\"“‘'])))",
    re.IGNORECASE,
)
SHORT_START = re.compile(r"^R(?:ec)?\.? ?(?P<number>\d{1,3}(?:\.\d{1,3})*)(?:[:.)–—-]+\s*|\s*$|\s+(?=[A-Z\"“]))")
BARE_START = re.compile(rf"^\(?(?P<number>{NUMBER})(?P<ends>\)?[.):]?\)?)(?:\s+[-–—])?\s+(?=\S)")
ALONE = re.compile(rf"^\(?(?P<number>{NUMBER})\)?[.):]?$")


def read_start(text: str) -> Start | None:
    """The start of a recommendation by its own words: "Recommendation 3:", "AFI 11 –", "7.1 ", "Cause of concern"."""
    whole = plain(text)
    if match := NAMED_START.match(whole):
        return _named_start(text, match)
    if match := SHORT_START.match(whole):
        return Start(RECOMMENDATION, match["number"], text[: match.end()].strip(), text[match.end() :].strip())
    if (match := BARE_START.match(whole)) and _is_a_number(match, whole):
        return Start("", match["number"], text[: match.end()].strip(), text[match.end() :].strip(), bare=True)
    return None


def _named_start(text: str, match: re.Match) -> Start | None:
    rest = text[match.end() :].strip()
    number = match["number"] or ""
    if number.lower() in WORDS_FOR_NUMBERS:
        number = str(WORDS_FOR_NUMBERS.index(number.lower()) + 1)
    plural = re.search(r"s\.?$", match["which"], re.IGNORECASE) and match["which"].lower() != "innovative practices"
    if plural or (not number and rest and not re.search(r"[:–—-]", match["ends"])):
        return None
    if match["which"].upper().startswith("AFI") and number:
        number = f"AFI {number}"
    return Start(kind_of_word(match["which"]), number, text[: match.end()].strip(), rest)


def _is_a_number(match: re.Match, whole: str) -> bool:
    """ "4. The force", "(4) The force", "7.1 The force", "8787 The force"; not "43 forces" nor "2019 was"."""
    marked = bool(match["ends"].strip("(")) or whole.startswith("(") or "." in match["number"]
    return marked or whole[match.end()].isupper()


LIMB = re.compile(
    r"^(?:\((?P<in>[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)|(?P<out>[a-z]|[ivx]{1,5})[.)]"
    r"|(?P<decimal>\d{1,5}(?:\.\d{1,3})+)[.):]?)\s+(?=\S)"
)


def read_limb(text: str) -> tuple[str, str] | None:
    """The mark of a part of a recommendation and its style: "(a)" is alpha, "ii." roman, "7.1" decimal, "(2)" digit."""
    match = LIMB.match(text)
    if match is None:
        return None
    mark = match["in"] or match["out"] or match["decimal"]
    if match["decimal"]:
        return mark, "decimal"
    if mark.isdigit():
        return mark, "digit"
    return mark, "roman" if re.fullmatch(r"[ivx]+", mark) else "alpha"


SHOULD = re.compile(r"\b(?:should|must|needs? to|ought to)\b", re.IGNORECASE)
ACTS = re.compile(
    r"^(?:we recommend|it is recommended)\b|\b(?:police|constabulary|force)(?:,? immediately)? (?:takes|acts"
    r"|reviews|improves|carries|undertakes|ensures)\b",
    re.IGNORECASE,
)
BY_WHEN = re.compile(
    r"^(?:with immediate effect|immediately|as soon as|by (?:the end of|\d+|january|february|march|april|may|june"
    r"|july|august|september|october|november|december|spring|summer|autumn|winter|early|late)|within (?:\d+|one"
    r"|two|three|four|five|six|nine|twelve|eighteen|the next)|no later than)\b",
    re.IGNORECASE,
)
FIRST_PERSON = re.compile(r"^(?:I|We|My|Our|Both I|As (?:PCC|Commissioner|the (?:PCC|Police)))\b(?! recommend)")
ANSWERS = re.compile(
    r"^(?:(?:I|We|My|Our)\b(?! recommend)|(?:the |this )?(?:recommendation|area for improvement|AFI)s? (?:is|has"
    r"|was|will|are|have)\b"
    r"|(?:fully |partially |partly |not )?(?:accepted|agreed|noted|implemented|completed?|supported)\b[.,;: -]"
    r"|(?:the )?(?:OPF?CC|PF?CC|MOPAC|commissioner|(?:police and crime )commissioner|mayor|office"
    r"|policing body) (?!should\b|must\b|needs? to\b)"
    r"|(?:the )?(?:chief constable|(?:\w+ ){0,3}(?:force|police|constabulary)) (?:has|have|is|are|was|will"
    r"|already|accepts?|agrees?|continues?|welcomes?"
    r"|recogni[sz]es?|introduced|completed|reviewed|no longer)\b|no action\b|not applicable\b|n/a\b|nothing (?:to"
    r"|further)\b)",
    re.IGNORECASE,
)


def reads_as_recommendation(text: str) -> bool:
    """Whether the words ask somebody to do something, as the inspectorate does, and aren't the office's own voice."""
    whole = plain(text)
    if FIRST_PERSON.match(whole):
        return False
    return bool(SHOULD.search(whole) or BY_WHEN.match(whole) or ACTS.search(whole[:200]))


def reads_as_answer(text: str) -> bool:
    """Whether the words are somebody's answer to a recommendation."""
    return bool(ANSWERS.match(plain(text)))
