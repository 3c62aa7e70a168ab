"""The rules of this project that no linter knows: small modules, words for what is public, writes in one place."""

import ast
import re
import tomllib
from collections import Counter
from pathlib import Path

from django.apps import apps

from tests.sources import nodes_of, text_of

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "recommendations"
LAYERS = ("models", "domain", "forms", "exchange", "documents", "views", "management", "demo")
MODULES = sorted(
    path for path in [*APP.rglob("*.py"), *(ROOT / "oversight").glob("*.py")] if "migrations" not in path.parts
)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
OURS = [path for path in MODULES if APP in path.parents]
VIEWS = sorted((APP / "views").rglob("*.py"))
FORMS = sorted((APP / "forms").rglob("*.py"))
PUBLIC = [
    *sorted((APP / "domain").rglob("*.py")),
    APP / "deadlines.py",
    APP / "periods.py",
    APP / "working_days.py",
    APP / "permissions.py",
    APP / "trail.py",
]

MANY = {"update", "bulk_create", "bulk_update", "delete", "raw", "extra", "update_or_create", "get_or_create", "create"}
# Methods of dictionaries and sets that have the same names; setdefault() only a dictionary has.
PLAIN = re.compile(r"^(?:hashlib|digest|seen|found|kept|values|context|data|given|facts|words)\b|\.setdefault\(.*\)$")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def folders_of(path: Path) -> set[str]:
    return {each.name for each in path.iterdir() if each.is_dir() and each.name != "__pycache__"}


def functions(path: Path):
    """Every function of a module, with the class that it stands in (None at the top)."""
    for node in nodes_of(path)[0].body:
        if isinstance(node, ast.FunctionDef):
            yield None, node
        elif isinstance(node, ast.ClassDef):
            yield from ((node, each) for each in node.body if isinstance(each, ast.FunctionDef))


def lines_of(node: ast.FunctionDef) -> int:
    """The lines of a function, its decorators, signature and docstring aside."""
    first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
    return node.end_lineno - first.lineno + 1


def test_the_rules_find_what_they_are_about():
    found = [len(VIEWS), len(FORMS), len(PUBLIC), len(OURS), len(TESTS)]
    assert [count >= least for count, least in zip(found, (80, 40, 150, 500, 300), strict=True)] == [True] * 5


def test_a_module_has_400_lines_at_most():
    assert [name(path) for path in [*MODULES, *TESTS] if len(text_of(path).splitlines()) > 400] == []


def test_a_module_says_what_it_is():
    said = {name(path): ast.get_docstring(nodes_of(path)[0]) for path in MODULES if text_of(path).strip()}
    assert [path for path, docstring in said.items() if not docstring] == []


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


def marked(path: Path, marker: str) -> dict[int, str]:
    """The comments `# marker: why` of a module, by line. Where a rule of this file is not kept, one says why not."""
    lines = enumerate(text_of(path).splitlines() if f"# {marker}: " in text_of(path) else (), start=1)
    found = ((number, re.search(rf"# {marker}: (.+)$", line)) for number, line in lines)
    return {number: match[1] for number, match in found if match}


def unmarked(path: Path, marker: str, nodes: list[ast.expr]) -> list[str]:
    """What has no mark above its statement or beside it, and each mark that has nothing or gives no reason."""
    marks, used, found = marked(path, marker), set(), []
    statements = [node for node in nodes_of(path) if isinstance(node, ast.stmt)] if nodes else []
    for node in nodes:
        around = max(each.lineno for each in statements if each.lineno <= node.lineno <= each.end_lineno)
        near = marks.keys() & set(range(around - 1, node.end_lineno + 1))
        used |= near
        found += [] if near else [f"{name(path)}:{node.lineno} {ast.unparse(node)[:60]}"]
    return found + [f"{name(path)}:{line} # {marker}" for line in sorted(marks.keys() - used)]


def reasons(marker: str) -> list[str]:
    """The reasons given at all marks of this kind."""
    return [why for path in MODULES for why in marked(path, marker).values()]


def calls(path: Path) -> list[ast.Call]:
    """The module's calls of methods."""
    return [node for node in nodes_of(path) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]


def writes_at_once(call: ast.Call) -> bool:
    """Whether a call writes rows without saving a record: `objects.update(...)`, `executemany(...)`."""
    if call.func.attr not in MANY:
        return call.func.attr in ("executemany", "_raw_delete", "save_base")
    of = ast.unparse(call.func.value)
    rows = re.search(r"\bobjects\b|_manager\b|QuerySet|\.filter\(|\.all\(\)|\brows\b|claimed|history", of)
    return bool(rows and not PLAIN.search(of))


