"""Questions on earlier lessons: three at the head of a lesson, what was missed at its end, and a
last quiz.
"""

import ipywidgets

from .predict import Prediction, paragraph, status
from .questions import AT_THE_HEAD, LAST, QUESTIONS

_asked: dict[str, "Questions"] = {}  # what each lesson asked last, for what comes back at its end
NOTHING_MISSED = "You missed none of the questions at the head of this lesson."
NOT_ANSWERED = (
    "Questions at the head of this lesson that you get wrong come back here, to be tried again."
)


class Questions(ipywidgets.VBox):
    """Predictions one after the other: the next one shows when this one is answered.

    `predictions` are all of them; `missed` are those whose first answer was wrong, and stay so
    whatever is chosen later. `score` says how many first answers were right.
    """

    def __init__(self, names: tuple[str, ...]):
        self.names = names
        self.predictions = tuple(_asking(name) for name in names)
        self._first: dict[str, bool] = {}  # whether the first answer was right
        self.score = ipywidgets.HTML()
        for number, prediction in enumerate(self.predictions):
            prediction.choices.observe(lambda change, k=number: self._answered(k), "index")
        super().__init__([self.predictions[0], self.score])
        self.add_class("questions")

    @property
    def missed(self) -> tuple[str, ...]:
        """The names of the questions whose first answer was wrong."""
        return tuple(name for name in self.names if self._first.get(name) is False)

    def _answered(self, number):
        prediction, name = self.predictions[number], self.names[number]
        if prediction.choices.index is None:
            return
        self._first.setdefault(name, prediction.choices.index == prediction.right)
        shown = min(max(len(self._first) + 1, number + 1), len(self.predictions))
        self.children = (*self.predictions[:shown], self.score)
        right, count = sum(self._first.values()), len(self.predictions)
        if len(self._first) == count:
            self.score.value = status(f"{right} of {count} right at the first choice.")

    def _repr_mimebundle_(self, **kwargs):
        # As a prediction does: the view, and for a page without a kernel and the check all of it.
        bundles = [prediction._repr_mimebundle_() for prediction in self.predictions]
        text = "\n\n".join(bundle["text/plain"] for bundle in bundles)
        html = "".join(bundle["text/html"] for bundle in bundles)
        return _with(super()._repr_mimebundle_(**kwargs), text, html)


def recall(lesson: str) -> Questions:
    """Three questions on earlier lessons, to be answered from memory before this one begins."""
    _asked[lesson] = Questions(AT_THE_HEAD[lesson])
    return _asked[lesson]


def missed(lesson: str) -> "Again":
    """The questions at the head of the lesson whose first answer was wrong, once more."""
    return Again(_asked.get(lesson))


def quiz() -> Questions:
    """Twelve questions on lessons 1 to 6."""
    return Questions(LAST)


class Again(ipywidgets.VBox):
    """The questions that were missed, asked afresh, or a sentence if there are none. It follows
    the answers: one that is given later at the head of the lesson comes in, too.
    """

    def __init__(self, before: Questions | None):
        self._before, self._again = before, {}
        super().__init__([ipywidgets.HTML(paragraph(self._words()))])
        self.add_class("questions")
        for prediction in before.predictions if before else ():
            # behind the questions' own observer, which was there first
            prediction.choices.observe(lambda _: self._show(), "index")
        self._show()

    def _words(self):
        answered = self._before is not None and len(self._before._first) > 0
        return NOTHING_MISSED if answered else NOT_ANSWERED

    def _show(self):
        names = self._before.missed if self._before else ()
        for name in names:
            self._again.setdefault(name, _asking(name))
        words = ipywidgets.HTML(paragraph(self._words()))
        self.children = tuple(self._again.values()) or (words,)

    def _repr_mimebundle_(self, **kwargs):
        return _with(super()._repr_mimebundle_(**kwargs), NOT_ANSWERED, paragraph(NOT_ANSWERED))


def _with(bundle, text, html):
    """What a cell shows: the live view, and what stands for it without a kernel."""
    assert isinstance(bundle, dict)  # a view, and no metadata
    return bundle | {"text/plain": text, "text/html": html}


def _asking(name: str) -> Prediction:
    asked = QUESTIONS[name]
    return Prediction(asked.question, asked.options, asked.answer, asked.explanation, asked.wrong)
