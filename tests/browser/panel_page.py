"""One panel in the page: its controls, its picture, its status line, its speed."""

from .lab_server import PATIENCE
from .settled import VEILS

PANEL = ".explorer"
HANDLE = BAR = "input[type=range]"
NUMBER = "input.explorer-number"
PICTURE = "canvas.explorer-picture[data-picture]:not([data-picture=''])"
MORE = "details.explorer-more:not([open]) > summary"
STATUS = ".explorer-status p"
MESSAGE = ".explorer-message p[role=alert]"
SAID = ".explorer-screen > p[role=status]"  # what screen readers are told
SILENCE = 600  # milliseconds without a move after which they are told; as in view.js

MOVABLE = f"""panel => [...panel.querySelectorAll("[class*='control-']")]
    .filter(control => control.querySelector('{HANDLE}')?.checkVisibility()
        && !control.querySelector('[disabled]'))
    .map(control => [...control.classList].find(name => name.startsWith('control-'))
        .slice('control-'.length))"""

# In one go: to click each with the mouse takes a second for all panels of a notebook.
UNFOLD = """(panel, folded) => {
    panel.querySelectorAll(folded).forEach(each => each.click());
    const name = [...panel.classList].find(each => each.startsWith('explorer-'));
    return name.slice('explorer-'.length);
}"""

# in one go, since each question to the page takes its time; aria-valuenow would be rounded to one
# decimal
SHOWN = f"""(panel, name) => {{
    const control = panel.querySelector(`.control-${{name}}`);
    const text = selector => panel.querySelector(selector)?.innerText.trim() ?? '';
    return {{
        number: Number(control.querySelector('{NUMBER}').value),
        position: Number(control.querySelector('{HANDLE}').getAttribute('aria-valuetext')),
        picture: panel.querySelector(`{PICTURE}`).dataset.picture,
        status: text('{STATUS}'),
        message: text('{MESSAGE}'),
    }};
}}"""

# The panel says `painted` when a picture is on its canvas; the frame that shows it is the next one.
# An event's timeStamp and performance.now() share a clock.
START_STOPWATCH = """panel => {
    const off = new AbortController();
    const options = { capture: true, signal: off.signal };
    let pressed = null;
    panel.stopwatch = { times: [], stop: () => off.abort() };
    panel.addEventListener('keydown', event => { pressed = event.timeStamp; }, options);
    panel.addEventListener('painted', () => requestAnimationFrame(now => {
        if (pressed !== null) panel.stopwatch.times.push(now - pressed);
        pressed = null;
        panel.dispatchEvent(new Event('timed'));
    }), options);
}"""

# A promise: asking again and again whether the picture has come would take a core away from those
# who draw it.
NEXT_TIME = """([panel, count, most]) => new Promise(resolve => {
    const check = () => panel.stopwatch.times.length < count || resolve(true);
    panel.addEventListener('timed', check);
    setTimeout(resolve, most, false);
    check();
})"""

# What waits for the silence waits until the test says so: on a busy machine a drag may pause, too.
HOLD_SILENCE = f"""panel => {{
    const after = window.setTimeout, cancel = window.clearTimeout, held = new Map();
    panel.readOut = 0;
    panel.listener?.disconnect();
    panel.listener = new MutationObserver(() => {{ panel.readOut += 1; }});
    panel.listener.observe(panel.querySelector('{SAID}'), {{ childList: true }});
    window.setTimeout = (action, wait, ...rest) => {{
        if (wait !== {SILENCE}) return after(action, wait, ...rest);
        const number = after(() => {{}}, 0);
        held.set(number, action);
        return number;
    }};
    window.clearTimeout = number => {{ held.delete(number); cancel(number); }};
    panel.endSilence = () => {{
        Object.assign(window, {{ setTimeout: after, clearTimeout: cancel }});
        const count = held.size;
        held.forEach(action => action());
        return count;
    }};
}}"""

