"""Numbers as they stand in sentences."""

import pytest

from lessons.formatting import capitalised, number, plural


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0, 2, "0"),
        (2.0, 2, "2.0"),
        (1.96, 2, "2.0"),
        (9.96, 2, "10"),
        (0.037, 2, "0.037"),
        (-0.5, 2, "-0.50"),
        (140.4, 2, "140"),
        (145.0, 3, "145"),
        (6123.0, 2, "6100"),
        (0.999, 2, "1.0"),
        (2.3e22, 2, "2.3 × 10^22"),
        (5.6e-17, 2, "5.6 × 10^-17"),
        (0.00099, 2, "9.9 × 10^-4"),
        (1e6, 2, "1.0 × 10^6"),
    ],
)
def test_number(value, digits, text):
    assert number(value, digits) == text


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_not_shown_as_one(value):
    with pytest.raises(ValueError, match="finite"):
        number(value)


def test_a_sentence_begins_with_a_capital_and_an_abbreviation_keeps_its_own():
    assert capitalised("batch norm") == "Batch norm" and capitalised("RMS norm") == "RMS norm"


def test_plural():
    assert plural(1, "skip") == "1 skip" and plural(3, "skip") == "3 skips"
