"""One symbol, one meaning: on every control, in every formula, on every axis."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

from lessons.errors import NetworkError
from lessons.teaching.symbols import LESSONS, OWN, SYMBOLS, SymbolTable, label, used_in
from tests.panels import each_explorer, panel_of

ROOT = Path(__file__).parents[2]
NOTEBOOKS = {name: next((ROOT / "notebooks").glob(f"[1-9]_{name}.ipynb")) for name in LESSONS}
CONTROLS = {symbol.control for symbol in SYMBOLS if symbol.control}
PLAIN = {symbol.plain[0] for symbol in SYMBOLS}
KINDS = re.compile(r"\b(RMS|rms|[Bb]atch|centre)\b")
GREEK = re.compile(
    r"\\(alpha|beta|gamma|delta|epsilon|kappa|lambda|mu|nu|xi|rho|sigma|tau|(var)?phi|chi|psi|omega)"
)

# What a formula is made of besides symbols: words, upright letters, sets, the names of environments
WORDS = re.compile(r"\\(?:text|mathbb|begin|end)\{[^{}]*\}|\\mathrm\{(?!E\})[^{}]*\}")
TOKEN = re.compile(
    r"(?P<base>\\mathrm\{E\}|\\mathcal\{\w\}|\\hat ?\w|\\bar ?\w|\\[A-Za-z]+|[A-Za-z])"
    r"(?:_(?P<index>\{[^{}]*\}|\\?\w))?"
)
LETTER = re.compile(r"(?<![\w'’^])[A-Za-zα-ωφŷ](?![\w'’]|\.\w)")  # a letter alone, in plain text
OWN_INDEX = {"W", "b"}  # with an index another symbol than alone


def prose(path: Path) -> list[str]:
    """What a learner reads of a notebook: its text, and the texts in its code."""
    found = []
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            found.append(cell.source)
        else:
            nodes = ast.walk(ast.parse(cell.source))
            found += [n.value for n in nodes if isinstance(n, ast.Constant)]
    return [text for text in found if isinstance(text, str)]


PROSE = {name: prose(path) for name, path in NOTEBOOKS.items()}


def formulas(text: str) -> list[str]:
    text = re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.S)
    return [WORDS.sub(" ", found) for found in re.findall(r"\$\$.+?\$\$|\$.+?\$", text, re.S)]


def symbols_of(formula: str) -> set[str]:
    """The symbols of a formula, as they stand in the table; an index is a formula of its own."""
    found = set()
    for token in TOKEN.finditer(formula):
        base, index = token["base"].replace(" ", ""), token["index"] or ""
        if base.startswith((r"\hat", r"\bar")):
            base, index = r"\haty", index if base[-1] == "y" else f"{index} {base[-1]}"
        command = re.fullmatch(r"\\[A-Za-z]+", base)
        if command and not GREEK.fullmatch(base) and base != r"\haty":
            continue
        if base == r"\sigma" and index == "w":
            index = "own"
            found.add(r"\sigma_w")
        else:
            found.add(base + "_" * bool(index and base in OWN_INDEX))
        found |= set() if index == "own" else symbols_of(index)
    return found


def known(lesson: str) -> dict[str, str]:
    """What `symbols_of` calls each symbol that a lesson may use, and its meaning."""
    names = {symbol.latex: symbol.meaning for symbol in used_in(lesson)} | OWN[lesson]
    return {name_of(latex): meaning for latex, meaning in names.items()}


def name_of(latex: str) -> str:
    if latex == r"\sigma_w^2":
        return r"\sigma_w"
    base, _, index = latex.replace(" ", "").partition("_")
    return base + "_" * bool(index and base in OWN_INDEX)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (r"h_{i+m} = F(h_i) + h_i", {"h", "i", "m", "F"}),
        (r"W_l \ne W", {"W_", "l", "W"}),
        (r"\sigma_w^2 + \sigma_j", {r"\sigma_w", r"\sigma", "j"}),
        (r"\mathrm{E}\,|\hat y_j - y|^2 \sim \mathcal{N}", None),
        (r"\mathrm{d}y / \mathrm{d}x \in \mathbb{R}", {"y", "x"}),
        (r"\begin{pmatrix} I & -I \end{pmatrix}", {"I"}),
    ],
)
def test_the_symbols_of_a_formula_are_found(formula, expected):
    expected = expected or {r"\mathrm{E}", r"\haty", "j", "y", r"\mathcal{N}"}
    assert symbols_of(WORDS.sub(" ", formula)) == expected


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_symbol_of_a_formula_is_in_the_table_of_its_lesson_and_the_other_way_round(lesson):
    found = {}
    for text in PROSE[lesson]:
        for formula in formulas(text):
            found |= dict.fromkeys(symbols_of(formula), formula)
    assert not {name: formula for name, formula in found.items() if name not in known(lesson)}
    assert not {name for name in known(lesson) if name not in found}, "named but never used"


@pytest.mark.parametrize("lesson", LESSONS)
def test_what_a_lesson_means_by_a_letter_of_its_own_is_nothing_else_elsewhere(lesson):
    assert not {name_of(latex) for latex in OWN[lesson]} & {name_of(s.latex) for s in SYMBOLS}


def test_no_two_entries_have_one_name():
    for names in zip(*((s.plain, s.latex, s.meaning) for s in SYMBOLS), strict=True):
        assert len(set(names)) == len(names)
    assert len(CONTROLS) == len([symbol for symbol in SYMBOLS if symbol.control])


@pytest.mark.parametrize("explorer", each_explorer())
def test_a_symbol_on_a_control_stands_there_with_its_name(explorer):
    """Without the names of the table, no letter is left."""
    for control in panel_of(explorer).controls.values():
        rest = control.description
        for name in sorted(CONTROLS, key=len, reverse=True):
            rest = rest.replace(name, "")
        assert not LETTER.findall(rest), control.description
        for option in getattr(control, "options", ()):
            letters = set(LETTER.findall(option)) if isinstance(option, str) else set()
            assert letters <= PLAIN | {"A", "a"}, option


@pytest.mark.parametrize("lesson", LESSONS)
def test_letters_on_axes_and_in_sentences_are_symbols_of_the_lesson(lesson):
    words = {"a", "A", "B", "C"}  # the article, and the options of lesson 2
    allowed = words | {s.plain[0] for s in used_in(lesson)} | set(OWN[lesson]) | {"x", "y"}
    for role in ("measurement.py", "figure.py"):
        for path in (ROOT / "lessons" / lesson).glob(f"*/{role}"):
            for text in shown_texts(path):
                text = re.sub(r"\\[A-Za-z]+", " ", text)
                assert set(LETTER.findall(text)) <= allowed, (path.name, text)


def shown_texts(path):
    """Text in a module that is no docstring; a text without a blank is a key or a format."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    parents = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, parents) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if text and id(node) not in docs and " " in node.value:
            yield node.value


