"""The pages in Chromium, opened from disk: sliders, predictions, narrow and dark windows, access.

A lesson's page is a draft here: the ends and the start of its controls, short training runs.
`make site` writes all positions. SITE=site looks at pages that are built.
"""

import os
from pathlib import Path

import html5lib
import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe

from lessons.pages.build import MOST_BYTES, build, page_bytes
from lessons.pages.page import read_lesson

from .lab_server import PATIENCE

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
NAMES = [path.stem for path in NOTEBOOKS]
DENSITY, PHONE = 2, 360  # pixels
WINDOWS = {
    "desk": {
        "color_scheme": "light",
        "viewport": {"width": 1200, "height": 900},
        "device_scale_factor": DENSITY,
    },
    "phone": {"color_scheme": "dark", "viewport": {"width": PHONE, "height": 740}},
    "without script": {"java_script_enabled": False},
}


@pytest.fixture(scope="session")
def site(lesson, browser, tmp_path_factory):
    """A folder with the lesson's page; without a browser there is no point in building it."""
    if built := os.environ.get("SITE"):
        return Path(built).resolve()
    folder = tmp_path_factory.mktemp("site")
    build(NOTEBOOKS, folder, processes=2, draft=True, only=[lesson])
    return folder


@pytest.fixture(scope="session")
def opened(site, lesson, browser):
    """A function from a window's name to the lesson's page in it, opened once for all tests."""
    pages = {}

    def in_window(window):
        if window not in pages:
            pages[window] = open_file(browser, site / f"{lesson}.html", window)
        return pages[window]

    yield in_window
    for page in pages.values():
        page.context.close()


def open_file(browser, file, window):
    """A page from disk that keeps what it complains of and which addresses it asks for."""
    context = browser.new_context(**WINDOWS[window])
    context.set_default_timeout(1000 * PATIENCE)
    page = context.new_page()
    page.complaints, page.addresses = [], []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda message: page.complaints.append(message.text))
    context.on("request", lambda request: page.addresses.append(request.url))
    page.goto(file.as_uri())
    return page


@pytest.fixture(scope="session")
def empty_site(browser, tmp_path_factory):
    """All pages and their index, but without panels: what links them is the same."""
    if built := os.environ.get("SITE"):
        return Path(built).resolve()
    folder = tmp_path_factory.mktemp("empty")
    for path in NOTEBOOKS:
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            cell.source = "pass" if cell.cell_type == "code" else cell.source
        nbformat.write(notebook, folder / path.name)
    build(list(folder.glob("*.ipynb")), folder / "site")
    return folder / "site"


def violations(page):
    # axe does not look into MathML and takes a header that is all formula for an empty one;
    # tests/site looks itself.
    # Nor may it fetch the styles once more: a page from disk is refused that, and complains.
    rules = {"empty-table-header": {"enabled": False}}
    options = {"resultTypes": ["violations"], "rules": rules, "preload": False}
    found = Axe().run(page, options=options).response["violations"]
    return [(rule["id"], node["html"][:200]) for rule in found for node in rule["nodes"]]


