// Tells the server that the paragraph is open here, and hears who else has it open and what is newer there.

import { fetchJson, send } from "./server.js";

const EVERY = 15000;

export function watchOthers(desk) {
  const others = () => document.getElementById("others");
  let known = "";

  async function ask() {
    if (document.hidden) return;
    const { kind, data } = await send(desk.data.urls.open, {});
    if (kind !== "ok") return;
    showOthers(data.others);
    await takeNewer(data);
  }

  function showOthers(names) {
    const box = others();
    if (box) {
      box.hidden = !names.length;
      box.querySelector("dd").textContent = names.join(", ");
    }
    const sentence = names.length ? `${listed(names)} har också paragrafen öppen.` : "";
    if (sentence !== known) {
      known = sentence;
      desk.warn("others", sentence);
    }
  }

  async function takeNewer(data) {
    for (const [key, revision] of Object.entries(data.revisions)) {
      const piece = desk.pieces.get(key);
      if (piece && revision > piece.saver.base) await takeText(piece, data);
    }
    takeTitle(data);
    const keys = [...desk.pieces.keys()].filter((key) => key !== "title");
    const isOther = data.order.join() !== desk.order().join() || keys.length !== data.order.length;
    desk.warn("order", isOther ? `${data.by} har lagt till, tagit bort eller flyttat avsnitt.` : "", true);
  }

  async function takeText(piece, data) {
    if (piece.saver.isDirty || piece.saver.running) {
      desk.announce(`${data.by} har också skrivit i ${piece.heading}. Du får välja text när din sparas.`);
      return;
    }
    const { kind, data: newer } = await fetchJson(`${piece.url}nu/`);
    if (kind !== "ok" || piece.saver.isDirty) return;
    piece.receive(newer, newer.revision);
    piece.sayBriefly(`${newer.by} skrev här ${newer.saved_at}. Du ser den nya texten.`);
  }

  function takeTitle(data) {
    const piece = desk.pieces.get("title");
    if (data.title === piece.saver.base || piece.saver.isDirty || piece.saver.running) return;
    piece.receive({ title: data.title }, data.title);
    piece.sayBriefly(`${data.by} har ändrat rubriken.`);
  }

  ask();
  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
}

const listed = (names) => (names.length > 1 ? `${names.slice(0, -1).join(", ")} och ${names.at(-1)}` : names[0]);
