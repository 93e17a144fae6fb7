// What a view looks out for: the end of its panel, and the density of its screen; and what anywidget is given.
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
