"""The house rules that no linter knows: small modules and views, words for what is public, writes in one place."""

import ast
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "recommendations"
LAYERS = ("models", "domain", "forms", "exchange", "documents", "views", "management", "demo")
MODULES = sorted(
    path for path in [*APP.rglob("*.py"), *(ROOT / "oversight").glob("*.py")] if "migrations" not in path.parts
)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
VIEWS = sorted((APP / "views").glob("*.py"))
PUBLIC = [
    *sorted((APP / "domain").glob("*.py")),
    APP / "deadlines.py",
    APP / "periods.py",
    APP / "permissions.py",
    APP / "trail.py",
]

# Where many rows are written at once, or past the guard, and why that is safe.
BLESSED = {
    ("models/base.py", "update"),  # claim_version: the one conditional UPDATE, inside a verb
    ("trail.py", "bulk_create"),  # Act.add_all: many new rows, each with its history and its change
    ("trail.py", "bulk_update"),  # Act.save_all: the same for rows that are there
    ("trail.py", "update"),  # the same, where all of them say the same
    ("domain/once.py", "create"),  # the mark of a form, which is no record
    ("domain/last_look.py", "get_or_create"),  # when somebody last looked: no record
    ("domain/last_look.py", "update"),  # the same, and never back
    ("domain/reminders.py", "create"),  # the ledger of e-mails, no records: a claim
    ("domain/reminders.py", "bulk_create"),  # what a mail is about
    ("domain/reminders.py", "delete"),  # what a mail that did not go was to be about
    ("domain/paper_mails.py", "create"),  # the same ledger for issued papers: a claim
    ("domain/mail_ledger.py", "update"),  # of both: the conditional UPDATE that keeps two runs apart
    ("domain/paper_builds.py", "create"),  # what is to be made: no record, what comes of it is one
    ("domain/paper_builds.py", "update"),  # the conditional UPDATE that keeps two workers apart
    ("domain/round_sheets.py", "delete"),  # somebody's sheets that were read more than a day ago: no records
    ("domain/sheet_drafts.py", "delete"),  # the same of the register's sheets
    ("domain/draft_parts.py", "bulk_create"),  # the parts of a draft, no records: one row for each
    ("domain/draft_parts.py", "update"),  # the conditional UPDATE that keeps two writers of a part apart
    ("domain/draft_parts.py", "delete"),  # a draft that was published or dropped
    ("domain/comments_drafts.py", "delete"),  # a force's draft of comments that it submitted: no record
    ("domain/file_drafts.py", "delete"),  # a file of comments that is on record now, or too old: no record
    ("domain/refill.py", "bulk_create"),  # sentences of a draft that are commitments already
    ("domain/rounds.py", "delete"),  # the drafts of what is released: a draft is no record
    ("domain/papers.py", "bulk_create"),  # what a paper closed with, from its figures: rows beside the record
    ("models/spans.py", "delete"),  # spans follow from records: the trail has them made anew as each verb ends
    ("domain/rounds.py", "get_or_create"),  # the draft that a returned answer becomes again
}
MANY = {"update", "bulk_create", "bulk_update", "delete", "raw", "extra", "update_or_create", "get_or_create", "create"}
# Methods of dictionaries and sets that have the same names; setdefault() only a dictionary has.
PLAIN = re.compile(r"^(?:hashlib|digest|seen|found|kept|values|context|data|given|facts|words)\b|\.setdefault\(.*\)$")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path):
    """Every function of a module, with the class that it stands in (None at the top)."""
    tree = ast.parse(path.read_text())
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield None, node
        elif isinstance(node, ast.ClassDef):
            yield from ((node, each) for each in node.body if isinstance(each, ast.FunctionDef))


def lines_of(node: ast.FunctionDef) -> int:
    """The lines of a function, its decorators, signature and docstring aside."""
    first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
    return node.end_lineno - first.lineno + 1


def test_a_module_has_400_lines_at_most():
    assert [name(path) for path in [*MODULES, *TESTS] if len(path.read_text().splitlines()) > 400] == []


