// The workshop while it goes on: what others add and score comes to the page by itself, and never touches what one is
// choosing or writing. Without this script the page is the same, and is read anew by reloading it.

const EVERY = 5000; // ms
const scoring = document.getElementById("scoring");
const voice = document.getElementById("news");
let mark = scoring.dataset.mark;
let asking = null;

// Asking -------------------------------------------------------------------------------------------------------------

// One question at a time; whoever asks meanwhile waits for its answer and asks anew.
async function ask() {
  while (asking) await asking;
  asking = answer();
  await asking;
  asking = null;
}

async function answer() {
  const address = new URL(scoring.dataset.address, location.href);
  address.searchParams.set("sedan", mark);
  try {
    const found = await fetch(address, { headers: { Accept: "text/html" } });
    if (found.status === 200) show(new DOMParser().parseFromString(await found.text(), "text/html"));
  } catch {
    // The server is away for a while: the page stays as it is, and asks again.
  }
}

// Showing ------------------------------------------------------------------------------------------------------------

function show(page) {
  const fresh = page.getElementById("scoring");
  if (!fresh) return; // logged out: what is chosen stays, and is refused with a reason when it is sent
  mark = fresh.dataset.mark;
  if (!page.querySelector(".quick")) return close();
  replace("left", page);
  replace("pages", page);
  const added = merge(fresh);
  if (added.length === 1) voice.textContent = `Ny risk: ${added[0]}`;
  else if (added.length) voice.textContent = `${added.length} nya risker i listan.`;
}

function close() {
  if (!document.querySelector(".quick")) return;
  clearInterval(timer);
  const note = document.createElement("p");
  note.className = "note";
  note.textContent = "Verkstaden är stängd. Det som du hade sparat räknas; ladda om sidan för att se hur det blev.";
  scoring.before(note);
  voice.textContent = note.textContent;
}

// Each risk has a place of its own: only what is said of it is changed, never the choices, nor what has the focus.
function merge(fresh) {
  const list = scoring.querySelector(".scoring");
  const rows = [...fresh.querySelectorAll(".scoring > li")];
  const added = [];
  let before = null;
  for (const row of rows) {
    const own = document.getElementById(row.id);
    if (own) {
      for (const part of [".what", ".outcome"]) renew(own.querySelector(part), row.querySelector(part));
    } else {
      const placed = document.adoptNode(row);
      if (before) before.after(placed);
      else list.prepend(placed);
      added.push(placed.querySelector(".what a").textContent);
    }
    before = document.getElementById(row.id);
  }
  const stays = new Set(rows.map((row) => row.id));
  for (const row of list.querySelectorAll(":scope > li")) if (!stays.has(row.id)) leave(row);
  document.getElementById("no-risks").hidden = list.children.length > 0;
  document.getElementById("save").hidden = list.children.length === 0;
  return added;
}

function renew(old, now) {
  if (!old || !now || old.innerHTML === now.innerHTML || old.contains(document.activeElement)) return;
  old.innerHTML = now.innerHTML;
}

// A risk that has become a part of another, or stands on another page now, goes unless somebody is choosing for it.
function leave(row) {
  const isChosen = [...row.querySelectorAll("select")].some(
    (each) => ![...each.options].every((option) => option.selected === option.defaultSelected || !option.value),
  );
  if (isChosen || row.contains(document.activeElement)) {
    if (!row.querySelector(".gone")) {
      const said = document.createElement("span");
      said.className = "under gone";
      said.textContent = "Står inte längre här: sammanslagen med en annan risk, eller på en annan sida.";
      row.querySelector(".what").append(said);
    }
  } else {
    row.remove();
  }
}

function replace(id, page) {
  const old = document.getElementById(id);
  const now = page.getElementById(id);
  if (old && now && !old.contains(document.activeElement)) old.replaceChildren(...now.childNodes);
}

// Adding: without leaving the page, so that choices that are not saved yet stay --------------------------------------

document.addEventListener("submit", async (event) => {
  const form = event.target.closest(".quick");
  if (!form) return;
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const found = await fetch(form.action, { method: "POST", body: new FormData(form) });
    const page = new DOMParser().parseFromString(await found.text(), "text/html");
    const answered = page.querySelector(".quick");
    if (!answered || found.status >= 500) throw new Error("no answer");
    form.replaceChildren(...answered.childNodes);
    if (found.ok) {
      await ask();
      voice.textContent = page.querySelector("[role=status] .note")?.textContent ?? "";
    }
    (form.querySelector(".has-error input, [aria-invalid=true]") ?? form.querySelector("input[type=text]")).focus();
  } catch {
    button.disabled = false;
    voice.textContent = "Inte tillagd: servern svarar inte, eller så är du utloggad. Det du har skrivit finns kvar.";
    const note = document.getElementById("trouble") ?? document.createElement("p");
    note.id = "trouble";
    note.className = "note error";
    note.textContent = voice.textContent;
    form.before(note);
  }
});

const timer = setInterval(() => document.hidden || ask(), EVERY);
document.addEventListener("visibilitychange", () => document.hidden || ask());
