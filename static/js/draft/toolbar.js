// One toolbar for all texts of the page: it works on the text that had the caret last.

const COMMANDS = {
  bold: (chain) => chain.toggleBold(),
  italic: (chain) => chain.toggleItalic(),
  strike: (chain) => chain.toggleStrike(),
  heading: (chain) => chain.toggleHeading({ level: 4 }),
  subheading: (chain) => chain.toggleHeading({ level: 5 }),
  bullets: (chain) => chain.toggleBulletList(),
  numbers: (chain) => chain.toggleOrderedList(),
  quote: (chain) => chain.toggleBlockquote(),
  undo: (chain) => chain.undo(),
  redo: (chain) => chain.redo(),
  indent: (chain) => chain.sinkListItem("listItem"),
  outdent: (chain) => chain.liftListItem("listItem"),
  "row-above": (chain) => chain.addRowBefore(),
  "row-below": (chain) => chain.addRowAfter(),
  "column-before": (chain) => chain.addColumnBefore(),
  "column-after": (chain) => chain.addColumnAfter(),
  "header-row": (chain) => chain.toggleHeaderRow(),
  merge: (chain) => chain.mergeCells(),
  split: (chain) => chain.splitCell(),
  "delete-row": (chain) => chain.deleteRow(),
  "delete-column": (chain) => chain.deleteColumn(),
  "delete-table": (chain) => chain.deleteTable(),
};
const PRESSED = {
  bold: (editor) => editor.isActive("bold"),
  italic: (editor) => editor.isActive("italic"),
  strike: (editor) => editor.isActive("strike"),
  heading: (editor) => editor.isActive("heading", { level: 4 }),
  subheading: (editor) => editor.isActive("heading", { level: 5 }),
  bullets: (editor) => editor.isActive("bulletList"),
  numbers: (editor) => editor.isActive("orderedList"),
  quote: (editor) => editor.isActive("blockquote"),
  link: (editor) => editor.isActive("link"),
};

export function makeToolbar(bar, onPhrase) {
  let piece = null;
  const buttons = [...bar.querySelectorAll("button")];
  const editorOf = () => piece?.editor.editor ?? null;
  bar.hidden = false;

  function refresh() {
    const editor = editorOf();
    for (const group of bar.querySelectorAll("[data-inside]")) {
      const isTable = group.dataset.inside === "table";
      group.hidden = !editor?.isActive(isTable ? "table" : "listItem");
    }
    for (const button of buttons) {
      const name = button.dataset.do;
      button.disabled = !isPossible(name, editor, piece);
      if (PRESSED[name]) button.setAttribute("aria-pressed", String(Boolean(editor && PRESSED[name](editor))));
    }
    keepOneTabStop();
  }

  function keepOneTabStop() {
    const usable = buttons.filter((button) => !button.disabled && !button.closest("[hidden]"));
    const stop = usable.find((button) => button.tabIndex === 0) ?? usable[0];
    for (const button of buttons) button.tabIndex = button === stop ? 0 : -1;
  }

  bar.addEventListener("mousedown", (event) => event.preventDefault());
  bar.addEventListener("click", (event) => {
    const name = event.target.closest("button")?.dataset.do;
    if (!name) return;
    if (name === "phrase") onPhrase(piece);
    else if (name === "table") insertTable(editorOf());
    else if (name === "link") setLink(editorOf());
    else COMMANDS[name](editorOf().chain().focus()).run();
    refresh();
  });
  bar.addEventListener("keydown", (event) => {
    if (event.key === "Escape") piece?.editor.focus();
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const usable = buttons.filter((button) => !button.disabled && !button.closest("[hidden]"));
    const next = usable[(usable.indexOf(event.target) + step + usable.length) % usable.length];
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  });
  refresh();

  return {
    follow(newPiece) {
      piece = newPiece;
      refresh();
    },
    refresh,
    enter: () => buttons.find((button) => button.tabIndex === 0)?.focus(),
    setLink: () => setLink(editorOf()),
  };
}

function isPossible(name, editor, piece) {
  if (name === "phrase") return Boolean(piece?.editor.insert);
  if (!editor) return false;
  if (name === "table") return !editor.isActive("table");
  if (name === "link") return !editor.state.selection.empty || editor.isActive("link");
  if (["undo", "redo", "merge", "split", "indent", "outdent"].includes(name)) return COMMANDS[name](editor.can().chain()).run();
  return true;
}

function insertTable(editor) {
  const dialog = document.getElementById("table-dialog");
  const number = (id) => Math.max(1, Number(document.getElementById(id).value) || 1);
  ask(dialog, () => {
    if (dialog.returnValue !== "insert") return editor.commands.focus();
    editor.chain().focus().insertTable({ rows: number("table-rows"), cols: number("table-columns"), withHeaderRow: true }).run();
  });
}

function setLink(editor) {
  if (!editor || (editor.state.selection.empty && !editor.isActive("link"))) return;
  const dialog = document.getElementById("link-dialog");
  const box = document.getElementById("link-address");
  box.value = editor.getAttributes("link").href ?? "";
  document.getElementById("link-remove").hidden = !box.value;
  ask(dialog, () => {
    const chain = editor.chain().focus().extendMarkRange("link");
    const href = withScheme(box.value.trim());
    if (dialog.returnValue === "remove" || (dialog.returnValue === "set" && !href)) chain.unsetLink().run();
    else if (dialog.returnValue === "set") chain.setLink({ href }).run();
    else editor.commands.focus();
  });
}

const withScheme = (href) => (/^[\w.-]+\.[a-z]{2,}(\/|$)/i.test(href) ? `https://${href}` : href);

function ask(dialog, onClose) {
  dialog.returnValue = "";
  dialog.addEventListener("close", onClose, { once: true });
  dialog.showModal();
}
