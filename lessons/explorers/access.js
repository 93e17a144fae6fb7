// What ipywidgets leaves out for readers who do not see: names of slider handles, the picture's alternative text, and
// a status that is read out when a move has ended, not at every step of it. `element` is where the script's output goes.
const SILENCE = 600; // milliseconds without a change

const said = document.createElement("p");
said.setAttribute("role", "status");
said.style.cssText = "position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)";
let shown = "", telling;

function update(panel) {
  for (const handle of panel.querySelectorAll(".noUi-handle:not([aria-label])")) {
    const box = handle.closest(".widget-hbox").querySelector("input");
    if (box) handle.setAttribute("aria-label", box.labels[0].textContent);
  }
  const image = panel.querySelector("img.explorer-picture");
  const summary = panel.querySelector(".explorer-status p");
  if (!image || !summary || summary.textContent === shown) return;
  const isFirst = shown === "";
  image.alt = shown = summary.textContent;
  if (isFirst) return; // a notebook that is run shows many panels at once
  clearTimeout(telling);
  telling = setTimeout(() => { said.textContent = shown; }, SILENCE);
}

// noUiSlider takes Home and End to the ends that the slider was made with, not to those that it has now.
function toEnd(event) {
  const end = { Home: "min", End: "max" }[event.key];
  const box = end && event.target.closest(".noUi-handle")?.closest(".widget-hbox").querySelector("input");
  if (!box) return;
  event.preventDefault();
  event.stopPropagation();
  box.value = box[end];
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

function attach(tries) {
  const panel = element.closest(".explorer");
  if (!panel) return tries && setTimeout(attach, 100, tries - 1); // not in the page yet
  panel.append(said);
  panel.addEventListener("keydown", toEnd, { capture: true });
  new MutationObserver(() => update(panel)).observe(panel, { childList: true, subtree: true });
  update(panel);
}
attach(100);
