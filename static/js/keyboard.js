// The worklist by keyboard. Single keys must be possible to switch off (WCAG 2.1.4).

const rows = [...document.querySelectorAll("#worklist > li")];
const on = document.getElementById("keyboard-on");
const place = () => rows.findIndex((row) => row.contains(document.activeElement));
const go = (number) => rows[number]?.querySelector("h2 a").focus();
const leave = (address) => {
  if (address) window.location.assign(address);
};

const keys = {
  j: () => go(Math.min(place() + 1, rows.length - 1)),
  k: () => go(Math.max(place() - 1, 0)),
  o: (row) => row?.querySelector("h2 a").click(),
  x: (row) => row?.querySelector(".tick")?.click(),
  a: (row) => leave(row?.dataset.approve),
  r: (row) => leave(row?.dataset.return),
};

try {
  on.checked = window.localStorage.getItem("keyboard") !== "off";
} catch {
  // Without a storage the choice lasts as long as the page.
}
on.addEventListener("change", () => {
  try {
    window.localStorage.setItem("keyboard", on.checked ? "on" : "off");
  } catch {
    // As above.
  }
});
document.addEventListener("keydown", (event) => {
  if (!on.checked || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not(.tick), textarea, select")) return;
  if (!(event.key in keys)) return;
  event.preventDefault();
  keys[event.key](rows[place()]);
});