# A promise here too. The second is for a kernel that has died, which would be waited for without
# end.
SETTLED = """async ([picture, most]) => {
    const end = performance.now() + most;
    while (true) {
        // What an answer has brought is worked on in promises: their turn comes before a timeout's.
        await new Promise(resolve => setTimeout(resolve, 0));
        if (unanswered.size === 0 && !picture.matches('[data-waits]')) return;
        if (performance.now() > end) throw new Error('the panel has not settled');
        await new Promise(resolve => {
            addEventListener('answered', resolve, { once: true });
            picture.addEventListener('painted', resolve, { once: true });
            setTimeout(resolve, 1000);
        });
    }
}"""


# A press of a key for each of these sliders, a step or all of the `way` to the farther end, in one
# go: what it was, what it should be, and what the panel shows before and after. The keys are events
# of the page: who takes the focus to be pressed is scrolled to, and drawn again with all around it.
NUDGE = f"""async ([panel, names, way, most]) => {{
    const shown = {SHOWN}, settled = {SETTLED}, picture = panel.querySelector(`{PICTURE}`);
    const answers = [];
    for (const name of names) {{
        const handle = panel.querySelector(`.control-${{name}} {HANDLE}`);
        if (handle.disabled) continue;
        const [low, high, step] = [handle.min, handle.max, handle.dataset.step].map(Number);
        const before = shown(panel, name), steps = (before.number - low) / step;
        const [key, wanted] = {{
            step: before.number < high
                ? ['ArrowRight', Math.min(high, low + (Math.floor(steps + 1e-9) + 1) * step)]
                : ['ArrowLeft', low + (Math.ceil(steps - 1e-9) - 1) * step],
            end: 2 * before.number <= low + high ? ['End', high] : ['Home', low],
        }}[way];
        answers.push({{ slider: name, move: 'as it was', wanted: before.number, ...before }});
        const press = {{ key, bubbles: true, cancelable: true }};
        handle.dispatchEvent(new KeyboardEvent('keydown', press));
        await settled([picture, most]);
        answers.push({{ slider: name, move: key, wanted, ...shown(panel, name) }});
    }}
    return answers;
}}"""


