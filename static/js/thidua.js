// What neither HTML nor htmx does by itself.

// A menu closes when the attention goes elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// A background save that did not arrive says so, and the words stay in the form; any other part
// of a page whose session has ended is loaded anew, which leads to the sign-in.
const notSaved = (target, why) => {
  if (why) target.textContent = why;
  else window.location.reload();
};
const offline = ({ detail: { target } }) => notSaved(target, target.dataset.offline);
document.addEventListener("htmx:sendError", offline);
document.addEventListener("htmx:responseError", offline);
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.xhr.responseURL.includes("/accounts/")) return;
  event.detail.shouldSwap = false;
  notSaved(event.detail.target, event.detail.target.dataset.signedOut);
});

// Leaving with unsaved words asks first.
const unsaved = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.closest("form.writing");
  if (form) unsaved.add(form);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const arrived = !event.detail.xhr.responseURL.includes("/accounts/");
  if (event.detail.xhr.status === 200 && arrived) unsaved.delete(event.detail.elt);
});
document.addEventListener("submit", (event) => unsaved.delete(event.target));
window.addEventListener("beforeunload", (event) => {
  if (unsaved.size) event.preventDefault();
});

// Ticking all that can be ticked; with one alone there is nothing to save.
const all = document.getElementById("tick-all");
const ticks = document.querySelectorAll("#worklist .tick");
if (all && ticks.length > 1) {
  all.hidden = false;
  all.addEventListener("change", ({ target }) => {
    for (const tick of ticks) tick.checked = target.checked;
  });
}
