// Drop a file on the form, and be told before it is sent when it is too large. Without this the form works as it is.

const form = document.querySelector("form.verify");
const input = form.querySelector("input[type=file]");
const problem = form.querySelector("[data-problem]");
const button = form.querySelector("button");
const limit = Number(form.dataset.limit);

const tell = (sentence) => {
  problem.textContent = sentence;
  problem.hidden = !sentence;
};

const check = () => {
  const [file] = input.files;
  const isTooLarge = file && file.size > limit * 1024 * 1024;
  tell(isTooLarge ? `Filen är större än ${limit} MB, och så stora papper utfärdar portalen inte.` : "");
  return !isTooLarge;
};

input.addEventListener("change", check);

for (const name of ["dragenter", "dragover"]) {
  form.addEventListener(name, (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
}
form.addEventListener("dragleave", () => form.classList.remove("over"));
form.addEventListener("drop", (event) => {
  event.preventDefault();
  form.classList.remove("over");
  if (!event.dataTransfer.files.length) return;
  input.files = event.dataTransfer.files;
  if (check()) form.requestSubmit(button);
});

form.addEventListener("submit", (event) => {
  if (!check()) {
    event.preventDefault();
    return;
  }
  button.textContent = "Skickar filen …";
});
window.addEventListener("pageshow", () => (button.textContent = "Kontrollera"));
