// A slider: its steps, its handle, its number box, and Play.
const PLAY_PAUSE = 250; // milliseconds between two steps
const SUPPRESS = { "data-lm-suppress-shortcuts": "true" }; // or JupyterLab takes the arrow keys

/** A number as the box shows it: without the tail that steps in floating point leave. */
const written = value => String(Number(Number(value).toPrecision(12)));

/** Where a slider stands between its ends, and which places lie on its steps. */
class Steps {
  low; high; value;
  #step;

  constructor(step) { this.#step = step; }

  /** Both ends are reached exactly, whether or not they lie on a step. */
  at(wanted) {
    if (wanted === this.low || wanted === this.high) return wanted;
    const steps = Math.round((wanted - this.low) / this.#step);
    return Number(Math.min(this.high, Math.max(this.low, this.low + steps * this.#step)).toPrecision(12));
  }

  /** So many steps on. From between two steps the next one on the grid is one step away. */
  beyond(steps) {
    const exact = (this.value - this.low) / this.#step;
    const nearest = Math.round(exact);
    const here = Math.abs(exact - nearest) < 1e-9 ? nearest : steps > 0 ? Math.floor(exact) : Math.ceil(exact);
    return this.at(this.low + (here + steps) * this.#step);
  }

  /** Where a key leads, if it is one of a slider's. */
  key(name) {
    const page = Math.max(1, Math.round((this.high - this.low) / this.#step / 10));
    const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: page, PageDown: -page }[name];
    return steps ? this.beyond(steps) : { Home: this.low, End: this.high }[name];
  }
}

/** A slider with its name, a number box and, where movement is the lesson, a Play button.
 *
 * With `labels`, as on a page without a kernel, it moves over numbered positions that are called so, and nothing can be typed.
 * Its steps bind the hand and the keys, not what is typed or set by code: step="any" leaves that where it is. */
function makeSlider(look, move, type) {
  const id = `explorer-control-${count += 1}`, steps = new Steps(look.step);
  const named = value => (look.labels ? look.labels[value] : written(value));
  const put = next => { if (next === steps.value) range.value = next; else move(next); };
  const range = makeRange(look, steps, put);
  const box = makeBox(id, look, () => named(steps.value), type, event => range.pressed(event));
  const node = make("div", {}, make("label", { htmlFor: id, textContent: look.label }), range, box);
  const isOn = () => steps.value < steps.high;
  const play = look.play ? makePlay(isOn, () => put(steps.beyond(1)), () => move(steps.low)) : undefined;
  if (play) range.before(play.button);
  return {
    node, focus: range,
    stop: () => play?.stop(),
    show(value, [low, high]) {
      Object.assign(steps, { value, low, high });
      Object.assign(range, { min: low, max: high, disabled: low === high });
      range.value = value; // after its ends, within which it is kept
      range.style.setProperty("--part", high > low ? (value - low) / (high - low) : 0);
      range.setAttribute("aria-valuetext", named(value));
      box.disabled = low === high;
      box.show();
    },
  };
}

/** The handle; its `pressed` hears keys for the box, too. */
function makeRange(look, steps, put) {
  const range = make("input", { type: "range", step: "any", "data-step": look.step, "aria-label": look.label, ...SUPPRESS });
  range.pressed = event => {
    const target = event.altKey || event.ctrlKey || event.metaKey ? undefined : steps.key(event.key);
    if (target === undefined || range.disabled) return;
    event.preventDefault();
    event.stopPropagation();
    put(target);
  };
  range.addEventListener("keydown", range.pressed);
  range.addEventListener("input", () => put(steps.at(Number(range.value))));
  return range;
}

/** The number; `show` leaves alone what is typed, and neither sent nor taken back. */
function makeBox(id, look, now, type, pressed) {
  const box = make("input", { type: "text", id, inputMode: "decimal", autocomplete: "off", className: "explorer-number", ...SUPPRESS });
  if (look.labels) Object.assign(box, { readOnly: true, tabIndex: -1 });
  let typed = false;
  const send = () => {
    if (typed) type(box.value);
    typed = false;
  };
  box.show = () => { if (!typed) box.value = now(); };
  box.addEventListener("input", () => { typed = true; });
  box.addEventListener("change", send);
  box.addEventListener("keydown", event => {
    if (event.key === "Enter") send();
    else if (event.key === "Escape") { typed = false; box.show(); }
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") pressed(event);
  });
  return box;
}

/** Moves on by itself until the end, a second press, or until the panel leaves the page. */
function makePlay(isOn, step, rewind) {
  const button = make("button", { type: "button", className: "explorer-play" });
  let timer;
  const say = () => {
    button.textContent = timer ? "⏸" : "▶";
    button.setAttribute("aria-label", timer ? "Pause" : "Play");
  };
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    say();
  };
  button.addEventListener("click", () => {
    if (timer) { stop(); return; }
    if (!isOn()) rewind();
    timer = setInterval(() => { if (isOn()) step(); else stop(); }, PLAY_PAUSE);
    say();
  });
  say();
  return { button, stop };
}
