"""What a request takes of the database and of a processor, told in a header; and how its statements are planned.

Part of the bench's server alone (tests/bench/served.py).
"""

import json
import re
import time
from pathlib import Path

from django.db import connection

COST, PLANS = "X-Bench-Cost", "X-Bench-Plans"
TIMES = re.compile(r"(Planning|Execution) Time: ([\d.]+) ms")


def count_statements(get_response):
    """Answer with how many statements, the milliseconds in the database, and those of a processor: the worker's, and of
    it and its session of PostgreSQL together, which other work on the machine hardly moves.

    A worker answers one request at a time, so its processor is this request's. A request that names a file in PLANS
    has the plan of each of its queries written there.
    """

    def middleware(request):
        seen = []

        def note(run, sql, params, many, context):
            start = time.perf_counter()
            try:
                return run(sql, params, many, context)
            finally:
                seen.append(((time.perf_counter() - start) * 1000, sql, params))

        start, start_there = time.process_time(), _session_ms()
        with connection.execute_wrapper(note):
            response = get_response(request)
        database, processor = sum(each[0] for each in seen), (time.process_time() - start) * 1000
        response[COST] = json.dumps([len(seen), database, processor, processor + _session_ms() - start_there])
        if file := request.headers.get(PLANS):
            Path(file).write_text(json.dumps([_planned(sql, params) for _, sql, params in seen if _is_query(sql)]))
        return response

    return middleware


def _session_ms() -> float:
    """Milliseconds of a processor that this session of PostgreSQL has taken; 0 where there is none of its own."""
    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    return int(Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text().split()[0]) / 1e6


def _is_query(sql: str) -> bool:
    return sql.lstrip("( ").upper().startswith(("SELECT", "WITH"))


def _planned(sql: str, params) -> tuple[str, float, float, str]:
    """A query, what its planning and its execution take, and its plan."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", params)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    times = dict(TIMES.findall(plan))
    return sql, float(times["Planning"]), float(times["Execution"]), plan
