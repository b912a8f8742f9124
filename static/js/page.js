// What every page has: CSRF for htmx, the list of shortcuts, keys that follow links.

const cookie = (name) => document.cookie.split("; ").find((c) => c.startsWith(name + "="))?.split("=")[1] ?? "";

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = cookie("csrftoken");
});

for (const button of document.querySelectorAll("[data-open]")) {
  button.hidden = false;
  button.addEventListener("click", () => document.getElementById(button.dataset.open).showModal());
}

// Single keys can be turned off (WCAG 2.1.4): speech input and tremor press them by mistake.
const OFF = "shortcuts-off";
const toggle = document.getElementById("shortcuts-on");
if (toggle) {
  toggle.checked = localStorage.getItem(OFF) === null;
  toggle.addEventListener("change", () =>
    toggle.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1"),
  );
}

export const shortcutsAreOn = () => localStorage.getItem(OFF) === null;

export const isWriting = (target) =>
  target.closest?.("input, textarea, select, [contenteditable=true], dialog") !== null;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target) || !shortcutsAreOn()) return;
  if (event.key === "?") {
    event.preventDefault();
    document.getElementById("shortcuts")?.showModal();
    return;
  }
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (target) {
    event.preventDefault();
    target.click();
  }
});
