"""Make one file that installs Oversight, as `make deb` and `make tarball` do: make_package.py deb, or tarball.
It builds the tree var/package/root as the server will have it (program, virtual environment, built front end, static
files, units, notices), and packs it. The server needs no pip, npm, git or sass, and installs without a network.
The client of S3-compatible stores is apart, in var/package/s3: a Debian package of its own, or an option of install.sh.
"""

import datetime
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

from notices import copyright_text, notices  # beside this script

ROOT = Path(__file__).resolve().parent.parent
PACKAGING = ROOT / "packaging"
TREE = ROOT / "var/package/root"
S3_TREE = ROOT / "var/package/s3"
S3_CLIENT = "obstore"  # the extra s3 of pyproject.toml, which nothing else needs
HOME = "opt/oversight"
SYSTEM_PYTHON = "/usr/bin/python3"  # Debian's own: the environment depends on its version
DEV = ".dev"  # in the version between releases
COMMIT = "commit"  # the file that says which commit was packed (oversight/version.py)
PROGRAM = ("manage.py", "gunicorn.conf.py", "pyproject.toml", "oversight", "recommendations", "templates")
STATIC = ("build", "documents", "images")
EXAMPLES = ("nginx.conf", "nginx-log.conf", "Caddyfile", "Containerfile", "compose.yaml", "answers.env")
NOT_SHIPPED = shutil.ignore_patterns("__pycache__", "*.pyc", ".ready", ".mypy_cache")


def version() -> str:
    """Oversight's version."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


def commit() -> str:
    """The commit that is packed, with "-dirty" where the checkout has changes; "" without git."""
    command = ["git", "describe", "--always", "--exclude=*", "--abbrev=8", "--dirty"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


def package_version() -> str:
    """The version of the packages, which Debian orders: 0.4.0~dev0+20261201T1030.c0cc22f3 is before 0.4.0.

    Each commit between releases gets one of its own, later than those before: apt would not install an equal one.
    """
    number, dot, stage = version().partition(DEV)
    if not dot:
        return number
    moment_of_commit = datetime.datetime.fromtimestamp(moment(), datetime.UTC)
    return f"{number}~dev{stage}+{moment_of_commit:%Y%m%dT%H%M%S}.{commit()}".rstrip(".").replace("-", ".")


def architecture() -> str:
    """Debian's name for this machine's architecture."""
    return {"x86_64": "amd64", "aarch64": "arm64"}[os.uname().machine]


def python_version() -> tuple[int, int]:
    """The major and minor version of Debian's Python here, which the server must have too."""
    said = subprocess.run(
        [SYSTEM_PYTHON, "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, check=True
    )
    major, minor = said.stdout.split()
    return int(major), int(minor)


def moment() -> int:
    """The time of the packed commit, for the dates of its files; 0 without git."""
    said = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    return int(said.stdout.strip() or 0)


def lay_out() -> None:
    """Build the tree, after emptying it."""
    shutil.rmtree(TREE, ignore_errors=True)
    home = TREE / HOME
    home.mkdir(parents=True)
    copy_program(home)
    make_environment(home / "venv")
    compile_all()
    copy_system_files()
    write_documents(TREE / "usr/share/doc/oversight")
    move_s3_client(TREE, S3_TREE)
    _copy(TREE / "usr/share/doc/oversight/copyright", S3_TREE / "usr/share/doc/oversight-s3/copyright")
    made = moment()
    for tree in (TREE, S3_TREE):
        for path in (tree, *tree.rglob("*")):
            os.utime(path, (made, made), follow_symlinks=False)


def copy_program(home: Path) -> None:
    """Copy the program, the built front end, and the static files as served. Between releases, name the commit."""
    for name in PROGRAM:
        _copy(ROOT / name, home / name)
    for name in STATIC:
        _copy(ROOT / "static" / name, home / "static" / name)
    _copy(ROOT / "var/static", home / "var/static")
    if DEV in version():  # a release is built before its commit, and its version is enough
        (home / COMMIT).write_text(f"{commit()}\n")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=NOT_SHIPPED)
    else:
        shutil.copy(source, target)


