"""The pages in Chromium, opened from disk: sliders, predictions, narrow and dark windows, access.

A lesson's page is a draft here: the start and an end of each control, short training runs.
`make site` writes all positions. SITE=site looks at pages that are built.
"""

import os
from contextlib import contextmanager
from pathlib import Path

import html5lib
import nbformat
import pytest

from lessons.pages.build import MOST_BYTES, build, page_bytes
from lessons.pages.page import read_lesson

from .lab_server import PATIENCE
from .settled import settled, unveiled
from .violations import violations, violations_of_a_narrow_window

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


# The panels of the page are computed beside those of the notebook, which shows none of them.
DRAFT = """
import comm
from pathlib import Path
from lessons.pages.build import build

told, comm.create_comm = comm.create_comm, comm.DummyComm
try:
    build([Path(each) for each in {notebooks}], Path({folder!r}), draft=True, only=[{lesson!r}])
finally:
    comm.create_comm = told
"""


@pytest.fixture(scope="session")
def site(lesson, request, tmp_path_factory):
    """A folder with the lesson's page, made by the kernel that has run its notebook: what a panel
    needs is compiled there.
    """
    if built := os.environ.get("SITE"):
        return Path(built).resolve()
    folder = str(tmp_path_factory.mktemp("site"))
    notebook = request.getfixturevalue("notebook")
    paths = [str(path) for path in NOTEBOOKS]
    notebook.run_cell(DRAFT.format(notebooks=paths, folder=folder, lesson=lesson))
    assert not notebook.error_outputs()
    notebook.delete_last_cell()
    return Path(folder)


@pytest.fixture(scope="session")
def windows(browser):
    """A function from a window's name to that window, which shows one lesson after the other: a new
    one takes the browser longer than a page.
    """
    made = {}

    def window(name):
        if name not in made:
            made[name] = new_window(browser, name)
        return made[name]

    yield window
    for page in made.values():
        page.context.close()


@pytest.fixture(scope="session")
def opened(site, lesson, windows):
    """A function from a window's name to the lesson's page in it, opened once for all tests."""
    pages = {}

    def in_window(window):
        if window not in pages:
            page = pages[window] = show(windows(window), site / f"{lesson}.html", window)
            if "without" not in window:
                with unfolded(page):
                    unveiled(page)
        return pages[window]

    return in_window


@pytest.fixture
def first_page(opened):
    """The same for the first lesson alone: what every page has from the same script."""
    return opened


def new_window(browser, window):
    """An empty window that keeps what its page complains of and which addresses it asks for."""
    context = browser.new_context(**WINDOWS[window])
    context.set_default_timeout(1000 * PATIENCE)
    page = context.new_page()
    page.complaints, page.addresses = [], []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda message: page.complaints.append(message.text))
    context.on("request", lambda request: page.addresses.append(request.url))
    return page


def show(page, file, window):
    """The page from disk in this window, of which nothing that was there before is left."""
    page.goto("about:blank")
    page.complaints.clear()
    page.addresses.clear()
    page.goto(file.as_uri())
    return page if "without" in window else settled(page)


def open_file(browser, file, window):
    """The page from disk in a window of its own."""
    return show(new_window(browser, window), file, window)


@pytest.fixture(scope="session")
def empty_site(browser, tmp_path_factory):
    """All pages and their index, but without panels and pictures, save those of the index: what
    links them is the same.
    """
    if built := os.environ.get("SITE"):
        return Path(built).resolve()
    folder = tmp_path_factory.mktemp("empty")
    for path in NOTEBOOKS:
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.source = "pass"
                cell.outputs = cell.outputs if "cover" in cell.metadata.get("tags", []) else []
        nbformat.write(notebook, folder / path.name)
    build(list(folder.glob("*.ipynb")), folder / "site")
    return folder / "site"


def assert_axe_finds_nothing_and_nothing_is_too_wide(page):
    """On a desk, and on a phone that is dark."""
    with unfolded(page):
        assert_nothing_is_too_wide(page)
        assert not violations(page)
        with like_a_phone(page):
            assert_nothing_is_too_wide(page)
            assert not violations_of_a_narrow_window(page)


