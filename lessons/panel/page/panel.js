// One panel: what it knows (shared by all of its views) and what each view shows.
const SILENCE = 600; // milliseconds without a move after which a screen reader is told

/** The conversation with the kernel, or with the page's own model where there is none. */
class Panel {
  views = new Set();
  kept = new Kept();
  #model; #unsent = {}; #sent = {}; #turn = 0; #shown;

  constructor(model) {
    this.#model = model;
    this.name = crypto.randomUUID?.() ?? String(Math.random());
    model.on("change:frame", () => this.#hear());
    model.on("msg:custom", (message, buffers) => this.#custom(message, buffers));
  }

  get look() { return this.#model.get("look"); }
  get frame() { return this.#model.get("frame"); }
  /** What the learner asks for, whether or not the kernel has heard of it. */
  get values() { return { ...this.frame.values, ...this.#sent, ...this.#unsent }; }
  get image() { return this.#shown?.image; }

  /** A picture that is there is shown before the kernel hears of the move. */
  move(name, value) {
    this.#unsent = { ...this.#unsent, [name]: value };
    const ready = this.kept.get(this.values);
    if (ready) this.#show(ready);
    else this.#update();
    this.#flush();
  }

  /** Somebody has clicked what is drawn: its toggle is flipped, whatever is on its way already. */
  flip({ control, edge }) {
    const look = this.look.controls.find(each => each.name === control);
    this.move(control, flipped(look, this.values[control], edge));
  }

  /** One move on its way at a time, the later ones merged: the last value always wins. */
  #flush() {
    if (Object.keys(this.#sent).length || !Object.keys(this.#unsent).length) return;
    [this.#sent, this.#unsent] = [this.#unsent, {}];
    const turn = `${this.name} ${this.#turn += 1}`;
    this.send({ kind: "move", values: this.#sent, turn }, () => this.#settle(turn));
  }

  #settle(turn) {
    if (turn !== `${this.name} ${this.#turn}`) return;
    this.#sent = {};
    this.#flush();
  }

  /** Sends a message; `done` is called when the kernel has worked on it, even if it failed. */
  send(message, done = () => {}) {
    const status = ({ content }) => { if (content.execution_state === "idle") done(); };
    this.#model.send(message, { iopub: { status } });
  }

  async #hear() {
    const { frame } = this;
    if (frame.forget) this.kept.clear();
    this.#settle(frame.turn);
    const wanted = keyOf(this.values);
    this.#wait(true);
    // What is shown already, because it was there before, is not painted a second time, nor replaced by an older one.
    if (this.#shown && this.#shown.picture_name !== frame.picture_name) {
      if (keyOf(frame.values) !== wanted && this.kept.get(this.values)) return this.#wait(false);
      const image = await decoded(frame.picture);
      if (frame === this.frame) this.#show({ ...frame, image });
    } else this.#show({ ...frame, image: this.#shown?.image ?? await decoded(frame.picture) });
    if (frame === this.frame) this.#wait(false);
  }

  #wait(on) {
    for (const view of this.views) view.wait(on);
  }

  #custom({ kind, frame }, buffers) {
    if (kind === "ahead") this.kept.add({ ...frame, picture: buffers[0] });
    else if (kind === "forget") this.kept.clear();
  }

  /** The frame that the model has, for a view that has just come: its words at once, its picture when it is decoded. */
  async start() {
    const { frame } = this;
    if (!this.#shown) {
      this.#wait(true);
      for (const view of this.views) view.tell(frame.sentence);
      this.#update();
      const image = await decoded(frame.picture);
      this.#shown ??= { ...frame, image };
    }
    this.#show(this.#shown);
    if (frame === this.frame) this.#wait(false);
  }

  #show(frame) {
    this.#shown = frame;
    for (const view of this.views) view.paint(frame);
    this.#update();
  }

  #update() {
    const values = { ...(this.#shown ?? this.frame).values, ...this.#sent, ...this.#unsent };
    const { error, task, veiled, running, progress } = this.frame; // of now; the picture may be ahead of them
    const now = { ...this.frame, ...this.#shown, error, task, veiled, running, progress };
    for (const view of this.views) view.update(now, values);
  }
}

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
    if (look.kind === "slider") control.focus.addEventListener("focus", () => this.#panel.send({ kind: "near", name }));
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

/** A panel is at its end when its output is gone and the notebook is still there: a closed or reloaded page may come back. */
function watchEnd(panel, view, el, signal) {
  let notebook;
  const seen = setInterval(() => {
    notebook = el.closest(".jp-Notebook");
    if (el.isConnected) clearInterval(seen);
  }, 100);
  signal.addEventListener("abort", () => {
    clearInterval(seen);
    view.end();
    panel.views.delete(view);
    setTimeout(() => { if (notebook?.isConnected && !panel.views.size) panel.send({ kind: "gone" }); });
  });
}

/** Tells the kernel how dense the screen is, now and when the window goes to another one. */
function watchDensity(panel, signal) {
  const tell = () => {
    const density = [1, 1.5].find(most => devicePixelRatio <= most) ?? 2;
    if (density !== panel.frame.density) panel.send({ kind: "density", density });
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", tell, { once: true, signal });
  };
  tell();
}

const makePanel = () => {
  let panel; // one for all views of a model
  return {
    initialize({ model }) { panel = new Panel(model); },
    async render({ el, signal }) {
      const view = new View(panel, el);
      panel.views.add(view);
      watchEnd(panel, view, el, signal);
      await panel.start();
      watchDensity(panel, signal);
    },
  };
};
