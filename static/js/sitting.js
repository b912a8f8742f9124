// The meeting as it is held: every form is sent without leaving the page, and one key does each thing.
// Without this script the same forms and links work one page at a time.

import { isWriting, shortcutsAreOn } from "./page.js";

const main = document.getElementById("main");
const voice = document.body.appendChild(document.createElement("p"));
voice.className = "visually-hidden";
voice.setAttribute("aria-live", "polite");
const underWay = new Set(); // the buttons whose forms are on their way
let sent = Promise.resolve();

// Sending -------------------------------------------------------------------------------------------------------------

main.addEventListener("submit", (event) => {
  event.preventDefault();
  send(event.target, event.submitter);
});

// What is pressed while an earlier answer is awaited is sent after it, as it read when it was pressed. The same button
// pressed twice says one thing.
function send(form, submitter) {
  const pressed = submitter ?? form;
  if (underWay.has(pressed)) return;
  underWay.add(pressed);
  main.setAttribute("aria-busy", "true");
  const letter = written(form, submitter);
  sent = sent.then(() => deliver(letter, form, submitter)).then(() => {
    underWay.delete(pressed);
    if (!underWay.size) main.removeAttribute("aria-busy");
  });
}

async function deliver(letter, form, submitter) {
  try {
    await keepVotes(form);
    show(await post(letter), form, submitter);
  } catch {
    tell("Inte sparat: servern svarar inte. Det du har skrivit finns kvar på sidan. Försök igen om en stund.");
  }
}

function written(form, submitter, extra = {}) {
  const data = new URLSearchParams(new FormData(form, submitter));
  for (const [name, value] of Object.entries(extra)) data.set(name, value);
  return { url: submitter?.getAttribute("formaction") || form.getAttribute("action"), data };
}

async function post({ url, data }) {
  const answer = await fetch(url, { method: "POST", body: data });
  if (answer.status >= 500) throw new Error(answer.statusText);
  return { answer, found: new DOMParser().parseFromString(await answer.text(), "text/html") };
}

// Votes that are marked but not yet sent are kept before anything else changes the page.
async function keepVotes(form) {
  const voting = main.querySelector(".voting.unsaved");
  if (voting && voting !== form) await post(written(voting, null, { do: "save" }));
}

