"""A page from disk: folds, tasks, the veil, and what it says of a wrong choice.

One small page, from a notebook that is written here.
"""

import pytest
from nbformat import write
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from lessons.pages.build import build
from lessons.teaching.folds import COLLAPSED

from .test_site import new_window
from .violations import violations

IMPORTS = """from lessons.ensemble_of_paths.ways.explorer import ways_explorer
from lessons.panel.tasks import Task, TaskCard
from lessons.residual_block.block.explorer import block_explorer
from lessons.teaching.predict import predict
from lessons.teaching.recall import missed, recall

def small_explorer(tasks=(), **start):
    panel = block_explorer(**start)
    panel._main = {"depth": (1, 2), "branch_scale": (0, 1)}
    panel.card = TaskCard(tasks, panel.values)
    panel.picture.look = panel._look()
    return panel
"""
QUESTION = """predict(
    "Which?", ["one", "two", "three"], "two", "It is two.", "which", {"one": "It is not $1$."}
)"""
TASKS = """small_explorer((
    Task("Weaken it.", lambda m: m.branch_scale == 0, "It is weak.", {}, {"branch_scale": 0}),
    Task("Fewer.", lambda m: len(m.topology.skips) == m.topology.depth == 1, "It is one.",
         {"depth": 4, "span": 1, "placement": "all skips"}, {"depth": 1}),
    Task("Never.", lambda m: False, ""),
), after="which")"""
FOLDED = {COLLAPSED: True}
CELLS = [
    new_markdown_cell("# 1 · Title\n\n**Question?**\n\n[To the inner fold](#Inner)"),
    new_code_cell(IMPORTS),
    new_code_cell("recall('shattered_gradients')"),
    new_code_cell(QUESTION),
    new_code_cell(TASKS),
    new_markdown_cell("## Outer", metadata=FOLDED),
    new_markdown_cell("Words in the outer fold."),
    new_markdown_cell("### Inner", metadata=FOLDED),
    new_code_cell("small_explorer()"),
    new_markdown_cell("## Open\n\nWords after the folds."),
    new_code_cell("ways_explorer()"),
    new_code_cell("missed('shattered_gradients')"),
]


