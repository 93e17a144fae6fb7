"""How long lesson 6's live contest takes at its fast setting, the panel's own: from Train to the
last picture.

    python -m benchmarks.fast_contest

Seven arms, three learning rates, five runs each, 2000 examples, 400 steps. Each time is that of a
fresh process, the first two with nothing compiled beforehand, as on a first visit, the others with
what XLA compiled before, as `make lab` keeps it. CPU time is what all threads computed together:
where the time is far above it, other programs had the cores.
"""

import os
import subprocess
import sys
import tempfile

from .timing import print_table

WANTED = 15.0  # seconds on two cores
REPEATS = 2
TRAIN = """
import time
from lessons.deep_or_ensemble.bias_variance.explorer import bias_variance_explorer
panel = bias_variance_explorer()
start, computed = time.perf_counter(), time.process_time()
panel.train()
print(time.perf_counter() - start, time.process_time() - computed, panel.measurement.progress)
"""


def train_once(cache: str) -> tuple[float, float]:
    """Seconds, and seconds of CPU time, in a fresh process that keeps compiled programs in the
    folder `cache`.
    """
    kept = {"JAX_COMPILATION_CACHE_DIR": cache, "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0.1"}
    found = subprocess.run(
        [sys.executable, "-c", TRAIN],
        env=os.environ | kept,
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, computed, progress = map(float, found.stdout.split())
    assert progress == 1
    return seconds, computed


def main():
    caches = [tempfile.TemporaryDirectory() for _ in range(REPEATS)]
    times = {
        state: [train_once(cache.name) for cache in caches]
        for state in ("nothing compiled before", "compiled before")
    }
    for cache in caches:
        cache.cleanup()
    rows = [(state, *sum(found, ()), f"{WANTED:.0f}") for state, found in times.items()]
    busy = (
        f"{os.cpu_count()} cores, {os.getloadavg()[0]:.1f} programs running on "
        "average in the last minute, this one among them"
    )
    print_table(
        f"lesson 6's contest at its fast setting, seconds ({busy})",
        ("", *("run", "its CPU time") * REPEATS, "wanted, at most"),
        rows,
    )


if __name__ == "__main__":
    main()
