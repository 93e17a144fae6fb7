"""A prediction keeps its answer until there is a choice, and reads on a page without a kernel."""

import pytest

from lessons.errors import LearnerError
from lessons.teaching.predict import Prediction, predict

QUESTION = "Is $1 < 1 + F'(x)$ at each x, & why?"
EXPLANATION = "With $F(x) = -x$ it is 0 < 1."
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
TEXT = f"""{QUESTION}
A. always
B. if F' > 0
C. never"""
PAGE = (
    "<p>Is $1 &lt; 1 + F&#x27;(x)$ at each x, &amp; why?</p>"
    "<ul><li>A. always</li><li>B. if F&#x27; &gt; 0</li><li>C. never</li></ul>"
    "<details><summary>Show the answer</summary><p>B is right. With $F(x) = -x$ "
    "it is 0 &lt; 1.</p></details>"
)


@pytest.fixture
def prediction():
    return predict(QUESTION, ("always", "if F' > 0", "never"), "if F' > 0", EXPLANATION)


def texts(prediction):
    """Everything that the front end receives for the widget and those inside it."""
    return " ".join(str(widget.get_state()) for widget in (prediction, *prediction.children))


def test_nothing_is_chosen_at_first(prediction):
    assert isinstance(prediction, Prediction)
    assert prediction.choices.index is None
    assert (
        prediction.reply.value == '<p role="status">Choose one; the answer then appears here.</p>'
    )


def test_the_live_view_does_not_hold_the_answer_before_a_choice(prediction):
    assert "is right" not in texts(prediction) and "F(x) = -x" not in texts(prediction)
    prediction.choices.index = 2
    assert "is right" in texts(prediction) and "F(x) = -x" in texts(prediction)


def test_the_right_choice_agrees(prediction):
    prediction.choices.index = 1
    expected = "Your prediction agrees: B is right. With $F(x) = -x$ it is 0 &lt; 1."
    assert prediction.reply.value == f'<p role="status">{expected}</p>'


def test_another_choice_learns_which_is_right(prediction):
    prediction.choices.index = 0
    expected = "Your prediction was A, but B is right. With $F(x) = -x$ it is 0 &lt; 1."
    assert prediction.reply.value == f'<p role="status">{expected}</p>'


def test_a_learner_can_change_their_mind(prediction):
    for index, beginning in (
        (0, "Your prediction was A"),
        (1, "Your prediction agrees"),
        (2, "Your prediction was C"),
    ):
        prediction.choices.index = index
        assert beginning in prediction.reply.value
    prediction.choices.index = None
    assert "Choose one" in prediction.reply.value


def test_the_bundle_holds_a_view_a_text_without_the_answer_and_a_page_with_it_folded(prediction):
    bundle = prediction._repr_mimebundle_()
    assert bundle == {WIDGET_VIEW: bundle[WIDGET_VIEW], "text/plain": TEXT, "text/html": PAGE}
    assert bundle[WIDGET_VIEW]["model_id"] == prediction.model_id


def test_a_choice_does_not_change_what_the_notebook_check_compares(prediction):
    before = prediction._repr_mimebundle_()
    prediction.choices.index = 0
    assert prediction._repr_mimebundle_() == before


def test_markup_in_question_and_options_is_shown_and_not_obeyed():
    shown = predict("<b>1</b>?", ["<i>", "&amp;"], "<i>", "<u>")
    page = shown._repr_mimebundle_()["text/html"]
    assert page.startswith(
        "<p>&lt;b&gt;1&lt;/b&gt;?</p><ul><li>A. &lt;i&gt;</li><li>B. &amp;amp;</li></ul>"
    )
    assert "<b>" not in shown.children[0].value
    shown.choices.index = 0
    assert shown.reply.value.endswith("&lt;u&gt;</p>")


@pytest.mark.parametrize(
    ("options", "answer", "message"),
    [
        (["yes", "no"], "maybe", "answer must be one of yes, no, got 'maybe'."),
        (["yes"], "yes", "options must be between 2 and 26, got 1."),
        (["yes", "no", "yes"], "no", "options must differ, 'yes' stands twice."),
        (
            ["$x$", "no"],
            "no",
            "options must be plain text, for radio buttons show no LaTeX, got '$x$'.",
        ),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_sentence(options, answer, message):
    with pytest.raises(LearnerError) as raised:
        predict(QUESTION, options, answer, EXPLANATION)
    assert str(raised.value) == message


def test_a_wrong_choice_is_told_its_own_reason_first():
    wrong = {"always": "Take $F(x) = -x$.", "never": "Take $F(x) = x$."}
    asked = predict(
        QUESTION, ("always", "if F' > 0", "never"), "if F' > 0", EXPLANATION, None, wrong
    )
    assert wrong["always"] not in texts(asked)
    said = []
    for chosen in range(3):
        asked.choices.index = chosen
        said.append(asked.reply.value)
    first, right, last = said
    assert first.index("Take $F(x) = -x$.") < first.index("With $F(x) = -x$")
    assert "Take $F(x) = x$." in last and "Take $F(x) = x$." not in first
    assert "Take" not in right
    assert "<p>C: Take $F(x) = x$.</p>" in asked._repr_mimebundle_()["text/html"]


@pytest.mark.parametrize("option", ["sometimes", "if F' > 0"])
def test_a_reason_for_what_is_no_wrong_option_is_refused(option):
    with pytest.raises(LearnerError, match="wrong option"):
        predict(QUESTION, ("always", "if F' > 0"), "if F' > 0", EXPLANATION, None, {option: "No."})
