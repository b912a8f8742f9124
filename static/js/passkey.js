// Says in words when a passkey or security key could not be used, beside the button that was pressed.

let pressed = null;
document.addEventListener("click", (event) => { pressed = event.target.closest("button") ?? pressed; }, true);

document.addEventListener("allauth.error", (event) => {
  const place = pressed?.closest(".actions") ?? document.querySelector("main");
  const note = place.parentElement.querySelector(".passkey-note") ?? document.createElement("p");
  note.className = "note error passkey-note";
  note.setAttribute("role", "alert");
  note.textContent = event.detail.exception?.name === "NotAllowedError"
    ? "Du avbröt, eller så tog det för lång tid. Försök igen, eller välj ett annat sätt."
    : "Den här webbläsaren eller datorn kunde inte använda nyckeln. Välj ett annat sätt.";
  place.before(note);
});