def assert_nothing_is_too_wide(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


@contextmanager
def like_a_phone(page):
    """The page in the size and the colours of a phone."""
    wear(page, **WINDOWS["phone"])
    yield settled(page)
    wear(page, **WINDOWS["desk"])


def wear(page, viewport, color_scheme, **_):
    page.set_viewport_size(viewport)
    page.emulate_media(color_scheme=color_scheme)


@contextmanager
def unfolded(page):
    """All details open, and afterwards those closed that were."""
    fold = "all => all.forEach(part => { part.toggleAttribute('data-was'); part.open = %s; })"
    page.eval_on_selector_all("details:not([open])", fold % "true")
    yield settled(page)
    page.eval_on_selector_all("details[data-was]", fold % "false")


def test_axe_finds_no_violation_and_nothing_is_too_wide(opened):
    assert_axe_finds_nothing_and_nothing_is_too_wide(opened("desk"))


def test_nothing_of_a_veiled_picture_is_seen_before_a_choice(opened):
    assert not any(opened("desk").veiled)


def test_every_control_moves_picture_and_words(opened):
    page = opened("desk")
    panels = page.locator("figure.explorer")
    assert panels.count()
    for panel in panels.all():
        for seen in panel.evaluate(WALK, 1000 * PATIENCE):
            assert len({each["position"] for each in seen}) == len(seen)
            assert seen[0]["picture"] != seen[-1]["picture"], panel.get_attribute("id")
        assert len(panel_texts(panel)) > 1, "no position says anything else"
    assert not page.complaints and all(
        address.startswith(("file:", "data:")) for address in page.addresses
    )


# What a panel shows at each position of each control, which ends where it began: its picture and
# its words must be those of the state that the controls choose.
WALK = """async (panel, most) => {
    const { look, states } = JSON.parse(panel.querySelector("script").textContent);
    const controls = [...panel.querySelectorAll("input[type=range], select")];
    const canvas = panel.querySelector("canvas");
    const places = look.controls.map(control => (control.labels ?? control.options).length);
    const chosen = () => states[controls.reduce((sum, control, k) =>
        sum * places[k] + (control.selectedIndex ?? Number(control.value)), 0)];
    const late = new Promise((_, fail) => setTimeout(fail, most, new Error("no picture comes")));

    async function shown() {
        const state = chosen();
        while (canvas.dataset.picture !== state.picture)
            await Promise.race([late, new Promise(painted =>
                canvas.addEventListener("painted", painted, { once: true }))]);
        const text = panel.querySelector(".explorer-status").textContent;
        if (canvas.getAttribute("aria-label") !== text || text !== state.text)
            throw new Error(`${text} is not ${state.text}`);
        const position = controls.map(control => control.type === "range"
            ? control.getAttribute("aria-valuetext") : control.selectedOptions[0].textContent);
        return { picture: canvas.dataset.picture, text, position: position.join(", ") };
    }
    const put = (control, value, event) => {
        control.value = value;
        control.dispatchEvent(new Event(event));
        return shown();
    };
    const press = (control, key) => {
        const pressed = { key, bubbles: true, cancelable: true };
        control.dispatchEvent(new KeyboardEvent("keydown", pressed));
        return shown();
    };
    async function walk(control, count) {
        const start = control.value, seen = [];
        if (control.type === "range") {
            seen.push(await press(control, "Home"));
            for (let k = 1; k < count; k += 1) seen.push(await press(control, "ArrowRight"));
            const end = await press(control, "End");
            if (end.position !== seen.at(-1).position) throw new Error(`${end.position} is no end`);
            await put(control, start, "input");
        } else {
            for (const option of control.options)
                seen.push(await put(control, option.value, "change"));
            await put(control, start, "change");
        }
        return seen;
    }
    // Where the others start a control may have nothing to change: β before the first layer.
    async function somewhere(control, count) {
        const seen = await walk(control, count);
        if (seen[0].picture !== seen.at(-1).picture) return seen;
        const others = controls.filter(other => other !== control);
        const starts = others.map(other => other.value);
        const last = other => (other.type === "range" ? other.max : other.options[0].value);
        const event = other => (other.type === "range" ? "input" : "change");
        for (const other of others) await put(other, last(other), event(other));
        const again = await walk(control, count);
        for (const [k, other] of others.entries()) await put(other, starts[k], event(other));
        return again;
    }
    const all = [];
    for (const [k, control] of controls.entries()) all.push(await somewhere(control, places[k]));
    return all;
}"""


def panel_texts(panel):
    """What the panel says at all positions of its controls."""
    return {
        state["text"]
        for state in panel.evaluate(
            "panel => JSON.parse(panel.querySelector('script').textContent).states"
        )
    }


def test_a_click_on_a_slider_moves_it_too(opened):
    slider = opened("desk").locator("figure.explorer input[type=range]:visible").first
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


def test_words_are_read_out_when_a_move_has_ended(first_page):
    page = first_page("desk")
    panel = page.locator("figure.explorer").first
    slider = panel.locator("input[type=range]").first
    said = panel.locator(".explorer-screen > p[role=status]")
    page.reload()
    unveiled(page).evaluate(HOLD_SILENCE)
    for key in ("Home", "ArrowRight", "End"):
        slider.press(key)
        assert said.text_content() == ""
    assert settled(page).evaluate("endSilence()") == 1
    assert said.text_content() == panel.locator(".explorer-status").text_content()


# What it replies to the right and to a wrong choice; whether its answer is open before and after.
CHOOSE = """prediction => {
    const options = [...prediction.querySelectorAll("input")];
    const answer = prediction.querySelector("details");
    const right = Number(prediction.querySelector("fieldset").dataset.right);
    const before = answer.open;
    const replies = [right, right === 0 ? 1 : 0].map(number => {
        options[number].click();
        return prediction.querySelector(".reply").textContent;
    });
    return [...replies, before, answer.open];
}"""


def test_a_prediction_unfolds_its_answer_after_a_choice(opened):
    for prediction in opened("desk").locator(".prediction").all():
        right, wrong, before, after = prediction.evaluate(CHOOSE)
        assert "Your prediction agrees" in right and ", but " in wrong
        assert not before and after


# Whether the code in each of these folds is seen before, while and after it is open.
UNFOLD = """all => all.map(fold => {
    const outer = [];
    for (let part = fold.parentElement; part; part = part.parentElement)
        if (part.matches("details:not([open])")) { part.open = true; outer.push(part); }
    const seen = [0, 1, 2].map(k => {
        if (k) fold.querySelector("summary").click();
        return fold.querySelector("pre").checkVisibility();
    });
    for (const part of outer) part.open = false;
    return seen;
})"""


def test_stubs_say_what_they_need_and_solutions_unfold(opened, lesson):
    page, [notebook] = opened("desk"), [path for path in NOTEBOOKS if path.stem == lesson]
    cells = nbformat.read(notebook, as_version=4).cells
    exercises = [cell for cell in cells if "exercise" in cell.metadata.get("tags", [])]
    needs = page.locator(".exercise .note", has_text="Needs a kernel")
    assert page.locator(".exercise").count() == needs.count() == len(exercises)
    solutions = page.locator("details:has(> pre, > .highlight)")
    assert solutions.count() > (1 if exercises else 0)  # the first shows what is imported
    for was, now, again in solutions.evaluate_all(UNFOLD):
        assert not was and now and not again


def test_the_page_is_small(site, lesson):
    assert page_bytes(site / f"{lesson}.html") < MOST_BYTES


def test_pictures_are_crisp_on_a_dense_screen(opened):
    with unfolded(opened("desk")) as page:
        pictures = page.locator("figure.explorer canvas:not([hidden])")
        sizes = pictures.evaluate_all("all => all.map(each => [each.width, each.clientWidth])")
    assert sizes and all(pixels >= DENSITY * wide > 0 for pixels, wide in sizes)


def test_words_and_picture_are_there_without_javascript(first_page):
    page = first_page("without script")
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


def test_the_index_is_valid_accessible_and_not_too_wide(empty_site, browser):
    page = open_file(browser, empty_site / "index.html", "desk")
    assert_axe_finds_nothing_and_nothing_is_too_wide(page)
    assert_html_is_valid_and_ids_are_unique(empty_site / "index.html", page)
    page.context.close()


def test_the_index_has_a_question_and_a_picture_for_each_lesson_and_each_page_its_neighbours(
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
        page.wait_for_url(f"**/{following}.html")
    page.context.close()
