// What a panel knows, shared by all of its views, and its conversation with the kernel.

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
    if (!Object.keys(this.#sent).length) this.release();
  }

  /** The hand lets go of a slider: what it has chosen last does not wait for the answer to what it chose before. */
  release() {
    if (!Object.keys(this.#unsent).length) return;
    [this.#sent, this.#unsent] = [{ ...this.#sent, ...this.#unsent }, {}];
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

  #custom({ kind, frame, dropped }, buffers) {
    if (kind === "ahead") this.kept.add({ ...frame, picture: buffers[0] }, dropped);
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
    this.kept.shown = frame.image;
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
