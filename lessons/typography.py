"""Formulas in a line of plain text: h_24 becomes h₂₄, 10^-7 becomes 10⁻⁷."""

import re

_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_ABOVE = str.maketrans("0123456789-−.", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻·")


def typeset(text: str) -> str:
    """The text with whole subscripts and decimal exponents set as such; an index that is a letter
    stays as it is."""
    text = re.sub(r"(?<=[^\W\d_])_(\d+)", lambda found: found[1].translate(_BELOW), text)
    return re.sub(
        r"(?<=[\w)])\^([-−]?\d+(?:\.\d+)?)", lambda found: found[1].translate(_ABOVE), text
    )
