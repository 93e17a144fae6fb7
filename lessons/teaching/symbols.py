r"""One symbol, one meaning: what every letter stands for, in all lessons and on all panels.

A letter with an index may be another symbol than the letter alone: W is what a shortcut carries,
W_l are the weights of layer l. `label` is what a control is called; a lesson shows its part as
`lesson.symbols()`. What stands in one lesson only, for a line or two, is in OWN.
"""

from dataclasses import dataclass

from ..errors import one_of


@dataclass(frozen=True, kw_only=True)
class Symbol:
    """A letter and its meaning. Its lessons are counted from 1."""

    plain: str  # on controls, axes and in sentences
    latex: str  # in formulas
    meaning: str
    lessons: tuple[int, ...]
    unit: str = ""
    control: str = ""  # the name of the control that moves it, if there is one


def _symbol(plain, latex, lessons, meaning, unit="", control=""):
    numbers = tuple(map(int, lessons))
    return Symbol(
        plain=plain, latex=latex, meaning=meaning, lessons=numbers, unit=unit, control=control
    )


SYMBOLS = (
    _symbol(
        "L", "L", "13457", "depth: how many layers a network has", "layers", "depth L (layers)"
    ),
    _symbol(
        "n",
        "n",
        "12467",
        "how many blocks a network has; a block is a skip and the layers that it passes",
        "blocks",
        "blocks n",
    ),
    _symbol(
        "m",
        "m",
        "12345",
        "span: how many layers a skip passes, from h_i to h_(i+m)",
        "layers",
        "span m (layers)",
    ),
    _symbol(
        "l",
        "l",
        "1234567",
        "the number of a layer, or of a block of one layer, from 1 on",
        "",
        "after layer l",
    ),
    _symbol(
        "i",
        "i",
        "13457",
        "the number of the state that a skip leaves, or the first of the skips",
        "",
        "first skip from h_i",
    ),
    _symbol("j", "j", "256", "a running number: of the terms of a sum, or of things in a row"),
    _symbol("k", "k", "4", "length of a path: the layers that it goes through", "layers"),
    _symbol("x", "x", "123567", "input, of a network or of a block"),
    _symbol("h_l", "h_l", "123456", "state behind layer l; h_0 is the input"),
    _symbol("y", "y", "13456", "what is read from the output, or the target that is to be learned"),
    _symbol("ŷ", r"\hat y", "16", "the answer of a network that learns y"),
    _symbol("f_l", "f_l", "1234", "what layer l computes: its weights times the activated state"),
    _symbol("F", "F", "123467", "branch: what the layers of a block compute, beside its skip"),
    _symbol("J", "J", "1234", "Jacobian of a branch, at one input"),
    _symbol("φ", r"\phi", "34", "activation, such as ReLU"),
    _symbol("W_l", "W_l", "123456", "weights of layer l"),
    _symbol("b_l", "b_l", "12456", "biases of layer l"),
    _symbol("W", "W", "247", "the matrix that a shortcut multiplies by", "", "kind of W"),
    _symbol("I", "I", "12457", "the identity matrix"),
    _symbol("a", "a", "2", "size of x", "numbers", "size a of x"),
    _symbol("b", "b", "2", "size of F(x)", "numbers", "size b of F(x)"),
    _symbol("d", "d", "1", "size of x where a state holds x and −x", "numbers", "width 2d (units)"),
    _symbol(
        "β", r"\beta", "1234567", "branch scale: what F is multiplied by", "", "branch scale β"
    ),
    _symbol("λ", r"\lambda", "2", "scale of a shortcut: W = λI", "", "shortcut scale λ"),
    _symbol(
        "σ_w²",
        r"\sigma_w^2",
        "35",
        "weight variance times fan-in; 1 is LeCun's choice, 2 He's",
        "",
        "weight variance σ_w²",
    ),
    _symbol("σ_j", r"\sigma_j", "2", "a singular value, the largest first"),
    _symbol("q_l", "q_l", "46", "squared branch over the squared state to which block l adds it"),
    _symbol(
        "p_l", "p_l", "24567", "the part of the sum's square that block l adds: q_l / (1 + q_l)"
    ),
    _symbol("s", "s", "4567", "effective depth: the sum of all p_l", "layers"),
    _symbol("H_n", "H_n", "67", "1 + 1/2 + … + 1/n"),
    _symbol("g", "g", "45", "a gradient; g_S that of the path through the layers S"),
    _symbol("R", "R", "5", "correlation of the gradients at two inputs"),
    _symbol("r_t", "r_t", "5", "autocorrelation of the gradient at a lag of t grid points"),
    _symbol("X", "X", "5", "the largest |x| on the grid of inputs", "", "largest |x|, X"),
    _symbol("τ", r"\tau", "4", "Kendall's rank correlation of two orders", "", "Kendall's τ"),
    _symbol(
        "M", "M", "6", "members of an ensemble, whose answers are averaged", "networks", "members M"
    ),
    _symbol("w", "w", "16", "units of a hidden layer", "units", "units w of each"),
    _symbol("G", "G", "6", "group size: blocks that read the same state", "blocks"),
    _symbol("E", r"\mathrm{E}", "1235", "expectation, over what is drawn at random"),
    _symbol("N", r"\mathcal{N}", "127", "normal distribution, of mean and variance"),
    _symbol("loss", r"\mathcal{E}", "23", "the loss that training lowers"),
)
OWN = {
    "residual_block": {"u": "a direction of the plane", "v": "the other direction of the plane"},
    "projection_shortcut": {"S": "the map that picks pixels"},
    "depth_and_gradients": {
        r"\gamma": "growth of a squared signal per block",
        "u": "a Gaussian number",
    },
    "ensemble_of_paths": {
        "C": "the matrix that reads scores from the last state",
        "S": "the layers of one path",
        "Q": "a sum of squared gradients, as a matrix",
    },
    "shattered_gradients": {
        "u": "the direction of all inputs",
        "v": "the vector that reads the output",
        "t": "a lag, in grid points",
        "c": "cosine between two states",
        r"\kappa": "the arc-cosine kernels (k0 and k1 in the code)",
        "z": "half of a state (z, −z)",
        "V": "a quarter of the weights that turn it",
    },
    "deep_or_ensemble": {
        "u": "a running number of units",
        "v": "weights behind a hidden layer",
        "t": "points in a row",
        "z": "a state of the teacher",
    },
    "residual_stream": {
        "A": "a mixing matrix of several streams",
        "C": "the matrix that reads scores from the stream",
        "c": "a constant, in the fold where it stands",
        "e": "what a matrix near the identity takes from a dense one",
        "v": "what a branch has found, or the embedding",
        r"\alpha": "weights that sum to 1",
        r"\gamma": "Euler's constant",
    },
}
GREEK = {r"\alpha": "α", r"\gamma": "γ", r"\kappa": "κ"}  # those in OWN, as plain text
LESSONS = tuple(OWN)


