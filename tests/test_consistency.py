"""The suite guards the house: templates are used, forms are protected, settings and controls are written down."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from tests import named_tests
from tests.environment import SOAK
from tests.sources import nodes_of, text_of

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
ALL = sorted(path for path in TEMPLATES.rglob("*") if path.is_file())
SOURCE = [
    path
    for folder in ("recommendations", "oversight", "templates")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in (".py", ".html", ".txt", ".md")
]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
# Rendered by a name that Django, allauth or a form looks up itself; the help reads every file of its folder.
BY_CONVENTION = re.compile(r"^(?:\d{3}\.html|account/|mfa/|allauth/|admin/|django/|forms/|help/.*\.md$)")


def name(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


def used() -> set[str]:
    """Every template that a view, another template, a document or a setting names."""
    text = "\n".join(path.read_text() for path in SOURCE)
    return set(re.findall(r"[\"']([\w/.-]+\.(?:html|txt))(?:#\w+)?[\"']", text))


def test_types_and_style_are_those_of_the_oldest_python():
    """What only a newer one has is found by the checkers alone: a developer's Python is mostly newer."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    oldest = project["project"]["requires-python"].removeprefix(">=")
    assert project["tool"]["mypy"]["python_version"] == oldest
    assert project["tool"]["ruff"]["target-version"] == f"py{oldest.replace('.', '')}"


def test_every_template_is_used():
    named = used()
    assert [name(path) for path in ALL if name(path) not in named and not BY_CONVENTION.match(name(path))] == []


def test_every_template_that_is_named_is_there():
    foreign = (".well-known/", "admin/", "account/", "mfa/", "allauth/", "django/", "simple_history/", "socialaccount/")
    foreign += ("bag", "manifest-", "tagmanifest-", "data/hashes.txt")  # files of a bag: BagIt gives them their names
    there = {name(path) for path in ALL}
    assert [each for each in sorted(used()) if each not in there and not each.startswith(foreign)] == []


def forms_of(path: Path) -> list[str]:
    text = re.sub(r"{#.*?#}", "", path.read_text(), flags=re.DOTALL)
    return re.findall(r"<form\b[^>]*method=\"post\".*?</form>", text, re.DOTALL)


def test_every_form_that_posts_has_its_token():
    found = [(name(path), form) for path in ALL for form in forms_of(path)]
    machinery = ("{% csrf_token %}", "components/form_machinery.html")
    assert len(found) >= 15
    without = {path for path, form in found if not any(part in form for part in machinery)}
    # What anybody sends from anywhere, without a cookie (permissions.py, public_form).
    assert without == {f"public/force_emails/{name}.html" for name in ("sign_up", "confirm", "end")}


def test_no_page_lets_text_through_unescaped():
    unescaped = re.compile(r"\|\s*safe\b|\{%\s*autoescape off|\bmark_safe\b")
    assert [name(path) for path in ALL if path.suffix != ".txt" and unescaped.search(path.read_text())] == []


def test_no_code_marks_text_as_safe():
    marked = [
        str(path.relative_to(ROOT))
        for path in SOURCE
        if path.suffix == ".py"
        and re.search(r"mark_safe|SafeString|allow_lenient|csrf_exempt|login_not_required", path.read_text())
    ]
    assert marked == [
        "recommendations/documents/formats/markdown_html.py",  # what nh3 let through of parsed Markdown
        "recommendations/permissions.py",  # @public
    ]


RUN = 4  # words in a row that make a sentence's wording


def runs(text: str) -> set[tuple[str, ...]]:
    """Each run of words of a text that is as long as that, without marks at their ends."""
    words = [re.sub(r"^\W+|\W+$", "", word).lower() for word in re.sub(r"<[^>]*>", " ", text).split()]
    found = (tuple(words[place : place + RUN]) for place in range(len(words) - RUN + 1))
    return {run for run in found if all(re.search(r"[a-z]", word) for word in run)}


def texts_in(nodes: list[ast.AST]) -> list[str]:
    """The texts of some code, docstrings aside."""
    statements = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    constants = [node for node in nodes if isinstance(node, ast.Constant) and id(node) not in statements]
    return [node.value for node in constants if isinstance(node.value, str)]


def said() -> set[tuple[str, ...]]:
    """What the program says: the runs of words of its templates and of its texts, the demonstration's aside."""
    found = set()
    for path in SOURCE:
        if path.suffix == ".py" and not {"migrations", "demo"} & set(path.parts):
            found |= set().union(*map(runs, texts_in(nodes_of(path))), set())
        elif TEMPLATES in path.parents:
            text = re.sub(r"{#.*?#}", "", path.read_text(), flags=re.DOTALL)
            found |= set().union(*map(runs, re.split(r"<[^>]*>|{{.*?}}|{%.*?%}", text)))
    return found


def pinning(path: Path, sentences: set) -> list[str]:
    """The functions of a module of tests that hold a sentence of the program word for word.

    One in which the words are the promise says so: `# wording: why`.
    """
    found = [node for node in nodes_of(path) if isinstance(node, ast.FunctionDef)]
    lines = text_of(path).splitlines()
    return [
        f"{path.relative_to(ROOT)}:{node.name}"
        for node in found
        if any(runs(each) & sentences for each in texts_in([*ast.walk(node)]))
        and not any("# wording: " in line for line in lines[node.lineno - 1 : node.end_lineno])
    ]


