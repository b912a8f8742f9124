// The attendance page: one key marks a row, every mark is saved at once, the server answers with what follows of it.
// Rows are saved one by one, in order; a row that could not be saved is tried again until the server answers.

const page = document.querySelector(".attendance");
const saved = document.getElementById("saved");
const trouble = document.getElementById("trouble");
const RETRY_MS = 4000;
const REFRESH_MS = 20000;
const waiting = new Map(); // address → what shall be posted there, the latest mark of each row
let isSending = false;

const csrf = () => document.cookie.split("; ").find((c) => c.startsWith("csrftoken="))?.slice(10) ?? "";
const rows = () => [...page.querySelectorAll(".person")];
const clock = () => new Date().toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");

// Saving --------------------------------------------------------------------------------------------------------------

function dataOf(row) {
  const data = new URLSearchParams();
  for (const input of row.querySelectorAll(":is(.marks, .remote, .for) :is(input, select)")) {
    if (!["radio", "checkbox"].includes(input.type) || input.checked) data.append(input.name, input.value);
  }
  return data;
}

function save(row) {
  row.classList.add("unsaved");
  waiting.set(`${page.dataset.list}${row.id.slice("row-".length)}/`, dataOf(row));
  send();
}

async function send() {
  if (isSending) return;
  isSending = true;
  while (waiting.size) {
    const [address, data] = waiting.entries().next().value;
    saved.textContent = "Sparar …";
    try {
      const answer = await ask(address, data);
      if (waiting.get(address) === data) waiting.delete(address);
      show(answer, { isLast: waiting.size === 0 });
    } catch {
      saved.textContent = "";
      tell("Inte sparat: servern svarar inte. Markeringarna finns kvar på sidan, och portalen försöker igen.");
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
  isSending = false;
}

async function ask(address, data) {
  const headers = { "HX-Request": "true", "X-CSRFToken": csrf() };
  const answer = await fetch(address, data ? { method: "POST", body: data, headers } : { headers });
  if (answer.status >= 500) throw new Error(answer.statusText);
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  return { status: answer.status, found };
}

function show({ found, status }, { isLast }) {
  const refused = found.getElementById("refused")?.textContent;
  if (!found.getElementById("roll")) {
    waiting.clear();
    tell(status === 200 ? "Inte sparat: du är utloggad. Logga in i en annan flik och markera igen."
      : "Inte sparat: du har inte behörighet längre, eller så är sidan för gammal. Läs in sidan på nytt.");
    return;
  }
  if (refused) tell(refused);
  else trouble.hidden = true;
  if (!isLast) return;
  merge(found);
  saved.textContent = refused ? "" : `Sparat ${clock()}`;
}

function tell(sentence) {
  trouble.textContent = sentence;
  trouble.hidden = false;
  if (dialog.open) changes.querySelector(".actions").before(trouble);
  else page.querySelector(".hint").after(trouble);
}

// Showing what the server says --------------------------------------------------------------------------------------------

function merge(found) {
  document.getElementById("derived").replaceWith(found.getElementById("derived"));
  const fresh = [...found.querySelectorAll(".person")];
  const isSameList = fresh.map((row) => row.id).join() === rows().map((row) => row.id).join();
  if (!isSameList) {
    keepingFocus(() => document.getElementById("roll").replaceWith(found.getElementById("roll")));
  } else {
    for (const row of fresh) replaceRow(document.getElementById(row.id), row);
  }
  makeFocusable();
}

function replaceRow(old, fresh) {
  old.classList.remove("unsaved");
  if (old.dataset.state === fresh.dataset.state && !differs(old, fresh)) return;
  keepingFocus(() => old.replaceWith(fresh));
}

const differs = (old, fresh) => dataOf(old).toString() !== dataOf(fresh).toString();

function keepingFocus(change) {
  const id = document.activeElement?.id;
  const row = document.activeElement?.closest?.(".person")?.id;
  change();
  if (document.activeElement?.id === id) return;
  const again = (id && document.getElementById(id)) || (row && document.getElementById(row));
  if (again) {
    if (again.matches(".person")) again.tabIndex = 0;
    again.focus({ preventScroll: true });
  }
}

async function refresh() {
  const isBusy = isSending || document.hidden || document.activeElement?.closest("form:not(#marks)");
  if (isBusy) return;
  const answer = await ask(page.dataset.list).catch(() => null);
  if (answer?.found.getElementById("roll") && !isSending) merge(answer.found);
}

// Keys ----------------------------------------------------------------------------------------------------------------

function makeFocusable() {
  const current = page.querySelector(".person[tabindex='0']");
  rows().forEach((row, index) => { row.tabIndex = row === current || (!current && index === 0) ? 0 : -1; });
}

function goTo(row) {
  if (!row) return;
  for (const each of rows()) each.tabIndex = each === row ? 0 : -1;
  row.focus();
  row.scrollIntoView({ block: "nearest" });
}

const neighbour = (row, step) => rows()[rows().indexOf(row) + step];
const firstUnmarked = () =>
  rows().find((row) => row.dataset.kind !== "other" && !row.querySelector("input[type=radio]:checked")) ?? rows()[0];

function choose(row, presence) {
  const radio = row.querySelector(`input[type=radio][value=${presence}]`);
  if (!radio) return false;
  radio.checked = true;
  save(row);
  return true;
}

function substituteOf(row) {
  if (row.dataset.kind !== "member") return row;
  return row.closest(".party").querySelector(".person[data-kind=substitute]");
}

const markAndGoOn = (row, presence) => { if (row && choose(row, presence)) goTo(neighbour(row, 1) ?? row); };

const KEYS = {
  n: (row) => markAndGoOn(row, row.dataset.kind === "substitute" ? "present" : "serving"),
  f: (row) => markAndGoOn(row, "absent"),
  e: (row) => markAndGoOn(substituteOf(row), "present"),
  t: (row) => markAndGoOn(row, "serving"),
  d: (row) => { row.querySelector(".remote input").click(); },
  u: (row) => {
    const chosen = row.querySelector("input[type=radio]:checked");
    if (!chosen) return;
    chosen.checked = false;
    save(row);
  },
  c: (row) => openChange(row),
  ArrowDown: (row) => goTo(neighbour(row, 1)),
  ArrowUp: (row) => goTo(neighbour(row, -1)),
};

page.addEventListener("keydown", (event) => {
  const row = event.target.closest(".person");
  if (!row || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, .changes")) return;
  const isArrow = event.key.startsWith("Arrow");
  if (!(event.key in KEYS) || (isArrow && event.target !== row)) return;
  event.preventDefault();
  event.stopPropagation();
  KEYS[event.key](row);
});

document.addEventListener("keydown", (event) => {
  const isElsewhere = event.target.closest("input, select, textarea, dialog");
  if (event.key !== "m" || isElsewhere || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  goTo(firstUnmarked());
});

// Pointer and forms ---------------------------------------------------------------------------------------------------

page.addEventListener("change", (event) => {
  const row = event.target.closest(".person");
  if (!row) return;
  const isReplaced = event.target.matches("select");
  const serving = row.querySelector("input[value=serving]");
  if (isReplaced && serving) serving.checked = true;
  save(row);
});

document.addEventListener("submit", async (event) => {
  if (event.target.id === "marks") { event.preventDefault(); return; }
  if (!event.target.matches("[data-partial]") || waiting.size) return;
  event.preventDefault();
  const data = new URLSearchParams(new FormData(event.target, event.submitter));
  const address = event.submitter?.getAttribute("formaction") || event.target.action;
  const answer = await ask(address, data).catch(() => null);
  if (answer) show(answer, { isLast: true });
  else tell("Inte sparat: servern svarar inte. Försök igen om en stund.");
  if (answer?.status === 200) { dialog.close(); event.target.matches("#change-form form") && event.target.reset(); }
});

// The form of changes, as a dialog that knows whose row it was opened from ------------------------------------------------

const dialog = document.createElement("dialog");
const changes = document.getElementById("change-form");
dialog.setAttribute("aria-labelledby", "new-change");
changes.before(dialog);
dialog.append(changes);
if (changes.querySelector(".errors, .errorlist")) dialog.showModal();
changes.querySelector("[data-close]").hidden = false;
changes.querySelector("[data-close]").addEventListener("click", () => dialog.close());

let opener = null; // the id of the row whose change it is: focus goes back there
dialog.addEventListener("close", () => { if (opener) goTo(document.getElementById(opener)); });

const field = (name) => changes.querySelector(`[name=period-${name}]`);

function openChange(row) {
  const substitute = row.dataset.kind === "substitute";
  opener = row.id;
  field("row").value = row.id.slice("row-".length);
  field("presence").value = row.dataset.kind === "other" || (substitute && !row.classList.contains("serving")) ? "present" : "serving";
  field("replaces").value = substitute ? row.querySelector(".for select").value : "";
  showReplaces();
  dialog.showModal();
  field("first").focus();
}

function showReplaces() {
  const row = document.getElementById(`row-${field("row").value}`);
  const isReplacing = row?.dataset.kind === "substitute" && field("presence").value === "serving";
  field("replaces").closest(".field").hidden = !isReplacing;
  if (!isReplacing) field("replaces").value = "";
}

changes.addEventListener("change", showReplaces);
page.addEventListener("click", (event) => {
  const link = event.target.closest("[data-change]");
  if (!link) return;
  event.preventDefault();
  openChange(link.closest(".person"));
});

page.querySelector("[data-start]").addEventListener("click", () => goTo(firstUnmarked()));
addEventListener("beforeunload", (event) => { if (waiting.size) event.preventDefault(); });
addEventListener("online", () => send());
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
setInterval(refresh, REFRESH_MS);

for (const element of page.querySelectorAll("[data-without-script]")) element.hidden = true;
for (const element of page.querySelectorAll("[data-with-script]")) element.hidden = false;
makeFocusable();
