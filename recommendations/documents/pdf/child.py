"""The child process that makes a PDF: child.py SECONDS BYTES. JSON on stdin, the PDF on stdout, errors on stderr.
It runs without Django and without a network: the only addresses that it resolves are the names of bundled files, so a
document cannot make it read or fetch anything else, whatever it contains.
"""

import base64
import datetime
import functools
import gc
import hashlib
import itertools
import json
import mimetypes
import os
import re
import resource
import signal
import sys
import unicodedata
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

warnings.filterwarnings("ignore", "No fonts configured")  # on purpose: only bundled fonts, see fonts.conf

try:
    import pydyf
    from fontTools.ttLib import TTFont
    from weasyprint import CSS, HTML, Attachment
    from weasyprint.document import Document, DocumentMetadata
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

except OSError as error:
    packages = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    sys.exit(f"Libraries are missing. Install them: apt-get install {packages} ({error})".splitlines()[0])

type Given = dict[str, str]  # a file to embed, from EmbeddedFile.for_child

STATIC = Path(__file__).resolve().parents[3] / "static"
SCHEME = "bundled:"
FOLDERS = (STATIC / "documents", STATIC / "build/fonts")
TEXT_FACES = ("source-sans-3", "source-serif-4")
HYPHENS, BULLETS, BREAKS = "\u2010\u2011", "\u25aa\u25a0\u25cf\u25e6\u2023\u27a2\uf0a7\uf0b7", "\u2028\u2029"
PLAIN = dict.fromkeys(HYPHENS, "-") | dict.fromkeys(BULLETS, "•") | dict.fromkeys(BREAKS, "\n")
BLANKS = set(map(ord, "\t\n\r\f"))
WITHOUT_GLYPH = "Without a glyph: "
STREAM_DATA = pydyf.Stream.data  # pydyf's original
RELATIONSHIP = "Data"  # the embedded files are the data behind the printed register
# The PDF/UA-1 identifier, and the description that PDF/A requires of unknown properties (ISO 19005-3, 6.6.2.3).
PREFIXES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
SAYS_UA_1 = f"""
<x {" ".join(f'xmlns:{prefix}="{name}"' for prefix, name in PREFIXES.items())}>
<rdf:Description rdf:about="" pdfuaid:part="1"/>
<rdf:Description rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{PREFIXES["pdfuaid"]}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</x>"""
MARKS = set(range(0x300, 0x370))  # a letter with a combining mark is two glyphs, and a PDF would map both to the whole
NAMED = "PSM"  # Unicode's punctuation, symbols and marks: their names describe their shape


class BundledFetcher(URLFetcher):
    """Resolves the exact names of bundled files ("bundled:print.css") and refuses every other address."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.files = {SCHEME + path.name: path for folder in FOLDERS for path in folder.glob("*.*")}

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        path = self.files.get(url)
        if path is None:
            raise ValueError("Only bundled files are read.")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


class Page(HTML):
    """HTML with our own default stylesheet instead of WeasyPrint's (reasons in static/documents/html.css)."""

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [CSS(url=SCHEME + "html.css", url_fetcher=self.url_fetcher)]


class BothMetadata(DocumentMetadata):
    """PDF/A-3a metadata that also identifies PDF/UA-1, as WeasyPrint's variants only identify one. Not
    compressed, so that any tool can read it. PDF/A does not know PDF/UA's property (ISO 19005-3, 6.6.2.3), so the
    file describes it, in its RDF."""

    def include_in_pdf(self, pdf: pydyf.PDF, variant: str, version: int, conformance: str, compress: bool) -> None:
        super().include_in_pdf(pdf, variant, version, conformance, compress=False)

    def generate_rdf_metadata(self, variant: str, version: int, conformance: str) -> bytes:
        for prefix, name in PREFIXES.items():
            ElementTree.register_namespace(prefix, name)
        rdf = ElementTree.fromstring(super().generate_rdf_metadata(variant, version, conformance))
        rdf.extend(ElementTree.fromstring(SAYS_UA_1))
        made: bytes = ElementTree.tostring(rdf, encoding="utf-8")
        return made


def make(html: str, stylesheets: list[str], archive: bool = False, attachments: Sequence[Given] = ()) -> bytes:
    """The PDF/UA-1 file of `html` with bundled stylesheets. An archive is also PDF/A-3a, and can embed files."""
    options = {"pdf_variant": "pdf/a-3a" if archive else "pdf/ua-1"}
    fetcher, fonts = BundledFetcher(), FontConfiguration()
    sheets = [CSS(url=SCHEME + name, url_fetcher=fetcher, font_config=fonts) for name in stylesheets]
    page = Page(string=printable(html), url_fetcher=fetcher)
    document = page.render(stylesheets=sheets, font_config=fonts, **options)
    return write_archive(document, attachments, options) if archive else document.write_pdf(**options)


def write_archive(document: Document, attachments: Sequence[Given], options: dict[str, Any]) -> bytes:
    """The file of `document` that conforms to both standards, with its embedded files."""
    pydyf.Stream.data = property(with_own_line_end)  # for this process: ADR 6
    document.metadata = BothMetadata(**vars(document.metadata))
    options |= {"attachments": [attachment(each) for each in attachments]}
    made: bytes = document.write_pdf(finisher=lambda _, pdf: finish_attachments(attachments, pdf), **options)
    return made


