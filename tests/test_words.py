"""Plain words: the house dialect does not come back to pages, messages and mails. docs/glossary.md says what to write.

What is read: the text of templates, and the texts of the code that a person reads. What a paper is compiled from, and
the papers' own templates, are left alone: a filed paper keeps the words of its day.
"""

import ast
import re
from pathlib import Path

from tests.sources import nodes_of

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
APP = ROOT / "recommendations"
SPEAKING = ("views", "forms", "domain", "exchange", "emails", "admin", "sign_in", "management", "enums", "models")
OF_FILED_PAPERS = (
    TEMPLATES / "documents",
    APP / "domain/papers/data",
    APP / "domain/papers/sections",
    APP / "domain/register/definitions.py",
)
GLOSSARY = ROOT / "docs/glossary.md"
# Decisions keep the words of their day.
DOCUMENTATION = [
    path
    for path in (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")))
    if path.parent.name != "adr"
]

# What was said, as a pattern of its words, and what is said instead.
DIALECT = {
    r"some(?:body)": "someone",
    r"no(?:body)": "no one",
    r"any(?:body)": "anyone",
    r"every(?:body)": "everyone",
    r"take these rows out|tak(?:e|en|ing) out|takes? (?:it|a person) out": "download, remove",
    r"tak(?:e|en) (?:it |them |those |the mark |the password )?off|take (?:it|one|a filter|the lead) away": "remove",
    r"as known at": "using only what was recorded by",
    r"once more": "again",
    r"anew": "again",
    r"told so|(?:is|are|be|being|was) told": "gets an email, is notified",
    r"(?:is|are|not|has|response|draft|correction|issue) begun|begin (?:a|the) (?:response|correction)": "start",
    r"on its own while|where JavaScript runs": "saved as you type",
    r"point(?:ed)? at": "link",
    r"give leads": "change leads",
    r"any ?more": "no longer, remove",
    r"approved elsewhere": "approval given outside Oversight",
    r"due by now|revisit by now": "due by then",
    r"to a line|on a line of (?:its|their) own": "one per line",
    r"no force is watched": "not applicable",
    r"in the way": "fix … first",
    r"mend(?:ed|s)?": "correct, fix",
    r"meanwhile": "since you opened the page",
    r"all the same": "still, anyway",
    r"whereabouts": "on the register",
    r"lost on the way|let go|came out otherwise": "was not received, is ignored, changed",
    r"(?:needed|required) where": "required if",
    r"mostly the day": "usually the day",
    r"is no member|is none of": "is not a member, is not one of",
    r"do not stand|no longer stands?|stands? (?:here|there|below|above|in the|in it|under)": "is, are, appears",
    r"among the facts": "in the details",
    r"turned round|doubles nothing|at hand": "reversed, duplicates nothing, to hand",
    r"one signs in|whoever has it": "sign in, anyone who has it",
    r"the only one|is no moment|in their own place": "only version, not a date and time, their own substitute",
    r"there is no document yet|is there no document": "no document yet?",
    r"no (?:row|inspection|line|page|response) (?:fits|did this|does this)": "match, there are no rows here",
    r"is (?:not )?kept (?:any|yet|for this)": "there are no … yet, is no longer available",
    r"forgotten your password": "forgot your password",
    r"bring(?:ing)? in (?:a|the|its) (?:published )?(?:report|response|document)": "add a report",
    r"add (?:an )?inspection": "add a report",
    r"goes (?:out )?with the next run|by the next run": "within the hour, on a working day",
    r"as the (?:letter|cover|report) has it|about ten letters": "the date on the letter, about 10 characters",
    r"reads like one": "looks like a commitment, not one",
    r"says nothing: it is worked out|what the sheet gives no day for": "ignore, date for entries without one",
    r"e-mail(?:s|ed|ing)?": "email",
    r"people’s access|name in addresses|press “save” again": "people, web address, confirm and save",
    r"finalise for ever": "finalise",
    r"rests on": "based on",
    r"neither a deadline": "no deadline and no target",
    r"as known on": "using entries made by",
    r"despatch (?:is|was) due|to despatch": "papers go out",
    r"run of send_reminders": "within the hour",
    r"nothing heard yet|one line for linked ones": "no status yet, group linked",
    r"with chosen rows|filters in force": "choose an action, your filters",
    r"answers? to follow": "answer due from a chief officer",
    r"checks of commitments overdue": "check … commitments",
    r"without the force at its last": "the force missed",
    r"closures? that slipped to decide": "closure that did not last",
    r"(?:says?|ask(?:s|ed)?) much the same (?:as|elsewhere)": "similar recommendations",
    r"(?:rag )?counts from this": "counted from this",
    r"record what you know": "add an entry",
    r"did it hold|it slipped: open it again": "is it still in place? no: reopen",
    r"guards the public": "protects the public",
    r"ones pending|no longer among": "pending closure, no longer in this list",
    r"around the text|name as printed": "address or greeting, name in the document",
    r"last lawful day": "deadline",
    r"things said|none found": "entries, no results",
    r"has held if": "how we will know it lasted",
    r"each line has its place|(?:has|have) no place yet|place them on": "every line is used, say where they belong",
    r"made to answers|to the source": "whoever receives it, to the coroner",
    r"(?:linked|ticked|open|later) ones too|for these linked ones|the ticked ones": "linked recommendations",
    r"(?:are|is) of open ones": "only open recommendations have",
    r", without a number|second time\b(?! after)": "unnumbered, 2nd",
    r"sees to (?:it|its draft)|an edit takes it back": "is dealing with it, editing cancels this",
    r"the meeting has been": "has passed",
}
PATTERN = re.compile(r"\b(?:" + "|".join(DIALECT) + r")\b", re.IGNORECASE)
# What the documentation said besides; there “as known at” is a term of the field.
OF_DOCUMENTATION = re.compile(
    PATTERN.pattern + r"|\b(?:told|the (?:soak|suite) asks|goes on with|what it (?:can(?:not|’t)) place, it shows)\b",
    re.IGNORECASE,
)
# A key in the code, an address or a file's name is no sentence.
KEY = re.compile(r"^[\w./:-]*$")


def without_comments(text: str) -> str:
    """A template's text with its comments blanked, line for line."""
    return re.sub(
        r"{#.*?#}|{% comment.*?endcomment %}", lambda found: re.sub(r"[^\n]", " ", found[0]), text, flags=re.S
    )


def said_by_template(path: Path) -> list[tuple[int, str]]:
    """Each line with what is read of it: text, and the texts given to tags; no names of variables, files or ids."""
    unread = re.compile(
        r"{{.*?}}|{% (?:url|if|elif|for|load|extends)[^%]*%}|{% include \S+|\b\w+=[\w.|]+(?= )"
        r"|\b(?:class|id|for|name|value|href|aria-\w+by|data-[\w-]+)=\"[^\"]*\""
    )
    lines = without_comments(path.read_text()).splitlines()
    return [(number, unread.sub(" ", line)) for number, line in enumerate(lines, 1)]


def said_by_code(path: Path) -> list[tuple[int, str]]:
    """The texts of a module that can be sentences: no docstrings, keys or patterns."""
    nodes = nodes_of(path)
    silent = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    methods = [node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    patterns = [node for node in methods if node.func.attr == "compile" and ast.unparse(node.func) == "re.compile"]
    silent |= {id(inner) for node in patterns for inner in ast.walk(node)}
    texts = [node for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [(node.lineno, node.value) for node in texts if id(node) not in silent and not KEY.match(node.value)]


def sources() -> list[Path]:
    """The templates and modules whose words a person reads."""
    templates = [path for path in TEMPLATES.rglob("*") if path.suffix in (".html", ".md", ".txt")]
    folders = [*(APP / name for name in SPEAKING), ROOT / "oversight/management", ROOT / "oversight/operations"]
    modules = [path for folder in folders for path in folder.rglob("*.py")]
    return [
        path for path in sorted(templates + modules) if not any(path.is_relative_to(each) for each in OF_FILED_PAPERS)
    ]


def test_pages_and_messages_hold_none_of_the_dialect():
    paths = sources()
    assert len(paths) > 600
    found = [
        f"{path.relative_to(ROOT)}:{number}: “{match[0]}” in: {text.strip()[:100]}"
        for path in paths
        for number, text in (said_by_code(path) if path.suffix == ".py" else said_by_template(path))
        for match in PATTERN.finditer(text)
    ]
    assert found == [], "\n".join(found)


def prose_of(page: Path) -> str:
    """The words of a page of the documentation: no code, and no words that the glossary quotes to avoid them."""
    text = page.read_text().split("## Preferred words")[0]
    return re.sub(r"```[\s\S]*?```|`[^`\n]*`", lambda code: re.sub(r"[^\n]", " ", code[0]), text)


def test_the_documentation_holds_none_of_the_dialect():
    found = [
        f"{page.relative_to(ROOT)}:{number}: “{match[0]}”"
        for page in DOCUMENTATION
        for number, line in enumerate(prose_of(page).splitlines(), 1)
        for match in OF_DOCUMENTATION.finditer(line)
        if match[0].lower() != "as known at"
    ]
    assert found == []


def test_scripts_hold_none_of_the_dialect():
    texts = [
        (path, text)
        for path in (ROOT / "static/js").glob("*.js")
        for text in re.findall(r'"[A-Z][^"]* [^"]*"', path.read_text())
    ]
    assert [(path.name, text) for path, text in texts if PATTERN.search(text)] == []


def test_a_sentence_of_the_dialect_is_found():
    """The patterns find what was said once, and let plain words pass."""
    said = (
        "Take these rows out",
        "3 problems stand in the way.",
        "One to a line.",
        "The response is begun.",
        "Made anew",
    )
    assert [PATTERN.search(words) is not None for words in said] == [True] * len(said)
    assert [
        words for words in ("Download these rows", "Response started", "One per line") if PATTERN.search(words)
    ] == []


def test_what_the_glossary_prefers_is_plain():
    """The right side of its table holds nothing that the tests refuse."""
    rows = re.findall(r"^\| (.+) \| (.+) \|$", GLOSSARY.read_text().split("## Preferred words")[1], re.MULTILINE)[1:]
    assert len(rows) >= 30
    assert [plain for _, plain in rows if PATTERN.search(plain)] == []
    unheard = [dialect for dialect, _ in rows if not PATTERN.search(dialect)]
    assert unheard == ["from 27 November to nothing", "what it says (a column of an import)", "all 3 (leads)"]


def test_no_title_says_error_twice():
    """base.html says it for a page's `form`; the page itself only where something else is wrong."""
    titles = {path: re.search(r"{% block title %}.*", path.read_text()) for path in TEMPLATES.rglob("*.html")}
    twice = re.compile(r"{% if form\.errors %}Error:")
    assert [
        str(path) for path, title in titles.items() if title and path.name != "base.html" and twice.search(title[0])
    ] == []
    golden = ROOT / "tests/golden"
    assert [path.name for path in golden.rglob("*.txt") if "Error: Error:" in path.read_text()] == []
