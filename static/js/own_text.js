// Writing one text, of a newsletter or of a section of a governing document: saved while it is written, with the
// house's own tools.

import { makePhrases } from "./draft/phrases.js";
import { button, makeSection, plain } from "./draft/piece.js";
import { Shelf } from "./draft/shelf.js";
import { makeToolbar } from "./draft/toolbar.js";

const data = JSON.parse(document.getElementById("draft-data").textContent);
const saved = document.getElementById("saved");
const alarm = document.getElementById("alarm");
let savedAt = "";

const desk = {
  data,
  shelf: new Shelf(data.user, data.paragraph),
  focused: (piece) => toolbar.follow(piece),
  pieceChanged(piece, state, answer) {
    if (answer?.saved_at) savedAt = answer.saved_at;
    const isTroubled = piece.saver.isDirty && !["writing", "saving", "saved", "clean"].includes(state);
    saved.classList.toggle("trouble", isTroubled);
    if (isTroubled) saved.textContent = "Inte sparat";
    else if (piece.saver.isDirty) saved.textContent = "Sparar …";
    else if (savedAt) saved.textContent = `Sparat ${savedAt}`;
  },
  key(event) {
    const ctrl = event.ctrlKey || event.metaKey;
    if (ctrl && event.key.toLowerCase() === "k") return toolbar.setLink(), event.preventDefault(), true;
    if (event.altKey && event.key === "F10") return toolbar.enter(), true;
    return false;
  },
};

const phrases = makePhrases(data.phrases);
const toolbar = makeToolbar(document.getElementById("tools"), (piece) => phrases.open(piece));
const piece = makeSection(document.getElementById("text"), data.section, desk);
piece.editor.editor.on("transaction", () => toolbar.refresh());
toolbar.follow(piece);

// Text that an earlier window could not save is offered, never put in or thrown away unasked.
for (const entry of desk.shelf.left()) {
  const isThere = JSON.stringify(piece.editor.read()) === JSON.stringify(entry.fields);
  if (isThere || !plain(entry.fields).trim()) desk.shelf.take(entry.key);
  else piece.offer(entry, () => desk.shelf.take(entry.key));
}

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.shiftKey) return;
  if (event.key.toLowerCase() === "s") event.preventDefault(), piece.saver.flush();
  else if (event.key === ".") event.preventDefault(), phrases.open(piece);
});
addEventListener("pagehide", () => piece.saver.isDirty && piece.saver.flush({ leaving: true }));
addEventListener("beforeunload", (event) => {
  if (piece.saver.isDirty && !["writing", "saving"].includes(piece.saver.state)) event.preventDefault();
});
document.addEventListener("visibilitychange", () => document.hidden && piece.saver.flush());
addEventListener("online", () => piece.saver.flush());

// Buttons beside the text act on what is saved: save first, then go.
for (const form of document.querySelectorAll("main form[method=post]")) {
  if (form.closest(".by-hand, dialog")) continue;
  form.addEventListener("submit", async (event) => {
    if (!piece.saver.isDirty) return;
    event.preventDefault();
    await piece.saver.flush();
    if (!piece.saver.isDirty) form.requestSubmit(event.submitter);
    else alarm.replaceChildren("Texten är inte sparad än. ", button("Försök igen", "as-link", () => piece.saver.flush()));
  });
}
document.getElementById("draft").dataset.ready = "";
