// What was typed and did not arrive stays in this tab: a session that ended in the middle of a
// long form, an expired form or a lost connection costs no words. A form says with data-keep by
// what name. Files and hidden fields are not kept, and signing out forgets everything.

const MARK = "kept:";
const { person = "" } = document.body.dataset;
const skipped = new Set(["hidden", "file", "password", "submit", "button"]);

const stored = (action) => {
  try {
    return action(window.sessionStorage);
  } catch {
    return null; // Without a storage the page works as it did.
  }
};
const names = () => stored((store) => Object.keys(store).filter((name) => name.startsWith(MARK)));
const read = (name) => JSON.parse(stored((store) => store.getItem(name)) ?? "null");
const write = (name, kept) => stored((store) => store.setItem(name, JSON.stringify(kept)));
const forget = (name) => stored((store) => store.removeItem(name));

const fieldsOf = (form) => [...form.elements].filter((one) => one.name && !skipped.has(one.type));
const wordsOf = (form) => {
  const data = new FormData(form);
  return Object.fromEntries(fieldsOf(form).map(({ name }) => [name, data.getAll(name)]));
};
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const fill = (field, words, place) => {
  if (field.type === "checkbox" || field.type === "radio") {
    field.checked = words.includes(field.value);
  } else if (field.type === "select-multiple") {
    for (const option of field.options) option.selected = words.includes(option.value);
  } else {
    field.value = words[place] ?? "";
  }
};

const giveBack = (form, words) => {
  const now = wordsOf(form);
  const lost = Object.keys(words).filter((name) => name in now && !same(now[name], words[name]));
  if (!lost.length) return;
  for (const name of lost) {
    const fields = fieldsOf(form).filter((field) => field.name === name);
    fields.forEach((field, place) => fill(field, words[name], place));
  }
  const note = document.getElementById("kept-note").content.cloneNode(true);
  note.querySelector("button").addEventListener("click", () => {
    forget(MARK + form.dataset.keep);
    form.reset();
    window.location.reload();
  });
  form.prepend(note);
  const first = fieldsOf(form).find((field) => field.name === lost[0]);
  first.dispatchEvent(new Event("input", { bubbles: true }));
};

const watch = (form) => {
  const name = MARK + form.dataset.keep;
  const before = wordsOf(form);
  let sent = null;
  const keep = () => {
    const now = wordsOf(form);
    const typed = Object.entries(now).filter(([one, words]) => !same(words, before[one]));
    const words = { ...read(name)?.words, ...Object.fromEntries(typed) };
    for (const one of Object.keys(words)) words[one] = now[one] ?? words[one];
    write(name, { person, words, sent: false });
  };
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.addEventListener("submit", () => {
    if (read(name)) write(name, { ...read(name), sent: true });
  });
  form.addEventListener("htmx:beforeRequest", () => {
    sent = wordsOf(form);
  });
  form.addEventListener("htmx:afterRequest", ({ detail: { xhr } }) => {
    const arrived = xhr.status === 200 && !xhr.responseURL.includes("/accounts/");
    const whole = !xhr.responseText.includes("data-partly");
    if (arrived && whole && same(sent, wordsOf(form))) forget(name);
  });
  const kept = read(name);
  if (kept) giveBack(form, kept.words);
};

// A form that was taken leads on by a redirect. A page without a person is the sign-in, or says
// that the form was not taken.
const [visit] = performance.getEntriesByType("navigation");
const ledOn = visit?.type === "navigate" && visit.redirectCount > 0;
for (const name of names() ?? []) {
  const kept = read(name);
  if (!person) write(name, { ...kept, sent: false });
  else if (kept.person !== person || (kept.sent && ledOn)) forget(name);
}
for (const form of document.querySelectorAll("form[data-keep]")) watch(form);
document.querySelector("form[data-forget]")?.addEventListener("submit", () => {
  (names() ?? []).forEach(forget);
});
