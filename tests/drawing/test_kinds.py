"""A kind of network has one colour, one dash and one mark in all pictures."""

import itertools
from functools import cache

import pytest
from matplotlib.colors import same_color
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from lessons.drawing.style import ERROR, KINDS
from tests.looks import dash
from tests.measurements import view_of
from tests.panels import explorers

# What the legends of all views name, and the kind that it is.
NAMED = {
    "with the ways through the layers": "residual",
    "plain": "plain",
    "no skip": "plain",
    "median, plain": "plain",
    "plain, measured": "plain",
    "plain, median of 3 seeds": "plain",
    "$J_F$, the branch": "plain",
    "residual": "residual",
    "residual β = 1": "residual",
    "residual, β = 1": "residual",
    "median, residual": "residual",
    "residual, measured": "residual",
    "residual, median of 3 seeds": "residual",
    "$W + J_F$, the block": "residual",
    "n residual blocks": "residual",
    "blocks": "residual",
    "all paths": "residual",
    "all blocks in every batch": "residual",
    "teacher that needs depth": "residual",
    "A": "residual",
    "deep": "residual",
    "median, middle half": "residual",
    "at $h_1$": "residual",
    "at layer 1": "residual",
    "with the skips drawn above": "residual",
    "a skip over every layer": "residual",
    "a network": "residual",
    "their median": "residual",
    "residual β = 1/√n": "small β",
    "residual, β = 1/√n": "small β",
    "β = 0.5": "small β",
    "β = 0.25": "small β",
    "β of the slider": "small β",
    "residual pre-norm (RMS)": "pre-norm",
    "pre-norm (RMS)": "pre-norm",
    "pre-norm (batch;\nRMS if not centred)": "pre-norm",
    "norm in front (pre-norm)": "pre-norm",
    "post-norm (RMS)": "post-norm",
    "norm behind (post-norm)": "post-norm",
    "closed form": "theory",
    "closed form of the mean": "theory",
    "predicted for them": "theory",
    "bound": "theory",
    "$H_{n+1}-1$": "theory",
    "1/2^s: steps as large as can be": "theory",
    "steps as large as can be\n(p = 1)": "theory",
    "the paper: a quarter of the units is shared": "theory",
}
# The second formula of a picture: theory's colour, drawn through.
SECOND = {
    "$n/2$",
    "exp(−s/2): very many small steps",
    "very many small steps",
    "theory with the units really shared",
}
# What is no kind of network, or one that is named for something else: its looks are no kind's.
OTHERS = {
    "without this attention",
    "without this feed-forward",
    "exchanged with the next",
    "2 × 6",
    "4 × 3",
    "12 × 1",
    "12 × 1 joint",
    "wide",
    "4 deep (if switched on)",
    "differs between members: averaging removes it",
    "differs between runs (training set, start, order of batches)",
    "all runs get wrong alike: averaging leaves it",
    "error of the arm in each run",
    "95 % by bootstrap",
    "95 % by Student's t",
    "not clear: one of them holds 1",
    "teacher with 1 hidden layer",
    "average of M shallow networks, best fit",
    "a point on the right side of 1/2",
    "on the wrong side",
    "best fit",
    "middle half",
    "mean",
    "added as vectors",
    "in quadrature",
    "count × norm",
    "forward signal: s",
    "some blocks, drawn for every batch",
    "the same, branches × their share in the test",
    "shortcuts alone",
    "along the skips alone",
    "$W$, the shortcut",
    "B",
    "C",
    "C from I",
    "residual, last layer at zero",
    "gain",
    "what tells them apart",
}


@cache
def legend_of(explorer):
    """Every name in a legend of this explorer's view, with the handle beside it."""
    return list(_legend_of(explorer))


def _legend_of(explorer):
    figure = Figure()
    view_of(explorer)(figure)
    legends = [*figure.legends, *(axes.get_legend() for axes in figure.axes)]
    for legend in filter(None, legends):
        names = (text.get_text() for text in legend.get_texts())
        yield from zip(names, legend.legend_handles, strict=True)


def has_look(handle, look):
    """Colour, and as far as it has them dash and mark."""
    line = handle.get_linestyle() != "None"
    mark = handle.get_marker() not in ("None", "", None)
    return (
        same_color(handle.get_color(), look["color"])
        and (not line or dash(handle) == dash(Line2D([], [], linestyle=look["linestyle"])))
        and (not mark or handle.get_marker() == look["marker"])
    )


@pytest.mark.parametrize("explorer", explorers())
def test_what_a_legend_names_has_the_look_of_its_kind(explorer):
    for name, handle in legend_of(explorer):
        if name == "all paths" and not isinstance(handle, Line2D):
            continue  # a histogram
        if name in NAMED:
            assert has_look(handle, KINDS[NAMED[name]]), name
        elif name in SECOND:
            assert has_look(handle, {**KINDS["theory"], "linestyle": "-"}), name
        else:
            assert name in OTHERS, f"{name} is neither a kind nor known to be none"
            assert not isinstance(handle, Line2D) or not any(
                has_look(handle, look) and handle.get_linestyle() != "None"
                for kind, look in KINDS.items()
                if kind != "noise"  # a grey line without a mark is anybody's
            ), name


def test_no_name_is_left_over():
    found = {name for explorer in explorers() for name, _ in legend_of(explorer)}
    assert found == {*NAMED, *SECOND, *OTHERS}


def test_kinds_differ_in_all_that_they_have():
    for (one, here), (other, there) in itertools.combinations(KINDS.items(), 2):
        assert here["color"] != there["color"] and here["marker"] != there["marker"]
        solid = {"plain", "noise"}
        assert here["linestyle"] != there["linestyle"] or {one, other} == solid


def test_kinds_cannot_be_changed():
    with pytest.raises(TypeError):
        KINDS["plain"] = {}
    with pytest.raises(TypeError):
        KINDS["plain"]["color"] = ERROR


def test_parts_of_an_error_have_no_kinds_colour():
    assert ERROR not in {look["color"] for look in KINDS.values()}
