"""The normalisations, in one table: what each does, as data.

Whatever differs between them is said here and nowhere else: the switches of compiled functions,
the lists that panels offer, the sentences and the closed forms are all made from the table, and so
a new one is one more entry (and its second implementation in tests/oracle.py).

In the formulas h is (batch, units) and the mean is taken over the axis that `over` names:

    centred = h - mean(h)               if it centres, else h
    result  = centred / sqrt(mean(centred^2) + EPSILON)     if it divides, else centred
"""

from collections.abc import Callable
from dataclasses import dataclass

from ..errors import NetworkError, one_of

EPSILON = 1e-6  # keeps a unit that is constant over the batch from dividing by 0
NOTHING, BATCH, UNITS = "nothing", "the batch", "the units of an example"


@dataclass(frozen=True, kw_only=True)
class Normalisation:
    """What one of them does, what it is called, and its closed form."""

    key: str  # in code: normalisation="rms"
    name: str  # in lists of a panel that say what they are lists of
    label: str  # in a sentence
    over: str  # where its statistics come from: NOTHING, BATCH or UNITS
    centres: bool  # takes their mean off
    divides: bool  # divides by the root of the mean square of what is then left
    # That mean square at initialisation, from a unit's second moment E h^2 and its variance over
    # the batch. Independent weights of mean 0 make the units of a wide layer independent with mean
    # 0, so that the mean over them is about 0 and their variance is their second moment.
    divisor: Callable[[float, float], float]

    def __post_init__(self):
        one_of("over", self.over, (NOTHING, BATCH, UNITS))
        if (self.over == NOTHING) == (self.centres or self.divides):
            raise NetworkError(
                f"{self.key}: a normalisation that centres or divides must say what its "
                f"statistics are over, and no other, got {self.over!r}."
            )

    @property
    def couples_examples(self) -> bool:
        """Whether an example's result depends on the others of its batch."""
        return self.over == BATCH

    @property
    def removes_shared_mean(self) -> bool:
        """Whether what all examples of a batch have in common is taken off: they come apart."""
        return self.centres and self.over == BATCH

    @property
    def forgets_size(self) -> bool:
        """Whether an example and a multiple of it give the same result."""
        return self.divides and self.over == UNITS

    def mean_square(self, second_moment: float, variance: float) -> float:
        """E of the squared result per unit, from those of the state (see `divisor`)."""
        if self.divides:
            return 1.0
        return variance if self.removes_shared_mean else second_moment


# Their order is that of the indices in compiled functions and of the lists in panels.
NORMALISATIONS = (
    Normalisation(
        key="none",
        name="none",
        label="no normalisation",
        over=NOTHING,
        centres=False,
        divides=False,
        divisor=lambda second_moment, variance: 1.0,
    ),
    Normalisation(
        key="centre",
        name="centre",
        label="centred over the batch",
        over=BATCH,
        centres=True,
        divides=False,
        divisor=lambda second_moment, variance: 1.0,
    ),
    Normalisation(  # Ioffe and Szegedy, 2015, arXiv:1502.03167, algorithm 1
        key="batch",
        name="batch",
        label="batch norm",
        over=BATCH,
        centres=True,
        divides=True,
        divisor=lambda second_moment, variance: variance,
    ),
    Normalisation(  # Zhang and Sennrich, 2019, arXiv:1910.07467, equation 4
        key="rms",
        name="RMS",
        label="RMS norm",
        over=UNITS,
        centres=False,
        divides=True,
        divisor=lambda second_moment, variance: second_moment,
    ),
    Normalisation(  # Ba, Kiros and Hinton, 2016, arXiv:1607.06450, equation 3
        key="layer",
        name="layer",
        label="layer norm",
        over=UNITS,
        centres=True,
        divides=True,
        divisor=lambda second_moment, variance: second_moment,
    ),
)
KEYS = tuple(norm.key for norm in NORMALISATIONS)
NONE = NORMALISATIONS[0]
DIVIDING = tuple(norm for norm in NORMALISATIONS if norm.divides)  # what real networks have


def index_of(key: str, argument: str = "normalisation") -> int:
    """Its place in the table; `argument` is what a NetworkError calls it."""
    return one_of(argument, key, KEYS)


def named(key: str, argument: str = "normalisation") -> Normalisation:
    """The entry of this key. Raises NetworkError."""
    return NORMALISATIONS[index_of(key, argument)]
