"""The pages in Chromium, opened from disk: sliders, predictions, narrow and dark windows, access.

Builds the page of the first lesson; SITE_NOTEBOOKS="*.ipynb" builds and moves all of them.
"""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from lessons.pages import states
from lessons.pages.site import build

HERE = Path(__file__)
CHOSEN = os.environ.get("SITE_NOTEBOOKS", "1_*.ipynb")
NOTEBOOKS = sorted((HERE.parents[2] / "notebooks").glob(CHOSEN))
NAMES = [path.stem for path in NOTEBOOKS]
MAX_PAGE_BYTES = 6_000_000
FIRST_PICTURE = 1000  # milliseconds

each_page = pytest.mark.parametrize("name", [*NAMES, "index"])
each_lesson = pytest.mark.parametrize("name", NAMES)


@pytest.fixture(scope="module")
def site(browser, tmp_path_factory):
    """The built pages; without a browser there is no point in building them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(states, "LONGEST_RUN", 1)  # a part of a training run is enough here
        folder = tmp_path_factory.mktemp("site")
        build(NOTEBOOKS, folder)
        yield folder


@pytest.fixture(scope="module")
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
    # axe does not look into MathML and takes a header that is all formula for an empty one; tests/site looks itself.
    found = Axe().run(page, options={"rules": {"empty-table-header": {"enabled": False}}}).response["violations"]
    return [(rule["id"], node["html"][:200]) for rule in found for node in rule["nodes"]]


@each_page
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(open_page, name, scheme):
    page = open_page(name, color_scheme=scheme)
    page.eval_on_selector_all("details", "all => all.forEach(details => { details.open = true; })")
    assert not violations(page)


@each_page
def test_a_phone_shows_everything_without_scrolling_sideways(open_page, name):
    page = open_page(name)
    page.set_viewport_size({"width": 360, "height": 740})
    page.eval_on_selector_all("details", "all => all.forEach(details => { details.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not violations(page)


@each_lesson
def test_every_slider_moves_picture_and_words(open_page, name):
    page = open_page(name)
    for panel in page.locator("figure.explorer").all():
        for slider in panel.locator("input[type=range]").all():
            shown = [shown_after(panel, slider, key) for key in ("End", "Home")]
            assert shown[0]["picture"] != shown[1]["picture"] and shown[0]["position"] != shown[1]["position"]
            steps = int(slider.get_attribute("max"))
            seen = [shown[1], *(shown_after(panel, slider, "ArrowRight") for _ in range(steps))]
            assert len({each["position"] for each in seen}) == steps + 1
            assert len({each["text"] for each in seen}) > 1, "no position says anything else"
        for choice in panel.locator("select").all():
            before = panel.locator("img").get_attribute("src")
            last = choice.locator("option").count() - 1
            choice.select_option(index=0 if choice.input_value() != "0" else last)
            assert panel.locator("img").get_attribute("src") != before
    assert not page.complaints and all(address.startswith(("file:", "data:")) for address in page.addresses)


def shown_after(panel, slider, key):
    """What the panel shows after a key; its picture must be there and say the same as its words."""
    slider.press(key)
    image = panel.locator("img")
    image.evaluate("image => image.decode()")
    text = panel.locator(".summary").text_content()
    assert image.get_attribute("alt") == text
    position = slider.get_attribute("aria-valuetext")
    return {"picture": image.get_attribute("src"), "text": text, "position": position}


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
def test_solutions_unfold(open_page, name):
    page = open_page(name)
    for summary in page.get_by_text("Solution", exact=True).all():
        code = summary.locator("xpath=..").locator("pre").first
        assert not code.is_visible()
        summary.click()
        assert code.is_visible()


@each_lesson
def test_the_first_picture_comes_at_once_and_the_page_is_small(open_page, site, name):
    page = open_page(name)
    took = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")  # all first pictures are loaded
    assert took < FIRST_PICTURE
    text = (site / f"{name}.html").read_text(encoding="utf-8")
    used = [file for file in site.rglob("*") if file.is_file() and file.name in text]
    assert sum(file.stat().st_size for file in used) + len(text.encode()) < MAX_PAGE_BYTES


@each_lesson
def test_words_and_picture_are_there_without_javascript(open_page, name):
    page = open_page(name, java_script_enabled=False)
    image = page.locator("figure.explorer img").first
    assert image.is_visible() and image.get_attribute("alt")
    page.locator(".prediction summary").first.click()
    assert page.locator(".prediction details p").first.is_visible()
