"""What is left of trained networks when blocks are deleted or change places."""

from dataclasses import dataclass

import numpy as np

from ...formatting import number, plural

KINDS = ("plain", "residual β = 1", "residual β = 1/√n", "residual pre-norm (RMS)")
# Wide apart, and in points of error: trained networks differ between machines.
UNHARMED, DESTROYED = 0.1, 0.4


@dataclass(frozen=True, eq=False)
class LesionTables:
    """Error rates of trained networks after many lesions, 0 to 1; first axis as KINDS."""

    single: np.ndarray  # (kinds, blocks); each block deleted alone
    deletions: np.ndarray  # (kinds, blocks, choices); so many deleted at random, from 0
    reorderings: np.ndarray  # (kinds, taus, choices)


@dataclass(frozen=True, eq=False, kw_only=True)
class LesionMeasurement:
    """Four networks of the same blocks trained alike, and one choice of lesions.

    Errors are those on 500 test digits, 0 to 1; guessing has 0.9.
    """

    step: int
    steps: int
    blocks: int  # n
    intact: np.ndarray  # (kinds,)
    chosen: np.ndarray  # (kinds,); with the blocks in `gone` deleted
    gone: tuple[int, ...]  # from 1
    effective_depths: np.ndarray  # (kinds,); s
    deleted: int  # how many at random
    taus: np.ndarray  # what `reorderings` were drawn for
    tau: float
    tables: LesionTables | None  # once training has ended

    @property
    def progress(self) -> float:
        """The part of the training that is done, 0 to 1."""
        return self.step / self.steps

    @property
    def after_deletion(self) -> np.ndarray:
        """Median errors over the choices of `deleted` blocks, (kinds,)."""
        assert self.tables is not None
        return np.median(self.tables.deletions[:, self.deleted], axis=1)

    @property
    def after_reordering(self) -> np.ndarray:
        """Median errors over the orders with Kendall tau nearest to `tau`, (kinds,)."""
        assert self.tables is not None
        return np.median(self.tables.reorderings[:, np.abs(self.taus - self.tau).argmin()], axis=1)

    @property
    def summary(self) -> str:
        """How far each kind's error has risen, in words that do not differ between machines."""
        if self.step == 0:
            return (
                "Before training all four networks guess: test errors are near 90 %. "
                f"{self._asked} s = {self._depths}."
            )
        if self.tables is None:
            return f"After {self.step} of {self.steps} steps. {self._asked}"
        parts = [
            f"{plural(self.deleted, 'block')} deleted at random: "
            f"{self._verdicts(self.after_deletion)}.",
            f"Reordered to Kendall's τ = {self.tau:g}: {self._verdicts(self.after_reordering)}.",
        ]
        if self.gone:
            names = ", ".join(map(str, self.gone))
            parts.append(
                f"Block{'s' * (len(self.gone) > 1)} {names} deleted: {self._verdicts(self.chosen)}."
            )
        bounds = (
            f"(One network of each kind, medians over {self.tables.deletions.shape[2]} choices. "
            f"Unharmed: error less than {100 * UNHARMED:g} points up; "
            f"destroyed: more than {100 * DESTROYED:g}.)"
        )
        return " ".join([*parts, bounds])

    @property
    def _asked(self):
        gone = f"; chosen: {', '.join(map(str, self.gone))}" if self.gone else ""
        return (
            f"Train them to see what is left with {plural(self.deleted, 'block')} "
            f"deleted or at Kendall's τ = {self.tau:g}{gone}."
        )

    @property
    def _depths(self):
        return ", ".join(
            f"{number(s)} ({kind})" for s, kind in zip(self.effective_depths, KINDS, strict=True)
        )

    def _verdicts(self, errors):
        """Kinds by what has happened to them."""
        rises = errors - self.intact
        groups = {
            "unharmed": rises < UNHARMED,
            "damaged": (rises >= UNHARMED) & (rises <= DESTROYED),
            "destroyed": rises > DESTROYED,
        }
        named = {
            verdict: [kind for kind, is_one in zip(KINDS, which, strict=True) if is_one]
            for verdict, which in groups.items()
        }
        return "; ".join(
            f"{', '.join(kinds)} {verdict}" for verdict, kinds in named.items() if kinds
        )
