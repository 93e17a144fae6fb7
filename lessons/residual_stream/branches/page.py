"""The text on which branches are missed: the same with every version of Python."""

import numpy as np

from ...network.arrays import Int
from ..text import CONTEXT, encode

# Written for this panel in the manner of the manual; no sentence of it is in what was learned.
SENTENCES = (
    "the body of a loop is executed once for each item that the iterator returns. if the value is "
    "not a number, the method returns none and the caller must handle it. every class may define a"
    " method that is called when an instance is created. the arguments are evaluated from left to "
    "right, and the result is passed to the function. a list can be changed in place, but a string"
    " cannot. when an error is raised, the interpreter looks for a handler in the code that called"
    " the function; if there is none, the program ends. a module is loaded once, and later imports"
    " use the same object. a name that begins with an underscore is not imported. the loop stops "
    "when the iterator has no more items, or when a break statement is executed. an object that is"
    " no longer used may be collected at any time."
)
LINES = 12


def lines() -> Int[np.ndarray, "lines places+1"]:
    """The text in lines of 64 characters, each with the character that follows it."""
    starts = CONTEXT * np.arange(LINES)
    return encode(SENTENCES)[starts[:, None] + np.arange(CONTEXT + 1)]
