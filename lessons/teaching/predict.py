"""A question to answer before the panel below it is moved."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from string import ascii_uppercase

import ipywidgets

from ..errors import LearnerError, one_of

INVITATION = "Choose one; the answer then appears here."
# ipywidgets gives every option one line of fixed height and floats its button beside the last line.
STYLE = """<style>
.prediction .widget-radio-box label {
  display: flex; height: auto; line-height: 1.5; padding-bottom: 4px
}
.prediction .widget-radio-box input { order: -1; flex: none }
</style>"""


_asked: dict[str, "Prediction"] = {}  # the last one of each name, for the panels that follow it


def asked_before(name: str | None, answered: Callable[[], None]) -> bool:
    """Whether a prediction of this name waits for its answer; if so, `answered` is called when it
    has one.

    Without such a prediction, because its cell has not run, nothing waits: every cell works alone.
    """
    prediction = _asked.get(name) if name else None
    if prediction is None or prediction.choices.index is not None:
        return False
    prediction.choices.observe(lambda _: answered(), "index")
    return True


def predict(
    question: str,
    options: Sequence[str],
    answer: str,
    explanation: str,
    name: str | None = None,
    wrong: Mapping[str, str] | None = None,
) -> "Prediction":
    """A question with radio buttons; the answer appears once one is chosen.

    A panel that is built with `after=name` stays veiled until then. `answer` is one of the options;
    `wrong` may give, for others of them, the reason why they are not. The question, the explanation
    and the reasons may hold LaTeX between dollar signs, the options may not. Raises LearnerError if
    the answer is no option, if a reason belongs to none of the wrong options, or if the options
    cannot be shown.
    """
    prediction = Prediction(question, options, answer, explanation, wrong)
    if name is not None:
        _asked[name] = prediction
    return prediction


class Prediction(ipywidgets.VBox):
    """The live view for `predict`, and what a page without a kernel shows instead.

    `choices` are the radio buttons, nothing chosen at first; `reply` says whether the choice
    agrees, which option is right, and why. Before a choice, nothing in the live view tells the
    answer.
    """

    def __init__(
        self,
        question: str,
        options: Sequence[str],
        answer: str,
        explanation: str,
        wrong: Mapping[str, str] | None = None,
    ):
        self.question, self.explanation = question, explanation
        self.options = checked_options(options)
        self.right = one_of("answer", answer, self.options, LearnerError)
        self.wrong = self._reasons(wrong or {})
        self.choices = ipywidgets.RadioButtons(
            options=self._lettered(), index=None, layout={"width": "auto"}
        )
        self.reply = ipywidgets.HTMLMath(status(INVITATION))
        self.choices.observe(self._answer, "index")
        super().__init__(
            [ipywidgets.HTMLMath(STYLE + paragraph(question)), self.choices, self.reply]
        )
        self.add_class("prediction")

    def _reasons(self, wrong):
        """Why each option is wrong, in the order of the options; "" where no reason is given."""
        others = tuple(option for number, option in enumerate(self.options) if number != self.right)
        for option in wrong:
            one_of("wrong option", option, others, LearnerError)
        return tuple(wrong.get(option, "") for option in self.options)

    def _lettered(self):
        return [
            f"{letter}. {option}"
            for letter, option in zip(ascii_uppercase, self.options, strict=False)
        ]

    def _answer(self, change):
        chosen = change.new
        self.reply.value = status(INVITATION if chosen is None else self.answer_to(chosen))

    def answer_to(self, chosen: int) -> str:
        """What is said to the learner who chose this option."""
        parts = (self._comparison(chosen), self.wrong[chosen], self.explanation)
        return " ".join(part for part in parts if part)

    def _comparison(self, chosen):
        right = f"{ascii_uppercase[self.right]} is right."
        if chosen == self.right:
            return f"Your prediction agrees: {right}"
        return f"Your prediction was {ascii_uppercase[chosen]}, but {right}"

    def _repr_mimebundle_(self, **kwargs) -> dict:
        # JupyterLab shows the view, and the HTML where no view is stored; the notebook check
        # compares the other two.
        bundle = super()._repr_mimebundle_(**kwargs)
        assert isinstance(bundle, dict)  # a view, and no metadata
        return bundle | {"text/plain": self._text(), "text/html": self._page()}

    def _text(self):
        return "\n".join([self.question, *self._lettered()])

    def _page(self):
        # Written letters, because JupyterLab numbers every ordered list 1, 2, 3.
        options = "".join(f"<li>{escape(option)}</li>" for option in self._lettered())
        answer = paragraph(f"{ascii_uppercase[self.right]} is right. {self.explanation}")
        why = [f"{ascii_uppercase[k]}: {reason}" for k, reason in enumerate(self.wrong) if reason]
        parts = "".join([answer, *map(paragraph, why)])
        folded = f"<details><summary>Show the answer</summary>{parts}</details>"
        return f"{paragraph(self.question)}<ul>{options}</ul>{folded}"


def checked_options(options: Sequence[str]) -> tuple[str, ...]:
    """The options as a tuple, or LearnerError if radio buttons cannot show them."""
    options = tuple(options)
    if not 2 <= len(options) <= len(ascii_uppercase):
        raise LearnerError(
            f"options must be between 2 and {len(ascii_uppercase)}, got {len(options)}."
        )
    for number, option in enumerate(options):
        if option in options[:number]:
            raise LearnerError(f"options must differ, {option!r} stands twice.")
        if "$" in option:
            raise LearnerError(
                f"options must be plain text, for radio buttons show no LaTeX, got {option!r}."
            )
    return options


def paragraph(text: str) -> str:
    """Plain text as HTML; LaTeX between dollar signs stays what it is."""
    return f"<p>{escape(text)}</p>"


def status(text: str) -> str:
    """A paragraph that a screen reader speaks when it changes."""
    return f'<p role="status">{escape(text)}</p>'
