"""matplotlib as it comes, whatever the learner has made of it: a style sheet, usetex, a
matplotlibrc.

Figures read rcParams when they are made and texts and ticks when they are drawn, so both happen
within `own_settings`.
"""

import threading
from contextlib import contextmanager

from matplotlib import rcParams, rcParamsDefault
from matplotlib.figure import Figure

# matplotlib's own lock, under which every figure of this process is drawn: its parser of formulas
# is shared by all figures and not by threads. Before 3.11 it has none, and ours keeps at least our
# own pictures apart.
RENDER_LOCK = getattr(Figure, "_render_lock", None) or threading.RLock()
GROUPS = (
    "agg axes contour figure font grid hatch image legend lines markers mathtext patch path"
    " polaraxes text xaxis xtick yaxis ytick"
)
_OURS = {
    name: value
    for name, value in dict.items(rcParamsDefault)
    if name.partition(".")[0] in GROUPS.split()
}


@contextmanager
def own_settings():
    """matplotlib's defaults within, the learner's settings after it, and nobody else draws
    meanwhile.

    rcParams belong to all threads. So only what differs is touched, which for most learners is
    nothing, and what the learner sets in the meantime stays.
    """
    with RENDER_LOCK:
        theirs = {
            name: dict.get(rcParams, name)
            for name, ours in _OURS.items()
            if dict.get(rcParams, name) != ours
        }
        for name in theirs:
            dict.__setitem__(rcParams, name, _OURS[name])
        try:
            yield
        finally:
            for name, value in theirs.items():
                if dict.get(rcParams, name) is _OURS[name]:
                    dict.__setitem__(rcParams, name, value)
