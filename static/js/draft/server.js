// Asking the server, and saying in words what came of it.

const cookie = (name) => document.cookie.split("; ").find((c) => c.startsWith(name + "="))?.split("=")[1] ?? "";

const REASONS = {
  offline: "Inte sparat: servern svarar inte. Texten finns kvar i den här webbläsaren.",
  "logged-out": "Inte sparat: du har loggats ut. Texten finns kvar i den här webbläsaren.",
  forbidden: "Inte sparat: du har inte behörighet att skriva här längre. Texten finns kvar i den här webbläsaren.",
  csrf: "Inte sparat: sidan är för gammal för servern. Texten finns kvar i den här webbläsaren. Läs in sidan på nytt.",
  gone: "Inte sparat: paragrafen finns inte längre. Texten finns kvar i den här webbläsaren.",
  "too-large": "Inte sparat: texten är större än servern tar emot. Texten finns kvar i den här webbläsaren. Dela den på flera avsnitt.",
  broken: "Inte sparat: servern svarade med ett fel. Texten finns kvar i den här webbläsaren, och portalen försöker igen.",
};
const BY_STATUS = { 200: "ok", 204: "ok", 409: "conflict", 422: "refused", 413: "too-large", 400: "too-large", 401: "logged-out", 404: "gone" };

export const reasonFor = (kind) => REASONS[kind];

// Kinds that may be well by themselves in a while, so that the text is sent again.
export const passes = (kind) => ["offline", "broken", "logged-out", "csrf"].includes(kind);

export async function send(url, fields, { keepalive = false } = {}) {
  const request = {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": cookie("csrftoken") },
    body: new URLSearchParams(fields),
    redirect: "manual",
    keepalive,
  };
  return ask(url, request);
}

export const fetchJson = (url) => ask(url, { headers: { Accept: "application/json" }, redirect: "manual" });

async function ask(url, request) {
  let response;
  try {
    response = await fetch(url, request);
  } catch {
    return { kind: "offline", data: {} };
  }
  if (response.type === "opaqueredirect") return { kind: "logged-out", data: {} };
  const kind = response.status === 403 ? await whyForbidden(response) : (BY_STATUS[response.status] ?? "broken");
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
  return { kind, data: isJson ? await response.json() : {} };
}

async function whyForbidden(response) {
  const text = response.headers.get("Content-Type")?.startsWith("text/html") ? await response.text() : "";
  return /csrf/i.test(text) ? "csrf" : "forbidden";
}