@pytest.fixture(scope="module")
def file(browser, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tasks")
    write(new_notebook(cells=CELLS), folder / "1_tasks.ipynb")
    build([folder / "1_tasks.ipynb"], folder / "site")
    return folder / "site" / "1_tasks.html"


def open_file(browser, file, window="desk"):
    """The page as it is at first, folded and veiled, in a window of its own."""
    page = new_window(browser, window)
    page.goto(file.as_uri())
    return page


@pytest.fixture(scope="module")
def desk(browser):
    """The window in which most tests open the page anew, with nothing left of the test before."""
    page = new_window(browser, "desk")
    yield page
    page.context.close()


@pytest.fixture
def page(file, desk):
    desk.goto("about:blank")
    desk.complaints.clear()
    desk.goto(file.as_uri())
    desk.locator(".explorer-screen").first.wait_for()
    yield desk
    assert not desk.complaints


@pytest.fixture
def panel(page):
    """The panel with the tasks, once its question has been answered."""
    page.locator("input[name=prediction-3-0-option]").first.check()
    panel = page.locator("figure.explorer").first
    panel.locator("canvas").wait_for()
    return panel


def button(panel, name):
    return panel.get_by_role("button", name=name, exact=True)


def settle(panel):
    """Card, sentence and picture change together, when the picture is there."""
    panel.locator("canvas:not([data-waits])").wait_for()


def card(panel):
    """What the card says: place, goal, mark, and what is read out."""
    settle(panel)
    parts = ("place", "goal", "mark")
    said = [panel.locator(f".explorer-task-{part}").text_content() for part in parts]
    return *said, panel.locator(".explorer-task [role=status]").text_content()


def words(panel):
    settle(panel)
    return panel.locator(".explorer-status").text_content()


# Folds


def test_folds_are_closed_one_within_the_other_and_end_at_the_next_heading(page):
    outer, inner = page.get_by_text("Words in the outer fold."), page.locator("#panel-8")
    assert page.get_by_text("Words after the folds.").is_visible()
    assert not outer.is_visible() and not inner.is_visible()
    page.locator("summary", has_text="Outer").click()
    assert outer.is_visible() and not inner.is_visible()
    page.locator("summary", has_text="Inner").click()
    assert inner.is_visible()


def test_a_panel_in_a_fold_is_drawn_when_the_fold_opens(page):
    inner = page.locator("#panel-8")
    assert inner.locator("canvas").count() == 0
    page.locator("summary", has_text="Outer").click()
    page.locator("summary", has_text="Inner").click()
    inner.locator("canvas[data-picture$=webp]").wait_for()
    inner.locator("input[type=range]").first.press("End")
    assert "h₂" in words(inner)


def test_a_link_to_a_fold_opens_it_and_those_around_it_every_time(page):
    link, inner = page.get_by_text("To the inner fold"), page.locator("#panel-8")
    for _ in range(2):
        link.click()
        inner.locator("canvas").wait_for()
        page.locator("summary", has_text="Outer").click()
        assert not inner.is_visible()


def test_an_address_that_names_a_fold_opens_it(file, browser):
    page = open_file(browser, file, "phone")
    page.goto(file.as_uri() + "#Inner")
    page.locator("#panel-8").locator("canvas").wait_for()
    page.context.close()


def test_for_paper_all_is_open_and_afterwards_as_it_was(page):
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for panel in page.locator("figure").all():
        panel.locator("canvas[data-picture$=webp]").wait_for()
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0
    assert page.locator("figure .explorer-veil").first.is_visible()


def test_without_javascript_folds_open_and_no_picture_is_veiled(file, browser):
    page = open_file(browser, file, "without script")
    assert page.locator("figure img").first.is_visible()
    assert not page.get_by_text("Words in the outer fold.").is_visible()
    page.locator("summary", has_text="Outer").click()
    assert page.get_by_text("Words in the outer fold.").is_visible()
    page.locator("summary", has_text="Inner").click()
    assert page.locator("#panel-8 img").is_visible()
    page.context.close()


# The veil


def test_no_veiled_picture_is_seen_before_the_choice(file, browser):
    page = open_file(browser, file)
    seen = """() => [...document.querySelectorAll('#panel-4 :is(img, canvas, .summary)')]
        .some(part => part.checkVisibility({ visibilityProperty: true }))"""
    assert not page.evaluate(seen)
    page.locator(".explorer-veil").first.wait_for()
    assert not page.evaluate(seen)
    page.locator("input[name=prediction-3-0-option]").last.check()
    page.locator("figure canvas").first.wait_for()
    assert page.evaluate(seen) and not page.locator("figure .explorer-veil").first.is_visible()
    page.context.close()


def test_no_veiled_picture_is_seen_while_the_page_loads(file, browser):
    page = browser.new_page()
    page.add_init_script("""document.addEventListener('readystatechange', () => {
        window.atFirst ??= ['#panel-4 img', '#panel-8 img'].map(each =>
            document.querySelector(each).checkVisibility({ visibilityProperty: true }));
    })""")  # all is parsed, and the page's script has not run
    page.goto(file.as_uri())
    assert page.evaluate("atFirst") == [False, False]
    assert page.evaluate("getComputedStyle(document.querySelector('#panel-8 img')).visibility") == (
        "visible"
    ), "the other panel is in a closed fold"
    page.close()


def test_the_veil_goes_without_a_choice_too(page):
    panel = page.locator("figure.explorer").first
    button(panel, "Show me anyway").click()
    panel.locator("canvas").wait_for()
    assert words(panel) and not panel.locator(".explorer-veil").is_visible()


# Tasks


def test_a_goal_is_reached_by_moving_and_read_out(panel):
    assert card(panel) == ("1 of 3", "Weaken it.", "○", "")
    panel.locator("input[type=range]").nth(1).press("Home")
    assert card(panel) == ("1 of 3", "Weaken it.", "✓", "Reached. It is weak.")
    panel.locator("input[type=range]").nth(1).press("End")
    assert card(panel)[2] == "✓"


def test_setting_up_puts_all_controls_where_the_task_begins(panel):
    sliders = panel.locator("input[type=range]")
    before = words(panel)
    for slider in sliders.all():
        slider.press("Home")
    button(panel, "Set up this task").click()
    assert words(panel) == before
    button(panel, "Next task").click()
    assert "4 skips" in words(panel) and card(panel) == ("2 of 3", "Fewer.", "○", "")
    note = panel.locator(".family")
    assert note.locator("span").text_content() == (
        "Set for the task: span m (layers) 1; placement all skips."
    )
    sliders.first.press("Home")
    assert card(panel) == ("2 of 3", "Fewer.", "✓", "Reached. It is one.")
    note.locator("button").click()
    assert words(panel) == before and not note.is_visible()


def test_a_task_stays_done_and_another_is_not_done_with_it(panel):
    panel.locator("input[type=range]").nth(1).press("Home")
    button(panel, "Next task").click()
    assert card(panel)[2] == "○"
    button(panel, "Previous task").click()
    assert card(panel)[:3] == ("1 of 3", "Weaken it.", "✓")


def test_a_task_that_needs_a_kernel_says_so_and_nothing_moves(panel):
    button(panel, "Next task").click()
    before = words(panel)
    button(panel, "Next task").click()
    needs = panel.get_by_text("Needs a kernel: run the notebook.")
    assert needs.is_visible() and needs.get_attribute("href") == "#run" and words(panel) == before
    assert not button(panel, "Set up this task").is_visible()
    button(panel, "Previous task").click()
    assert not needs.is_visible() and button(panel, "Set up this task").is_visible()


# What is drawn


def test_a_click_on_a_block_flips_its_control(page):
    panel = page.locator("#panel-10")
    choice = panel.locator("select").first
    assert choice.input_value() == "off"
    before = words(panel)
    for value in ("on", "off"):
        panel.locator(".explorer-region").first.click()
        now = words(panel)
        assert choice.input_value() == value and (now == before) == (value == "off")


# Questions


def test_a_wrong_choice_is_told_its_own_reason(page):
    prediction = page.locator("#prediction-3-0")
    reply = prediction.locator(".reply")
    prediction.locator("input").first.check()
    assert reply.inner_text().startswith("Your prediction was A, but B is right. It is not")
    assert reply.locator("math").count() == 1
    prediction.locator("input").nth(1).check()
    assert reply.inner_text() == "Your prediction agrees: B is right."
    prediction.locator("input").nth(2).check()
    assert reply.inner_text() == "Your prediction was C, but B is right."


def test_recall_asks_one_after_the_other_and_what_was_missed_comes_back(page):
    questions = page.locator(".questions .prediction")
    again = page.locator(".again")
    for number in range(3):
        shown = [question.is_visible() for question in questions.all()]
        assert shown == [k <= number for k in range(3)]
        right = int(questions.nth(number).locator("fieldset").get_attribute("data-right"))
        questions.nth(number).locator("input").nth(
            right if number != 1 else 1 - min(right, 1)
        ).check()
    assert page.locator(".score").text_content() == "2 of 3 right at the first choice."
    assert again.locator("legend").all_inner_texts() == [
        questions.nth(1).locator("legend").inner_text()
    ]
    assert again.locator("input:checked").count() == 0
    again.locator("input").first.check()
    assert (
        again.locator(".reply").inner_text() and questions.nth(1).locator("input:checked").count()
    )


def test_axe_finds_no_violation_when_all_is_open(panel):
    page = panel.page
    page.eval_on_selector_all("details", "all => all.forEach(fold => { fold.open = true; })")
    page.locator("#panel-8").locator("canvas").wait_for()
    for _ in range(3):
        assert not violations(page)
        if button(panel, "Next task").is_enabled():
            button(panel, "Next task").click()
