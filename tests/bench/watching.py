"""What it costs that each request is watched: the same view bare and watched, by processor time.

OVERSIGHT_DEMO=1 DATABASE_URL=sqlite://:memory: python -m tests.bench.watching
"""

import logging
import os
import time

NUMBER, STATEMENTS = 4000, 10


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oversight.settings")
    import django

    django.setup()
    from django.db import connection
    from django.http import HttpResponse
    from django.test import RequestFactory

    from oversight.watch import metrics
    from oversight.watch.middleware import watch
    from recommendations.telemetry import happened

    def view(request):
        with connection.cursor() as cursor:
            for _ in range(STATEMENTS):
                cursor.execute("SELECT 1")
        return HttpResponse()

    def cost(answer) -> float:
        request = RequestFactory().get("/x")
        request.resolver_match = None
        best = []
        for _ in range(5):
            begun = time.process_time()
            for _ in range(NUMBER // 5):
                answer(request)
            best.append((time.process_time() - begun) / (NUMBER // 5) * 1000)
        return min(best)

    logging.getLogger().handlers[0].setStream(open(os.devnull, "w"))  # noqa: SIM115  # for as long as the process
    bare = cost(view)
    print(f"bare: {bare:.3f} ms")
    print(f"watched, with its line of the log: {cost(watch(view)) - bare:.3f} ms more")
    metrics.listen()
    print(f"and with metrics: {cost(watch(view)) - bare:.3f} ms more")
    happened.disconnect(dispatch_uid="metrics")
    logging.disable(logging.CRITICAL)
    print(f"watched, without the log: {cost(watch(view)) - bare:.3f} ms more")


if __name__ == "__main__":
    main()
