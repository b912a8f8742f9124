// One piece of the paragraph (a section or the title) on the page: its editor, its saver, and what it has to say.

import { makeItemList } from "./item-list.js";
import { reasonFor, send } from "./server.js";
import { Saver } from "./saver.js";
import { makeTextEditor } from "./text-editor.js";

export class Piece {
  constructor(element, options) {
    this.element = element;
    this.note = element.querySelector(".piece-note");
    this.desk = options.desk;
    this.key = options.key;
    this.url = options.url;
    this.choiceUrl = options.choiceUrl;
    this.heading = options.heading;
    this.saver = new Saver(
      {
        key: this.key,
        url: this.url,
        base: options.base,
        read: () => this.editor.read(),
        fieldsWithBase: options.fieldsWithBase,
        newBase: options.newBase,
        onState: (state, data) => this.#tell(state, data),
      },
      this.desk.shelf,
    );
  }

  get isFocused() {
    return this.element.contains(document.activeElement);
  }

  // Newer text from the server, while nothing here is unsaved.
  receive(content, base) {
    this.editor.write(content);
    this.saver.settle(base);
  }

  say(...nodes) {
    this.note.replaceChildren(...nodes);
  }

  sayBriefly(sentence) {
    const note = document.createElement("p");
    note.className = "note plain";
    note.textContent = sentence;
    this.say(note);
    setTimeout(() => note.remove(), 20000);
  }

  // Text that an earlier window could not save: put it in, or ask first when the server has newer text.
  offer(entry, resolve) {
    const at = new Date(entry.at).toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
    const day = new Date(entry.at).toLocaleDateString("sv-SE", { day: "numeric", month: "long" });
    const offer = document.createElement("div");
    offer.className = "note plain";
    const why = document.createElement("p");
    why.textContent = `Text från ${day} kl. ${at} hann inte sparas. Den finns kvar i den här webbläsaren:`;
    const words = document.createElement("div");
    words.className = "words";
    words.textContent = plain(entry.fields);
    const actions = document.createElement("p");
    actions.className = "actions";
    actions.append(
      button("Lägg in den här", "button small", () => {
        this.say();
        this.putBack(entry);
        resolve();
      }),
      button("Kasta den", "button quiet small", () => {
        this.say();
        resolve();
      }),
    );
    offer.append(why, words, actions);
    this.say(offer);
  }

  async putBack(entry) {
    const newer = entry.base !== this.saver.base;
    if (newer) this.saver.base = entry.base;
    this.editor.write(asContent(entry.fields));
    this.saver.changed();
    await this.saver.flush();
  }

  #tell(state, data) {
    this.element.dataset.state = state;
    if (state === "conflict") this.#showConflict(data);
    else if (state === "refused") this.#showReason(`Inte sparat: ${(data.lines ?? []).join(" ")}`);
    else if (reasonFor(state)) this.#showReason(reasonFor(state), state === "logged-out");
    else if (state === "saved" || state === "clean") this.say();
    this.desk.pieceChanged(this, state, data);
  }

  #showReason(text, offerLogin = false) {
    const note = document.createElement("p");
    note.className = "note error";
    note.textContent = text;
    if (offerLogin) {
      const link = document.createElement("a");
      link.href = this.desk.data.login;
      link.target = "_blank";
      link.textContent = "Logga in i en ny flik";
      note.append(" ", link, ", så sparas den härifrån.");
    } else if (["offline", "broken"].includes(this.saver.state)) {
      note.append(" ", button("Försök nu", "as-link", () => this.saver.flush()));
    }
    this.say(note);
  }

  #showConflict(data) {
    const box = document.createElement("div");
    box.className = "note";
    box.innerHTML = data.panel;
    this.say(box);
    for (const choice of box.querySelectorAll("button[name=choice]")) {
      choice.type = "button";
      choice.addEventListener("click", () => this.#choose(choice.value, data.revision));
    }
    box.querySelector("button")?.scrollIntoView({ block: "nearest" });
  }

  async #choose(choice, revision) {
    const edits = this.saver.edits;
    const fields = { ...this.editor.read(), base_revision: revision, choice };
    const { kind, data } = await send(this.choiceUrl, fields);
    if (kind === "conflict") this.#showConflict(data);
    else if (kind === "ok") {
      this.say();
      this.#settle(choice, data, edits);
    } else {
      this.#showReason(reasonFor(kind) ?? (data.lines ?? []).join(" "));
      this.#keepChoosing(revision);
    }
  }

  // The chosen text is now the server's. What was typed while the answer was on its way is never written over: after
  // one's own text it is saved as more of the same, after another's it is asked about again.
  #settle(choice, data, edits) {
    const base = data.revision ?? data.title;
    if (this.saver.edits === edits) {
      this.receive(data.title === undefined ? data : { items: [data.title] }, base);
    } else {
      this.saver.goOn(choice === "mine" ? base : this.saver.base);
    }
  }

  #keepChoosing(revision) {
    const actions = document.createElement("p");
    actions.className = "actions";
    actions.append(
      button("Behåll min", "button small", () => this.#choose("mine", revision)),
      button("Ta den andra", "button quiet small", () => this.#choose("theirs", revision)),
    );
    this.note.append(actions);
  }
}

