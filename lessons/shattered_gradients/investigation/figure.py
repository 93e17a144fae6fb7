"""The curve that does not break, and beside it the same network with one change."""

from ..two_curves.figure import TwoCurvesView


class InvestigationView(TwoCurvesView):
    """Left as it was, right with the change."""

    places = (("plain", "Without the change", 0.06), ("plain", "With it", 0.55))