def test_rows_are_written_at_once_only_where_it_says_why():
    """Above such a statement stands `# written at once: why`."""
    found = []
    for path in OURS:
        found += unmarked(path, "written at once", [call for call in calls(path) if writes_at_once(call)])
    assert found == []
    assert min(len(why.split()) for why in reasons("written at once")) > 3


# Records of these models are each somebody's: what a page reads of them starts from `visible_to(user)`, or from
# `listed_for(user)`, which starts from it.
# Every model whose rows somebody may not see, and the names that pages give to one of several.
SOMEBODYS = {each.__name__ for each in apps.get_models() if hasattr(each._default_manager.all(), "visible_to")}
SOMEBODYS |= {"model", "kind", "kind.model"}
ROWS = ("objects", "on_file")


def unguarded(nodes: list[ast.AST]) -> list[ast.expr]:
    """The expressions `Model.objects…` that go on without `visible_to`, or to nothing at all."""
    parents = {child: node for node in nodes for child in ast.iter_child_nodes(node)}
    found = []
    for node in nodes:
        if isinstance(node, ast.Attribute) and node.attr in ROWS and ast.unparse(node.value) in SOMEBODYS:
            called, at = [], node
            while isinstance(parents[at], ast.Attribute | ast.Call) and at in (
                getattr(parents[at], "value", None),
                getattr(parents[at], "func", None),
            ):
                at = parents[at]
                called.append(getattr(at, "attr", ""))
            if not {"visible_to", "listed_for", "none"} & set(called):
                found.append(node)
    return found


def test_what_a_page_reads_starts_from_what_the_person_may_see():
    """Where it does not, `# without visible_to: why` stands above it."""
    found = []
    for path in [*VIEWS, *FORMS]:
        found += unmarked(path, "without visible_to", unguarded(nodes_of(path)))
    assert found == []
    assert min(len(why.split()) for why in reasons("without visible_to")) > 3


def test_sql_is_written_by_hand_only_where_it_says_why():
    """A module that does so says why once: `# SQL by hand: why`."""
    by_hand = [path for path in MODULES if re.search(r"cursor\(\)|RawSQL|\.raw\(", text_of(path))]
    assert [name(path) for path in MODULES if bool(marked(path, "SQL by hand")) != (path in by_hand)] == []
    assert min(len(why.split()) for why in reasons("SQL by hand")) > 3


def test_queries_are_run_by_what_django_documents():
    """Nothing compiles a queryset by itself, keeps what was compiled, or binds its values in its own way."""
    inside = r"get_compiler|sql\.compiler|sql_with_params|ServerBindingCursor"
    assert [name(path) for path in MODULES if re.search(inside, text_of(path))] == []


def saves(call: ast.Call) -> bool:
    """Whether a call is the `.save()` of a model, outside an act: a form's and `super()`'s are not, nor is a file's."""
    if call.func.attr != "save":
        return False
    of = ast.unparse(call.func.value)
    into_a_file = call.args and not of.endswith("Model")
    return of not in ("act", "form", "super()") and not into_a_file


def test_records_are_saved_by_verbs_only():
    """`.save()` stands in the trail, in the models' own guard, and where `# no record: why` stands above it."""
    found = []
    for path in OURS:
        found += unmarked(path, "no record", [call for call in calls(path) if saves(call)])
    assert found == []
    assert min(len(why.split()) for why in reasons("no record")) > 2


def acts() -> set[tuple[str, str]]:
    """(module, name) of each public function of the domain that takes who acts and when: the verbs and use cases."""
    found = set()
    for path in (APP / "domain").rglob("*.py"):
        for around, node in functions(path):
            takes = {each.arg for each in [*node.args.args, *node.args.kwonlyargs]}
            if around is None and {"by", "at"} <= takes and not node.name.startswith("_"):
                found.add((dotted(path), node.name))
    return found


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def test_a_document_writes_nothing():
    """It is made of what domain returns: it imports no verb, no module with one, and asks the database nothing."""
    verbs = acts()
    assert len(verbs) > 100
    acting, found = {module for module, _ in verbs}, []
    for path in sorted((APP / "documents").rglob("*.py")):
        for node in nodes_of(path):
            if isinstance(node, ast.ImportFrom):
                names = [(node.module, each.name) for each in node.names]
                found += [(name(path), each) for each in names if each in verbs or ".".join(each) in acting]
            elif isinstance(node, ast.Attribute) and node.attr == "objects":
                found += [(name(path), of) for of in [ast.unparse(node)] if re.match(r"[A-Z]\w*\.objects$", of)]
    assert found == []


