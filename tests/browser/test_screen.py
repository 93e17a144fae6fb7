"""What only a real page can tell of a panel: pictures made ahead, veils, ends, and what is
typed."""

import pytest

from .lab_server import PATIENCE
from .notebook_page import KERNEL

SETUP = "from lessons.residual_block import block_explorer, predict"
ASK = 'predict("How many?", ["one", "two"], "two", "Because.", name="browser")'
# half a second of CPU makes as many neighbours as the machine is fast
PLENTY_OF_TIME = f"from lessons.panel import ahead\nahead.MOST_SECONDS = {PATIENCE}"
WIDGETS = "from ipywidgets.widgets.widget import _instances\nlen(_instances)"

# One press after the other, each when the page has what it needs; which were painted before the
# kernel could hear of them.
AT_ONCE = """async ([panel, count]) => {
    const handle = panel.querySelector('.control-depth input[type=range]');
    const canvas = panel.querySelector('canvas');
    const shown = [];
    handle.focus();
    for (let k = 0; k < count; k += 1) {
        const press = { key: 'ArrowRight', bubbles: true, cancelable: true };
        handle.dispatchEvent(new KeyboardEvent('keydown', press));
        const position = handle.getAttribute('aria-valuetext');
        shown.push([position, canvas.dataset.picture, canvas.getAttribute('aria-label')]);
    }
    return shown;
}"""
# What a hand does that pulls a slider and lets go: the moves which the kernel is sent meanwhile.
PULLED = f"""([panel, name, values]) => {{
    const handle = panel.querySelector(`.control-${{name}} input[type=range]`), sent = [];
    const hear = (_, {{ msg, direction }}) => {{
        const said = msg.content.data?.content;
        if (direction === 'send' && said?.kind === 'move') sent.push(said.values);
    }};
    {KERNEL}.anyMessage.connect(hear);
    for (const value of values) {{
        handle.value = value;
        handle.dispatchEvent(new Event('input', {{ bubbles: true }}));
    }}
    handle.dispatchEvent(new Event('change', {{ bubbles: true }}));
    {KERNEL}.anyMessage.disconnect(hear);
    return sent;
}}"""
LAST_OUTPUT = """() => jupyterapp.shell.currentWidget.content.widgets
    .flatMap(cell => cell.model.outputs?.toJSON() ?? [])
    .findLast(output => output.output_type === 'execute_result').data['text/plain']"""
# the page tells the kernel some time after the cell is gone
TOLD = "before => asked > before && unanswered.size === 0"
DELETE = """async number => {
    jupyterapp.shell.currentWidget.content.activeCellIndex = number;
    await jupyterapp.commands.execute('notebook:delete-cell');
}"""


def widgets(notebook):
    """How many widgets the kernel keeps alive."""
    notebook.run_cell(WIDGETS)
    return int(notebook.page.evaluate(LAST_OUTPUT))


@pytest.fixture
def panel(first_notebook):
    """A new panel in a new last cell."""
    return first_notebook.panel_of_new_cell(f"{SETUP}\npanel = block_explorer()\npanel")


def test_neighbours_are_shown_before_the_kernel_hears_of_the_move(first_notebook, panel):
    first_notebook.run_cell(PLENTY_OF_TIME)
    panel.press("depth", "ArrowRight")
    panel.settle()
    first_notebook.run_cell(f"assert ahead.AHEAD.idle({PATIENCE})")
    before = panel.picture_src()
    shown = first_notebook.page.evaluate(AT_ONCE, [panel.root.element_handle(), 2])
    panel.settle()
    assert [position for position, *_ in shown] == ["4", "5"]
    assert len({before, *(picture for _, picture, _ in shown)}) == 3, (
        "the page waited for the kernel"
    )
    # the kernel, which measures and draws by itself, comes to the same picture and the same words
    assert shown[-1] == ["5", panel.picture_src(), panel.status()]
    first_notebook.run_cell("from zlib import crc32\nf'{crc32(panel.picture.value):08x}'")
    assert first_notebook.page.evaluate(LAST_OUTPUT).strip("'") == panel.picture_src()


