"""Run with `oversight shell` inside a unit's limits: checks that each child process works and can reach nothing
else.
"""

import io
import os

import docx

from recommendations.documents.pdf.render import press
from recommendations.exchange.documents_in.lines import read_lines
from recommendations.exchange.readers.system_calls import can_be_refused

CLOSED = ("/opt/oversight/x", "/usr/x", "/etc/x", "/etc/oversight/main/x", "/var/lib/oversight/x")
UNTOUCHED = ("/etc/oversight/main/owner.env", "/etc/shadow")


def as_docx() -> bytes:
    """A Word document of one paragraph."""
    file, document = io.BytesIO(), docx.Document()
    document.add_paragraph("The force should do it by 1 March 2027.")
    document.save(file)
    return file.getvalue()


def refused(path: str, how: str) -> bool:
    """Whether opening a file in this mode is refused."""
    try:
        with open(path, how):
            return False
    except OSError:
        return True


pdf = press("<html lang='en'><title>A</title><body><h1>A paper</h1><p>The force should do it.</p>", ("print.css",))
html = b"<html><body><h1>Report</h1><p>The force should do it by 1 March 2027.</p></body></html>"
files = {"a.pdf": pdf, "a.docx": as_docx(), "a.html": html, "a.txt": b"The force should do it by 1 March 2027."}
for name, content in files.items():
    assert any("The force should do it" in line.text for line in read_lines(content, name)), name
open_doors = [path for path in CLOSED if not refused(path, "w")] + [
    path for path in UNTOUCHED if not refused(path, "r")
]
assert not open_doors, open_doors
assert not refused("/var/lib/oversight/main/try", "w")
os.unlink("/var/lib/oversight/main/try")
assert can_be_refused()
print(f"children well: a PDF of {len(pdf):,} bytes; {', '.join(files)} read; their system calls refused")
