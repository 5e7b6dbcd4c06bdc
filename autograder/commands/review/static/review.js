// Keys: an element with data-key is pressed by its key, unless somebody is typing. A draft that could not be saved is said.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const at = event.target;
  if (at.matches("textarea, select") || (at.matches("input") && !["checkbox", "radio"].includes(at.type))) return;
  const key = CSS.escape(event.key);
  const pressed = document.querySelector(`[data-key="${key}"]`);
  if (pressed) {
    event.preventDefault();
    pressed.click();
  }
});
for (const what of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(what, () => {
    if (document.querySelector(".lost")) return;
    const said = document.createElement("p");
    said.className = "told failed lost";
    said.setAttribute("role", "alert");
    said.textContent = "The review does not answer, so what you tick now is not kept. Start it again in the terminal and open its address.";
    document.querySelector("main").prepend(said);
  });
}