def test_where_a_slider_is_let_go_waits_for_no_answer_and_the_places_before_are_one_move(
    first_notebook, panel
):
    pulled = [panel.root.element_handle(), "branch_scale", [0.3, 0.45, 0.8, 0.95]]
    sent = first_notebook.page.evaluate(PULLED, pulled)
    assert sent == [{"branch_scale": 0.3}, {"branch_scale": 0.95}]
    panel.settle()
    shown = panel.shown("branch_scale")
    assert shown["number"] == shown["position"] == 0.95 and "0.95 F" in shown["status"]
    first_notebook.run_cell("panel.values['branch_scale']")
    assert first_notebook.page.evaluate(LAST_OUTPUT) == "0.95"


def test_a_second_view_shows_a_picture_that_was_made_ahead_and_is_kept_no_longer(
    first_notebook, panel
):
    """The neighbours of where it stands take its place among those that are kept."""
    first_notebook.run_cell(PLENTY_OF_TIME)
    for _ in range(3):
        panel.press(
            "branch_scale", "ArrowRight" if panel.number("branch_scale") < 0.5 else "ArrowLeft"
        )
        panel.settle()
        first_notebook.run_cell(f"assert ahead.AHEAD.idle({PATIENCE})")
    first_notebook.run_cell("assert panel._kept.get(panel.values) is None\npanel")
    second = first_notebook.page.locator(".explorer").last.locator("canvas")
    assert second.get_attribute("data-picture") == panel.picture_src()
    first_notebook.assert_no_page_errors()


def test_what_is_typed_between_two_steps_stays_and_what_cannot_be_is_refused(panel):
    panel.type_number("branch_scale", 0.333)
    panel.settle()
    shown = panel.shown("branch_scale")
    assert shown["number"] == shown["position"] == 0.333 and "0.33 F" in shown["status"]
    for typed, message in (
        ("7.5", "must be a whole number, got 7.5."),
        ("1e1", ""),
        ("ten", "must be a number, got 'ten'."),
    ):
        panel.number_box("depth").fill(typed)
        panel.number_box("depth").press("Enter")
        panel.settle()
        assert panel.message().endswith(message) and bool(panel.message()) == bool(message)
    assert panel.number("depth") == 10


def test_a_veiled_picture_is_seen_after_the_choice_only(first_notebook):
    first_notebook.run_cell(f"{SETUP}\n{ASK}")
    question = first_notebook.page.locator(".prediction").last
    first_notebook.run_cell("block_explorer(after='browser')")
    panel = first_notebook.page.locator(".explorer").last
    panel.locator(".explorer-veil").wait_for()
    picture, words = panel.locator("canvas"), panel.locator(".explorer-status")
    assert not picture.is_visible() and not words.is_visible()
    question.locator("input[type=radio]").first.check()
    picture.wait_for()
    assert words.is_visible() and not panel.locator(".explorer-veil").is_visible()


def test_a_task_is_marked_and_read_out_when_it_is_reached(panel):
    card = panel.root.locator(".explorer-task")
    card.get_by_role("button", name="Set up this task").click()
    panel.settle()
    assert panel.number("depth") == 12 and card.locator("p[role=status]").text_content() == ""
    panel.type_number("branch_scale", 0.15)
    panel.settle()
    card.get_by_role("img", name="reached", exact=True).wait_for()
    assert card.locator("p[role=status]").text_content().startswith("Reached.")


def test_a_deleted_cell_takes_its_panel_with_it(first_notebook):
    first_notebook.run_cell("1")
    before = widgets(first_notebook)
    first_notebook.panel_of_new_cell(f"{SETUP}\nblock_explorer()")
    assert widgets(first_notebook) == before + 4
    page = first_notebook.page
    cells = page.evaluate("jupyterapp.shell.currentWidget.content.widgets.length")
    asked = page.evaluate("asked")
    page.evaluate(DELETE, cells - 2)
    page.wait_for_function(TOLD, arg=asked)
    assert widgets(first_notebook) == before
    first_notebook.assert_no_page_errors()