def with_own_line_end(stream: pydyf.Stream) -> bytes:
    """A stream's bytes in the file.
    After a carriage return the end of line needs two characters: otherwise the stream's last byte could be taken for
    part of it, and its length for wrong (ISO 19005-3, 6.1.7.1).
    """
    made: bytes = STREAM_DATA.fget(stream)
    return made.removesuffix(b"\nendstream") + b"\r\nendstream" if made.endswith(b"\r\nendstream") else made


def attachment(file: Given) -> Attachment:
    """A file to embed. Its moment is given, so that the same files produce the same bytes."""
    at = datetime.datetime.fromisoformat(file["created_at"]).astimezone(datetime.UTC)
    words = {"name": file["name"], "description": file["description"], "relationship": RELATIONSHIP}
    return Attachment(string=base64.b64decode(file["content"]), created=at, modified=at, **words)


def finish_attachments(files: Sequence[Given], pdf: pydyf.PDF) -> None:
    """List each associated file once, sort the names (ISO 32000-1, 7.9.6), and set each media type as given,
    whatever this machine infers from the name."""
    if not files:
        return
    pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
    tree = pdf.objects[int(pdf.catalog["Names"]["EmbeddedFiles"].split()[0])]
    named = sorted(zip(tree["Names"][::2], tree["Names"][1::2], strict=True), key=lambda each: each[0].data)
    tree["Names"][:] = itertools.chain(*named)
    of_content = {hashlib.md5(base64.b64decode(each["content"])).hexdigest(): each["media_type"] for each in files}
    for each in pdf.objects:
        extra = getattr(each, "extra", None) or {}
        if extra.get("Type") == "/EmbeddedFile":
            kind = of_content[extra["Params"]["CheckSum"].strip("<>")]
            extra["Subtype"] = "/" + kind.replace("/", "#2f")


def printable(html: str) -> str:
    """`html` with only characters that the fonts have: a missing glyph is unreadable, and not allowed in PDF/UA."""
    html = unicodedata.normalize("NFC", html)
    missing = {character for character in set(html) if ord(character) not in covered_characters()}
    if not missing:
        return html
    say_without_glyph(missing)
    pattern = re.compile("[" + re.escape("".join(sorted(missing))) + "]")
    return pattern.sub(lambda found: stand_in(found.group()), html)


def say_without_glyph(missing: set[str]) -> None:
    """Tell the parent process which characters are printed as their codes, as someone may want to reword the text."""
    coded = sorted(character for character in missing if stand_in(character).startswith("[U+"))
    if coded:
        print(WITHOUT_GLYPH + json.dumps(coded), file=sys.stderr)


def stand_in(character: str) -> str:
    """The replacement for a character without a glyph: its plain form, "" for a control character, otherwise its code.
    A non-breaking hyphen becomes a hyphen, Word's bullet a bullet, a ligature its letters, a check mark "[U+2713 check
    mark]".
    """
    plain = PLAIN.get(character) or unicodedata.normalize("NFKC", character)
    if plain != character and all(ord(each) in covered_characters() for each in plain):
        return plain
    category = unicodedata.category(character)
    if category in ("Cc", "Cf") or "VARIATION SELECTOR" in unicodedata.name(character, ""):
        return ""
    name = " " + unicodedata.name(character).lower() if category[0] in NAMED else ""
    return f"[U+{ord(character):04X}{name}]"


@functools.cache
def covered_characters() -> set[int]:
    """The characters in the latin and latin-ext parts of all text faces, without combining marks; and white space."""
    faces = (map_of(f"{face}-latin") | map_of(f"{face}-latin-ext") for face in TEXT_FACES)
    return set.intersection(*faces) - MARKS | BLANKS


def map_of(face: str) -> set[int]:
    path = FOLDERS[1] / f"{face}-400-normal.ttf"
    if not path.exists():
        sys.exit("The fonts of printed documents are missing. Run the set-up again.")
    with TTFont(path, lazy=True) as font:
        return set(font.getBestCmap())


def limit(seconds: int, memory: int) -> None:
    """Set the limits, once there is work. The alarm ends a child whose parent was killed."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(seconds + 1)


def main(seconds: str, memory: str) -> None:
    answer = os.dup(1)
    os.dup2(2, 1)  # library output must not end up inside the file
    covered_characters()  # a waiting child (waiting.py) has then already read the font tables
    given = sys.stdin.buffer.read()
    if not given:
        os._exit(0)  # the parent process has ended
    limit(int(seconds), int(memory))
    gc.disable()  # one short task: garbage collection would cost a tenth of the time
    work = json.loads(given)
    pdf = make(**work)
    with os.fdopen(answer, "wb") as out:
        out.write(pdf)
    os._exit(0)  # immediately: Pango's own thread can crash a process that unloads its libraries meanwhile


if __name__ == "__main__":
    main(*sys.argv[1:])
