// What one view of a panel shows: controls, picture, sentence and error.
const SILENCE = 600; // milliseconds without a move after which a screen reader is told

/** One view of a panel. */
class View {
  #panel; #controls = new Map(); #canvas; #status; #sentence; #error; #said; #telling; #more; #train; #told; #card; #veil; #regions; #sheet;

  constructor(panel, el) {
    this.#panel = panel;
    const { look } = panel;
    const box = make("div", { className: "explorer-screen" });
    box.style.setProperty("--width", `${look.width}px`);
    this.#canvas = make("canvas", { className: "explorer-picture", "data-picture": "" });
    this.#canvas.style.aspectRatio = `${look.width} / ${look.height}`;
    this.#sentence = make("p");
    this.#error = make("div", { className: "explorer-message" });
    this.#said = make("p", { className: "explorer-said", role: "status" });
    this.#status = make("div", { className: "explorer-status" }, this.#sentence);
    if (look.tasks?.length) {
      this.#card = makeCard(look.tasks, number => panel.send({ kind: "task", number }));
      box.append(this.#card.node);
    }
    this.#regions = makeRegions(region => panel.flip(region));
    this.#sheet = make("div", { className: "explorer-sheet" }, this.#canvas, this.#regions.node);
    const paper = make("div", { className: "explorer-paper scroll" }, this.#sheet); // a phone is narrower than a picture
    this.#veil = makeVeil(() => panel.send({ kind: "unveil" }));
    this.#veil.style.aspectRatio = this.#canvas.style.aspectRatio;
    box.append(this.#mainControls(look), this.#error, this.#veil, paper, this.#status, this.#said);
    el.append(box);
  }

  #mainControls({ controls, trains }) {
    const open = make("div", { className: "explorer-controls" }, ...this.#built(controls.filter(each => each.open)));
    const folded = controls.filter(each => !each.open);
    if (trains) open.append(this.#trainRow());
    if (!folded.length) return open;
    const inside = make("div", { className: "explorer-controls" });
    this.#more = make("details", { className: "explorer-more" }, make("summary", { textContent: "More controls" }), inside);
    this.#more.addEventListener("toggle", () => {
      if (inside.childElementCount) return; // built when they are first asked for
      inside.append(...this.#built(folded));
      this.update(this.#panel.frame, this.#panel.values);
    });
    return make("div", {}, open, this.#more);
  }

  /** Controls in their order, small ones that follow each other together in a row of their own. */
  #built(looks) {
    const rows = [];
    let group;
    for (const look of looks) {
      const node = this.#control(look);
      if (look.small && !group) rows.push(group = make("div", { className: "explorer-group", role: "group", "aria-label": "switches" }));
      else if (!look.small) group = undefined;
      if (group) group.append(node);
      else rows.push(node);
    }
    return rows;
  }

  #control(look) {
    const { name } = look;
    const type = text => this.#panel.send({ kind: "type", name, text });
    const control = MAKERS[look.kind](look, value => this.#panel.move(name, value), type);
    control.node.classList.add("explorer-control", `explorer-${look.kind}`, `control-${name}`);
    control.node.classList.toggle("explorer-small", Boolean(look.small));
    if (look.kind === "slider") {
      control.focus.addEventListener("focus", () => this.#panel.send({ kind: "near", name }));
      control.focus.addEventListener("change", () => this.#panel.release());
    }
    this.#controls.set(name, control);
    return control.node;
  }

  #trainRow() {
    const button = (name, kind) => {
      const made = make("button", { type: "button", className: `explorer-${kind}`, textContent: name });
      made.addEventListener("click", () => this.#panel.send({ kind }));
      return made;
    };
    const progress = make("progress", { max: 1, "aria-label": "trained" });
    this.#train = { train: button("Train", "train"), stop: button("Stop", "stop"), progress };
    return make("div", { className: "explorer-training" }, ...Object.values(this.#train));
  }

  /** Controls, error and training as they stand; the picture and its sentence come with `paint`. */
  update(frame, values) {
    for (const [name, control] of this.#controls) control.show(values[name], frame.ends[name]);
    if (this.#error.textContent !== frame.error) {
      this.#error.replaceChildren(...(frame.error ? [make("p", { role: "alert", textContent: frame.error })] : []));
    }
    this.#card?.show(frame.task);
    this.#veil.hidden = !frame.veiled;
    this.#canvas.hidden = this.#sheet.hidden = Boolean(frame.veiled);
    this.#status.style.visibility = frame.veiled ? "hidden" : ""; // its place stays, so that nothing jumps
    if (!this.#train) return;
    this.#train.train.disabled = frame.running;
    this.#train.stop.disabled = !frame.running;
    this.#train.progress.value = frame.progress;
  }

  paint({ image, sentence, regions, picture_name: name }) {
    const canvas = this.#canvas;
    if (image && canvas.dataset.picture !== name) {
      const { width, height } = { width: image.naturalWidth || image.width, height: image.naturalHeight || image.height };
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
      canvas.getContext("2d", { alpha: false }).drawImage(image, 0, 0);
      canvas.dataset.picture = name;
    }
    this.#regions.show(regions);
    this.tell(sentence);
    canvas.dispatchEvent(new CustomEvent("painted", { bubbles: true }));
  }

  /** Read out when a move has ended, not at every step of it, and not when a notebook is opened. */
  tell(sentence) {
    const isFirst = this.#told === undefined;
    if (this.#told === sentence) return;
    this.#told = sentence;
    this.#sentence.textContent = sentence;
    this.#describe(sentence);
    if (isFirst) return;
    clearTimeout(this.#telling);
    this.#telling = setTimeout(() => { if (this.#veil.hidden) this.#said.textContent = this.#told; }, SILENCE);
  }

  /** A canvas without words is no picture: it has nothing to show yet, and the error beside it says why. */
  #describe(sentence) {
    for (const [name, value] of [["role", "img"], ["aria-label", sentence]]) {
      if (sentence) this.#canvas.setAttribute(name, value);
      else this.#canvas.removeAttribute(name);
    }
  }

  /** A picture is on its way to the canvas. */
  wait(on) {
    this.#canvas.toggleAttribute("data-waits", on);
  }

  end() {
    clearTimeout(this.#telling);
    for (const control of this.#controls.values()) control.stop?.();
  }
}