def label(plain: str) -> str:
    """The name of the control that moves a symbol."""
    controls = {symbol.plain: symbol.control for symbol in SYMBOLS if symbol.control}
    one_of("symbol of a control", plain, tuple(controls))
    return controls[plain]


def used_in(lesson: str) -> tuple[Symbol, ...]:
    """The symbols of a lesson, by the name of its package."""
    number = 1 + one_of("lesson", lesson, LESSONS)
    return tuple(symbol for symbol in SYMBOLS if number in symbol.lessons)


class SymbolTable:
    """The symbols of one lesson, as a table that a notebook shows."""

    def __init__(self, lesson: str):
        self.rows = [(s.plain, s.latex, s.meaning, s.unit) for s in used_in(lesson)]
        self.rows += [
            (GREEK.get(own, own), own, f"here: {means}", "") for own, means in OWN[lesson].items()
        ]

    def __repr__(self):
        return "\n".join(
            f"{plain}: {meaning}" + f" ({unit})" * bool(unit)
            for plain, _, meaning, unit in self.rows
        )

    def _repr_markdown_(self):
        lines = [
            f"| ${latex}$ | {meaning.replace('|', chr(92) + '|')} | {unit} |"
            for _, latex, meaning, unit in self.rows
        ]
        return "\n".join(["| symbol | meaning | unit |", "|---|---|---|", *lines])
