"""A walk through the table of addresses: what each persona should be answered, and what they are.

`expected` says it without asking the product.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import connection

from tests.security.line import Line
from tests.security.rights import RIGHTS
from tests.security.rules import RULES
from tests.snapshots import undone

METHODS = ("GET", "POST")
HEAD_TOO = ("lead_a", "member")  # a HEAD is answered as the GET, without its body
ONCE_EACH = ("officer", "lead_b")  # asked each address once for each status
WITHOUT_A_FACTOR = ("no_factor", "lead_no_factor")
# Who reads nothing with a program: without a token that works, and who is still to set up a second factor.
API = "/api/v1/"
BY_TOKEN = dict.fromkeys(("anonymous", "deactivated", "administrator"), 401) | dict.fromkeys(WITHOUT_A_FACTOR, 403)
OUTSIDE = ("anonymous", "deactivated", *WITHOUT_A_FACTOR)
# What a GET may write: the trail (refusals, security events), sessions, rate limits.
WRITES = re.compile(r'^\s*(?:INSERT|UPDATE|DELETE)\b[^"]*"(recommendations_(?!trail|securityevent)\w+)"')


def expected(line: Line, persona: str, method: str) -> int:
    """The status that this persona should be answered. Independent of the product's own tables."""
    rule = line.rule or RULES[line.name]
    if line.url.startswith(API) and rule != "public" and persona in BY_TOKEN:
        return BY_TOKEN[persona]
    if persona in WITHOUT_A_FACTOR and not (line.url.startswith(API) and rule == "public"):
        return 302
    if persona in ("anonymous", "deactivated"):
        if rule != "public":
            return 302
    elif 405 in (line.get, line.post) and _status(line, method) == 405:
        return 405
    elif rule not in ("public", "signed in"):
        if rule not in RIGHTS[persona]:
            return 403
        if persona not in line.seen_by:
            return 404
        if persona in line.refused:
            return 403
    return _status(line, method)


def _status(line: Line, method: str) -> int:
    return line.post if method == "POST" else line.get


def at_the_door(line: Line, persona: str, method: str) -> bool:
    """Whether the answer is given before the object is looked up: by who asks, and with what method, alone."""
    rule = line.rule or RULES[line.name]
    if rule == "public":
        return False
    return persona in OUTSIDE or _status(line, method) == 405 or rule not in {"signed in", *RIGHTS[persona]}


def cells_of(personas) -> list[tuple[str, str]]:
    """Each persona with each method."""
    return [
        (persona, method) for persona in personas for method in (*METHODS, *(("HEAD",) if persona in HEAD_TOO else ()))
    ]


@dataclass
class Walk:
    """A walk through the table: what was not answered as it should be, and what a GET wrote.

    Unless the walk is `whole`, what is answered at the door is asked of each address once with an object that is there
    and once with one that is not, and a HEAD once, a committee member's where it is not refused at the door; of two
    people of one role the first alone is asked. So is, for each status, what is answered to an OPCC officer, who sees
    both forces, and to the lead of the second force. What an approving officer is answered as an OPCC officer is is
    asked once of each right, and so is what a lead without a second factor is, as an OPCC officer without one is.
    `read` gets the answer to each GET.
    """

    world: object
    whole: bool = True
    read: Callable[[str, object], None] | None = None
    asked: set = field(default_factory=set)
    wrong: list = field(default_factory=list)
    written: set = field(default_factory=set)

    def visit(self, line: Line, cells) -> None:
        for persona, method in cells:
            if self.whole or self._is_new(line, persona, method):
                self._cell(line, persona, method)

    def _is_new(self, line: Line, persona: str, method: str) -> bool:
        if method == "HEAD" and persona == "member" and at_the_door(line, persona, "GET"):
            return False
        if persona == "lead_no_factor":  # led to the second factor before anything is asked of their role
            return self._is_first(line.rule or RULES[line.name], persona, method)
        if method == "HEAD" or at_the_door(line, persona, method):
            return persona != "lead_b" and self._is_first(line.name, persona, method, bool(line.seen_by))
        should = expected(line, persona, method)
        if persona == "approver" and should == expected(line, "officer", method):
            return self._is_first(line.rule or RULES[line.name], persona, method, should)
        return persona not in ONCE_EACH or self._is_first(line.name, persona, method, should)

    def _is_first(self, *cell) -> bool:
        known = cell in self.asked
        self.asked.add(cell)
        return not known

    def _cell(self, line: Line, persona: str, method: str) -> None:
        should = expected(line, persona, method)
        try:
            answered = self._ask(line, persona, method)
        except Exception as error:  # the test client raises what a browser would see as a 500
            answered = repr(error)
        if answered != should:
            self.wrong.append((line.url, persona, method, should, answered))

    def _ask(self, line: Line, persona: str, method: str) -> int:
        """The status; whatever the request changed is undone, so that each cell starts from the same world."""
        with undone(), connection.execute_wrapper(self._listen(method)):
            answer = getattr(self.world.clients[persona], method.lower())(line.url)
            if self.read and method == "GET":
                self.read(line.url, answer)
            answer.getvalue()  # to its end: a file that is sent is open until then
            return answer.status_code

    def _listen(self, method: str):
        def execute(run, sql, params, many, context):
            found = WRITES.match(sql)
            if found and method != "POST":
                self.written.add(found[1])
            return run(sql, params, many, context)

        return execute
