"""When each job ran last. The program's own commands note it too, so it stands there (recommendations/last_runs.py)."""

from recommendations.last_runs import LastRun, last, ran

__all__ = ["LastRun", "last", "ran"]
