
// A page without a kernel: its panels have the notebook's screen, and a model that knows the states computed beforehand.

/** As much of a widget's model as the screen asks for. A state is found by the positions of all controls. */
class PageModel {
  #look; #states; #frame; #heard = [];

  constructor({ look, start, states }) {
    this.#look = look;
    this.#states = states;
    const ends = {}, values = {};
    for (const control of look.controls) {
      values[control.name] = control.options ? control.options[control.start] : control.start;
      if (control.labels) ends[control.name] = [0, control.labels.length - 1];
    }
    this.#frame = this.#at(states[start], values, { ends, turn: "" });
  }

  #at({ picture, text }, values, rest) {
    return { ...rest, values, asked: values, picture, picture_name: picture, sentence: text, error: "", density: 0 };
  }

  get(name) { return name === "look" ? this.#look : this.#frame; }

  on(event, heard) { if (event === "change:frame") this.#heard.push(heard); }

  send({ kind, values: moved, turn }) {
    if (kind !== "move") return;
    const values = { ...this.#frame.values, ...moved };
    const number = this.#look.controls.reduce((sum, { name, labels, options }) =>
      sum * (labels ?? options).length + (options ? options.indexOf(values[name]) : values[name]), 0);
    this.#frame = this.#at(this.#states[number], values, { ends: this.#frame.ends, turn });
    for (const heard of this.#heard) heard();
  }

  /** The pictures are fetched when somebody turns to the panel, and are there when the slider moves. */
  fetchAll() {
    this.pictures ??= this.#states.map(({ picture }) => Object.assign(new Image(), { src: picture }));
  }
}

for (const panel of document.querySelectorAll("figure.explorer")) {
  const model = new PageModel(JSON.parse(panel.querySelector("script").textContent));
  const { initialize, render } = makePanel();
  initialize({ model });
  const { signal } = new AbortController(); // the page ends with its panels
  render({ el: panel.querySelector(".screen"), signal }).then(() => {
    panel.querySelector(".still").remove();
    makeScrollable();
  });
  panel.addEventListener("pointerover", () => model.fetchAll());
  panel.addEventListener("focusin", () => model.fetchAll());
}

// Predictions: the answer unfolds once an option is chosen.
for (const prediction of document.querySelectorAll(".prediction")) {
  const right = Number(prediction.querySelector("fieldset").dataset.right);
  const letter = number => String.fromCharCode(65 + number);
  prediction.addEventListener("change", event => {
    const chosen = Number(event.target.value);
    prediction.querySelector(".reply").textContent = chosen === right
      ? `Your prediction agrees: ${letter(right)} is right.`
      : `Your prediction was ${letter(chosen)}, but ${letter(right)} is right.`;
    prediction.querySelector("details").open = true;
  });
}

// What is wider than the window scrolls by itself, and then by keyboard too.
function makeScrollable() {
  for (const box of document.querySelectorAll(".scroll")) {
    const isWide = box.scrollWidth > box.clientWidth;
    box.toggleAttribute("data-wide", isWide);
    if (isWide) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}
addEventListener("resize", makeScrollable);
addEventListener("load", makeScrollable);
