// Points in boxes that grow: Enter makes a new one, Backspace in an empty one takes it away, Alt+arrows move it.

export function makeItemList({ place, items, kind, heading, choices, onChange, onFocus, onBlur, onKey }) {
  const list = document.createElement("ol");
  list.className = `items ${kind}`;
  place.append(list);
  const suggestions = document.createElement("p");
  suggestions.className = "suggestions";
  place.append(suggestions);
  let current = null;

  const boxes = () => [...list.querySelectorAll(".box")];
  const texts = () => boxes().map((box) => box.value.replace(/\s+/g, " ").trim());

  function makeRow(text) {
    const row = document.createElement("li");
    const box = document.createElement("textarea");
    box.className = "box";
    box.rows = 1;
    box.value = text;
    box.lang = "sv";
    box.autocomplete = "off";
    box.placeholder = "Skriv här";
    const away = document.createElement("button");
    away.type = "button";
    away.className = "away";
    away.textContent = "Ta bort";
    away.addEventListener("click", () => removeRow(row));
    row.append(box, away);
    return row;
  }

  function label() {
    const all = boxes();
    list.classList.toggle("numbered", kind === "decision" && all.length > 1);
    all.forEach((box, at) => {
      box.setAttribute("aria-label", all.length > 1 ? `${heading}, punkt ${at + 1} av ${all.length}` : heading);
      box.nextElementSibling.setAttribute("aria-label", `Ta bort punkt ${at + 1}`);
      box.nextElementSibling.hidden = all.length === 1 && !box.value;
    });
    suggest();
  }

  // What may be meant: while something is written that which holds it, else what is usual.
  function suggest() {
    const all = texts();
    const written = boxes().includes(current) ? current.value.trim().toLowerCase() : "";
    const isOwn = choices?.all.some((text) => text.toLowerCase() === written);
    const fitting = (text) => (written && !isOwn ? text.toLowerCase().includes(written) : choices.quick.includes(text));
    const left = (choices?.all ?? []).filter((text) => fitting(text) && !all.includes(text));
    suggestions.hidden = !left.length;
    suggestions.replaceChildren(...left.slice(0, 6).map((text) => suggestion(text, written && !isOwn)));
  }

  function suggestion(text, completes) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet small";
    button.textContent = completes ? text : `Lägg till ${text}`;
    button.addEventListener("click", () => {
      let box = completes ? current : boxes().find((each) => !each.value.trim());
      if (!box) {
        list.append(makeRow(""));
        box = boxes().at(-1);
      }
      box.value = text;
      grow(box);
      label();
      onChange();
      box.focus();
    });
    return button;
  }

  function addAfter(row, text = "") {
    const made = makeRow(text);
    if (row) row.after(made);
    else list.append(made);
    label();
    grow(made.querySelector(".box"));
    made.querySelector(".box").focus();
  }

  function removeRow(row) {
    const next = row.previousElementSibling ?? row.nextElementSibling;
    row.remove();
    if (!boxes().length) list.append(makeRow(""));
    label();
    (next ?? list.firstElementChild).querySelector(".box").focus();
    onChange();
  }

  function moveRow(row, step) {
    const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (step < 0) other.before(row);
    else other.after(row);
    label();
    row.querySelector(".box").focus();
    onChange();
  }

  list.addEventListener("keydown", (event) => {
    const row = event.target.closest("li");
    const box = event.target;
    if (!box.classList.contains("box")) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      const at = box.selectionStart;
      const rest = box.value.slice(at);
      if (rest) {
        box.value = box.value.slice(0, at).trimEnd();
        grow(box);
        onChange();
      }
      addAfter(row, rest.trimStart());
      if (rest) list.ownerDocument.activeElement.setSelectionRange(0, 0);
    } else if (event.key === "Backspace" && !box.value && boxes().length > 1) {
      event.preventDefault();
      removeRow(row);
    } else if (event.altKey && !event.shiftKey && ["ArrowUp", "ArrowDown"].includes(event.key)) {
      event.preventDefault();
      moveRow(row, event.key === "ArrowUp" ? -1 : 1);
    } else if (event.key === "ArrowDown" && box.selectionStart === box.value.length && row === list.lastElementChild && !suggestions.hidden) {
      event.preventDefault();
      suggestions.firstElementChild.focus();
    } else if (onKey(event)) {
      event.preventDefault();
    }
  });
  list.addEventListener("paste", (event) => {
    const lines = event.clipboardData.getData("text/plain").split(/\r?\n/).map((line) => line.replace(/^[\s·•–-]+/, "").trim()).filter(Boolean);
    if (lines.length < 2) return;
    event.preventDefault();
    let row = event.target.closest("li");
    for (const [at, line] of lines.entries()) {
      if (at === 0 && !event.target.value.trim()) event.target.value = line;
      else {
        const made = makeRow(line);
        row.after(made);
        row = made;
      }
    }
    label();
    boxes().forEach(grow);
    onChange();
  });
  list.addEventListener("input", (event) => {
    grow(event.target);
    label();
    onChange();
  });
  list.addEventListener("focusin", (event) => {
    if (event.target.classList.contains("box")) current = event.target;
    suggest();
    onFocus();
  });
  list.addEventListener("focusout", (event) => {
    if (!list.contains(event.relatedTarget)) onBlur();
  });

  function show(content) {
    list.replaceChildren(...(content.length ? content : [""]).map(makeRow));
    label();
    boxes().forEach(grow);
  }
  show(items);

  return {
    element: list,
    read: () => ({ items: texts().filter(Boolean).join("\n") }),
    write(content) {
      const focused = boxes().indexOf(document.activeElement);
      show(content.items);
      if (focused >= 0) boxes()[Math.min(focused, boxes().length - 1)].focus();
    },
    insert(text) {
      const box = boxes().includes(current) ? current : boxes().at(-1);
      const start = box.selectionStart ?? box.value.length;
      box.focus();
      box.setRangeText(text.replace(/\s*\n\s*/g, " "), start, box.selectionEnd ?? start, "end");
      const blank = /\[[^\]]*\]/.exec(box.value.slice(start));
      if (blank) box.setSelectionRange(start + blank.index, start + blank.index + blank[0].length);
      grow(box);
      label();
      onChange();
    },
    focus: () => boxes()[0].focus(),
    destroy: () => {},
  };
}

// Browsers without field-sizing.
export function grow(box) {
  if (box.localName !== "textarea" || CSS.supports("field-sizing", "content")) return;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
}
