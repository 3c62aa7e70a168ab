"""Metrics for Prometheus. Events are counted in each worker, in files that the workers share; the state of the database
is queried on each scrape, so that it is right whichever process did the work (docs/adr/0024).

Imported only if METRICS_TOKEN is set. Labels are the program's own words.
"""

import datetime
import os
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import DatabaseError
from django.db.models import Count
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from oversight.operations.readiness import BUILDS, JOBS, findings
from recommendations import trail
from recommendations.domain.mails.mail_ledger import LEDGERS
from recommendations.last_runs import last_run
from recommendations.telemetry import happened

CONTENT_TYPE = CONTENT_TYPE_LATEST
SHARED = "PROMETHEUS_MULTIPROC_DIR"  # where gunicorn's workers share their counts: gunicorn.conf.py
BRIEF = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5)
LONG = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

here = CollectorRegistry()  # of this process only, if nothing is shared
requests = Counter("oversight_requests", "Requests that were answered", ["method", "route", "status"], registry=here)
seconds = Histogram("oversight_request_seconds", "Time to answer", ["route"], buckets=LONG, registry=here)
statements = Counter("oversight_database_statements", "Statements of requests", ["route"], registry=here)
database = Counter("oversight_database_seconds", "Time in the database", ["route"], registry=here)
saves = Counter("oversight_saves", "Entries of the trail that web workers wrote", ["verb"], registry=here)
lock_wait = Histogram("oversight_trail_lock_wait_seconds", "Waiting for the trail's head", buckets=BRIEF, registry=here)
lock_hold = Histogram("oversight_trail_lock_hold_seconds", "Holding the trail's head", buckets=BRIEF, registry=here)
mails = Counter("oversight_mails", "Emails that web workers sent", ["outcome"], registry=here)


def listen() -> None:
    """Start counting events in this process."""
    happened.connect(count, dispatch_uid="metrics")


def count(event: str, facts: dict[str, Any], **signal: Any) -> None:
    """Count one event. Those without a metric are only in the log."""
    if event == "request":
        requests.labels(facts["method"], facts["route"], facts["status"]).inc()
        seconds.labels(facts["route"]).observe(facts["ms"] / 1000)
        statements.labels(facts["route"]).inc(facts["statements"])
        database.labels(facts["route"]).inc(facts["database_ms"] / 1000)
    elif event == "entry":
        saves.labels(facts["verb"]).inc()
        lock_wait.observe(facts["wait_ms"] / 1000)
        lock_hold.observe(facts["hold_ms"] / 1000)
    elif event == "mail":
        mails.labels(facts["outcome"]).inc()


def exposition(at: datetime.datetime) -> bytes:
    """All metrics at a moment, in Prometheus' text format."""
    registry = here
    if SHARED in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    return generate_latest(registry) + generate_latest(_Asked(at))


class _Asked:
    """A collector that queries when scraped, and stores nothing."""

    def __init__(self, at: datetime.datetime) -> None:
        self.at = at

    def collect(self) -> Iterator[Metric]:
        found = findings(at=self.at)
        level = GaugeMetricFamily("oversight_check_level", "0 well, 1 a warning, 2 bad", labels=["check"])
        for each in found:
            level.add_metric([each.name], int(each.level))
        yield level
        runs = GaugeMetricFamily("oversight_last_run_timestamp_seconds", "When a job ran last", labels=["job"])
        for name in (*JOBS, "build_papers"):
            if (noted := last_run(name)) is not None:
                runs.add_metric([name], noted.at.timestamp())
        yield runs
        free = next(each for each in found if each.name == "disk").value
        if free is not None:
            yield GaugeMetricFamily("oversight_free_bytes", "Free space for data", value=free * 1024 * 1024)
        yield from _database_metrics()


def _database_metrics() -> list[Metric]:
    """Counts of rows in the database; none if it can't be queried."""
    try:
        return [_entries(), _builds(), _ledger()]
    except DatabaseError:
        return []


def _entries() -> Metric:
    return CounterMetricFamily("oversight_trail_entries", "Entries of the trail", value=trail.head()[0])


def _builds() -> Metric:
    return _count_states(
        GaugeMetricFamily("oversight_builds", "Files that were asked for, by state", labels=["of", "state"]), BUILDS
    )


def _ledger() -> Metric:
    return _count_states(
        GaugeMetricFamily("oversight_ledger_mails", "Emails of the ledgers, by state", labels=["ledger", "state"]),
        LEDGERS,
    )


def _count_states(metric: GaugeMetricFamily, models: Iterable[Any]) -> Metric:
    """Add the number of rows of each model in each state."""
    for model in models:
        for state, number in model.objects.order_by().values_list("state").annotate(number=Count("pk")):
            metric.add_metric([model._meta.model_name, state], number)
    return metric
