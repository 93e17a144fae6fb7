// What ipywidgets leaves out for readers who do not see: names of slider handles and that they are off, the picture's
// alternative text, and a status that is read out when a move has ended, not at every step of it. `element` is where the
// script's output goes.
const SILENCE = 600; // milliseconds without a change
const CHANGES = { childList: true, subtree: true, attributeFilter: ["disabled"] };

const said = document.createElement("p");
said.setAttribute("role", "status");
said.style.cssText = "position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)";
let shown = "", telling;

const numberBox = handle => handle.closest(".widget-hbox").querySelector("input");

function update(panel) {
  for (const handle of panel.querySelectorAll(".noUi-handle")) {
    const box = numberBox(handle);
    if (!box) continue;
    handle.setAttribute("aria-label", box.labels[0].textContent);
    handle.setAttribute("aria-disabled", box.disabled);
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
  const handle = end && event.target.closest(".noUi-handle");
  const box = handle && numberBox(handle);
  if (!box || box.disabled) return;
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
  new MutationObserver(() => update(panel)).observe(panel, CHANGES);
  update(panel);
}
attach(100);
