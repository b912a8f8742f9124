// Text pasted from Word: its lists come as paragraphs that only look like points ("·  text"). Make them lists again.

const MARK = /^[\s\u00a0]*(?:[·•▪●○◦‣§–—o-]|(?<number>\d{1,3}|[a-zA-Z]|[ivxlc]{1,5})[.)])[\s\u00a0]+/;
const INDENT = 36;

export function cleanPaste(html) {
  const page = new DOMParser().parseFromString(withoutStyles(html), "text/html");
  page.querySelectorAll("style, script, meta, link, title, xml").forEach((each) => each.remove());
  const isWord = /mso-|MsoNormal|urn:schemas-microsoft-com/.test(html);
  if (isWord) {
    makeLists(page);
    giveTablesHeads(page);
  }
  page.querySelectorAll("table table").forEach(unwrapTable);
  lowerHeadings(page);
  return page.body.innerHTML;
}

// The page allows no styles, and reports each one it meets. What they say about lists is still needed.
const withoutStyles = (html) =>
  html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle=/gi, " data-style="));

const styleOf = (element) => element.dataset.style ?? "";

function isPoint(element) {
  if (!/^(P|H[1-6]|DIV)$/.test(element.tagName)) return false;
  if (/mso-list:\s*(?!none|Ignore)\w/i.test(styleOf(element))) return true;
  return /MsoList(Paragraph|Bullet|Number)/.test(element.className) && MARK.test(element.textContent);
}

function levelOf(element) {
  const level = /level(\d)/.exec(styleOf(element));
  if (level) return Number(level[1]);
  const margin = /margin-left:\s*([\d.]+)\s*(pt|cm|in|px)/.exec(styleOf(element));
  if (!margin) return 1;
  const points = Number(margin[1]) * { pt: 1, cm: 28.35, in: 72, px: 0.75 }[margin[2]];
  return Math.max(1, Math.round(points / INDENT));
}

// Takes the mark away and says whether it was a number.
function takeMark(element) {
  const ignored = [...element.querySelectorAll("span")].find((span) => /mso-list:\s*Ignore/i.test(styleOf(span)));
  const mark = ignored ? `${ignored.textContent.trim()} ` : (MARK.exec(element.textContent)?.[0] ?? "");
  if (ignored) ignored.remove();
  else takeText(element, mark.length);
  return MARK.exec(mark)?.groups?.number !== undefined;
}

function takeText(element, count) {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node && count > 0; node = walker.nextNode()) {
    const taken = Math.min(count, node.data.length);
    node.data = node.data.slice(taken);
    count -= taken;
  }
}

function makeLists(page) {
  let lists = [];
  for (const element of [...page.querySelectorAll("p, h1, h2, h3, h4, h5, h6, div")]) {
    if (!isPoint(element)) continue;
    const previous = element.previousElementSibling;
    if (!lists.length || previous !== lists[0].list) lists = [];
    addPoint(page, element, lists);
  }
}

function addPoint(page, element, lists) {
  const level = levelOf(element);
  const name = takeMark(element) ? "ol" : "ul";
  while (lists.length && lists.at(-1).level > level) lists.pop();
  const open = lists.at(-1);
  if (!open || open.level < level || (open.list.localName !== name && lists.length > 1)) {
    if (open && open.level === level) lists.pop();
    openList(page, element, lists, level, name);
  }
  const point = page.createElement("li");
  const text = page.createElement("p");
  text.append(...element.childNodes);
  point.append(text);
  lists.at(-1).list.append(point);
  element.remove();
}

function openList(page, element, lists, level, name) {
  const list = page.createElement(name);
  const outer = lists.at(-1)?.list.lastElementChild;
  if (outer) outer.append(list);
  else element.before(list);
  lists.push({ list, level });
}

// A table in a protocol has a header row: readers of the PDF who listen to it need to know what a column is.
function giveTablesHeads(page) {
  for (const table of page.querySelectorAll("table")) {
    if (table.querySelector("th") || table.rows.length < 2) continue;
    for (const cell of [...table.rows[0].cells]) {
      const head = page.createElement("th");
      for (const name of ["colspan", "rowspan"]) if (cell.hasAttribute(name)) head.setAttribute(name, cell.getAttribute(name));
      head.append(...cell.childNodes);
      cell.replaceWith(head);
    }
  }
}

function unwrapTable(table) {
  const cells = [...table.querySelectorAll("td, th")].filter((cell) => cell.closest("table") === table);
  table.replaceWith(...cells.flatMap((cell) => [...cell.childNodes]));
}

function lowerHeadings(page) {
  for (const heading of page.querySelectorAll("h1, h2, h3, h6")) {
    const lower = page.createElement(heading.tagName === "H6" ? "h5" : "h4");
    lower.append(...heading.childNodes);
    heading.replaceWith(lower);
  }
}