def test_the_clock_is_read_at_the_edge_only():
    edge = {"views", "commands", "admin", "middleware", "sign_in", "system_checks.py"}
    clock = re.compile(r"timezone\.now\(|localdate\(|datetime\.now\(|date\.today\(")
    assert [name(path) for path in MODULES if not edge & set(path.parts) and clock.search(text_of(path))] == []


# What the register’s views import of other views. Files stand with each entry: with the form that adds it, on its line
# of the timeline, in what speaks for closing. What else subjects show there they register (views/register/panels.py).
BESIDE_THE_REGISTER = {"register", "site", "submission", "attachments"}


def test_the_register_imports_no_view_of_another_subject():
    of_views = re.compile(r"recommendations\.views(?:\.(\w+))?")
    nodes = [node for path in (APP / "views/register").rglob("*.py") for node in nodes_of(path)]
    modules = [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    modules += [each.name for node in nodes if isinstance(node, ast.Import) for each in node.names]
    assert {found[1] for module in modules if (found := of_views.match(module))} <= BESIDE_THE_REGISTER


def test_what_is_below_the_models_looks_none_of_them_up():
    """Import-linter holds the imports; a name in a string would go round it."""
    below = {"trail", "permissions", "enums", "deadlines", "periods", "days", "working_days"}
    looks_up = re.compile(r"get_model|django\.apps|import apps|import_module|__import__")
    paths = [path for path in OURS if path.relative_to(APP).parts[0].removesuffix(".py") in below]
    assert len(paths) >= len(below)
    assert [name(path) for path in paths if looks_up.search(text_of(path))] == []


def test_the_folder_is_the_layer():
    folders = {path.relative_to(ROOT).parts[1] for path in MODULES if len(path.relative_to(ROOT).parts) > 2}
    assert folders == {*LAYERS, "admin", "enums", "templatetags", "urls", "middleware", "sign_in", "emails"}


def test_a_noun_is_the_same_word_in_every_layer():
    """A reader goes from domain/papers to forms, views, documents, templates and their tests without searching.

    What has no subject of the domain is named here: the frame of the site, the help, how forms are submitted and
    how files are read and written.
    """
    subjects = folders_of(APP / "domain")
    beside = {"forms": {"site", "documents_in"}, "views": {"site", "help", "submission", "documents_in"}}
    beside |= {"documents": {"formats", "pdf"}, "exchange": {"documents_in", "readers"}}
    for layer, others in beside.items():
        assert folders_of(APP / layer) <= subjects | others
    apart = {"account", "admin", "allauth", "django", "mfa", "components", "documents", "emails", "forms"}
    assert folders_of(ROOT / "templates") <= subjects | apart | {"site", "help", "documents_in"}


SAME_FOR_ALL = {"Command", "Config", "Meta", "Migration"}  # as Django wants them


def test_a_class_name_is_used_once():
    """So that it says of what it is a row, a line or a change, and a search for it finds one thing."""
    found = Counter(node.name for path in OURS for node in nodes_of(path) if isinstance(node, ast.ClassDef))
    assert len(found) > 500
    assert {each for each, times in found.items() if times > 1} - SAME_FOR_ALL == set()


def test_nothing_is_skipped():
    """But for what cannot be: a document that is not beside this checkout, what this machine's kernel refuses."""
    may = r"not (?:EXAMPLE\.exists|full_disk\.can_mount|can_be_refused)\(\)"
    marks = re.compile(rf"pytest\.(?:mark\.)?(?:skip\(|xfail|skipif\((?!{may}))|unittest\.mock|mocker\b")
    assert [name(path) for path in TESTS if path.name != Path(__file__).name and marks.search(text_of(path))] == []


def test_each_linters_rule_that_is_off_says_why():
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    listed = lines[lines.index("ignore = [") + 1 :]
    off = listed[: listed.index("]")]
    assert [line for line in off if "#" not in line] == []
    assert "filterwarnings" in tomllib.loads("\n".join(lines))["tool"]["pytest"]["ini_options"]