def test_a_module_says_what_it_is():
    texts = {name(path): path.read_text() for path in MODULES}
    assert [path for path, text in texts.items() if text.strip() and not ast.get_docstring(ast.parse(text))] == []


def test_a_function_of_a_view_has_25_lines_at_most():
    found = [(name(path), node.name) for path in VIEWS for _, node in functions(path) if lines_of(node) > 25]
    assert found == []


def test_what_is_public_in_the_domain_says_what_goes_in_and_out():
    public = [
        (name(path), node)
        for path in PUBLIC
        for around, node in functions(path)
        if around is None and not node.name.startswith("_")
    ]
    assert [(path, node.name) for path, node in public if not ast.get_docstring(node)] == []


def written_at_once(path: Path) -> set[str]:
    """The calls in a module that write rows without saving a record: `objects.update(...)`, `cursor.execute(...)`."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        of = ast.unparse(node.func.value)
        rows = re.search(r"\bobjects\b|_manager\b|QuerySet|\.filter\(|\.all\(\)|\brows\b|claimed|history", of)
        if node.func.attr in MANY and rows and not PLAIN.search(of):
            found.add(node.func.attr)
        if node.func.attr in ("executemany", "_raw_delete", "save_base"):
            found.add(node.func.attr)
    return found


def test_rows_are_written_at_once_only_where_it_is_named():
    found = {
        (str(path.relative_to(APP)), call) for path in MODULES if APP in path.parents for call in written_at_once(path)
    }
    trail = {("trail.py", "get_or_create")}  # the chain's head, in the entry's own transaction
    assert found == BLESSED | trail


# Records of these models are each somebody's: what a page reads of them starts from `visible_to(user)`, or from
# `listed_for(user)`, which starts from it.
SOMEBODYS = {"Force", "Inspection", "Recommendation", "TrackedRecommendation", "ScrutinyReport", "Response"}
SOMEBODYS |= {"PlannedInspection", "PlanAnnouncement", "PeelGrade", "MonitoringStage", "CommitteeRequest"}
SOMEBODYS |= {"PaperBuild", "Panel", "PanelMember", "Meeting", "MeetingFile", "Attendance", "Evidence"}
SOMEBODYS |= {"CustodySuite", "CustodyVisit", "Commitment", "UpdateRound", "FactualCheck", "FactualCorrection"}
SOMEBODYS |= {"model"}  # one of several
# Where it does not, and why that is safe.
WITHOUT_VISIBLE_TO = {
    "views/history.py": 16,  # the table of kinds: `visible_to` follows where a kind is read
    "views/inspections.py": 1,  # the recommendations of an inspection that is visible
    "views/factual_checks.py": 1,  # whether one that is visible still runs
    "views/joint_page.py": 1,  # the checks of the parts of a paper that is visible
    "views/publish_page.py": 1,  # what is followed of a response that is visible
    "views/tracked.py": 1,  # an entry that was found among those of a visible recommendation
    "views/check_page.py": 1,  # bringing in a response: the office only
    "forms/inspections.py": 3,  # the office only
    "forms/papers.py": 2,  # the office only
    "forms/paper_issues.py": 1,  # the office only
    "forms/committee_requests.py": 1,  # the office only
    "forms/attendance.py": 1,  # the members of a meeting that is visible; the office only
}


ROWS = ("objects", "on_file")


def unguarded(text: str) -> int:
    """How many expressions `Model.objects…` of a module go on without `visible_to`, or to nothing at all."""
    tree = ast.parse(text)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    count = 0
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and node.attr in ("objects", "on_file")
            and ast.unparse(node.value) in SOMEBODYS
        ):
            called, at = [], node
            while isinstance(parents[at], ast.Attribute | ast.Call) and at in (
                getattr(parents[at], "value", None),
                getattr(parents[at], "func", None),
            ):
                at = parents[at]
                called.append(getattr(at, "attr", ""))
            count += not {"visible_to", "listed_for", "none"} & set(called)
    return count


def test_what_a_page_reads_starts_from_what_the_person_may_see():
    paths = [*VIEWS, *sorted((APP / "forms").glob("*.py"))]
    counts = {str(path.relative_to(APP)): unguarded(path.read_text()) for path in paths}
    assert {path: count for path, count in counts.items() if count} == WITHOUT_VISIBLE_TO


def test_sql_is_written_by_hand_only_to_read_of_one_moment_or_of_an_earlier_one_and_to_make_spans():
    by_hand = [name(path) for path in MODULES if re.search(r"cursor\(\)|RawSQL|\.raw\(", path.read_text())]
    domain = ["recommendations/domain/audit.py", "recommendations/domain/rewinding.py"]
    assert by_hand == [*domain, "recommendations/models/spans.py"]


# What `.save()` is called on outside an act, where, and why that is no record that escapes its verb.
SAVED = {
    ("trail.py", "obj"),  # Act.save: every record, with its history and its change
    ("trail.py", "entry"),  # the trail itself
    ("trail.py", "head"),
    ("models/people.py", "models.Model"),  # a new hash of the same password
    ("domain/people.py", "person"),  # a password, inside its verb
    ("domain/once.py", "submission"),  # where a form led to
    ("domain/sheet_drafts.py", "draft"),  # what was read of a sheet: a draft is no record
    ("domain/round_sheets.py", "draft"),  # the same of a round's sheet
    ("domain/draft_commitments.py", "row"),  # a mark in a draft
    ("domain/comments_drafts.py", "draft"),  # what the force is writing, until it is submitted by a verb
    ("domain/file_drafts.py", "draft"),  # a file of comments on its way in
    ("domain/round_drafts.py", "draft"),  # what the force is writing, until it is released by a verb
    ("documents/sheets.py", "book"),  # a workbook, as bytes
    ("documents/round_sheet.py", "book"),
    ("documents/wordfile.py", "self.document"),  # a Word document, as bytes
    ("demo/workbook.py", "book"),
}


def saved(path: Path) -> set[str]:
    """What `.save()` is called on in a module, but for an act, a form and the class above."""
    calls = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    methods = [func for func in calls if isinstance(func, ast.Attribute) and func.attr == "save"]
    return {ast.unparse(func.value) for func in methods} - {"act", "form", "super()"}


def test_records_are_saved_by_verbs_only():
    """`.save()` stands in the trail, in the models' own guard, and where no record is saved."""
    ours = [path for path in MODULES if APP in path.parents]
    assert {(str(path.relative_to(APP)), what) for path in ours for what in saved(path)} == SAVED


