// What scripts add to a note: after "@" the colleagues whose names begin as typed, to choose with keys or a press.
// Without it a first name after "@" is completed when the note is saved.
const TYPED = /(?:^|[^\w@.])@([\w'’-]*(?: [\w'’-]*)?)$/;
const MOST = 6;

for (const box of document.querySelectorAll("[data-mentions]")) {
  const names = [...document.querySelectorAll(`#${box.dataset.mentions} option`)].map((each) => each.value);
  const list = document.createElement("ul");
  let chosen = 0;
  Object.assign(list, { id: `${box.id}_names`, className: "app-mentions", hidden: true, role: "listbox", ariaLabel: "Colleagues" });
  box.after(list);
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);

  const typed = () => TYPED.exec(box.value.slice(0, box.selectionStart))?.[1];

  const close = () => {
    list.hidden = true;
    box.removeAttribute("aria-activedescendant");
  };

  const mark = () => {
    for (const [at, item] of [...list.children].entries()) item.setAttribute("aria-selected", at === chosen);
    box.setAttribute("aria-activedescendant", list.children[chosen].id);
  };

  const show = () => {
    const begun = typed();
    const found = begun === undefined ? [] : names.filter((name) => starts(name, begun)).slice(0, MOST);
    if (!found.length || (found.length === 1 && found[0] === begun)) return close();
    list.replaceChildren(...found.map(option));
    list.hidden = false;
    chosen = 0;
    mark();
  };

  const starts = (name, begun) => {
    const [all, part] = [name.toLowerCase(), begun.toLowerCase()];
    return all.startsWith(part) || all.split(" ").some((word) => word.startsWith(part));
  };

  const option = (name, at) => {
    const item = document.createElement("li");
    Object.assign(item, { id: `${list.id}_${at}`, role: "option", textContent: name });
    item.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      take(name);
    });
    return item;
  };

  const take = (name) => {
    const end = box.selectionStart;
    box.setRangeText(`${name} `, end - typed().length, end, "end");
    close();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const keys = {
    ArrowDown: () => (chosen = (chosen + 1) % list.children.length),
    ArrowUp: () => (chosen = (chosen - 1 + list.children.length) % list.children.length),
  };

  box.addEventListener("input", show);
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (list.hidden || !["ArrowDown", "ArrowUp", "Enter", "Tab", "Escape"].includes(event.key)) return;
    event.preventDefault();
    if (event.key === "Escape") return close();
    if (!keys[event.key]) return take(list.children[chosen].textContent);
    keys[event.key]();
    mark();
  });
}
