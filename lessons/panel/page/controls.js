// Controls of a panel: a look at what the kernel says of each, and moves by hand and key. Sliders are in slider.js.

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

let count = 0; // ids are for the whole page

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
