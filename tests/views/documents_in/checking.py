"""A document that was brought in, as an officer checks it: marks, what is typed, saving."""

from selectolax.lexbor import LexborHTMLParser

from recommendations.models import DocumentDraft
from tests.views.form_of import fields_of


class Check:
    """The check of one document. `page` is what the page shows now."""

    def __init__(self, client, chosen):
        assert chosen.status_code == 302, chosen.context["form"].errors
        self.client, self.url = client, chosen.url
        self.draft = DocumentDraft.objects.get(pk=int(self.url.rstrip("/").rpartition("/")[2]))

    def get(self, **query):
        return self.client.get(self.url, query)

    @property
    def page(self):
        return self.get().context["page"]

    @property
    def values(self):
        """The values of the fields as they would be saved, by name."""
        return self.page.values.as_post()

    @property
    def parts(self) -> list[tuple[str, str, str]]:
        """What each recommendation is called, its label and its cause."""
        return [(part.name, part.label, part.cause) for part in self.page.parts]

    @property
    def lines(self) -> list[tuple[str, str]]:
        """The words of each line's mark, and who read it so."""
        return [(line.word, line.tag) for line in map(self.page.lines.line, self.page.marked.blocks)]

    def line_with(self, words: str) -> int:
        return next(block.id for block in self.page.marked.blocks if words in block.printed)

    def send(self, do, **fields):
        """Press a button with the version that the page shows now."""
        self.draft.refresh_from_db()
        return self.client.post(self.url, {"do": do, "version": self.draft.version} | fields)

    def mark(self, role, first, last=None, **fields):
        return self.send(f"mark:{role}", first=first, last=last or first, **fields)

    def type(self, **changed):
        """Change fields at the right: those of the facts, or of recommendations as recommendation__b6__text."""
        named = {name.replace("__", "-"): value for name, value in changed.items()}
        targets: dict[str, dict] = {}
        for name, value in named.items():
            row, _, rest = name.partition("-")
            key = rest.partition("-")[0]
            target = {"recommendation": key, "comment": f"b{key[1:].partition('x')[0]}"}.get(row, "facts")
            targets.setdefault(target, {})[name] = value
        for target, values in targets.items():
            fields = fields_of(self.get(edit=target).content.decode(), f"form-{target}") | values
            answer = self.send(f"type:{target}", **{name: value for name, value in fields.items() if value != ""})
        return answer

    def save(self, **sent):
        fields = fields_of(self.get().content.decode(), "save")
        return self.client.post(self.url, fields | {"do": "save"} | sent)


def problems(page) -> list[str]:
    return [str(message) for _, message in page.context["form"].problems]


def where(page) -> list[str]:
    """The id of the field or line of each problem; "" for the whole."""
    return [place for place, _ in page.context["form"].problems]


def ids(page, css: str) -> list[str]:
    return [each.attributes["id"] for each in LexborHTMLParser(page.content.decode()).css(css)]
