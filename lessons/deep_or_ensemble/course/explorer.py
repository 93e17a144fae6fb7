"""Lesson 6: the course in one picture."""

from ...panel.controls import Slider
from ...panel.explorer import Explorer
from ...panel.keywords import starting_values
from ...teaching.symbols import label
from .experiment import MOST_BLOCKS, measure_course
from .figure import CourseView


def _controls():
    return {
        "blocks": Slider(label("n"), 54, 1, MOST_BLOCKS, play=True),
        "seed": Slider("seed", 0, 0, 99),
    }


@starting_values(_controls)
def course_explorer(**start) -> Explorer:
    """s = p_1 + ... + p_n for plain, residual, pre-norm and post-norm networks."""
    main = {"blocks": (1, 2, 4, 8, 12, 16, 24, 32, MOST_BLOCKS)}
    return Explorer("course", CourseView, measure_course, _controls(), start=start, main=main)
