// The list of standard texts: search, choose with the arrows, Enter writes it where the caret was.

export function makePhrases(phrases) {
  const dialog = document.getElementById("phrases");
  const search = document.getElementById("phrase-search");
  const list = document.getElementById("phrase-list");
  const none = document.getElementById("phrase-none");
  let piece = null;
  let shown = [];
  let chosen = 0;

  const fits = (phrase, kind) => phrase.kind === kind || !phrase.kind;

  function show() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const kind = piece.element.dataset.kind;
    shown = phrases
      .filter((phrase) => words.every((word) => `${phrase.label} ${phrase.text}`.toLowerCase().includes(word)))
      .sort((one, other) => fits(other, kind) - fits(one, kind));
    none.hidden = shown.length > 0;
    list.hidden = !shown.length;
    list.replaceChildren(...shown.map(option));
    choose(0);
  }

  function option(phrase, at) {
    const item = document.createElement("li");
    item.id = `phrase-${at}`;
    item.role = "option";
    const label = document.createElement("strong");
    label.textContent = phrase.label;
    const text = document.createElement("span");
    text.textContent = phrase.text;
    item.append(label, text);
    item.addEventListener("mousemove", () => choose(at));
    item.addEventListener("click", () => insert(at));
    return item;
  }

  function choose(at) {
    chosen = Math.max(0, Math.min(at, shown.length - 1));
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === chosen)));
    list.children[chosen]?.scrollIntoView({ block: "nearest" });
    search.setAttribute("aria-activedescendant", shown.length ? `phrase-${chosen}` : "");
  }

  function insert(at) {
    const phrase = shown[at];
    dialog.close();
    if (phrase) piece.editor.insert(phrase.text);
  }

  search.addEventListener("input", show);
  search.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      insert(chosen);
    }
  });
  dialog.addEventListener("close", () => piece?.editor.focus?.());

  return {
    open(forPiece) {
      if (!forPiece?.editor.insert) return;
      piece = forPiece;
      search.value = "";
      show();
      dialog.showModal();
      search.focus();
    },
  };
}
