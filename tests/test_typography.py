"""Indices and exponents as they are printed, and nothing else changed."""

import pytest

from lessons.typography import typeset


@pytest.mark.parametrize(
    "plain, printed",
    [
        ("from h_24 back to h_0.", "from h₂₄ back to h₀."),
        ("3.1 × 10^-4, 2.0 × 10^16", "3.1 × 10⁻⁴, 2.0 × 10¹⁶"),
        ("like L^−0.47.", "like L⁻⁰·⁴⁷."),
        ("h_2 = F(h_0) + h_0", "h₂ = F(h₀) + h₀"),
        ("W + J_F, 12 × 1", "W + J_F, 12 × 1"),
        ("nothing to do: 4_000, a ^ b", "nothing to do: 4_000, a ^ b"),
    ],
)
def test_indices_and_exponents_are_printed_as_such(plain, printed):
    assert typeset(plain) == printed
