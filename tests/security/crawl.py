"""Following every link and form of every page, as somebody who clicks: from the first page, and from the public's."""

from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve, reverse
from selectolax.lexbor import LexborHTMLParser

# What makes or sends a file: it leads nowhere, so it is enough that its address is there.
FILES = {"calendar_feed", "comments_file", "compliance_csv", "covering_letter", "example_sheet", "export_register"}
FILES |= {
    "factual_check_file",
    "inspection_word",
    "invitation_letter",
    "register_export_file",
    "meeting_file",
    "paper_build_file",
}
FILES |= {"paper_file", "paper_register", "public_csv", "public_feed", "public_file", "public_json"}
FILES |= {
    "public_paper_file",
    "public_paper_register",
    "public_papers_feed",
    "public_force_file",
    "public_force_feed",
    "public_meeting_file",
    "public_meeting_feed",
    "public_action_plan_file",
    "public_action_plan_feed",
    "response_draft",
    "round_sheet",
    "tracked_word",
    "tracked_files",
    "file",
}
LEAVES = ("/static/", "/account/logout/")


def links_of(html: str, page: str) -> list[str]:
    """The paths of this site that a page leads to: its links and the actions of its forms, each once."""
    tree, found = LexborHTMLParser(html), {}
    for selector, name in (("a[href], link[href]", "href"), ("form[action]", "action")):
        found |= dict.fromkeys(node.attributes[name] or "" for node in tree.css(selector))
    whole = (urlsplit(urljoin(f"http://testserver{page}", each)) for each in found)
    return [each.path for each in whole if each.netloc == "testserver" and not each.path.startswith(LEAVES)]


@dataclass
class Crawl:
    """Each path that is led to, with the page that leads there first; and those of them that are not there.

    Unless the crawl is `whole`, one page of each address is asked for, and one of each kind of history, beside those
    that it starts from.
    """

    client: Client
    whole: bool = False
    led_from: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    asked: set = field(default_factory=set)

    def walk(self, *starts: str) -> None:
        """Every page that can be reached from these, nearest first."""
        pages = [(start, True) for start in starts]
        for page, is_start in pages:
            for link in self._links(page, is_start):
                if link not in self.led_from:
                    self.led_from[link] = page
                    pages.append((link, False))

    def _links(self, page: str, is_start: bool) -> list[str]:
        if not self._is_to_ask(page, is_start):
            return []
        answer = self.client.get(page)
        if answer.status_code == 404 and not is_start:
            self.missing[page] = self.led_from[page]
        if answer.status_code in (301, 302):
            return [urlsplit(answer["Location"]).path]
        is_page = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
        return links_of(answer.text, page) if is_page else []

    def _is_to_ask(self, page: str, is_start: bool) -> bool:
        try:
            found = resolve(page)
        except Resolver404:
            self.missing[page] = self.led_from[page]
            return False
        kind = (found.view_name, found.kwargs.get("kind"))
        known = kind in self.asked and not self.whole
        self.asked.add(kind)
        return is_start or not (known or found.url_name in FILES)


def crawled(client: Client, *starts: str, whole: bool = False) -> Crawl:
    """All that somebody is led to."""
    crawl = Crawl(client, whole)
    crawl.walk(reverse("home"), reverse("public_responses"), *starts)
    return crawl
