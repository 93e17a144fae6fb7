"""Numbers in sentences."""

import math


def number(value: float, digits: int = 2) -> str:
    """`value` with so many significant digits: 0.37, 2.1, 140; powers of ten from a million on
    and below a thousandth.
    """
    if not math.isfinite(value):
        raise ValueError(f"number must be finite to be said, got {value}.")
    if value == 0:
        return "0"
    if not 1e-3 <= abs(value) < 1e6:
        mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
        return f"{mantissa} × 10^{int(exponent)}"
    rounded = float(f"{value:.{digits}g}")
    decimals = max(0, digits - 1 - _magnitude(rounded))
    return f"{rounded:.{decimals}f}"


def plural(count: int, noun: str) -> str:
    """1 skip, 2 skips."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def capitalised(phrase: str) -> str:
    """The phrase as a sentence begins with it: batch norm -> Batch norm, RMS norm -> RMS norm."""
    return phrase[:1].upper() + phrase[1:]


def _magnitude(value):
    return int(f"{abs(value):e}".split("e")[1])
