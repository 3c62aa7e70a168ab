"""A small office's spreadsheet, sent and answered by page as a browser would."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from tests.makers.spreadsheet_file import book_file
from tests.views.form_of import fields_among

HEADINGS = ("Ref", "Report", "Published", "Rec No", "Recommendation", "Exec lead", "Deadline", "Status")
REPORT = ("Custody in Westmarch: an unannounced visit", "15/1/2026")


def row(number: int = 1, **cells) -> tuple:
    """A row of the table; `cells` by heading, in small letters."""
    usual = {"ref": f"OP-{number}", "report": REPORT[0], "published": REPORT[1], "rec no": str(number)}
    usual |= {"recommendation": f"The force should write down {number}.", "exec lead": "ACC Rowe"}
    usual |= {"deadline": "30/6/2026", "status": "On-going"}
    return tuple((usual | cells)[heading.lower()] for heading in HEADINGS)


def rows(count: int) -> list[tuple]:
    return [row(number) for number in range(1, count + 1)]


def book(*lines, name: str = "Register", headings=HEADINGS) -> bytes:
    return book_file({name: [headings, *lines]})


def choose(client, content: bytes, name: str = "register.xlsx", force: str = "westmarch"):
    """Send a file; what follows is shown."""
    sent = {"document": SimpleUploadedFile(name, content), "force": force}
    return client.post(reverse("bring_in"), sent, follow=True)


def page_of(answer) -> LexborHTMLParser:
    return LexborHTMLParser(answer.content.decode())


def words(answer, selector: str) -> list[str]:
    return [" ".join(each.text().split()) for each in page_of(answer).css(selector)]


def errors(answer) -> list[str]:
    """What the page says is wrong."""
    return words(answer, ".govuk-error-summary__list li")


def field(answer, words: str) -> str:
    """The name of the field with this label."""
    page = page_of(answer)
    found = [each for each in page.css("label") if " ".join(each.text().split()).startswith(words)]
    (label,) = found
    field = page.css_first(f"#{label.attributes['for']}") if "for" in label.attributes else label.css_first("input")
    return field.attributes["name"]


def value(answer, label: str) -> str:
    """What the field with this label holds."""
    name = field(answer, label)
    return fields_among(page_of(answer).css(f"[name='{name}']"))[name][0]


def press(client, answer, do: str, **typed):
    """Press a button of the page's form, with what is typed by label. What follows is shown."""
    form = page_of(answer).css_first("main form[method=post]")
    sent = fields_among(form.css("[name]")) | {field(answer, label): text for label, text in typed.items()}
    return client.post(form.attributes["action"], sent | {"do": do}, follow=True)


def address(answer) -> str:
    """Where the browser is in the end."""
    return answer.redirect_chain[-1][0] if answer.redirect_chain else answer.request["PATH_INFO"]


DAY = "Date for entries without one"
ANSWERS = {"On-going": "stage:in_progress", DAY: "1/11/2026"}


def answer(client, asked, **more):
    """Answer what the page asks, and what it asks because of that. What follows is shown."""
    given = ANSWERS | more
    for _ in range(2):
        if page_of(asked).css_first("#words") is None:
            break
        labels = words(asked, "main label")
        asked = press(client, asked, "check", **{label: text for label, text in given.items() if label in labels})
    return asked


def check(client, *lines, **more):
    """Choose, answer, and see what each row would do."""
    return answer(client, choose(client, book(*lines)), **more)


def bring_in(client, *lines):
    """All the way. The page of the import."""
    return press(client, check(client, *lines), "bring-in")
