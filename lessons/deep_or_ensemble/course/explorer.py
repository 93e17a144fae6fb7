"""Lesson 6: the course in one picture."""

from ...panel.controls import Slider
from ...panel.explorer import Explorer
from ...teaching.symbols import label
from .experiment import MOST_BLOCKS, measure_course
from .figure import CourseView


def course_explorer(**start) -> Explorer:
    """s = p_1 + ... + p_n for plain, residual, pre-norm and post-norm networks. Keywords give
    starting values: blocks, seed.
    """
    controls = {
        "blocks": Slider(label("n"), 54, 1, MOST_BLOCKS, play=True),
        "seed": Slider("seed", 0, 0, 99),
    }
    main = {"blocks": (1, 2, 4, 8, 12, 16, 24, 32, MOST_BLOCKS)}
    return Explorer("course", CourseView, measure_course, controls, start=start, main=main)
