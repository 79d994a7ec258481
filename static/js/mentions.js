// Names while one types @ in a comment. Without this script the list below the text does the same.

const field = document.querySelector("textarea[data-mentions]");
const list = document.getElementById("mention-names");
const chosen = document.querySelector("select[name=mentions]");
let asked = 0;
let active = -1;

const word = () => /(?:^|\s)@([^@\n]{0,40})$/.exec(field.value.slice(0, field.selectionStart));

const close = () => {
  list.replaceChildren();
  list.hidden = true;
  active = -1;
  field.removeAttribute("aria-activedescendant");
};

const choose = (person) => {
  const found = word();
  if (!found) return;
  const end = field.selectionStart;
  const start = end - found[1].length;
  field.setRangeText(`${person.name} `, start, end, "end");
  const option = chosen.querySelector(`option[value="${person.id}"]`);
  if (option) option.selected = true;
  close();
  field.focus();
};

const mark = (number) => {
  const options = [...list.children];
  active = (number + options.length) % options.length;
  options.forEach((option, index) => option.setAttribute("aria-selected", index === active));
  field.setAttribute("aria-activedescendant", options[active].id);
};

const offer = (people) => {
  if (!people.length) {
    close();
    return;
  }
  const options = people.map((person, index) => {
    const option = document.createElement("li");
    option.id = `mention-${index}`;
    option.setAttribute("role", "option");
    option.textContent = person.name;
    option.addEventListener("mousedown", (event) => {
      event.preventDefault();
      choose(person);
    });
    option.person = person;
    return option;
  });
  list.replaceChildren(...options);
  list.hidden = false;
  mark(0);
};

field.addEventListener("input", async () => {
  const found = word();
  const number = ++asked;
  if (!found) {
    close();
    return;
  }
  const address = `${field.dataset.mentions}?q=${encodeURIComponent(found[1])}`;
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    const { people } = await answer.json();
    if (number === asked) offer(people);
  } catch {
    close(); // Without a connection the list below the text remains.
  }
});
field.addEventListener("keydown", (event) => {
  if (list.hidden) return;
  const keys = {
    ArrowDown: () => mark(active + 1),
    ArrowUp: () => mark(active - 1),
    Enter: () => choose(list.children[active].person),
    Tab: () => choose(list.children[active].person),
    Escape: close,
  };
  if (!(event.key in keys)) return;
  event.preventDefault();
  keys[event.key]();
});
field.addEventListener("blur", close);