@pytest.mark.parametrize("lesson", LESSONS)
def test_code_in_the_prose_uses_the_same_letters(lesson):
    allowed = {s.plain[0] for s in used_in(lesson)} | set(OWN[lesson]) | {"W", "β", "C"}
    for text in PROSE[lesson]:
        text = re.sub(r"```.*?```|python -m", "", text, flags=re.S)
        for code in re.findall(r"`([^`]+)`", text):
            assert set(LETTER.findall(code)) - {"k"} <= allowed, code


@pytest.mark.parametrize("lesson", [name for name in LESSONS if name != "residual_stream"])
def test_pre_norm_is_named_with_its_kind(lesson):
    """Where there is more than one: lesson 7 has layer norm alone."""
    for text in PROSE[lesson]:
        for sentence in re.split(r"(?<=[.?!]) |\n", text):
            if re.search(r"\b[Pp](re|ost)-norm", sentence):
                assert KINDS.search(sentence), sentence


def controls_in_prose(lesson: str):
    """(control, formula) of every row of the tables that name a control and its symbol."""
    for text in PROSE[lesson]:
        for table in re.findall(r"^\| control \| symbol \|.*\n\|[-|]+\n((?:\|.*\n?)+)", text, re.M):
            for row in table.splitlines():
                names, symbols = re.split(r" ?\| ?", row)[1:3]
                if re.fullmatch(r"(\$[^$]+\$(, )?)+", symbols):
                    yield from zip(names.split(", "), symbols.split(", "), strict=False)


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_tables_of_controls_give_each_control_its_symbol(lesson):
    meanings = {name_of(s.latex): f"{s.control} {s.meaning}" for s in used_in(lesson)}
    rows = list(controls_in_prose(lesson))
    assert len(rows) >= 3 or lesson in {"ensemble_of_paths", "residual_stream"}  # without a table
    for name, symbol in rows:
        said = " ".join(meanings[one] for one in symbols_of(symbol.strip("$")))
        name = re.sub(r"\\\w+", " ", name)
        assert set(re.findall(r"\w+", name)) <= set(re.findall(r"\w+", said)), (name, symbol)


def test_a_lesson_shows_its_own_part():
    table = SymbolTable("residual_block")
    assert len(table._repr_markdown_().splitlines()) == 2 + len(table.rows)
    assert "m: span: how many layers a skip passes" in repr(table)
    assert "Kendall" not in repr(table) and "Kendall" in repr(SymbolTable("ensemble_of_paths"))


def test_what_is_not_there_is_named():
    with pytest.raises(NetworkError, match="lesson must be one of .*, got 'tour'"):
        SymbolTable("tour")
    with pytest.raises(NetworkError, match="symbol of a control must be one of .*, got 's'"):
        label("s")
