"""What a learner can get wrong, said in a sentence.

Every message names the rule, the bound and the offender: a panel shows it as it is.
"""

import math
import operator


class LearnerError(ValueError):
    """Input that cannot be used. The message is a sentence for the learner."""


class TopologyError(LearnerError):
    """A depth, a width or a skip that no network can have."""


class NetworkError(LearnerError):
    """A number that no network can be drawn with."""


def whole_number(name, value, low, high, error=NetworkError):
    """`value` as an int within low ... high, or `error` with a sentence."""
    try:
        number = operator.index(value)
    except TypeError:
        raise error(f"{name} must be a whole number, got {value!r}.") from None
    if not low <= number <= high:
        raise error(f"{name} must be between {low} and {high}, got {number}.")
    return number


def real_number(name, value, low, high, error=NetworkError):
    """`value` as a finite float within low ... high, or `error` with a sentence."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise error(f"{name} must be a number, got {value!r}.") from None
    if not math.isfinite(number):
        raise error(f"{name} must be finite, got {number}.")
    if not low <= number <= high:
        raise error(f"{name} must be between {low:g} and {high:g}, got {number:g}.")
    return number


def one_of(name, value, choices, error=NetworkError):
    """The position of `value` in `choices`, or `error` with a sentence."""
    if value not in choices:
        raise error(f"{name} must be one of {', '.join(map(str, choices))}, got {value!r}.")
    return choices.index(value)
