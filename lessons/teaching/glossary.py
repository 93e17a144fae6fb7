"""The terms of all lessons, one plain sentence each: on hover where one first stands, and a page.

    python -m lessons.teaching.glossary notebooks/*.ipynb

puts them into the notebooks: the first time that a term stands in a lesson's open text it becomes
<abbr title="its sentence">, wherever it stood before. This list is the one place for the words.
"""

import json
import re
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from .folds import folded, open_spans


@dataclass(frozen=True)
class Term:
    """A word, what it means for somebody who reads no papers, and the lesson that it comes with.

    `forms` are the other ways in which it stands in the text. A word that means something else in
    earlier lessons (`only_from_its_lesson`) is not marked there.
    """

    word: str
    sentence: str
    lesson: int
    forms: tuple[str, ...] = ()
    only_from_its_lesson: bool = False


def _plural(word, sentence, lesson, *forms):
    return Term(word, sentence, lesson, (f"{word}s", *forms))


TERMS = (
    _plural(
        "residual connection",
        "A second path for the data: it passes some layers by, and what it carries is added to what"
        " they compute.",
        1,
    ),
    _plural("skip", "Another word for a residual connection: the path around some layers.", 1),
    _plural("plain network", "A network without skips: each layer sees only the one before.", 1),
    _plural("block", "A skip together with the layers that it passes.", 1),
    Term("branch", "What the layers of a block compute, beside its skip.", 1, ("branches",)),
    Term("branch scale", "The number β that a block's layers are multiplied by.", 1),
    Term(
        "cosine",
        "How well two arrows point the same way: 1 if they agree, 0 if they stand at a right"
        " angle.",
        1,
    ),
    Term("random weights", "The numbers in a network's layers before it has learned anything.", 1),
    _plural("seed", "A number that fixes all random draws, so that you can repeat them.", 1),
    Term("ReLU", "What a unit does to a number: it keeps a positive one and makes others 0.", 1),
    Term(
        "identity",
        "The function that gives back what it gets: y = x.",
        1,
    ),
    Term("learning rate", "How large a step training takes each time.", 1, ("learning rates",)),
    _plural("shortcut", "What a skip carries: x itself, or x times a matrix W.", 2),
    _plural("projection", "A shortcut with a matrix W, which brings x to another size.", 2),
    Term("zero-padding", "Making a row of numbers longer by writing zeros behind it.", 2),
    _plural(
        "singular value", "By how much a matrix stretches one of its own special directions.", 2
    ),
    Term("Gaussian matrix", "A matrix of random numbers, independent of each other.", 2),
    Term("orthogonal matrix", "A matrix that turns arrows and keeps all their lengths.", 2),
    Term("stable rank", "About how many directions a matrix keeps equally well.", 2),
    Term("variance", "How widely numbers scatter: the mean squared distance from their mean.", 3),
    Term("initialisation", "How the weights are drawn before training, and how large they are.", 3),
    _plural("span", "How many layers a skip passes.", 3),
    Term(
        "vanishing gradient",
        "A gradient that shrinks on its way back, until the first layers get next to nothing.",
        3,
        ("vanishing gradients",),
    ),
    Term(
        "exploding gradient",
        "A gradient that grows on its way back, layer after layer, until steps overshoot.",
        3,
        ("exploding gradients",),
    ),
    Term(
        "normalisation",
        "Bringing the numbers inside a network to a fixed mean and size, at every layer.",
        3,
    ),
    Term(
        "batch norm",
        "A normalisation that takes mean and size over the examples that are shown together.",
        3,
        ("batch normalisation",),
    ),
    Term("pre-norm", "A normalisation in front of the branch; the skip stays as it is.", 3),
    Term("post-norm", "A normalisation behind the addition, so that the skip passes it, too.", 3),
    Term("degradation", "More layers, and a higher error on the training examples themselves.", 3),
    _plural("path", "One way from input to output: at each block through the layer or around.", 4),
    Term("path length", "How many layers lie on a path.", 4, ("path lengths",)),
    Term("effective depth", "How many layers the gradient has passed, on average.", 4),
    _plural("ensemble", "Several networks whose answers are averaged.", 4),
    Term("correlation", "How alike two curves or rows of numbers are: 1 alike, 0 unrelated.", 5),
    Term("centring", "Subtracting from each number the mean over all inputs.", 5, ("centred",)),
    Term("white noise", "Numbers none of which tells anything about its neighbour.", 5),
    Term("brown noise", "A random walk: each number is the one before plus a random step.", 5),
    Term(
        "shattered gradient",
        "A gradient that changes at random when the input changes a little.",
        5,
        ("shattered gradients", "shattering", "shatters", "shatter"),
    ),
    Term("bias", "The error that is the same however often you train again.", 6, (), True),
    _plural("member", "One of the networks of an ensemble.", 6),
    Term("median", "The middle one of several numbers put in order.", 6),
    _plural("transformer", "The kind of network that language models are made of.", 7),
    Term(
        "stream",
        "What runs along the skips: the input, and all that the branches have added so far.",
        7,
        ("residual stream", "streams"),
        True,
    ),
    Term(
        "attention",
        "A branch in which each place fetches numbers from the places before it.",
        7,
        (),
        True,
    ),
    Term(
        "feed-forward",
        "A branch that works on each place by itself: one hidden layer of units.",
        7,
        ("feed-forward branch", "feed-forward branches"),
        True,
    ),
)


