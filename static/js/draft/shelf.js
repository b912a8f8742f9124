// Unsaved text in this browser: one entry for each person, paragraph, piece, revision that it began from, and window.

const PREFIX = "osparat";
const WINDOW = crypto.randomUUID?.() ?? String(Math.random());
const RECENT = 5000;

export class Shelf {
  constructor(user, paragraph) {
    this.prefix = `${PREFIX}/${user}/${paragraph}/`;
  }

  put(piece, base, fields) {
    const entry = JSON.stringify({ piece, base, fields, at: Date.now() });
    try {
      localStorage.setItem(this.#key(piece, base), entry);
    } catch {
      // Full or forbidden: the text is still on the page, and beforeunload warns.
    }
  }

  drop(piece, base) {
    localStorage.removeItem(this.#key(piece, base));
  }

  take(key) {
    localStorage.removeItem(key);
  }

  // What other windows, or this one before it was closed, could not save.
  left() {
    const entries = [];
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(this.prefix) || key.endsWith(`/${WINDOW}`)) continue;
      const entry = read(key);
      if (entry && Date.now() - entry.at > RECENT) entries.push({ key, ...entry });
    }
    return entries.sort((one, other) => one.at - other.at);
  }

  #key(piece, base) {
    return `${this.prefix}${piece}/${base}/${WINDOW}`;
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}