def make_environment(venv: Path) -> None:
    """Make the virtual environment for production, with the program on its path. It has no pip and no scripts."""
    subprocess.run([SYSTEM_PYTHON, "-m", "venv", "--without-pip", venv], check=True)
    pip = [sys.executable, "-m", "pip", "--python", venv / "bin/python3", "install", "--quiet", "--no-compile"]
    subprocess.run([*pip, "--require-hashes", "--only-binary=:all:", "-r", ROOT / "requirements.txt"], check=True)
    for script in (venv / "bin").iterdir():
        if not script.name.startswith("python"):
            script.unlink()  # its first line would name this folder: everything is started with `python -m`
    major, minor = python_version()
    (venv / "pyvenv.cfg").write_text(
        f"home = /usr/bin\ninclude-system-site-packages = false\n"
        f"version = {major}.{minor}\nexecutable = {SYSTEM_PYTHON}\n"
    )
    site = venv / f"lib/python{major}.{minor}/site-packages"
    (site / "oversight.pth").write_text(f"/{HOME}\n")


def compile_all() -> None:
    """Compile every module with its path on the server, which cannot write there and need not check the sources."""
    options = ["-q", "-s", TREE, "-p", "/", "--invalidation-mode", "unchecked-hash"]
    subprocess.run([SYSTEM_PYTHON, "-m", "compileall", *options, TREE / HOME], check=True)


def copy_system_files() -> None:
    """Copy the commands and the systemd units."""
    _copy(PACKAGING / "bin", TREE / "usr/bin")
    _copy(PACKAGING / "units", TREE / "usr/lib/systemd/system")


def write_documents(folder: Path) -> None:
    """Write the operators' documentation, the examples, the licence and the notices."""
    _copy(ROOT / "docs", folder / "docs")
    for name in EXAMPLES:
        _copy(PACKAGING / name, folder / "examples" / name)
    (folder / "copyright").write_text(copyright_text())
    _copy(ROOT / "CHANGELOG.md", folder / "CHANGELOG.md")
    major, minor = python_version()
    site = TREE / HOME / f"venv/lib/python{major}.{minor}/site-packages"
    (folder / "NOTICES").write_text(notices(site))


def move_s3_client(tree: Path, s3_tree: Path) -> None:
    """Move the client of S3-compatible stores out of the tree into one of its own."""
    shutil.rmtree(s3_tree, ignore_errors=True)
    parts = [
        path
        for pattern in (S3_CLIENT, f"{S3_CLIENT}-*.dist-info")
        for path in tree.glob(f"{HOME}/venv/lib/python*/site-packages/{pattern}")
    ]
    for path in parts:
        target = s3_tree / path.relative_to(tree)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, target)


def make_debs() -> list[Path]:
    """Make the Debian packages with nfpm, which does not need Debian's own tools."""
    major, minor = python_version()
    variables = {
        "VERSION": package_version(),
        "ARCH": architecture(),
        "PYTHON": f"{major}.{minor}",
        "NEXT": f"{major}.{minor + 1}",
    }
    environment = dict(os.environ) | variables | {"SOURCE_DATE_EPOCH": str(moment())}
    files = []
    for name, config in (("oversight", "nfpm.yaml"), ("oversight-s3", "nfpm-s3.yaml")):
        file = ROOT / f"var/{name}_{package_version()}_{architecture()}.deb"
        nfpm = [Path(sys.executable).with_name("nfpm"), "package", "--config", PACKAGING / config]
        subprocess.run([*nfpm, "--packager", "deb", "--target", file], cwd=ROOT, env=environment, check=True)
        files.append(file)
    return files


def make_tarball() -> Path:
    """Make an archive of the same tree with an install script, for machines without dpkg."""
    name = f"oversight_{package_version()}_{architecture()}"
    file = ROOT / f"var/{name}.tar.gz"
    with tarfile.open(file, "w:gz") as tar:
        for path, arcname in ((TREE, "root"), (S3_TREE, "s3"), (PACKAGING / "install.sh", "install.sh")):
            tar.add(path, f"{name}/{arcname}", filter=_of_root)
    return file


def _of_root(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    return member


def main(arguments: list[str]) -> int:
    """Make the requested package, and print where it is."""
    if arguments not in (["deb"], ["tarball"]):
        print(__doc__, file=sys.stderr)
        return 2
    os.umask(0o022)
    lay_out()
    for made in make_debs() if arguments == ["deb"] else [make_tarball()]:
        print(f"{made.relative_to(ROOT)} is made: {made.stat().st_size / 2**20:.0f} MB.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