class PanelPage:
    """The panel whose element is `root`; controls go by their names in `Explorer.controls`."""

    def __init__(self, page, root):
        self.page = page
        self.root = root
        # Elements, not locators: those search the whole notebook at each touch, longer than the
        # panel takes to answer.
        self._element = root.element_handle()
        self._parts = {}
        self._element.wait_for_selector(PICTURE, state="attached")
        self.name = self._element.evaluate(UNFOLD, f"{VEILS}, {MORE}")
        self.picture = self._element.wait_for_selector(PICTURE)

    def sliders(self) -> list[str]:
        """The controls whose slider a learner can move now."""
        return self._element.evaluate(MOVABLE)

    def shown(self, name: str) -> dict:
        """The number and the handle's position of the slider `name`, the picture's address, the
        status, the error.
        """
        return self._element.evaluate(SHOWN, name)

    def seen(self) -> dict:
        """The picture's address, the status, the error."""
        return {"picture": self.picture_src(), "status": self.status(), "message": self.message()}

    def flip(self):
        """Makes the first list choose something else, then presses the first toggle: yields after
        each.
        """
        for choice in self.root.locator("select:visible").all()[:1]:
            options = choice.locator("option").all()
            choice.select_option(index=0 if choice.evaluate("e => e.selectedIndex") else 1)
            assert len(options) > 1
            yield
        for toggle in self.root.locator(".explorer-toggle:visible").all()[:1]:
            toggle.press("Enter")
            yield

    def control(self, name: str):
        return self.root.locator(f".control-{name}")

    def button(self, name: str):
        return self.root.get_by_role("button", name=name)

    def handle(self, name: str):
        return self._part(name, HANDLE)

    def number_box(self, name: str):
        return self._part(name, NUMBER)

    def _part(self, name: str, selector: str):
        place = f".control-{name} {selector}"
        if place not in self._parts:
            self._parts[place] = self._element.query_selector(place)
        return self._parts[place]

    def number(self, name: str) -> float:
        """What the number box shows."""
        return float(self.number_box(name).input_value())

    def minimum(self, name: str) -> float:
        return float(self.handle(name).get_attribute("min"))

    def maximum(self, name: str) -> float:
        return float(self.handle(name).get_attribute("max"))

    def step(self, name: str) -> float:
        return float(self.handle(name).get_attribute("data-step"))

    def status(self) -> str:
        return self._text(STATUS)

    def said(self) -> str:
        """What a screen reader was told last: the status line, once a move has ended."""
        return self._element.query_selector(SAID).text_content()

    def hold_silence(self) -> None:
        """From now on no time counts as a pause after a move, until `end_silence`."""
        self._element.evaluate(HOLD_SILENCE)

    def end_silence(self) -> int:
        """Let the pause be over; how many texts had been waiting for it."""
        return self._element.evaluate("panel => panel.endSilence()")

    def times_read_out(self) -> int:
        """How often a screen reader has been told something since `hold_silence`."""
        return self._element.evaluate("panel => panel.readOut")

    def message(self) -> str:
        """The error that the panel shows, or an empty string."""
        return self._text(MESSAGE)

    def _text(self, selector: str) -> str:
        shown = [line for line in self._element.query_selector_all(selector) if line.is_visible()]
        return " ".join(line.inner_text() for line in shown).strip()

    def picture_src(self) -> str:
        return self.picture.get_attribute("data-picture")

    def press(self, name: str, key: str) -> None:
        """Focus the slider of `name` and press `key`, such as 'ArrowRight' or 'End'."""
        self.handle(name).press(key)

    def nudge(self, names: list[str], way: str = "step") -> list[dict]:
        """Move each of these sliders by one step, or to its farther end if the way is "end", with a
        key: `slider`, `move`, `wanted` and what `shown` says, before and after.
        """
        return self.page.evaluate(NUDGE, [self._element, names, way, 1000 * PATIENCE])

    def grab(self, name: str) -> None:
        """Take hold of the handle with the mouse. After a click on its bar the slider refuses
        that for 300 ms.
        """
        self.handle(name).hover()
        self.page.mouse.down()

    def drag(self, name: str, fraction: float, steps: int = 2) -> None:
        """Drag the handle, once grabbed, to `fraction` of the bar: 0 is its left end and 1 its
        right.
        """
        bar = self._part(name, BAR).bounding_box()
        self.page.mouse.move(bar["x"] + fraction * bar["width"], bar["y"], steps=steps)

    def release(self) -> None:
        self.page.mouse.up()

    def type_number(self, name: str, value: float) -> None:
        """Type `value` into the number box, as a learner would, and press Enter."""
        self.number_box(name).fill(f"{value:.12g}")
        self.number_box(name).press("Enter")

    def settle(self, timeout: float = PATIENCE) -> None:
        """Wait until the kernel has answered every move and the picture is loaded."""
        self.page.evaluate(SETTLED, [self.picture, 1000 * timeout])

    def wait_for_new_picture(self, previous_src: str, timeout: float = PATIENCE) -> None:
        """Wait until another picture than `previous_src` is loaded."""
        self.page.wait_for_function(
            "([picture, src]) => picture.dataset.picture !== src",
            arg=[self.picture, previous_src],
            timeout=1000 * timeout,
        )

    def latency(self, name: str, key: str, presses: int) -> list[float]:
        """Milliseconds from each press of `key`, on a panel at rest, to the loaded picture, by the
        page's clock.

        A press that leaves the picture as it is has no time.
        """
        panel, timed = self._element, 0
        panel.evaluate(START_STOPWATCH)
        for _ in range(presses):
            self.press(name, key)
            timed += self.page.evaluate(NEXT_TIME, [panel, timed + 1, 2000])
            self.settle()
        return panel.evaluate("panel => { panel.stopwatch.stop(); return panel.stopwatch.times; }")