# Where no term is looked for: formulas, code, HTML, links, headings, and the lesson's question.
PROTECTED = re.compile(
    r"\$\$.+?\$\$|\$[^$]+?\$|```.+?```|`[^`]+`|<[^>]+>|\[[^\]]*\]\([^)]*\)|^#.*?$|^\*\*[^*]*\?\*\*$",
    re.S | re.M,
)
MARKED = re.compile(r'<abbr title="[^"]*">(.*?)</abbr>', re.S)


def terms_of(lesson: int) -> list[Term]:
    """The terms that are marked in a lesson, if they stand there."""
    return [term for term in TERMS if not term.only_from_its_lesson or term.lesson <= lesson]


def with_terms(sources: list[str], open_now: list[bool], lesson: int) -> list[str]:
    """The texts of a lesson with each term marked where it first stands in the open ones."""
    bare = [MARKED.sub(r"\1", source) for source in sources]
    marked, left = [], terms_of(lesson)
    for source, is_open in zip(bare, open_now, strict=True):
        if is_open:
            source, left = _marked(source, left)
        marked.append(source)
    return marked


def _marked(source, terms):
    """The text with those of the terms marked that stand in it, and the terms that do not."""
    places, taken = [], _hidden(source)
    for term in sorted(terms, key=lambda term: -len(term.word)):  # batch norm before norm
        place = first_use(term, source, taken)
        if place:
            places.append((place, term))
            taken.append(place)
    for (start, stop), term in sorted(places, key=lambda each: each[0], reverse=True):
        word = source[start:stop]
        source = f'{source[:start]}<abbr title="{term.sentence}">{word}</abbr>{source[stop:]}'
    found = [term for _, term in places]
    return source, [term for term in terms if term not in found]


def _hidden(source):
    """Where no term is looked for: what is protected, and what is folded."""
    spans = [(0, 0), *open_spans(source), (len(source), len(source))]
    folds = [(stop, start) for (_, stop), (start, _) in pairwise(spans)]
    return [*folds, *(match.span() for match in PROTECTED.finditer(source))]


def first_use(term: Term, source: str, taken: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Where a term first stands in the text, outside the places that are taken."""
    forms = "|".join(re.escape(form) for form in sorted((term.word, *term.forms), key=len)[::-1])
    for match in re.finditer(rf"(?<![\w-])(?:{forms})(?![\w-])", source, re.I):
        if all(match.end() <= start or match.start() >= stop for start, stop in taken):
            return match.span()
    return None


def mark(path: Path) -> None:
    """Puts the terms into a notebook's text cells, and leaves all else as it was. The lesson's
    number begins the file's name.
    """
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = [{**cell, "source": "".join(cell["source"])} for cell in notebook["cells"]]
    hidden = folded(cells)
    text = [number for number, cell in enumerate(cells) if cell["cell_type"] == "markdown"]
    sources, open_now = [cells[k]["source"] for k in text], [not hidden[k] for k in text]
    marked = with_terms(sources, open_now, int(path.name.split("_")[0]))
    for number, source in zip(text, marked, strict=True):
        notebook["cells"][number]["source"] = source.splitlines(keepends=True)
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        mark(Path(name))
