// Pictures as the page keeps them: decoded, under the values of all controls that they show.
const MOST_KEPT = 24; // as many as ahead.py keeps

/** The values of all controls as one text: a picture of other settings has another key. */
const keyOf = values => JSON.stringify(Object.keys(values).sort().map(name => [name, values[name]]));

/** What a canvas can draw at once, from PNG bytes or, on a page without a kernel, from an address. */
async function decoded(picture) {
  if (typeof picture !== "string") {
    if (!picture.byteLength) return undefined; // nothing could be drawn: the panel says why
    return createImageBitmap(new Blob([picture], { type: "image/png" }));
  }
  const image = new Image();
  image.src = picture;
  await image.decode();
  return image;
}

/** The frames that are there before they are asked for: those that the kernel keeps, too. */
class Kept {
  shown; // the image on the canvas, which another view may paint, too: it stays open
  #frames = new Map();
  #turn = 0; // a picture that was on its way when all were dropped must not come in later

  /** A frame, in place of that with the values `dropped`, if there are any. */
  async add(frame, dropped) {
    const turn = this.#turn;
    const image = await decoded(frame.picture);
    if (turn !== this.#turn) return;
    if (dropped) this.#drop(keyOf(dropped));
    const key = keyOf(frame.asked);
    this.#drop(key);
    this.#frames.set(key, { ...frame, image });
    if (this.#frames.size > MOST_KEPT) this.#drop(this.#frames.keys().next().value); // decoded in another order
  }

  get(values) {
    return this.#frames.get(keyOf(values));
  }

  clear() {
    this.#turn += 1;
    for (const key of [...this.#frames.keys()]) this.#drop(key);
  }

  #drop(key) {
    const image = this.#frames.get(key)?.image;
    if (image !== this.shown) image?.close?.(); // a bitmap holds megabytes until it is closed
    this.#frames.delete(key);
  }
}
