// What is drawn can be clicked where it has a toggle. For a mouse or a finger: keys have the toggle itself.

/** Lies over the picture; `flip(region)` is called for the one that is clicked. */
function makeRegions(flip) {
  const node = make("div", { className: "explorer-regions", "aria-hidden": "true" });
  let shown = "";
  return {
    node,
    show(regions = []) {
      const now = JSON.stringify(regions);
      if (now === shown) return;
      shown = now;
      node.replaceChildren(...regions.map(region => {
        const [left, top, width, height] = region.box.map(part => `${100 * part}%`);
        const spot = make("div", { className: "explorer-region", title: region.name });
        Object.assign(spot.style, { left, top, width, height });
        spot.addEventListener("click", () => flip(region));
        return spot;
      }));
    },
  };
}

/** The value of a control after one of its toggles is flipped: a switch, or one edge of a row. */
function flipped(look, value, edge) {
  if (look.options) return look.options.find(option => option !== value); // on a page without a kernel: on or off
  if (!edge) return !value;
  const same = ([a, b], [c, d]) => a === c && b === d;
  return look.edges.filter(each => value.some(on => same(on, each)) !== same(each, edge));
}