def test_page_tests_ask_for_roles_and_hooks_and_not_for_sentences():
    """Wording is held by the golden texts (tests/golden). The number only falls."""
    sentences = said()
    assert len(sentences) > 5_000
    found = [each for path in sorted((ROOT / "tests/views").rglob("*.py")) for each in pinning(path, sentences)]
    assert len(found) <= 32


def test_tests_of_the_domain_compare_a_refusal_by_its_code():
    """A better sentence breaks no test: `with refusal("no-reason")` (tests/refusals.py). The number only falls."""
    sentences = said()
    found = [each for path in sorted((ROOT / "tests/domain").rglob("*.py")) for each in pinning(path, sentences)]
    assert len(found) <= 174


def test_every_test_that_a_page_of_security_names_is_there():
    text = "".join(page.read_text() for page in (ROOT / "docs/security.md", *(ROOT / "docs/assurance").glob("*.md")))
    named = set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", text))
    assert len(named) >= 30
    missing = [
        f"{path}::{test}"
        for path, test in named
        if not (ROOT / path).exists() or (test and f"def {test}(" not in (ROOT / path).read_text())
    ]
    assert missing == []


def test_a_page_of_security_says_which_tests_run_with_each_release_alone(request):
    """From what this run has collected; where that is not all that is named, or at other counts, in its own process."""
    runs = request.config.pluginmanager.get_plugin("named_tests").runs
    if SOAK or named_tests.named() - runs.keys():
        code = "import json; from tests.named_tests import collect; print(json.dumps(collect(), default=list))"
        collected = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
        runs = json.loads(collected.stdout)
    stale = [page.name for page in named_tests.PAGES if named_tests.current(page.read_text(), runs) != page.read_text()]
    assert stale == [], "python -m tests.named_tests writes them"


# How many requirements of levels 1 and 2 each section of ASVS 5.0 has: they come before those of level 3.
ASVS = (
    "1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 "
    "4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 "
    "7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 "
    "11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 "
    "15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3"
)


def test_every_requirement_of_asvs_has_one_answer():
    """Chapter 17 has one for all of its own. Where it is that the requirement is held, a test is named."""
    sections = (section.split(":") for section in ASVS.split())
    asked = [f"{section}.{number}" for section, count in sections for number in range(1, int(count) + 1)]
    rows = re.findall(
        r"^\| ([\d., ]+) \| (held|built so|in part|not held|office|none here) \| (.+) \|$",
        (ROOT / "docs/assurance/asvs.md").read_text(),
        re.MULTILINE,
    )
    assert sorted(number for numbers, *_ in rows for number in numbers.split(", ")) == sorted(asked)
    held = [(numbers, how) for numbers, answer, how in rows if answer == "held"]
    assert [numbers for numbers, how in held if "`tests/" not in how and "same test" not in how] == []


def test_every_path_that_the_architecture_names_is_there():
    """A folder or a file, under the program or in the repository itself."""
    text = (ROOT / "docs/architecture.md").read_text()
    named = [path for path in re.findall(r"`(\w[\w/.]+)`", text) if path.endswith((".py", ".html", "/"))]
    assert len(named) > 40
    assert [path for path in named if not any((ROOT / at / path).exists() for at in ("recommendations", ""))] == []


def test_nothing_in_the_repository_speaks_of_a_machine_or_a_registry():
    tracked = [path for path in SOURCE if path.suffix in (".py", ".html")]
    words = re.compile(r"/work/|/tmp/v/|localhost:\d{4}/simple|pypi\.org|registry\.npmjs", re.IGNORECASE)
    assert [str(path.relative_to(ROOT)) for path in tracked if words.search(path.read_text())] == []


CLOCKS = {"now", "today", "localdate", "localtime", "london_day"}


def read_at_import(tree: ast.AST) -> list[str]:
    """The calls of a clock that a module makes as it is imported: outside functions, in defaults and in decorators."""
    found, waiting = [], [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef):
            waiting += [*node.decorator_list, node.args]
        elif not isinstance(node, ast.Lambda):
            waiting += ast.iter_child_nodes(node)
        if isinstance(node, ast.Call):
            called = node.func
            found.append(called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", ""))
    return [each for each in found if each in CLOCKS]


def test_no_test_reads_the_clock_before_it_runs():
    """What was today when a module was imported is yesterday in a run that goes on past midnight."""
    reading = [str(path.relative_to(ROOT)) for path in TESTS if read_at_import(nodes_of(path)[0])]
    assert reading == ["tests/makers/quarters.py"]
    assert read_at_import(ast.parse("DAY = timezone.localdate()\ndef f(day=today()): now()")) == ["today", "localdate"]


def test_models_and_migrations_agree(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_no_deployment_check_of_django_is_silenced():
    assert settings.SILENCED_SYSTEM_CHECKS == ["models.W040"]
    assert settings.DEBUG is False