def test_the_clock_is_read_at_the_edge_only():
    edge = {"views", "commands", "admin.py", "middleware.py", "sign_in.py"}
    clock = re.compile(r"timezone\.now\(|localdate\(|datetime\.now\(|date\.today\(")
    assert [name(path) for path in MODULES if not edge & set(path.parts) and clock.search(path.read_text())] == []


def test_the_folder_is_the_layer():
    folders = {path.relative_to(ROOT).parts[1] for path in MODULES if len(path.relative_to(ROOT).parts) > 2}
    assert folders == {*LAYERS, "templatetags"}


def test_a_noun_is_the_same_word_in_every_layer():
    """A reader goes from models/responses.py to domain, views and templates without searching."""
    views = {path.stem for path in VIEWS}
    folders = {path.name for path in (ROOT / "templates").iterdir() if path.is_dir()}
    for noun in ("inspections", "responses", "papers", "tracked"):
        assert noun in views
        assert noun in folders


def test_nothing_is_skipped():
    """But for what cannot be: a document that is not beside this checkout, a fault that one engine does not have."""
    marks = re.compile(
        r"pytest\.(?:mark\.)?(?:skip\(|xfail|skipif\((?!not EXAMPLE|connection\.vendor))|unittest\.mock|mocker\b"
    )
    assert [name(path) for path in TESTS if path.name != Path(__file__).name and marks.search(path.read_text())] == []


def test_each_linters_rule_that_is_off_says_why():
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    listed = lines[lines.index("ignore = [") + 1 :]
    off = listed[: listed.index("]")]
    assert [line for line in off if "#" not in line] == []
    assert "filterwarnings" in tomllib.loads("\n".join(lines))["tool"]["pytest"]["ini_options"]
