// Controls of a panel: a look at what the kernel says of each, and moves by hand, key and typing.
const PLAY_PAUSE = 250; // milliseconds between two steps

/** An element with properties and children; aria and data properties are given as attributes. */
function make(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in node && !name.includes("-")) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

/** A number as the box shows it: without the tail that steps in floating point leave. */
const written = value => String(Number(Number(value).toPrecision(12)));

let count = 0; // ids are for the whole page

/** A slider with its name, a number box and, where movement is the lesson, a Play button.
 *
 * With `labels`, as on a page without a kernel, it moves over numbered positions that are called so, and nothing can be typed.
 * Its steps bind the hand and the keys, not what is typed or set by code: step="any" leaves that where it is. */
function makeSlider(look, move, type) {
  const id = `explorer-control-${count += 1}`;
  const suppress = { "data-lm-suppress-shortcuts": "true" }; // or JupyterLab takes the arrow keys
  const range = make("input", { type: "range", step: "any", "data-step": look.step, "aria-label": look.label, ...suppress });
  const box = make("input", { type: "text", id, inputMode: "decimal", autocomplete: "off", className: "explorer-number", ...suppress });
  const named = value => (look.labels ? look.labels[value] : written(value));
  if (look.labels) Object.assign(box, { readOnly: true, tabIndex: -1 });
  const node = make("div", {}, make("label", { htmlFor: id, textContent: look.label }), range, box);
  let low, high, value;

  const snapped = wanted => {
    const steps = Math.round((wanted - low) / look.step);
    return Number(Math.min(high, Math.max(low, low + steps * look.step)).toPrecision(12));
  };
  const go = wanted => {
    const next = snapped(wanted);
    if (next !== value) move(next);
    else range.value = value;
  };
  // From between two steps the next one on the grid, not the one after it.
  const beyond = steps => {
    const exact = (value - low) / look.step;
    const nearest = Math.round(exact);
    const here = Math.abs(exact - nearest) < 1e-9 ? nearest : steps > 0 ? Math.floor(exact) : Math.ceil(exact);
    return low + (here + steps) * look.step;
  };
  const page = () => Math.max(1, Math.round((high - low) / look.step / 10));
  const keys = {
    ArrowRight: () => beyond(1), ArrowUp: () => beyond(1), ArrowLeft: () => beyond(-1), ArrowDown: () => beyond(-1),
    PageUp: () => beyond(page()), PageDown: () => beyond(-page()), Home: () => low, End: () => high,
  };
  const pressed = event => {
    const target = event.altKey || event.ctrlKey || event.metaKey ? undefined : keys[event.key];
    if (!target || range.disabled) return;
    event.preventDefault();
    event.stopPropagation();
    // Both ends are reached exactly, whether or not they lie on a step.
    if (event.key === "Home" || event.key === "End") { if (target() !== value) move(target()); }
    else go(target());
  };
  range.addEventListener("keydown", pressed);
  range.addEventListener("input", () => {
    const wanted = Number(range.value);
    if (wanted === low || wanted === high) { if (wanted !== value) move(wanted); }
    else go(wanted);
  });
  let typed = false; // and neither sent nor taken back
  const send = () => {
    if (typed) type(box.value);
    typed = false;
  };
  box.addEventListener("input", () => { typed = true; });
  box.addEventListener("change", send);
  box.addEventListener("keydown", event => {
    if (event.key === "Enter") send();
    else if (event.key === "Escape") [typed, box.value] = [false, named(value)];
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") pressed(event);
  });

  const play = look.play ? makePlay(() => value < high, () => go(beyond(1)), () => move(low)) : undefined;
  if (play) range.before(play.button);

  return {
    node, focus: range,
    stop: () => play?.stop(),
    show(next, ends) {
      value = next;
      [low, high] = ends;
      range.min = low;
      range.max = high;
      range.value = value;
      range.style.setProperty("--part", high > low ? (value - low) / (high - low) : 0);
      range.setAttribute("aria-valuetext", named(value));
      range.disabled = box.disabled = low === high;
      if (!typed) box.value = named(value);
    },
  };
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

function makeChoice(look, move) {
  const id = `explorer-control-${count += 1}`;
  const options = look.options.map(name => make("option", { textContent: name, value: name }));
  const select = make("select", { id, autocomplete: "off", "data-lm-suppress-shortcuts": "true" }, ...options);
  select.addEventListener("change", () => move(select.value));
  const node = make("div", {}, make("label", { htmlFor: id, textContent: look.label }), select);
  return { node, focus: select, show: value => { select.value = value; } };
}

function makeSwitch(look, move) {
  if (look.small) {
    const button = makeToggle(look.label, "", on => move(on));
    return { node: make("div", {}, button), focus: button, show: on => setPressed(button, on) };
  }
  const box = make("input", { type: "checkbox", autocomplete: "off" });
  box.addEventListener("change", () => move(box.checked));
  const node = make("div", {}, make("label", {}, box, ` ${look.label}`));
  return { node, focus: box, show: on => { box.checked = on; } };
}

/** A button that stays down. */
function makeToggle(label, tip, move) {
  const button = make("button", { type: "button", className: "explorer-toggle", textContent: label, "aria-pressed": "false" });
  if (tip) button.title = tip;
  button.addEventListener("click", () => move(button.getAttribute("aria-pressed") === "false"));
  return button;
}

const setPressed = (button, on) => button.setAttribute("aria-pressed", String(on));

/** A toggle for each edge [start, stop], and a button for each preset. */
function makeToggles(look, move) {
  let chosen = [];
  const same = ([a, b], [c, d]) => a === c && b === d;
  const toggles = look.edges.map(edge => {
    const [start, stop] = edge;
    const name = stop === start + 1 ? String(stop) : `${start}→${stop}`;
    return makeToggle(name, `skip from state ${start} to state ${stop}`, on => {
      move(look.edges.filter(each => (same(each, edge) ? on : chosen.some(other => same(each, other)))));
    });
  });
  const presets = Object.entries(look.presets).map(([name, edges]) => {
    const button = make("button", { type: "button", className: "explorer-preset", textContent: name });
    button.addEventListener("click", () => move(edges));
    return button;
  });
  const group = (name, ...buttons) => make("div", { role: "group", "aria-label": name }, make("span", { textContent: name }), ...buttons);
  return {
    node: make("div", {}, group("presets", ...presets), group(look.label, ...toggles)),
    focus: toggles[0],
    show(edges) {
      chosen = edges;
      toggles.forEach((toggle, k) => setPressed(toggle, edges.some(edge => same(edge, look.edges[k]))));
    },
  };
}

const MAKERS = { slider: makeSlider, choice: makeChoice, switch: makeSwitch, toggles: makeToggles };
