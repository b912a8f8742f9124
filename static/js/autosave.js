// A form that saves itself: after a pause in the writing, and again when the server was gone. Until it is saved the
// text is kept in this browser and put back when the page is opened again.

import { passes, reasonFor, send } from "./draft/server.js";

const GONE = "Inte sparat: utkastet har kastats. Texten finns kvar i den här webbläsaren: kopiera det som ska vara kvar.";
const PAUSE = 2000;
const LONGEST_WAIT = 30000;
const form = document.querySelector("form[data-autosave]");
const told = form.querySelector("[data-state]");
const shelf = `osparat${location.pathname}`;
let edits = 0;
let saved = 0;
let failures = 0;
let timer = 0;
let running = null;

const fields = () => Object.fromEntries(new FormData(form));
const say = (text) => { told.textContent = text; };

function keep() {
  try {
    localStorage.setItem(shelf, JSON.stringify(fields()));
  } catch {
    // Full or forbidden: the text is still on the page, and leaving it asks first.
  }
}

function later(wait) {
  clearTimeout(timer);
  timer = setTimeout(save, wait);
}

async function save() {
  if (running || edits === saved) return;
  const sent = edits;
  const before = fields();
  say("Sparar …");
  running = send(location.pathname, before);
  const { kind, data } = await running;
  running = null;
  if (kind === "ok") settle(sent, before, data);
  else failed(kind, data);
}

function settle(sent, before, data) {
  saved = sent;
  failures = 0;
  form.elements.base.value = data.base;
  for (const [name, text] of Object.entries(data.changed)) {
    const field = form.elements[name];
    if (field && field.value === before[name] && field !== document.activeElement) field.value = text;
  }
  if (edits === saved) {
    localStorage.removeItem(shelf);
    say(data.saved);
  } else {
    keep();
    later(PAUSE);
  }
}

function failed(kind, data) {
  failures += 1;
  if (kind === "conflict") say(`${data.lines.join(" ")} Tryck på Spara för att se båda.`);
  else if (kind === "refused") say(`Inte sparat: ${data.lines.join(" ")}`);
  else say(kind === "gone" ? GONE : (reasonFor(kind) ?? reasonFor("broken")));
  if (passes(kind)) later(Math.min(PAUSE * 2 ** failures, LONGEST_WAIT));
}

function putBack() {
  const text = localStorage.getItem(shelf);
  if (!text) return;
  const kept = JSON.parse(text);
  let differs = false;
  for (const [name, value] of Object.entries(kept)) {
    const field = form.elements[name];
    if (!field || name === "csrfmiddlewaretoken" || field.type === "checkbox") continue;
    differs ||= name !== "base" && field.value !== value;
    field.value = value;
  }
  if (!differs) return;
  edits += 1;
  say("Text som inte hann sparas är framtagen igen.");
  later(PAUSE);
}

form.addEventListener("input", () => {
  edits += 1;
  keep();
  later(PAUSE);
});
// Saved as always, and then to the text; what the server says no to is sent the plain way, so that its page says why.
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearTimeout(timer);
  if (running) await running;
  const { kind, data } = await send(location.pathname, fields());
  if (["conflict", "refused"].includes(kind)) {
    saved = edits;
    form.submit();
  } else if (kind === "ok") {
    saved = edits;
    localStorage.removeItem(shelf);
    location.assign(form.dataset.autosave);
  } else {
    failed(kind, data);
  }
});
addEventListener("beforeunload", (event) => {
  if (edits !== saved) event.preventDefault();
});
if (!form.querySelector(".has-error") && !document.querySelector("[role=alert]")) putBack();
