// Adding, moving, naming and removing sections without leaving the page. Without this script the same forms post.

import { button } from "./piece.js";
import { reasonFor, send } from "./server.js";

export function watchVerbs(desk) {
  const parts = document.getElementById("parts");

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const isVerb = form.dataset.verb && parts.contains(form);
    if (!isVerb && !form.closest("#add-section")) return;
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(form, event.submitter));
    if (isVerb) await VERBS[form.dataset.verb](form.closest(".part"), form, fields, event.submitter);
    else await add(form, fields);
  });

  async function post(url, fields) {
    await desk.saveAll();
    const { kind, data } = await send(url, fields);
    if (kind === "ok") return data;
    desk.warn("verb", (data.lines ?? []).join(" ") || reasonFor(kind).replace(/^Inte sparat/, "Det gick inte"));
    return null;
  }

  async function add(form, fields) {
    const data = await post(form.action, fields);
    if (!data) return;
    desk.warn("verb", "");
    const made = putIn(data);
    form.querySelector("input[name=heading]")?.form.reset();
    if (fields.name !== "free") form.querySelector(`[value="${CSS.escape(fields.name)}"]`).hidden = true;
    desk.pieces.get(data.key).editor.focus();
    desk.announce(`Avsnittet ${made.querySelector("h2").textContent} är tillagt.`);
  }

  function putIn(data, replaced = null) {
    const holder = document.createElement("template");
    holder.innerHTML = data.part;
    const made = holder.content.querySelector(".part");
    if (replaced) replaced.replaceWith(made);
    else parts.insertBefore(made, parts.children[data.place] ?? null);
    desk.adopt(made, data);
    refreshSteps();
    return made;
  }

  const places = () => [...parts.children];

  function refreshSteps() {
    for (const [at, part] of places().entries()) {
      part.querySelector("[data-step='-1']").disabled = at === 0;
      part.querySelector("[data-step='1']").disabled = at === places().length - 1;
    }
  }

  async function move(part, step) {
    const to = places().indexOf(part) + step;
    if (to < 0 || to >= places().length) return;
    const url = part.querySelector("[data-verb=move]").action;
    if (!(await post(url, { to_index: to }))) return;
    const focused = document.activeElement;
    if (step < 0) places()[to].before(part);
    else places()[to].after(part);
    if (part.contains(focused)) focused.focus();
    refreshSteps();
    desk.announce(`${part.querySelector("h2").textContent} står nu på plats ${to + 1} av ${places().length}.`);
  }

  const VERBS = {
    move: (part, form, fields, submitter) => move(part, Number(submitter.dataset.step)),
    async rename(part, form, fields) {
      const data = await post(form.action, fields);
      if (!data) return;
      const heading = part.querySelector("h2");
      heading.textContent = data.heading;
      form.elements.expected.value = data.heading;
      desk.pieces.get(part.dataset.keyOf).heading = data.heading;
      desk.pieces.get(part.dataset.keyOf).editor.element.setAttribute("aria-label", data.heading);
      close(part);
      desk.announce(`Rubriken är nu ${data.heading}.`);
    },
    async form(part, form, fields) {
      const data = await post(form.action, fields);
      if (!data) return;
      desk.forget(part.dataset.keyOf);
      putIn(data, part);
      desk.pieces.get(data.key).editor.focus();
    },
    async remove(part, form, fields) {
      const data = await post(form.action, fields);
      if (!data) return;
      const at = places().indexOf(part);
      const name = part.querySelector("h2").textContent;
      desk.forget(data.key);
      part.remove();
      refreshSteps();
      const undo = button("Ångra", "as-link", async () => {
        if (await post(desk.data.urls.undo, { version: data.version, key: data.key })) location.reload();
      });
      desk.warn("verb", `Avsnittet ${name} är borttaget. `, false, undo);
      (places()[at] ?? places()[at - 1])?.querySelector("summary").focus();
    },
  };

  const close = (part) => {
    const menu = part.querySelector(".part-menu");
    menu.open = false;
    menu.querySelector("summary").focus();
  };

  document.addEventListener("keydown", (event) => {
    const menu = event.target.closest?.(".part-menu[open]");
    if (menu && event.key === "Escape") close(menu.closest(".part"));
  });
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll(".part-menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });

  makeDraggable(parts, move);
  return { move };
}

// Sections can be dragged by their heading; the menu's buttons and Alt+Skift+arrows do the same.
function makeDraggable(parts, move) {
  let dragged = null;
  parts.addEventListener("pointerover", (event) => {
    const head = event.target.closest(".part-head");
    if (head) head.draggable = true;
  });
  parts.addEventListener("dragstart", (event) => {
    if (!event.target.matches?.(".part-head")) return;
    dragged = event.target.closest(".part");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    dragged.classList.add("dragged");
  });
  parts.addEventListener("dragover", (event) => {
    if (dragged) event.preventDefault();
  });
  parts.addEventListener("drop", (event) => {
    const target = event.target.closest(".part");
    if (!dragged || !target || target === dragged) return;
    event.preventDefault();
    const order = [...parts.children];
    move(dragged, order.indexOf(target) - order.indexOf(dragged));
  });
  parts.addEventListener("dragend", () => {
    dragged?.classList.remove("dragged");
    dragged = null;
  });
}