def assert_axe_finds_nothing_and_nothing_is_too_wide(page):
    page.eval_on_selector_all("details", "all => all.forEach(details => { details.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert not violations(page)
    page.reload()  # for the next test, with all details closed


@pytest.mark.parametrize("window", ["desk", "phone"])
def test_axe_finds_no_violation_and_nothing_is_too_wide(opened, window):
    assert_axe_finds_nothing_and_nothing_is_too_wide(opened(window))


def test_every_control_moves_picture_and_words(opened):
    page = opened("desk")
    assert page.locator("figure.explorer").count() >= 4
    for panel in page.locator("figure.explorer").all():
        panel.locator("canvas").wait_for()
        for control in panel.locator("input[type=range], select").all():
            seen = walk(panel, control)
            assert len({each["position"] for each in seen}) == len(seen)
            assert seen[0]["picture"] != seen[-1]["picture"], panel.get_attribute("id")
        assert len(panel_texts(panel)) > 1, "no position says anything else"
    assert not page.complaints and all(
        address.startswith(("file:", "data:")) for address in page.addresses
    )


def walk(panel, control):
    """What the panel shows at each position of a control, which ends where it began."""
    start = control.input_value()
    if control.evaluate("control => control.type") != "range":
        values = control.evaluate("control => [...control.options].map(option => option.value)")
        seen = [shown_after(panel, lambda: control.select_option(value)) for value in values]
        control.select_option(start)
        return seen
    last = int(control.get_attribute("max"))
    seen = [shown_after(panel, lambda: control.press("Home"))]
    seen += [shown_after(panel, lambda: control.press("ArrowRight")) for _ in range(last)]
    end = shown_after(panel, lambda: control.press("End"))
    assert end == seen[-1]
    control.evaluate(
        "(control, value) => { control.value = value; control.dispatchEvent(new Event('input')); }",
        start,
    )
    return seen


def panel_texts(panel):
    return {
        state["text"]
        for state in panel.evaluate(
            "panel => JSON.parse(panel.querySelector('script').textContent).states"
        )
    }


def shown_after(panel, move):
    """What the panel shows after a move: the picture and the words of the state that its
    controls choose.
    """
    move()
    return panel.evaluate("""async panel => {
        const { look, states } = JSON.parse(panel.querySelector("script").textContent);
        const controls = [...panel.querySelectorAll("input[type=range], select")];
        const count = k => (look.controls[k].labels ?? look.controls[k].options).length;
        const number = controls.reduce((sum, control, k) =>
            sum * count(k) + (control.selectedIndex ?? Number(control.value)), 0);
        const state = states[number], canvas = panel.querySelector("canvas");
        while (canvas.dataset.picture !== state.picture) await new Promise(requestAnimationFrame);
        const text = panel.querySelector(".explorer-status").textContent;
        if (canvas.getAttribute("aria-label") !== text || text !== state.text)
            throw new Error(`${text} is not ${state.text}`);
        const positions = controls.map(control => control.type === "range"
            ? control.getAttribute("aria-valuetext") : control.selectedOptions[0].textContent);
        return { picture: canvas.dataset.picture, text, position: positions.join(", ") };
    }""")


def test_a_click_on_a_slider_moves_it_too(opened):
    panel = opened("desk").locator("figure.explorer").first
    slider = panel.locator("input[type=range]").first
    box, before = slider.bounding_box(), slider.input_value()
    slider.click(position={"x": box["width"] - 3 if before == "0" else 3, "y": box["height"] / 2})
    assert slider.input_value() != before


# The pause after which a text is read out comes when the test says so, on a busy machine too.
HOLD_SILENCE = """() => {
    const after = window.setTimeout, cancel = window.clearTimeout, held = new Map();
    window.setTimeout = action => { held.set(held.size + 1, action); return held.size; };
    window.clearTimeout = number => { held.set(number, null); };
    window.endSilence = () => {
        Object.assign(window, { setTimeout: after, clearTimeout: cancel });
        const waiting = [...held.values()].filter(action => action);
        waiting.forEach(action => action());
        return waiting.length;
    };
}"""


def test_words_are_read_out_when_a_move_has_ended(opened):
    page = opened("desk")
    panel = page.locator("figure.explorer").first
    slider = panel.locator("input[type=range]").first
    said = panel.locator(".explorer-screen > p[role=status]")
    page.reload()
    panel.locator("canvas").wait_for()
    page.evaluate(HOLD_SILENCE)
    for key in ("Home", "ArrowRight", "End"):
        slider.press(key)
        assert said.text_content() == ""
    panel.locator("canvas:not([data-waits])").wait_for()
    assert page.evaluate("endSilence()") == 1
    assert said.text_content() == panel.locator(".explorer-status").text_content()


def test_a_prediction_unfolds_its_answer_after_a_choice(opened):
    page = opened("desk")
    page.reload()
    for prediction in page.locator(".prediction").all():
        right = int(prediction.locator("fieldset").get_attribute("data-right"))
        assert not prediction.locator("details p").is_visible()
        prediction.locator("input").nth(right).check()
        assert "Your prediction agrees" in prediction.locator(".reply").text_content()
        assert prediction.locator("details p").is_visible()
        prediction.locator("input").nth(1 if right == 0 else 0).check()
        assert ", but " in prediction.locator(".reply").text_content()


def test_stubs_say_what_they_need_and_solutions_unfold(opened):
    page = opened("desk")
    page.reload()
    assert (
        page.locator(".exercise").count()
        == page.locator(".exercise .note", has_text="Needs a kernel").count()
        >= 3
    )
    solutions = page.locator("details", has=page.locator("pre")).filter(
        has_not_text="What this lesson imports"
    )
    assert solutions.count() >= 3
    for solution in solutions.all():
        assert not solution.locator("pre").first.is_visible()
        solution.locator("summary").click()
        assert solution.locator("pre").first.is_visible()


def test_the_page_is_small(site, lesson):
    assert page_bytes(site / f"{lesson}.html") < MOST_BYTES


def test_pictures_are_crisp_on_a_dense_screen(opened):
    page = opened("desk")
    page.wait_for_function("!document.querySelector('.still')")
    pictures = page.locator("figure.explorer canvas")
    sizes = pictures.evaluate_all("all => all.map(canvas => [canvas.width, canvas.clientWidth])")
    assert all(pixels >= DENSITY * wide > 0 for pixels, wide in sizes)


def test_words_and_picture_are_there_without_javascript(opened):
    page = opened("without script")
    image = page.locator("figure.explorer img").first
    assert image.is_visible() and image.get_attribute("alt")
    page.locator(".prediction summary").first.click()
    assert page.locator(".prediction details p").first.is_visible()


def assert_html_is_valid_and_ids_are_unique(file, page):
    html5lib.HTMLParser(strict=True).parse(file.read_text(encoding="utf-8"))
    ids = page.locator("[id]").evaluate_all("all => all.map(part => part.id)")
    assert len(ids) == len(set(ids))


def test_html_is_valid_and_ids_are_unique(site, opened, lesson):
    assert_html_is_valid_and_ids_are_unique(site / f"{lesson}.html", opened("desk"))


@pytest.mark.parametrize("window", ["desk", "phone"])
def test_the_index_is_valid_accessible_and_not_too_wide(empty_site, browser, window):
    page = open_file(browser, empty_site / "index.html", window)
    assert_axe_finds_nothing_and_nothing_is_too_wide(page)
    assert_html_is_valid_and_ids_are_unique(empty_site / "index.html", page)
    page.context.close()


def test_the_index_has_six_questions_with_pictures_and_each_page_its_neighbours(
    empty_site, browser
):
    page = open_file(browser, empty_site / "index.html", "desk")
    cards = page.locator(".lessons li")
    assert [card.locator("img").count() for card in cards.all()] == [1] * len(NAMES)
    for card, path in zip(cards.all(), NOTEBOOKS, strict=True):
        assert card.locator("h2 a").text_content() == read_lesson(path).title
        assert card.locator("img").get_attribute("alt") and card.locator(
            "p"
        ).first.text_content().endswith("?")
    page.locator(".lessons a").first.click()
    for following in NAMES[1:]:
        page.locator("header a[rel=next]").click()
        assert page.url.endswith(f"{following}.html")
    page.context.close()
