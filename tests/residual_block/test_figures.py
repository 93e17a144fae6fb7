"""What the pictures of lesson 1 say beside their lines."""

import pytest

from lessons.drawing.own_settings import own_settings
from lessons.drawing.picture import Picture
from lessons.residual_block.block.experiment import measure_block
from lessons.residual_block.block.figure import BlockView
from lessons.residual_block.identity.experiment import ARMS, measure_identity
from lessons.residual_block.identity.figure import IdentityView


@pytest.fixture(scope="module")
def block():
    return Picture(BlockView)


def settings():
    """Every depth named, with spans and starts at their ends and in the middle."""
    for depth in (1, 2, 8, 12, 20, 32):
        for span in sorted({1, 2, depth // 2, depth} - {0}):
            if span <= depth:
                for start in sorted({0, (depth - span) // 2, depth - span}):
                    yield dict(depth=depth, span=span, start=start)


@pytest.mark.parametrize("placement", ["one skip", "all skips"])
@pytest.mark.slow
def test_labels_of_the_block_stand_clear_of_each_other(block, placement):
    renderer = block._canvas.get_renderer()
    for values in settings():
        with own_settings():  # as they are to be drawn
            block.view.show(measure_block(**values, placement=placement, branch_scale=0.25))
        diagram = block.view.diagram
        texts = [
            text
            for text in (diagram.branch, diagram.result, diagram.carried, *diagram.ends)
            if text.get_text()
        ]
        boxes = [text.get_window_extent(renderer) for text in texts]
        boxes.append(diagram.bracket.get_window_extent(renderer))
        for i, box in enumerate(boxes):
            assert box.x0 >= 0 and box.y0 >= 0 and box.y1 <= block.figure.bbox.y1, values
            for other in boxes[:i]:
                assert not box.overlaps(other), values


def test_a_plane_says_whether_there_are_skips(block):
    for skips, title in ((True, "With skips: $h_L$"), (False, "Skips off: $h_L$")):
        block.draw(measure_block(skips=skips))
        assert [plane.title.get_text() for plane in block.view.planes] == [
            "Without skips: $h_L$",
            title,
        ]


def test_the_scale_of_a_large_image_is_written_above(block):
    block.draw(measure_block(depth=20, span=1, placement="all skips"))
    plain, residual = block.view.planes
    assert plain.scale.get_text() == "" and residual.scale.get_text().startswith("drawn at 1 : ")


@pytest.mark.slow
def test_rigged_is_named_only_where_it_is_drawn():
    picture = Picture(IdentityView)
    for arms in (ARMS, ARMS[:3]):
        picture.draw(next(measure_identity(depth=2, width=16, arms=arms)))
        assert all(artist.get_visible() == ("rigged" in arms) for artist in picture.view.rigged_key)
        named = [text.get_text() for text in picture.view.curves.get_legend().get_texts()]
        assert named == list(ARMS[:3])
