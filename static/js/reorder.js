// Lists whose order people change: by dragging, with Alt and the arrows, or with the buttons of each item.
//
// <ol data-reorder="/address/"> holds items with data-item (sent as `item`) and data-name (read aloud). Within an item,
// [data-move=up|down] are buttons, [data-handle] is what is dragged (unhidden here). The new place is posted as `index`
// and `to_index` (0 = first), to the list's address or to the item's own data-address. Without this script the buttons
// submit the forms they stand in. The list gets the event "reorder:moved" with {item, index} when the server has said yes.

const csrf = () => document.cookie.split("; ").find((c) => c.startsWith("csrftoken="))?.slice(10) ?? "";
const itemsOf = (list) => [...list.querySelectorAll(":scope > [data-item]")];

function speaker(list) {
  const region = document.createElement("p");
  region.className = "visually-hidden";
  region.setAttribute("role", "status");
  list.after(region);
  return (text) => { region.textContent = text; };
}

async function post(list, item, index) {
  const body = new URLSearchParams({ item: item.dataset.item, index, to_index: index });
  const headers = { "X-CSRFToken": csrf(), Accept: "application/json" };
  const answer = await fetch(item.dataset.address || list.dataset.reorder, { method: "POST", body, headers });
  if (answer.ok && !answer.redirected) return;
  const told = await answer.json().catch(() => ({}));
  throw new Error(told.reason || told.message || "Servern tog inte emot flytten. Läs in sidan på nytt.");
}

export function makeReorderable(list) {
  if (list.reorderable) return;
  list.reorderable = true;
  const say = speaker(list);

  const refreshButtons = () => {
    const items = itemsOf(list);
    items.forEach((item, index) => {
      for (const button of item.querySelectorAll("[data-move]")) {
        button.disabled = button.dataset.move === "up" ? index === 0 : index === items.length - 1;
      }
    });
  };

  const put = (item, index) => {
    const others = itemsOf(list).filter((each) => each !== item);
    list.insertBefore(item, others[index] ?? null);
    refreshButtons();
  };

  const save = async (item, from) => {
    const index = itemsOf(list).indexOf(item);
    if (index === from) return;
    try {
      await post(list, item, index);
      say(`${item.dataset.name} står nu på plats ${index + 1} av ${itemsOf(list).length}.`);
      list.dispatchEvent(new CustomEvent("reorder:moved", { bubbles: true, detail: { item, index } }));
    } catch (error) {
      put(item, from);
      const reason = error instanceof TypeError ? "Servern svarar inte." : error.message;
      say(`Inte flyttad. ${reason}`);
      list.dispatchEvent(new CustomEvent("reorder:refused", { bubbles: true, detail: { item, reason } }));
    }
  };

  const step = (item, direction, focused) => {
    const from = itemsOf(list).indexOf(item);
    const index = from + (direction === "up" ? -1 : 1);
    if (index < 0 || index >= itemsOf(list).length) return;
    put(item, index);
    const still = focused.disabled ? item.querySelector("[data-move]:not([disabled])") : focused;
    still?.focus();
    save(item, from);
  };

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    const item = button?.closest("[data-item]");
    if (!item || item.parentElement !== list) return;
    event.preventDefault();
    step(item, button.dataset.move, button);
  });

  list.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    const item = event.target.closest("[data-item]");
    if (!item || item.parentElement !== list) return;
    event.preventDefault();
    event.stopPropagation();
    step(item, event.key === "ArrowUp" ? "up" : "down", event.target);
  });

  list.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-handle]");
    const item = handle?.closest("[data-item]");
    if (!item || item.parentElement !== list || event.button !== 0) return;
    event.preventDefault();
    drag(list, item, put, save);
  });

  for (const handle of list.querySelectorAll("[data-handle]")) handle.hidden = false;
  refreshButtons();
}

// The item is moved in the document while it is dragged, which ends a captured pointer: so the document listens.
function drag(list, item, put, save) {
  const from = itemsOf(list).indexOf(item);
  const stop = new AbortController();
  const { signal } = stop;
  item.classList.add("dragged");

  const follow = (event) => {
    const others = itemsOf(list).filter((each) => each !== item);
    const below = others.findIndex((each) => {
      const box = each.getBoundingClientRect();
      return event.clientY < box.top + box.height / 2;
    });
    const index = below === -1 ? others.length : below;
    if (itemsOf(list).indexOf(item) !== index) put(item, index);
  };

  const end = (isKept) => {
    stop.abort();
    item.classList.remove("dragged");
    if (isKept) save(item, from);
    else put(item, from);
  };

  document.addEventListener("pointermove", follow, { signal });
  document.addEventListener("pointerup", () => end(true), { signal });
  document.addEventListener("pointercancel", () => end(false), { signal });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") end(false); }, { signal });
}

export const findLists = (root = document) => root.querySelectorAll("[data-reorder]").forEach(makeReorderable);

findLists();
document.addEventListener("htmx:load", (event) => findLists(event.target));
