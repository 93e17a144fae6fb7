
// A page without a kernel: its panels have the notebook's screen, and a model that knows the states computed beforehand.

/** As much of a widget's model as the screen asks for.
 *
 * A state is found by its family, one for each set-up of the controls that the page has not, and by the positions of all controls. */
class PageModel {
  #look; #states; #families; #begins; #start; #frame; #heard = []; #pictures = new Map();

  constructor({ look, start, states, families, begins }, veiled) {
    [this.#look, this.#states, this.#families, this.#begins, this.#start] = [look, states, families, begins, start];
    const ends = Object.fromEntries(look.controls.filter(({ labels }) => labels).map(({ name, labels }) => [name, [0, labels.length - 1]]));
    this.#frame = { ...this.#at(start), ends, turn: "", veiled, task: { number: 0, done: begins.map(() => false) } };
  }

  get #size() { return this.#states.length / this.#families.length; }
  get #family() { return Math.floor(this.#frame.state / this.#size); }
  /** Where the other controls are that are not as they were at first, in words. */
  get family() { return this.#families[this.#family]; }

  #at(state) {
    const values = {};
    let rest = state % this.#size;
    for (const { name, labels, options } of [...this.#look.controls].reverse()) {
      const count = (labels ?? options).length, position = rest % count;
      values[name] = options ? options[position] : position;
      rest = (rest - position) / count;
    }
    const { picture, text, regions } = this.#states[state];
    return { state, regions, values, asked: values, picture, picture_name: picture, sentence: text, error: "", density: 0 };
  }

  #stateOf(values) {
    return this.#look.controls.reduce((sum, { name, labels, options }) =>
      sum * (labels ?? options).length + (options ? options.indexOf(values[name]) : values[name]), this.#family);
  }

  get(name) { return name === "look" ? this.#look : this.#frame; }

  on(event, heard) { if (event === "change:frame") this.#heard.push(heard); }

  send(message) {
    const answer = { move: () => this.#move(message), task: () => this.#task(message.number), unveil: () => this.veil(false) }[message.kind];
    answer?.();
  }

  /** The learner's move: the task that is on is done if the state reaches its goal. */
  #move({ values, turn }) {
    const state = this.#stateOf({ ...this.#frame.values, ...values });
    const { number, done } = this.#frame.task;
    const now = done.map((was, each) => was || (each === number && this.#states[state].reached.includes(number)));
    this.#show({ ...this.#at(state), turn, task: { number, done: now } });
  }

  /** Turns to a task and sets it up, if the page has the states where it begins. */
  #task(wanted) {
    const number = Math.min(Math.max(wanted, 0), this.#begins.length - 1);
    this.#show({ ...this.#at(this.#begins[number] ?? this.#frame.state), task: { ...this.#frame.task, number } });
    if (this.#pictures.size) this.fetchAll();
  }

  /** Puts all controls where they were at first. */
  restart() { this.#show(this.#at(this.#start)); }

  veil(veiled) { this.#show({ veiled }); }

  #show(changes) {
    this.#frame = { ...this.#frame, ...changes };
    for (const heard of this.#heard) heard();
  }

  /** The pictures are fetched when somebody turns to the panel, and are there when the slider moves. */
  fetchAll() {
    for (const { picture } of this.#states.slice(this.#family * this.#size, (this.#family + 1) * this.#size)) {
      if (!this.#pictures.has(picture)) this.#pictures.set(picture, Object.assign(new Image(), { src: picture }));
    }
  }
}

/** The closed fold that hides something, the outermost one; undefined if it can be seen. */
const closedFold = node => {
  let closed;
  for (let fold = node.closest("details"); fold; fold = fold.parentElement.closest("details")) if (!fold.open) closed = fold;
  return closed;
};

/** Calls it once, as soon as no closed fold hides the node. */
function whenUnfolded(node, start) {
  const fold = closedFold(node);
  if (fold) fold.addEventListener("toggle", () => whenUnfolded(node, start), { once: true });
  else start();
}

const models = [];

function startPanel(panel) {
  if (panel.dataset.started) return;
  panel.dataset.started = "true";
  const question = document.getElementById(panel.dataset.after);
  const model = new PageModel(JSON.parse(panel.querySelector("script").textContent), Boolean(question && !question.dataset.answered));
  models.push(model);
  const { initialize, render } = makePanel();
  initialize({ model });
  const { signal } = new AbortController(); // the page ends with its panels
  render({ el: panel.querySelector(".screen"), signal }).then(() => {
    panel.querySelector(".still").remove();
    makeScrollable();
  });
  panel.addEventListener("pointerover", () => model.fetchAll());
  panel.addEventListener("focusin", () => model.fetchAll());
  question?.addEventListener("change", () => model.veil(false), { once: true });
  const note = panel.querySelector(".family");
  note.querySelector("button").addEventListener("click", () => model.restart());
  model.on("change:frame", () => {
    note.hidden = !model.family;
    note.querySelector("span").textContent = `Set for the task: ${model.family}.`;
  });
}

for (const panel of document.querySelectorAll("figure.explorer")) whenUnfolded(panel, () => startPanel(panel));

// A link to something in a fold opens it.
function unfold(node) {
  for (let fold = closedFold(node); fold; fold = closedFold(node)) fold.open = true;
}
function goTo(address) {
  const target = document.getElementById(decodeURIComponent(address.slice(1)));
  if (!target || !closedFold(target)) return;
  unfold(target);
  target.scrollIntoView();
}
addEventListener("hashchange", () => goTo(location.hash));
addEventListener("click", event => { // a second time, too, when the address stays what it is
  const link = event.target.closest?.('a[href^="#"]');
  if (link) goTo(link.getAttribute("href"));
});

// On paper nothing can be opened: there everything is, and afterwards the page is as it was.
let closed = [], veiled = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("details:not([open])")];
  for (const fold of closed) fold.open = true;
  for (const panel of document.querySelectorAll("figure.explorer")) startPanel(panel);
  veiled = models.filter(model => model.get("frame").veiled);
  for (const model of veiled) model.veil(false);
});
addEventListener("afterprint", () => {
  for (const fold of closed) fold.open = false;
  for (const model of veiled) model.veil(true);
});

// Predictions: the answer unfolds once an option is chosen, with the reason why that one is wrong.
function listen(prediction) {
  const right = Number(prediction.querySelector("fieldset").dataset.right);
  const letter = number => String.fromCharCode(65 + number);
  const reasons = [...prediction.querySelectorAll(".reasons li")];
  prediction.addEventListener("change", event => {
    const chosen = Number(event.target.value);
    prediction.dataset.answered = "true";
    const agrees = chosen === right ? `Your prediction agrees: ${letter(right)} is right.`
      : `Your prediction was ${letter(chosen)}, but ${letter(right)} is right.`;
    for (const reason of reasons) reason.hidden = Number(reason.dataset.option) === chosen; // it stands in the reply
    const why = reasons.find(reason => reason.hidden)?.querySelector("span").cloneNode(true);
    prediction.querySelector(".reply").replaceChildren(make("strong", { textContent: agrees }), ...(why ? [" ", why] : []));
    prediction.querySelector("details").open = true;
  });
}
for (const prediction of document.querySelectorAll(".prediction")) listen(prediction);

// Several questions: the next one shows when this one is answered; first answers count, and what was missed comes back.
for (const questions of document.querySelectorAll(".questions")) {
  const all = [...questions.querySelectorAll(".prediction")], first = new Map();
  const again = document.querySelector(".again");
  for (const prediction of all.slice(1)) prediction.hidden = true;
  all.forEach((prediction, number) => prediction.addEventListener("change", event => {
    if (all[number + 1]) all[number + 1].hidden = false;
    if (first.has(number)) return;
    first.set(number, event.target.value === prediction.querySelector("fieldset").dataset.right);
    const count = [...first.values()].filter(Boolean).length;
    if (first.size === all.length) questions.querySelector(".score").textContent = `${count} of ${all.length} right at the first choice.`;
    if (again && questions.compareDocumentPosition(again) & Node.DOCUMENT_POSITION_FOLLOWING) comeBack(again, prediction, first.get(number));
  }));
}

/** A question that was missed stands once more where such questions come back; the others are said to be none. */
function comeBack(again, prediction, wasRight) {
  const words = again.querySelector(":scope > p");
  if (wasRight) {
    if (words) words.textContent = again.dataset.none;
    return;
  }
  words?.remove();
  const copy = prediction.cloneNode(true);
  copy.id = `${prediction.id}-again`;
  delete copy.dataset.answered;
  copy.querySelector("details").open = false;
  copy.querySelector(".reply").replaceChildren();
  for (const option of copy.querySelectorAll("input")) Object.assign(option, { name: `${copy.id}-option`, checked: false });
  for (const reason of copy.querySelectorAll(".reasons li")) reason.hidden = false;
  again.append(copy);
  listen(copy);
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
addEventListener("toggle", makeScrollable, true); // of a fold: what is in it has a width now

goTo(location.hash);
