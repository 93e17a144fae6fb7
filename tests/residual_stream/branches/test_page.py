"""The page is no text that was learned, and is cut as the transformers read."""

from lessons.residual_stream import text
from lessons.residual_stream.branches.page import LINES, SENTENCES, lines


def test_no_sentence_of_the_page_is_in_what_is_learned():
    learned = text.decode(text.training_text())
    sentences = SENTENCES.split(". ")
    assert len(sentences) > 9 and not any(sentence in learned for sentence in sentences)


def test_lines_follow_each_other_and_share_the_character_between_them():
    found = [text.decode(line) for line in lines()]
    assert len(found) == LINES and {len(line) for line in found} == {text.CONTEXT + 1}
    whole = found[0] + "".join(line[1:] for line in found[1:])
    assert SENTENCES.startswith(whole) and len(SENTENCES) - len(whole) < text.CONTEXT
    assert all(one[-1] == other[0] for one, other in zip(found, found[1:], strict=False))