// A section of the page becomes one that can be written in.
export function makeSection(element, data, desk) {
  const heading = element.querySelector("h2").textContent;
  const piece = new Piece(element, {
    desk,
    key: element.dataset.keyOf,
    url: element.dataset.url,
    choiceUrl: `${element.dataset.url}val/`,
    heading,
    base: data.revision,
    fieldsWithBase: (fields, base) => ({ ...fields, base_revision: base }),
    newBase: (answer) => answer.revision,
  });
  const shown = element.querySelector("[data-shown]");
  element.querySelector(".by-hand").remove();
  shown.replaceChildren();
  const common = {
    place: shown,
    heading,
    kind: data.kind,
    onChange: () => piece.saver.changed(),
    onFocus: () => desk.focused(piece),
    onBlur: () => piece.saver.flush(),
    onKey: (event) => desk.key(event, piece),
  };
  piece.editor = data.items
    ? makeItemList({ ...common, items: data.items, choices: choicesOf(element) })
    : makeTextEditor({ ...common, html: data.html });
  return piece;
}

function choicesOf(element) {
  if (!element.dataset.choices) return null;
  const list = document.getElementById(element.dataset.choices);
  const all = [...(list?.options ?? [])].map((option) => option.value);
  return { all, quick: element.dataset.kind === "documents" ? all : all.slice(0, 1) };
}

// The title is a piece too: what it began from is the old title itself.
export function makeTitle(form, title, desk) {
  const box = form.querySelector("textarea");
  form.querySelector("button").remove();
  const piece = new Piece(form, {
    desk,
    key: "title",
    url: form.action,
    choiceUrl: form.action,
    heading: "Rubrik",
    base: title,
    fieldsWithBase: (fields, base) => ({ ...fields, expected: base }),
    newBase: (answer) => answer.title,
  });
  piece.editor = {
    element: box,
    read: () => ({ title: box.value.replace(/\s+/g, " ").trim() }),
    write: (content) => (box.value = content.items?.[0] ?? content.title ?? box.value),
    focus: () => box.focus(),
    destroy: () => {},
  };
  box.addEventListener("input", () => {
    piece.saver.changed();
    desk.titled(box.value);
  });
  box.addEventListener("blur", () => piece.saver.flush());
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
    if (event.key === "Enter" || desk.key(event, piece)) event.preventDefault();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  return piece;
}

const asContent = (fields) =>
  fields.items === undefined ? (fields.html === undefined ? { title: fields.title } : fields) : { items: fields.items.split("\n").filter(Boolean) };

export function plain(fields) {
  if (fields.html === undefined) return fields.items ?? fields.title ?? "";
  const page = new DOMParser().parseFromString(fields.html.replaceAll(/<\/(p|li|h4|h5|tr)>/g, "$&\n"), "text/html");
  return page.body.textContent.trim();
}

export function button(text, className, onClick) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.textContent = text;
  made.addEventListener("click", onClick);
  return made;
}
