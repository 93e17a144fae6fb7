"use strict";

// Panels: the positions of the controls choose one of the states that were computed beforehand.
const SILENCE = 600; // milliseconds without a move after which a screen reader is told
const said = document.getElementById("said");
let telling;

function tellLater(text) {
  clearTimeout(telling);
  telling = setTimeout(() => { said.textContent = text; }, SILENCE);
}

for (const panel of document.querySelectorAll("figure.explorer")) {
  const { positions, states } = JSON.parse(panel.querySelector("script").textContent);
  const controls = [...panel.querySelectorAll("[data-control]")];
  const image = panel.querySelector("img");
  const summary = panel.querySelector(".summary");

  const show = () => {
    let number = 0;
    controls.forEach((control, k) => {
      const position = positions[k][control.value];
      number = number * positions[k].length + Number(control.value);
      if (control.type !== "range") return;
      control.setAttribute("aria-valuetext", position);
      control.nextElementSibling.textContent = position;
    });
    const { picture, text } = states[number];
    image.src = picture;
    image.alt = text;
    summary.textContent = text;
    tellLater(text);
  };
  for (const control of controls) control.addEventListener("input", show);

  // The pictures are fetched when somebody turns to the panel, and are there when the slider moves.
  const fetchAll = () => {
    panel.pictures ??= states.map(({ picture }) => Object.assign(new Image(), { src: picture }));
  };
  panel.addEventListener("pointerover", fetchAll);
  panel.addEventListener("focusin", fetchAll);
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
