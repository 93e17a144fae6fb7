"""The pages in Chromium, opened from disk: sliders, predictions, narrow and dark windows, access.

Training is cut short: what the pages of a whole run look like is seen with `make site`. SITE=site
moves pages that are built.
"""

import os
from pathlib import Path

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe

from lessons.pages.build import build
from lessons.pages.page import read_lesson

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
NAMES = [path.stem for path in NOTEBOOKS]
LONGEST_RUN = 1  # second
MAX_PAGE_BYTES = 6_000_000
FIRST_PICTURE = 1000  # milliseconds
DENSITY, PHONE = 2, 360  # pixels

each_page = pytest.mark.parametrize("name", [*NAMES, "index"])
each_lesson = pytest.mark.parametrize("name", NAMES)


@pytest.fixture(scope="module")
def site(browser, tmp_path_factory):
    """The built pages; without a browser there is no point in building them."""
    if built := os.environ.get("SITE"):
        return Path(built).resolve()
    folder = tmp_path_factory.mktemp("site")
    build(NOTEBOOKS, folder, processes=2, longest_run=LONGEST_RUN)
    return folder


@pytest.fixture
def open_page(site, browser):
    """A function from a page's name, and settings of the window, to the page, opened from disk."""
    contexts = []

    def opened(name, **window):
        context = browser.new_context(viewport={"width": 1200, "height": 900}, **window)
        contexts.append(context)
        page = context.new_page()
        page.complaints, page.addresses = [], []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda message: page.complaints.append(message.text))
        context.on("request", lambda request: page.addresses.append(request.url))
        page.goto((site / f"{name}.html").as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


def violations(page):
    # axe does not look into MathML and takes a header that is all formula for an empty one;
    # tests/site looks itself.
    options = {"resultTypes": ["violations"], "rules": {"empty-table-header": {"enabled": False}}}
    found = Axe().run(page, options=options).response["violations"]
    return [(rule["id"], node["html"][:200]) for rule in found for node in rule["nodes"]]


@each_page
@pytest.mark.parametrize("scheme, width", [("light", 1200), ("dark", PHONE)])
def test_axe_finds_no_violation_and_nothing_is_too_wide(open_page, name, scheme, width):
    page = open_page(name, color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 740})
    page.eval_on_selector_all("details", "all => all.forEach(details => { details.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not violations(page)


@each_lesson
def test_every_control_moves_picture_and_words(open_page, name):
    page = open_page(name)
    assert page.locator("figure.explorer").count() >= 4
    for panel in page.locator("figure.explorer").all():
        for control in panel.locator("[data-control]").all():
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
    """What the panel shows after a move; its picture must be there and say the same as its
    words.
    """
    move()
    return panel.evaluate("""async panel => {
        const image = panel.querySelector("img"), text = panel.querySelector(".summary").textContent;
        await image.decode();
        if (image.alt !== text) throw new Error(`${image.alt} is not ${text}`);
        const positions = [...panel.querySelectorAll("[data-control]")].map(control =>
            control.type === "range" ? control.getAttribute("aria-valuetext") : control.selectedOptions[0].textContent);
        return { picture: image.getAttribute("src"), text, position: positions.join(", ") };
    }""")


@each_lesson
def test_a_click_on_a_slider_moves_it_too(open_page, name):
    panel = open_page(name).locator("figure.explorer").first
    slider = panel.locator("input[type=range]").first
    box, before = slider.bounding_box(), slider.input_value()
    slider.click(position={"x": box["width"] - 3 if before == "0" else 3, "y": box["height"] / 2})
    assert slider.input_value() != before


@each_lesson
def test_words_are_read_out_when_a_move_has_ended(open_page, name):
    page = open_page(name)
    panel = page.locator("figure.explorer").first
    slider, said = panel.locator("input[type=range]").first, page.locator("#said")
    for key in ("Home", "ArrowRight", "End"):
        slider.press(key)
        assert said.text_content() == ""
    page.wait_for_function("document.getElementById('said').textContent !== ''")
    assert said.text_content() == panel.locator(".summary").text_content()


@each_lesson
def test_a_prediction_unfolds_its_answer_after_a_choice(open_page, name):
    page = open_page(name)
    for prediction in page.locator(".prediction").all():
        right = int(prediction.locator("fieldset").get_attribute("data-right"))
        assert not prediction.locator("details p").is_visible()
        prediction.locator("input").nth(right).check()
        assert "Your prediction agrees" in prediction.locator(".reply").text_content()
        assert prediction.locator("details p").is_visible()
        prediction.locator("input").nth(1 if right == 0 else 0).check()
        assert ", but " in prediction.locator(".reply").text_content()


@each_lesson
def test_stubs_say_what_they_need_and_solutions_unfold(open_page, name):
    page = open_page(name)
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


@each_lesson
def test_the_first_picture_comes_at_once_and_the_page_is_small(open_page, site, name):
    page = open_page(name)
    took = page.evaluate(
        "performance.getEntriesByType('navigation')[0].loadEventEnd"
    )  # all first pictures are loaded
    assert took < FIRST_PICTURE
    text = (site / f"{name}.html").read_text(encoding="utf-8")
    used = [file for file in site.rglob("*") if file.is_file() and file.name in text]
    assert sum(file.stat().st_size for file in used) + len(text.encode()) < MAX_PAGE_BYTES


@each_lesson
def test_pictures_are_crisp_on_a_dense_screen(open_page, name):
    page = open_page(name, device_scale_factor=DENSITY)
    sizes = page.locator("figure.explorer img").evaluate_all(
        "all => all.map(image => [image.naturalWidth, image.clientWidth])"
    )
    assert all(pixels >= DENSITY * wide > 0 for pixels, wide in sizes)


@each_lesson
def test_words_and_picture_are_there_without_javascript(open_page, name):
    page = open_page(name, java_script_enabled=False)
    image = page.locator("figure.explorer img").first
    assert image.is_visible() and image.get_attribute("alt")
    page.locator(".prediction summary").first.click()
    assert page.locator(".prediction details p").first.is_visible()


@each_page
def test_html_is_valid_and_ids_are_unique(site, open_page, name):
    html5lib.HTMLParser(strict=True).parse((site / f"{name}.html").read_text(encoding="utf-8"))
    ids = open_page(name).locator("[id]").evaluate_all("all => all.map(part => part.id)")
    assert len(ids) == len(set(ids))


def test_the_index_has_six_questions_with_pictures_and_each_page_its_neighbours(open_page):
    cards = open_page("index").locator(".lessons li")
    assert [card.locator("img").count() for card in cards.all()] == [1] * len(NAMES)
    for card, path in zip(cards.all(), NOTEBOOKS, strict=True):
        assert card.locator("h2 a").text_content() == read_lesson(path).title
        assert card.locator("img").get_attribute("alt") and card.locator(
            "p"
        ).first.text_content().endswith("?")
    page = open_page(NAMES[0])
    for following in NAMES[1:]:
        page.locator("header a[rel=next]").click()
        assert page.url.endswith(f"{following}.html")
