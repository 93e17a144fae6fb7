"""LaTeX as MathML, which browsers typeset themselves: no script, no font, no network."""

import re
import xml.etree.ElementTree as ET

from latex2mathml.converter import convert

MATHML = "http://www.w3.org/1998/Math/MathML"
ET.register_namespace("", MATHML)

# The converter sets \mathrm{E} in italics, and spells \mathrm{relu} in four letters.
UPRIGHT = re.compile(r"\\(?:mathrm|operatorname)\s*\{(\w+)\}")
BARS = ("|", "‖")
# MathML sets these with other spaces than TeX.
SPACES = dict.fromkeys([*BARS, "/", "."], "0") | dict.fromkeys(["~", "∼", ":"], "0.278em")
CLOSING = (")", "]", "}", "!", *BARS)


def mathml(latex: str, display: str = "inline") -> str:
    """One formula. Raises ValueError for what the converter does not know: it would show the
    command's name.
    """
    source = UPRIGHT.sub(r"\\text{\1}", latex.strip()).replace("{aligned}", "{align*}")
    converted = convert(source, display=display)
    try:
        formula = ET.fromstring(converted)
    except ET.ParseError:
        raise ValueError(
            f"a formula must be within what latex2mathml knows, {latex!r} is not."
        ) from None
    if unknown := re.search(r"\\[A-Za-z]+", converted):
        raise ValueError(
            f"a formula must be within what latex2mathml knows, {unknown[0]} in {latex!r} is not."
        )
    for row in list(formula.iter()):
        _space(row)
    formula.set("alttext", latex.strip())
    return ET.tostring(formula, encoding="unicode")


def _space(row):
    """Spaces as TeX sets them, where MathML's differ."""
    before = None
    for child in list(row):
        if _is(child, "mo"):
            _space_operator(child, alone=len(row) == 1, begins=_opens(before))
        elif (
            _is(child, "mi")
            and len(child.text or "") > 1
            and not _opens(before)
            and not _is(before, "mspace")
        ):
            row.insert(
                list(row).index(child), ET.Element(f"{{{MATHML}}}mspace", width="0.167em")
            )  # 2 tanh
        before = child


def _space_operator(operator, alone, begins):
    if alone or operator.text in SPACES:
        space = SPACES.get(operator.text, "0")
        operator.attrib |= {"lspace": space, "rspace": space}
    if operator.text in BARS and "stretchy" not in operator.attrib:
        operator.set("stretchy", "false")
    if operator.text == "−" and begins:
        operator.set("form", "prefix")


def _is(element, name):
    return element is not None and element.tag == f"{{{MATHML}}}{name}"


def _opens(before):
    """Whether what follows stands at a beginning: of a row, or after an operator."""
    return before is None or _is(before, "mo") and before.text not in CLOSING
