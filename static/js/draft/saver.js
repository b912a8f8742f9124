// Saves one piece (a section or the title): after a pause, on leaving it, again when the server was gone.
// Never two requests at once for the same piece, so that a slow answer cannot overtake a newer one.

import { passes, send } from "./server.js";

const PAUSE = 800;
const LONGEST_WAIT = 30000;

export class Saver {
  // piece: { key, url, base, read() -> fields, fieldsWithBase(fields, base), onSaved(data), onState(state, data) }
  constructor(piece, shelf) {
    this.piece = piece;
    this.shelf = shelf;
    this.base = piece.base;
    this.edits = 0;
    this.savedEdits = 0;
    this.failures = 0;
    this.state = "clean";
  }

  get isDirty() {
    return this.edits !== this.savedEdits;
  }

  changed() {
    this.edits += 1;
    this.shelf.put(this.piece.key, this.base, this.piece.read());
    if (this.state === "conflict") return;
    this.#say("writing");
    this.#later(PAUSE);
  }

  async flush({ leaving = false } = {}) {
    clearTimeout(this.timer);
    if (!this.isDirty || this.state === "conflict") return;
    if (this.running && !leaving) return this.running.then(() => this.flush());
    this.running = this.#save(leaving);
    await this.running;
    this.running = null;
  }

  // Text that is now the server's: from a choice between two texts, or somebody else's newer one.
  settle(base) {
    this.shelf.drop(this.piece.key, this.base);
    this.base = base;
    this.savedEdits = this.edits;
    this.failures = 0;
    this.#say("saved");
  }

  // There is more to save than was settled: save it from `base`.
  goOn(base) {
    this.shelf.drop(this.piece.key, this.base);
    this.base = base;
    this.state = "clean";
    this.changed();
  }

  async #save(leaving) {
    const { edits, base } = this;
    const fields = this.piece.read();
    this.#say("saving");
    const body = { ...this.piece.fieldsWithBase(fields, base), ...(leaving ? { leaving: "on" } : {}) };
    const { kind, data } = await send(this.piece.url, body, { keepalive: leaving });
    if (kind === "ok") this.#saved(edits, base, data, fields);
    else this.#failed(kind, data);
  }

  #saved(edits, base, data, fields) {
    this.savedEdits = edits;
    this.failures = 0;
    this.base = this.piece.newBase(data, fields);
    this.shelf.drop(this.piece.key, base);
    if (this.isDirty) {
      this.shelf.put(this.piece.key, this.base, this.piece.read());
      this.#later(PAUSE);
    }
    this.#say(this.isDirty ? "writing" : "saved", data);
  }

  #failed(kind, data) {
    this.failures += 1;
    if (passes(kind)) this.#later(Math.min(1000 * 2 ** this.failures, LONGEST_WAIT));
    this.#say(kind, data);
  }

  #later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), wait);
  }

  #say(state, data = {}) {
    this.state = state;
    this.piece.onState(state, data);
  }
}
