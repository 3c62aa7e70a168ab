// The page on which a document is checked (templates/documents_in/check). Without scripts each button of a line's menu
// is sent by itself and the page comes back at the line; here the same forms are sent in the background, one after
// another, and only what changed is drawn. The marked line changes at once. Keys act only while a line has the focus.
import { areOff } from "./keys.js";

const AWAY = "Not kept: check your connection, then try again.";
const SIGNED_OUT = "Not kept: your session has ended. Load the page again and sign in: all before this is kept.";
const TYPING = "input:not([type=checkbox]), select, textarea";
const check = document.querySelector("[data-check]");
if (check) start(check);

function start(check) {
  const list = document.getElementById("lines");
  const said = document.querySelector("[data-check-said]");
  let menu = list.querySelector("[data-menu]");
  let version = menu.elements.version.value;
  let from = null; // the line where a selection of several began
  let chain = Promise.resolve(true); // what is on its way, in order; false where the last was not kept
  let waiting = 0; // how many are on their way
  let asked = 0;
  let released = Promise.resolve(); // when no button is held down: a press ends on what it began on
  let announced = ""; // the lines of which was said what a mark takes with them

  const lines = () => [...list.querySelectorAll(".app-docline")];
  const lineOf = (id) => document.getElementById(`l${id}`);
  const idOf = (line) => Number(line.dataset.line);
  const current = () => list.querySelector(".app-docline--now");
  const inLines = () => document.activeElement?.closest(".app-docline");

  document.querySelector("[data-check-keys]").hidden = false;
  const shows = document.querySelector("[data-check-switch]");
  shows.hidden = false;
  check.dataset.checkShows = "document";
  shows.addEventListener("click", ({ target }) => {
    const buttons = [...shows.querySelectorAll("button")];
    if (!buttons.includes(target)) return;
    show(buttons.indexOf(target));
  });

  function show(place) {
    [...shows.querySelectorAll("button")].forEach((each, at) => each.setAttribute("aria-pressed", String(at === place)));
    check.dataset.checkShows = ["document", "saved"][place];
  }

  // Which line is the current one, and how many are chosen with it.

  function take(line, several = false) {
    const before = current();
    if (!several) from = line;
    const [first, last] = [idOf(from), idOf(line)].sort((one, other) => one - other);
    for (const each of lines()) each.classList.toggle("app-docline--taken", first < last && idOf(each) >= first && idOf(each) <= last);
    menu.elements.first.value = first;
    menu.elements.last.value = last;
    if (before !== line) {
      const top = line.getBoundingClientRect().top;
      before?.classList.remove("app-docline--now");
      before?.querySelector(".app-docline__at").removeAttribute("aria-current");
      line.classList.add("app-docline--now");
      line.querySelector(".app-docline__at").setAttribute("aria-current", "true");
      line.append(menu);
      window.scrollBy(0, line.getBoundingClientRect().top - top); // the menu of the line above is gone: nothing jumps
    }
    menu.elements.line.value = idOf(line);
    for (const button of menu.querySelectorAll("[aria-pressed]")) button.setAttribute("aria-pressed", String(button.value === `mark:${line.dataset.role}`));
    const right = menu.querySelector("[data-right]");
    right.value = `mark:${line.dataset.role}`;
    right.hidden = !("unsure" in line.dataset) || line.dataset.role === "unsure";
    const about = menu.elements.of;
    const of = line.dataset.of ?? "";
    if (![...about.options].some((each) => each.value === of)) about.add(new Option("Those of now", of));
    about.value = of;
    if (several && first < last) say(`Lines ${first} to ${last} are chosen.`);
    lookAhead(first, last);
  }

  function go(line, several = false) {
    if (!line) return;
    const began = from;
    line.querySelector(".app-docline__at").focus({ preventScroll: true });
    from = several ? began : line;
    take(line, several); // also where it had the focus
    line.scrollIntoView({ block: "nearest" });
  }

  list.addEventListener("focusin", ({ target }) => {
    const line = target.closest(".app-docline");
    if (line && target.matches(".app-docline__at")) take(line);
  });
  list.addEventListener("click", (event) => {
    const fold = event.target.closest("[data-fold]");
    if (fold) {
      event.preventDefault();
      return open(fold);
    }
    const line = event.target.closest(".app-docline");
    if (!line || event.target.closest("[data-menu]") || String(getSelection())) return;
    if (event.target.closest("a") && (event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    go(line, event.shiftKey);
    const isByKey = event.detail === 0; // or by a screen reader: what the line can be marked as comes next
    if (isByKey) (menu.querySelector('[aria-pressed="true"]') ?? menu.querySelector("[data-key]")).focus();
  });

  // What a mark would take with it, at its lines, before it is taken.

  async function lookAhead(first, last) {
    const mine = ++asked;
    foretell({});
    await new Promise((done) => setTimeout(done, 150));
    if (mine !== asked) return;
    const response = await fetch(`${check.dataset.check}?follows=${first}-${last}`, { redirect: "manual" }).catch(() => null);
    if (mine !== asked || !response?.ok) return;
    const words = foretell(await response.json());
    if (words && announced !== `${first}-${last}`) say(words);
    announced = `${first}-${last}`;
  }

  // Returns how many, in words, where each mark takes as many.
  function foretell(takes) {
    const ids = new Set(Object.values(takes).flat());
    for (const line of lines()) line.classList.toggle("app-docline--follows", ids.has(idOf(line)));
    const numbers = Object.values(takes).map((each) => each.length).filter(Boolean);
    const same = new Set(numbers).size === 1;
    const words = menu.querySelector("[data-takes-all]");
    words.hidden = !same;
    words.textContent = same ? `A mark takes ${numbers[0]} more like it.` : "";
    for (const each of menu.querySelectorAll("[data-takes]")) {
      const number = takes[each.dataset.takes]?.length;
      each.textContent = number && !same ? ` and ${number} like it` : "";
    }
    return words.textContent;
  }

  // Folded lines come when they are opened.

  async function open(fold) {
    const row = fold.closest("li");
    const [first] = fold.dataset.fold.split("-");
    const response = await fetch(`${check.dataset.check}?lines=${fold.dataset.fold}`, { redirect: "manual" }).catch(() => null);
    if (!response?.ok) return say(AWAY);
    row.replaceWith(parsed(`<ol>${await response.text()}</ol>`).querySelector("ol"));
    const inside = list.querySelector(":scope > ol");
    inside.replaceWith(...inside.children);
    list.querySelector("[data-menu] ~ [data-menu]")?.remove();
    go(lineOf(first));
  }

  const parsed = (html) => new DOMParser().parseFromString(html, "text/html");
  const say = (words) => (said.textContent = words);

  function shown() {
    const ranges = [];
    for (const id of lines().map(idOf)) {
      if (ranges.length && ranges.at(-1)[1] === id - 1) ranges.at(-1)[1] = id;
      else ranges.push([id, id]);
    }
    return ranges.map((each) => each.join("-")).join(",");
  }

  // One form after another is sent; what comes back is drawn.

  function send(form, button, extra = {}) {
    const data = new URLSearchParams(new FormData(form, button));
    for (const [name, value] of Object.entries(extra)) data.set(name, value);
    if (button) data.set(button.name, button.value);
    waiting += 1;
    const kept = () => true;
    const failed = (problem) => (say(problem.message), false);
    chain = chain.then(() => post(data)).then(kept, failed).finally(() => (waiting -= 1));
    return chain;
  }

  async function post(data) {
    data.set("version", version);
    data.set("part", "1");
    data.set("shown", shown());
    data.set("has", [...document.querySelectorAll("[data-sign]")].map((each) => `${each.id}=${each.dataset.sign}`).join(" "));
    const response = await fetch(check.dataset.check, { method: "POST", body: data, redirect: "manual" }).catch(() => {
      throw new Error(AWAY);
    });
    if (response.type === "opaqueredirect" || response.status === 403) throw new Error(SIGNED_OUT);
    if (!response.ok) throw new Error(AWAY);
    const page = parsed(await response.text());
    await released;
    draw(page, data);
  }

  function draw(page, data) {
    const state = page.getElementById("check-state").dataset;
    version = state.version;
    const at = inLines();
    const focused = at ? idOf(at) : 0;
    const now = current() ? idOf(current()) : 0;
    const began = idOf(from);
    const isBack = /^(undo|redo)$/.test(data.get("do"));
    menu.remove();
    menu = page.getElementById("check-menu").firstElementChild ?? menu;
    menu.reset();
    menu.querySelector("details").open = false;
    drawLines(page.getElementById("lines"));
    for (const each of list.querySelectorAll(".app-docline--now")) {
      each.classList.remove("app-docline--now");
      each.querySelector(".app-docline__at").removeAttribute("aria-current");
    }
    drawAround(page, data);
    const line = (isBack && lineOf(Number(state.at))) || (lineOf(now) ?? lines()[0]);
    const several = !isBack && began !== now && lineOf(began) !== null && line === lineOf(now);
    if (several) from = lineOf(began); // those that are chosen stay so
    if (focused || isBack) go(line, several);
    else take(line, several);
    say(page.getElementById("check-said").textContent);
  }

  function drawLines(now) {
    const brought = new Map([...now.children].map((each) => [each.id, each]));
    let next = list.firstElementChild;
    for (const id of now.dataset.order.split(" ")) {
      const row = brought.get(id);
      const old = document.getElementById(id);
      if (old) {
        while (next !== old) next = removed(next);
        next = old.nextElementSibling;
        if (row) old.replaceWith(document.adoptNode(row));
      } else {
        list.insertBefore(document.adoptNode(row), next);
      }
    }
    while (next) next = removed(next);
  }

  function removed(row) {
    const next = row.nextElementSibling;
    row.remove();
    return next;
  }

  // The bar, and what will be saved. A part whose fields are open stays as it is, with what is typed in it, and the focus
  // where it was: an answer comes while a person is on the way to a button, or types.
  function drawAround(page, data) {
    const at = document.activeElement;
    document.getElementById("check-bar").replaceChildren(...page.getElementById("check-bar").childNodes);
    const saved = document.getElementById("saved");
    const kept = [...saved.querySelectorAll("[data-typed]")].filter((form) => data.get("do") !== `type:${form.dataset.typed}` || data.get("stay"));
    const now = page.getElementById("saved");
    for (const part of now.querySelectorAll("[data-same]")) part.replaceWith(document.getElementById(part.id));
    for (const form of kept) {
      const place = now.querySelector(`[id="at-${form.dataset.typed}"]`);
      const part = saved.querySelector(`[id="at-${form.dataset.typed}"]`);
      if (place) place.replaceWith(part);
      else now.querySelector("h2").after(part);
    }
    saved.replaceChildren(...now.childNodes);
    if (document.activeElement === document.body) (at.isConnected ? at : inPlaceOf(at))?.focus({ preventScroll: true });
  }

  function inPlaceOf({ name, value, dataset: { edit, next } }) {
    if (edit) return document.querySelector(`#saved [data-edit="${CSS.escape(edit)}"]`);
    if (next) return document.querySelector("#check-bar [data-next]");
    return name === "do" ? document.querySelector(`#check-bar [value^="${CSS.escape(value.split(":")[0])}"]`) : null;
  }

  // The forms of the page, but the one that saves.

  document.addEventListener("submit", (event) => {
    const { target: form, submitter: button } = event;
    if (!form.matches("[data-menu], [data-steps], [data-typed], [data-untype]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const opened = form.matches("[data-typed]");
    if (form === menu && button?.value.startsWith("mark:")) {
      mark(button);
      if (button.matches("[data-right]")) return void send(form, button, { alone: "on" });
    }
    send(form, button, form.elements.line ? { line: current() ? idOf(current()) : 0 } : {}).then(() => opened && focusOn(form));
  }, true);

  document.addEventListener("pointerdown", ({ target, button }) => {
    if (button || !target.closest("a, button, .app-docline")) return; // a scrollbar or a menu of the browser may keep the release
    released = new Promise((done) => ["pointerup", "pointercancel"].forEach((end) => addEventListener(end, () => setTimeout(done), { once: true })));
  });

  // What is on its way is kept before the document is saved.
  document.addEventListener("submit", async (event) => {
    if (event.target.id !== "save" || !waiting) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (await chain) document.querySelector("#check-bar [form=save]").click();
  }, true);

  function focusOn(form) {
    const part = document.getElementById(`at-${form.dataset.typed}`);
    (part?.querySelector("[aria-invalid], [data-edit]") ?? document.getElementById("saved")).focus();
  }

  // At once, before the answer: the tile and the word of the line.
  function mark(button) {
    const role = button.value.slice(5);
    const letter = button.dataset.key?.toUpperCase() ?? "";
    const [first, last] = [Number(menu.elements.first.value), Number(menu.elements.last.value)];
    const which = menu.elements.lines.value;
    for (const line of lines()) {
      if (which !== "line" || idOf(line) < first || idOf(line) > last || button.matches("[data-right]")) continue;
      line.closest("[data-sign]").dataset.sign = ""; // what comes back replaces it
      line.dataset.role = role;
      delete line.dataset.unsure;
      line.classList.remove("app-docline--unsure");
      if (!letter) continue;
      line.querySelector(".app-docmark").className = `app-docmark app-docmark--${letter === "F" ? "C" : letter}`;
      line.querySelector(".app-docmark__tile").textContent = letter;
      line.querySelector(".app-docmark__word").textContent = button.querySelector("span").textContent;
    }
    menu.querySelectorAll("[aria-pressed]").forEach((each) => each.setAttribute("aria-pressed", String(each === button)));
    current().querySelector(".app-docline__at").focus({ preventScroll: true });
  }

  // What is typed at the right is kept as each field is left.
  document.addEventListener("change", ({ target }) => {
    const form = target.closest("[data-typed]");
    if (form) send(form, null, { do: `type:${form.dataset.typed}`, stay: "1" });
  });

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-edit], [data-close], [data-next]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (link.dataset.next) return leadTo(Number(link.dataset.next));
    await chain;
    const address = new URL(link.href);
    address.searchParams.set("part", "1");
    address.searchParams.set("line", current() ? idOf(current()) : 0);
    const response = await fetch(address, { redirect: "manual" }).catch(() => null);
    if (!response?.ok) return say(AWAY);
    const id = address.hash.slice(1);
    const place = parsed(await response.text()).getElementById(id);
    document.getElementById(id).replaceWith(place);
    place.querySelector(link.dataset.edit ? "select, input:not([type=hidden]), textarea" : "[data-edit]")?.focus();
  });

  async function leadTo(id) {
    show(0);
    if (!lineOf(id)) {
      const fold = [...list.querySelectorAll("[data-fold]")].find((each) => {
        const [first, last] = each.dataset.fold.split("-").map(Number);
        return first <= id && id <= last;
      });
      if (fold) await open(fold);
    }
    go(lineOf(id));
  }

  function nextUnsure() {
    const unsure = lines().filter((each) => "unsure" in each.dataset);
    const now = current() ? idOf(current()) : 0;
    const next = unsure.find((each) => idOf(each) > now) ?? unsure[0];
    if (next) return go(next);
    const folded = document.querySelector("#check-bar .app-doccheck__sure [data-next]");
    if (folded) leadTo(Number(folded.dataset.next));
  }

  function move(by, several) {
    const all = lines();
    go(all[all.indexOf(current()) + by], several);
  }

  const moves = { ArrowDown: 1, ArrowUp: -1 };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.target.closest(TYPING) || document.querySelector("dialog[open]")) return;
    const undo = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "z";
    if (undo) return press(event, document.querySelector(`[data-steps] [value="${event.shiftKey ? "redo" : "undo"}"]`));
    if (event.ctrlKey || event.altKey || event.metaKey || !inLines()) return;
    if (event.key in moves && event.target.matches(".app-docline__at")) {
      event.preventDefault();
      return move(moves[event.key], event.shiftKey);
    }
    if (event.key === "Escape" && event.target.closest("[data-menu]")) return go(current());
    if (event.repeat || event.shiftKey || areOff()) return;
    if (event.key === "d") {
      event.preventDefault();
      return nextUnsure();
    }
    const button = menu.querySelector(`[data-key="${CSS.escape(event.key)}"]:not([hidden])`);
    if (!button || isSeen(current())) return press(event, button);
    event.preventDefault();
    go(current()); // a line is marked where it is seen: the key only leads to it
  }, true); // before keys.js, whose letters mean other things

  function isSeen(line) {
    const { top, bottom } = line.getBoundingClientRect();
    return bottom > 0 && top < window.innerHeight;
  }

  function press(event, button) {
    if (!button) return;
    event.preventDefault();
    button.form.requestSubmit(button);
  }

  // The keys work from the start, unless the page leads to something else.
  function begin() {
    if (document.activeElement === document.body) current().querySelector(".app-docline__at").focus({ preventScroll: true });
  }

  take(current() ?? lines()[0]);
  if (location.hash.startsWith("#l")) go(document.querySelector(`.app-docline${CSS.escape(location.hash) && location.hash}`));
  else if (!location.hash && !areOff()) addEventListener("load", () => requestAnimationFrame(begin));
  addEventListener("beforeunload", (event) => {
    const typing = document.activeElement?.closest?.("[data-typed]");
    if (typing && document.activeElement.value !== document.activeElement.defaultValue && document.activeElement.matches("input, textarea")) event.preventDefault();
  });
}
