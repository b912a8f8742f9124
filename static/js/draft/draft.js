// The drafting page: joins the pieces, the toolbar, the standard texts, the others, and the keys.

import { makePhrases } from "./phrases.js";
import { button, makeSection, makeTitle, plain } from "./piece.js";
import { watchOthers } from "./presence.js";
import { watchVerbs } from "./section-verbs.js";
import { send } from "./server.js";
import { Shelf } from "./shelf.js";
import { makeToolbar } from "./toolbar.js";

const data = JSON.parse(document.getElementById("draft-data").textContent);
const saved = document.getElementById("saved");
const alarm = document.getElementById("alarm");
const announcer = document.getElementById("announcer");
const FACTS_PAUSE = 2500;

const desk = {
  data,
  shelf: new Shelf(data.user, data.paragraph),
  pieces: new Map(),
  current: null,

  adopt(element, content) {
    const piece = makeSection(element, content, desk);
    desk.pieces.set(piece.key, piece);
  },
  forget(key) {
    desk.pieces.get(key)?.editor.destroy();
    desk.pieces.delete(key);
  },
  order: () => [...document.querySelectorAll("#parts > .part")].map((part) => part.dataset.keyOf),
  focused(piece) {
    desk.current = piece;
    toolbar.follow(piece);
  },
  pieceChanged(piece, state, answer) {
    if (answer?.saved_at) desk.savedAt = answer.saved_at;
    if (state === "saved") scheduleFacts();
    showSaved();
  },
  titled(title) {
    const link = document.querySelector("nav.side [aria-current] span + span");
    if (link) link.textContent = title;
  },
  announce: (sentence) => (announcer.textContent = sentence),
  warn(name, sentence, offerReload = false, ...more) {
    alarm.querySelector(`[data-name="${name}"]`)?.remove();
    if (!sentence) return;
    const note = document.createElement("p");
    note.className = "note plain";
    note.dataset.name = name;
    note.append(sentence, ...more);
    if (offerReload) note.append(" ", button("Läs in sidan på nytt", "as-link", () => location.reload()));
    alarm.append(note);
  },
  saveAll: () => Promise.all([...desk.pieces.values()].map((piece) => piece.saver.flush())),
  key: (event, piece) => keyWhileWriting(event, piece),
};

function showSaved() {
  const pieces = [...desk.pieces.values()];
  const dirty = pieces.filter((piece) => piece.saver.isDirty);
  const troubled = dirty.filter((piece) => !["writing", "saving", "saved", "clean"].includes(piece.saver.state));
  saved.classList.toggle("trouble", troubled.length > 0);
  if (troubled.length) saved.textContent = "Inte sparat";
  else if (dirty.length) saved.textContent = "Sparar …";
  else if (desk.savedAt) saved.textContent = `Sparat ${desk.savedAt}`;
}

let factsTimer;
function scheduleFacts() {
  clearTimeout(factsTimer);
  factsTimer = setTimeout(async () => {
    const answer = await fetch(data.urls.facts, { redirect: "manual" }).catch(() => null);
    if (answer?.ok) document.getElementById("facts").innerHTML = await answer.text();
  }, FACTS_PAUSE);
}

// Keys that work in the middle of a text. True: taken.
function keyWhileWriting(event, piece) {
  const ctrl = event.ctrlKey || event.metaKey;
  if (ctrl && event.key.toLowerCase() === "k") return toolbar.setLink(), event.preventDefault(), true;
  if (event.altKey && event.shiftKey && ["ArrowUp", "ArrowDown"].includes(event.key) && piece.key !== "title") {
    verbs.move(piece.element, event.key === "ArrowUp" ? -1 : 1);
    return true;
  }
  if (event.altKey && event.key === "F10") return toolbar.enter(), true;
  if (event.key === "Escape" && !event.defaultPrevented) return leaveText(piece), true;
  return false;
}

function leaveText(piece) {
  const next = piece.element.querySelector("summary") ?? document.querySelector("#parts summary");
  next?.focus();
}

document.addEventListener("keydown", (event) => {
  const ctrl = event.ctrlKey || event.metaKey;
  if (ctrl && !event.shiftKey && event.key.toLowerCase() === "s") {
    event.preventDefault();
    desk.saveAll();
  } else if (ctrl && event.key === ".") {
    event.preventDefault();
    phrases.open(desk.current ?? [...desk.pieces.values()].at(1));
  } else if (event.altKey && event.shiftKey && ["KeyN", "KeyP"].includes(event.code)) {
    event.preventDefault();
    document.querySelector(event.code === "KeyN" ? "a[data-key=n]" : "a[data-key=p]")?.click();
  }
});

function offerLeftovers() {
  for (const entry of desk.shelf.left()) {
    const piece = desk.pieces.get(entry.piece);
    const isThere = piece && JSON.stringify(piece.editor.read()) === JSON.stringify(entry.fields);
    if (isThere || !plain(entry.fields).trim()) desk.shelf.take(entry.key);
    else if (piece) piece.offer(entry, () => desk.shelf.take(entry.key));
    else offerHomeless(entry);
  }
}

function offerHomeless(entry) {
  const away = button("Kasta den", "as-link", () => {
    desk.shelf.take(entry.key);
    desk.warn(entry.key, "");
  });
  desk.warn(entry.key, `Text som inte hann sparas hör till ett avsnitt som har tagits bort: ”${plain(entry.fields)}” `, false, away);
}

// Leaving: what is unsaved goes with the last request; then what was written becomes a version.
function leave() {
  const dirty = [...desk.pieces.values()].filter((piece) => piece.saver.isDirty);
  for (const piece of dirty) piece.saver.flush({ leaving: true });
  send(data.urls.leave, {}, { keepalive: true });
}

addEventListener("pagehide", leave);
addEventListener("pageshow", (event) => event.persisted && location.reload());
addEventListener("beforeunload", (event) => {
  const isLost = [...desk.pieces.values()].some((piece) => piece.saver.isDirty && !["writing", "saving"].includes(piece.saver.state));
  if (isLost) event.preventDefault();
});
document.addEventListener("visibilitychange", () => document.hidden && desk.saveAll());
addEventListener("online", () => desk.saveAll());
addEventListener("focus", () => desk.saveAll());

const phrases = makePhrases(data.phrases);
const toolbar = makeToolbar(document.getElementById("tools"), (piece) => phrases.open(piece));
desk.pieces.set("title", makeTitle(document.querySelector("form[data-title]"), data.title, desk));
for (const part of document.querySelectorAll("#parts > .part")) desk.adopt(part, data.sections[part.dataset.keyOf]);
const verbs = watchVerbs(desk);
for (const piece of desk.pieces.values()) piece.editor.editor?.on("transaction", () => desk.current === piece && toolbar.refresh());
offerLeftovers();
watchOthers(desk);
document.getElementById("draft").dataset.ready = "";
