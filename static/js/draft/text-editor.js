// The editor of running text: exactly what protocol text may hold, and no more.

import {
  Blockquote, Bold, BulletList, Document, Editor, Gapcursor, Heading, History, Italic, Link, ListItem, OrderedList,
  Extension, Paragraph, Plugin, Strike, Table, TableCell, TableHeader, TableRow, Text, pm,
} from "django-prose-editor/editor";

import { cleanPaste } from "./word-paste.js";

// The schema alone decides what comes out: no classes, no styles, no table in a table.
const CELL = "(paragraph | bulletList | orderedList | blockquote | heading)+";
const cellAttributes = () => ({
  colspan: { default: 1, parseHTML: (cell) => Number(cell.getAttribute("colspan")) || 1 },
  rowspan: { default: 1, parseHTML: (cell) => Number(cell.getAttribute("rowspan")) || 1 },
  colwidth: { default: null, rendered: false, parseHTML: () => null },
});

const PlainOrderedList = OrderedList.extend({
  addAttributes: () => ({
    start: {
      default: 1,
      parseHTML: (list) => Number(list.getAttribute("start")) || 1,
      renderHTML: ({ start }) => (start > 1 ? { start } : {}),
    },
  }),
  addNodeView: null,
});

// The dialog and the key are the portal's own.
const PlainLink = Link.extend({
  addAttributes: () => ({ href: { default: null, parseHTML: (link) => link.getAttribute("href") } }),
  addKeyboardShortcuts: () => ({}),
}).configure({ autolink: false, protocols: ["http", "https", "mailto"], defaultProtocol: "https" });

// Amounts stand to the right, as on paper.
const AMOUNT = /^[-−–+]?\d[\d\s\u00a0\u202f]*(?:,\d+)?\s*(?:%|kr|tkr)?$/;
const Amounts = Extension.create({
  name: "amounts",
  addProseMirrorPlugins: () => [new Plugin({ props: { decorations: ({ doc }) => amountsOf(doc) } })],
});

function amountsOf(doc) {
  const { Decoration, DecorationSet } = pm.view;
  const found = [];
  doc.descendants((node, position) => {
    const isCell = node.type.name === "tableCell" || node.type.name === "tableHeader";
    if (isCell && AMOUNT.test(node.textContent.trim())) {
      found.push(Decoration.node(position, position + node.nodeSize, { class: "amount" }));
    }
    return !isCell;
  });
  return DecorationSet.create(doc, found);
}

const EXTENSIONS = [
  Document, Paragraph, Text, Bold, Italic, Strike, History, Gapcursor, Blockquote, BulletList, ListItem, TableRow,
  Amounts,
  PlainOrderedList,
  PlainLink,
  Heading.configure({ levels: [4, 5] }),
  Table.configure({ resizable: false, allowTableNodeSelection: true }),
  TableCell.extend({ content: CELL, addAttributes: cellAttributes }),
  TableHeader.extend({ content: CELL, addAttributes: cellAttributes }),
];

export function makeTextEditor({ place, html, heading, onChange, onFocus, onBlur, onKey }) {
  const editor = new Editor({
    element: place,
    extensions: EXTENSIONS,
    content: html,
    injectCSS: false,
    editorProps: {
      attributes: {
        role: "textbox", "aria-multiline": "true", "aria-label": heading, lang: "sv", spellcheck: "true", class: "text writing",
      },
      transformPastedHTML: cleanPaste,
      handleKeyDown: (_, event) => onKey(event),
    },
    onUpdate: () => {
      const now = written(editor);
      if (now === last) return;
      last = now;
      onChange();
    },
    onFocus,
    onBlur,
    onSelectionUpdate: onFocus,
  });
  let last = written(editor);

  return {
    editor,
    element: editor.view.dom,
    read: () => ({ html: written(editor) }),
    write(content) {
      const { from } = editor.state.selection;
      last = content.html;
      editor.commands.setContent(content.html, { emitUpdate: false });
      last = written(editor);
      editor.commands.setTextSelection(Math.min(from, editor.state.doc.content.size));
    },
    insert(text) {
      const blocks = text.split(/\n\s*\n|\n/).filter(Boolean);
      const start = editor.state.selection.from;
      const content = blocks.length > 1 ? blocks.map((block) => ({ type: "paragraph", content: [{ type: "text", text: block }] })) : blocks[0];
      editor.chain().focus().insertContent(typeof content === "string" ? { type: "text", text: content } : content).run();
      markBlank(editor, start);
    },
    // At once: the editor's own focus command waits for the next frame, and what is typed before it is lost.
    focus: () => editor.view.focus(),
    destroy: () => editor.destroy(),
  };
}

const written = (editor) => (editor.isEmpty ? "" : editor.getHTML());

// A word in [brackets] is there to be written over: select the first.
function markBlank(editor, from) {
  let found = null;
  editor.state.doc.nodesBetween(from, editor.state.selection.to, (node, position) => {
    const blank = !found && node.isText && /\[[^\]]*\]/.exec(node.text);
    if (blank && position + blank.index >= from - 1) found = { from: position + blank.index, to: position + blank.index + blank[0].length };
  });
  if (found) editor.commands.setTextSelection(found);
}
