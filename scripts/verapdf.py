"""Check the demonstration's files with veraPDF: papers as PDF/UA-1 and PDF/A-3a, responses and a letter as PDF/UA-1.
veraPDF runs on Java and is not packaged for Debian or Python, so it is not installed here: it is `verapdf` on the PATH,
or the command in VERAPDF. Exits with 1 if any file fails, with 2 if veraPDF is missing.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FLAVOURS = {"ua1": "PDF/UA-1", "3a": "PDF/A-3a"}
MISSING = (
    "veraPDF is missing: there is no command {command!r}.\n"
    "Install it with the installer of https://verapdf.org, then name its command:\n"
    "    VERAPDF=/opt/verapdf/verapdf make verapdf"
)
NO_JAVA = "Java is missing too. On Debian this brings it:\n    sudo apt-get install default-jre-headless"


def find_command() -> str:
    """The command to run. If it is missing, exits with 2 and says what else is missing."""
    named = os.environ.get("VERAPDF") or "verapdf"
    command = shutil.which(named)
    if command is None:
        java = os.environ.get("JAVA_HOME") or shutil.which("java")
        print(MISSING.format(command=named), *([] if java else [NO_JAVA]), sep="\n", file=sys.stderr)
        sys.exit(2)
    return command


def holds(command: str, flavour: str, files: list[Path]) -> bool:
    """Whether veraPDF accepts every file as this flavour. Prints its output."""
    print(f"{FLAVOURS[flavour]}: {len(files)} files", flush=True)
    asked = [command, "--flavour", flavour, "--format", "text", "--verbose", *map(str, files)]
    done = subprocess.run(asked, stdout=subprocess.PIPE, text=True, check=False)
    print(done.stdout, flush=True)
    passed = [line for line in done.stdout.splitlines() if line.startswith("PASS ")]
    return done.returncode == 0 and len(passed) == len(files)


def write_demo(folder: Path) -> dict[str, list[Path]]:
    """Load the demonstration into its own database; return flavour → the files that must conform to it."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "oversight.settings",
        "OVERSIGHT_DEMO": "1",
        "DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite3'}",
        "ORIGIN": "http://127.0.0.1:8000",
    }
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    with Path(os.devnull).open("w") as nowhere:
        call_command("load_demo", stdout=nowhere)
    papers, others = papers_of_demo(folder), [*responses_of_demo(folder), letter_of_demo(folder)]
    return {"ua1": papers + others, "3a": papers}


def papers_of_demo(folder: Path) -> list[Path]:
    from recommendations.models import IssuedFile

    return [written(folder, file) for file in IssuedFile.objects.filter(paper__isnull=False)]


def responses_of_demo(folder: Path) -> list[Path]:
    from recommendations.models import ResponseVersion

    versions = ResponseVersion.objects.filter(pdf__isnull=False).select_related("pdf")
    return [written(folder, version.pdf) for version in versions]


def letter_of_demo(folder: Path) -> Path:
    """An invitation to a chief officer, as sent."""
    from recommendations.documents.pdf import render
    from recommendations.documents.responses.letter_pdf import letter_document
    from recommendations.domain.responses.chief_officers.invitation_letter import invitation_letter
    from recommendations.models import Invitation

    invitation = Invitation.objects.exclude(sent_on=None).earliest("pk")
    letter = invitation_letter(invitation=invitation, on=invitation.sent_on, form_address="http://127.0.0.1:8000/")
    path = folder / "invitation.pdf"
    path.write_bytes(render.render(letter_document(letter, created_at=invitation.recorded_at)).pdf)
    return path


def written(folder: Path, file) -> Path:
    path = folder / f"{file.pk}-{file.name}"
    path.write_bytes(file.content)
    return path


def main() -> None:
    command = find_command()
    with tempfile.TemporaryDirectory(prefix="verapdf-") as folder:
        print("Loading the demonstration. This takes about 20 seconds.", flush=True)
        files = write_demo(Path(folder))
        failed = [FLAVOURS[flavour] for flavour, found in files.items() if not holds(command, flavour, found)]
        if failed:
            sys.exit(f"Not every file is {' and '.join(failed)}. What veraPDF found stands above.")


if __name__ == "__main__":
    main()
