"""A walk through the table of addresses: what each persona should be answered, and what they are.

`expected` says it without asking the product.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from zlib import crc32

from django.db import connection

from tests.security.line import Line
from tests.security.rights import RIGHTS
from tests.security.rules import RULES
from tests.snapshots import undone

METHODS = ("GET", "POST")
HEAD_TOO = ("lead_a", "member")  # a HEAD is answered as the GET, without its body
AT_THE_DOOR = ("approver", "officer", "lead_a", "member", "administrator")  # who comes nearest to being let in is first
FOR_NOBODYS = ("lead_a", "officer", "approver", "administrator", "member", "lead_b")  # who is asked for what none sees
ONCE_EACH = ("officer", "approver", "lead_b")  # asked each address once for each status
EACH_DAY = "lead_a"  # what this one is shown is asked for and read each day
ON_ODD_DAYS = ("lead_a", "approver", "administrator")  # whoever comes next to them has their turn on the others
SHOWN_OF_EACH = 2  # objects of an address that the same people see
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


def asked_at_the_door(line: Line, method: str) -> tuple[str, ...]:
    """Who is asked each address at whose door they are answered."""
    if method == "HEAD" or (method == "POST" and line.get != 405 and _status(line, method) != 405):
        return ()
    refused = next((persona for persona in AT_THE_DOOR if at_the_door(line, persona, method)), "")
    return (refused, "anonymous")


def nearest(line: Line, method: str) -> str:
    """Who is asked for each object that is nobody's: the first who gets past the door of its address."""
    return next((persona for persona in FOR_NOBODYS if not at_the_door(line, persona, method)), "")


def is_their_day(name: str, persona: str, day: int) -> bool:
    """Whether somebody is asked an address on a day of the week: on every second one, and another's on the others."""
    return (crc32(name.encode()) + day + (persona in ON_ODD_DAYS)) % 2 == 0


def cells_of(personas) -> list[tuple[str, str]]:
    """Each persona with each method."""
    return [
        (persona, method) for persona in personas for method in (*METHODS, *(("HEAD",) if persona in HEAD_TOO else ()))
    ]


@dataclass
class Walk:
    """A walk through the table: what was not answered as it should be, and what a GET wrote.

    Unless the walk is `whole`, what is answered at the door is asked of each address once, by the first who is refused
    there and by a stranger, and by the others once of each right: with a POST where the address takes no GET. So are
    those without a second factor (test_second_factor.py names what is open to them). What is public is asked for in
    full by a stranger and once of each address by a lead. What an approving officer is answered as an OPCC officer, and
    the lead of the second force as that of the first, is once for each status. An OPCC officer, who sees both forces,
    and that lead are asked each address once for each status, as everybody is with a POST. The others are shown two
    objects of each address, and refused one, for each group of people that does see it. Once of each right are a POST
    to what a GET shows or hides (test_forms.py sends each form) and what nobody sees, but by the first who gets past
    its address's door; a HEAD is once for each status. `read` gets the answer to each GET.
    """

    world: object
    whole: bool = True
    day: int = 0  # from Monday, 0
    read: Callable[[str, object], None] | None = None
    asked: set = field(default_factory=set)
    wrong: list = field(default_factory=list)
    written: set = field(default_factory=set)

    def visit(self, line: Line, cells) -> None:
        for persona, method in cells:
            if self.whole or self._is_new(line, persona, method):
                self._cell(line, persona, method)

    def _is_new(self, line: Line, persona: str, method: str) -> bool:
        rule, should = line.rule or RULES[line.name], expected(line, persona, method)
        is_somebodys = should != 404 or bool(line.seen_by)  # what is nobody's is no example of what others have
        is_today = is_their_day(line.name, persona, self.day)
        of_address, of_right = ((each, persona, method, should, is_somebodys) for each in (line.name, f"may {rule}"))
        if method == "HEAD":
            return self._is_first((persona, method, should))
        if at_the_door(line, persona, method) or persona in WITHOUT_A_FACTOR:
            asked_here = is_today and persona in asked_at_the_door(line, method)
            return self._is_first(*(of_address if asked_here else (f"may {rule}", persona, should)))
        if rule == "public":
            whole = persona == "anonymous" and method == "GET"
            asked_here = is_today and persona in ("anonymous", "lead_a")
            return whole or self._is_first(*(of_address if asked_here else of_right))
        shown_again = method == "POST" and line.get != 405  # the view that a GET has asked
        as_officer = persona == "approver" and should == expected(line, "officer", method)
        as_lead_a = persona == "lead_b" and should != 404 and "lead_a" in line.seen_by
        as_get = shown_again and should in (200, 404, 422)
        as_nobody = should == 404 and not is_somebodys and persona != nearest(line, method)
        if as_officer or as_lead_a:
            return self._is_first((persona, method, should))
        is_each_days = persona == EACH_DAY and method == "GET" and should == 200
        if as_get or as_nobody or not (is_today or is_each_days):
            return self._is_first(*of_right)
        words = tuple(each for each in line.args if isinstance(each, str))
        if persona not in ONCE_EACH and method == "GET" and should != 403:
            most = 1 if should == 404 else SHOWN_OF_EACH
            return any(self._is_first(*of_address, (line.seen_by, words), each) for each in range(most))
        return self._is_first(*of_address, *(words if should == 403 else ()))

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