function show({ answer, found }, form, submitter) {
  const fresh = found.querySelector(".moments");
  if (!fresh) {
    tell("Inte sparat: du är utloggad, eller så har du inte behörighet längre. Logga in i en annan flik och försök igen.");
    return;
  }
  const focus = trailOf(submitter ?? document.activeElement);
  const open = [...main.querySelectorAll("details[open]")].filter((each) => each.id && !each.contains(form)).map((each) => each.id);
  const isVotedOn = Boolean(main.querySelector(".voter"));
  const top = scrollY;
  main.replaceChildren(...found.querySelector("main").childNodes);
  document.title = found.title;
  if (answer.redirected) history.replaceState(null, "", answer.url.replace(/#.*/, ""));
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  dress();
  scrollTo({ top, behavior: "instant" });
  focusOn(focus, answer.ok);
  if (!isVotedOn) goTo(main.querySelector(".voter"), ".voter");
  voice.textContent = [main.querySelector("[role=status] .note"), main.querySelector(".quorum-now .when")]
    .map((each) => each?.textContent ?? "").join(" ");
}

// What to look for when the page has been changed: the thing itself, else what it stood in.
function trailOf(element) {
  const ids = [];
  for (let each = element; each && each !== main; each = each.parentElement) if (each.id) ids.push(each.id);
  return ids.filter((id) => !id.endsWith("-form"));
}

function focusOn(trail, isDone) {
  const wrong = main.querySelector(".has-error :is(input, select, textarea), .errorlist");
  const found = (!isDone && wrong) || trail.map((id) => document.getElementById(id)).find(Boolean);
  if (!found) return;
  if (!found.matches("a, button, input, select, textarea, summary, [tabindex]")) found.tabIndex = -1;
  found.focus({ preventScroll: isDone });
}

function tell(sentence) {
  const note = main.querySelector("#trouble") ?? document.createElement("p");
  note.id = "trouble";
  note.className = "note error";
  note.setAttribute("role", "alert");
  note.textContent = sentence;
  main.prepend(note);
}

// Forms that fold out --------------------------------------------------------------------------------------------------

// Whoever opens a form, by key or by pointer, is going to write in it.
let opening = null;
main.addEventListener("click", (event) => { opening = event.target.closest("summary")?.parentElement ?? null; });
main.addEventListener("toggle", (event) => {
  const details = event.target;
  if (details !== opening || !details.open) return;
  opening = null;
  details.querySelector("select, input:not([type=hidden]), textarea")?.focus();
}, true);

function openForm(id) {
  const details = document.getElementById(id);
  if (!details) return null;
  details.open = true;
  details.scrollIntoView({ block: "nearest" });
  return details;
}

function recuse(pk) {
  const details = openForm("recusal-form");
  if (!details) return;
  const choice = details.querySelector("[name=attendance]");
  choice.value = pk;
  details.querySelector("[name=substitute]").focus();
}

main.addEventListener("click", (event) => {
  const link = event.target.closest("[data-recuse]");
  if (!link) return;
  event.preventDefault();
  recuse(link.dataset.recuse);
});

// Rows: people at the table, and voters -----------------------------------------------------------------------------------

const rowsOf = (kind) => [...main.querySelectorAll(kind)];

function goTo(row, kind) {
  if (!row) return;
  for (const each of rowsOf(kind)) each.tabIndex = each === row ? 0 : -1;
  row.focus();
  row.scrollIntoView({ block: "nearest" });
}

function step(row, kind, by) {
  const rows = rowsOf(kind);
  goTo(rows[rows.indexOf(row) + by], kind);
}

const VOTES = { j: "yes", n: "no", a: "abstain" };
const isPlain = (event) => !event.ctrlKey && !event.metaKey && !event.altKey && shortcutsAreOn();

main.addEventListener("keydown", (event) => {
  if (!isPlain(event)) return;
  const voter = event.target.closest(".voter");
  const place = event.target.closest(".place[data-row]");
  // Once the last has voted the caret is on the button: one press too many neither decides the matter nor leaves it.
  const isOneVoteMore = event.target.id === "finish" && event.key in VOTES;
  const isHandled = (voter && onVoter(voter, event.key)) || (place && onPlace(place, event.key)) || isOneVoteMore;
  if (!isHandled) return;
  event.preventDefault();
  event.stopPropagation();
});

function onVoter(row, key) {
  if (key in VOTES) {
    row.querySelector(`input[value=${VOTES[key]}]`).checked = true;
    changed(row.closest("form"));
    const rows = rowsOf(".voter");
    if (row === rows.at(-1)) document.getElementById("finish").focus();
    else step(row, ".voter", 1);
    return true;
  }
  if (key === "ArrowDown" || key === "ArrowUp") {
    step(row, ".voter", key === "ArrowDown" ? 1 : -1);
    return true;
  }
  return false;
}

function onPlace(row, key) {
  if (key === "ArrowDown" || key === "ArrowUp") {
    step(row, ".place[data-row]", key === "ArrowDown" ? 1 : -1);
    return true;
  }
  const button = row.querySelector(`[data-do="${CSS.escape(key)}"]`);
  if (!button) return "nftvd".includes(key);
  if (key === "v") recuse(row.dataset.row);
  else send(button.form, button);
  return true;
}

document.addEventListener("keydown", (event) => {
  if (!isPlain(event) || isWriting(event.target)) return;
  if (event.key === "m") goTo(rowsOf(".place[data-row]")[0], ".place[data-row]");
  else if (event.key === "o") goTo(main.querySelector(".voter"), ".voter");
  else if (event.key === "v") openForm("recusal-form")?.querySelector("select").focus();
  else if (event.key === "ArrowRight") main.querySelector("[rel=next]")?.click();
  else if (event.key === "ArrowLeft") main.querySelector("[rel=prev]")?.click();
  else return;
  event.preventDefault();
});

// Votes as they are marked ------------------------------------------------------------------------------------------------

function changed(form) {
  form.classList.add("unsaved");
  count(form);
}

function count(form) {
  const of = (value) => form.querySelectorAll(`.voter input[value=${value}]:checked`).length;
  const left = form.querySelectorAll(".voter").length - of("yes") - of("no") - of("abstain");
  const told = `Ja ${of("yes")}, nej ${of("no")}, avstår ${of("abstain")}`;
  const tie = left === 0 && of("yes") === of("no") ? ". Lika röstetal: ordföranden har utslagsröst, vid val avgör lotten" : "";
  form.querySelector("#count").textContent = `${told}${left ? `, ${left} kvar` : ""}${tie}.`;
}

main.addEventListener("change", (event) => {
  if (event.target.closest(".voter")) changed(event.target.closest("form"));
});

addEventListener("beforeunload", (event) => { if (main.querySelector(".voting.unsaved")) event.preventDefault(); });

// Each time the page has changed --------------------------------------------------------------------------------------------

function dress() {
  for (const element of main.querySelectorAll("[data-with-script]")) element.hidden = false;
  for (const kind of [".voter", ".place[data-row]"]) {
    rowsOf(kind).forEach((row, index) => { row.tabIndex = index ? -1 : 0; });
  }
  const voting = main.querySelector(".voting:has(.voter)");
  if (voting) count(voting);
}

dress();
