// The keys of the product, in one place but for those of the lines of a document (check.js). Each does what a link, a button or a field of the page does too, and they are
// listed behind "?" (templates/components/keys.html). Those of one character do nothing while somebody types, and can be
// switched off there (WCAG 2.1.4): the browser remembers it. Ctrl + Enter saves the form in which somebody types.
const OFF = "oversight: one-character keys are off";
const CURRENT = "app-answer--current";
const TYPING = "input:not([type=checkbox]), select, textarea, [contenteditable]";
document.body.append(document.getElementById("keys-template")?.content ?? "");
const dialog = document.getElementById("keys");
const answers = [...document.querySelectorAll("[data-answer]")];

// The answers of an update round, and the items of a meeting: one is the current one from the start.

function choose(answer) {
  for (const each of answers) each.classList.toggle(CURRENT, each === answer);
}

function go(answer) {
  answer?.focus();
  answer?.scrollIntoView({ block: "nearest" });
}

const current = () => answers.find((each) => each.classList.contains(CURRENT));

// A decision is made on what is seen: where the current answer is out of sight, the key only leads to it.
function onCurrent(act) {
  const answer = current();
  if (!answer) return;
  const { top, bottom } = answer.getBoundingClientRect();
  if (bottom > 0 && top < window.innerHeight) act(answer);
  else go(answer);
}

function ask(answer) {
  const details = answer.querySelector(".app-answer__do details");
  if (!details) return goToEnd(answer.querySelector("[data-minute] textarea"));
  details.open = true;
  details.querySelector("textarea").focus();
}

function goToEnd(box) {
  box?.focus();
  box?.setSelectionRange(box.value.length, box.value.length);
}

function step(key, by) {
  if (answers.length) return go(answers[answers.indexOf(current()) + by]);
  document.querySelector(`a[data-key="${key}"]`)?.click();
}

// Adding an update to the row that has the focus, or else the pointer.
function addUpdate() {
  const row = document.querySelector("tr:focus-within:has([data-add])") ?? document.querySelector("tr:hover:has([data-add])");
  row?.querySelector("[data-add]").click();
}

const does = {
  "?": () => dialog?.showModal(),
  "/": () => document.querySelector(".app-find__box")?.focus(),
  j: () => step("j", 1),
  k: () => step("k", -1),
  a: () => onCurrent((answer) => answer.querySelector("[data-accept]").click()),
  r: () => (answers.length ? onCurrent(ask) : document.querySelector("[data-judge]")?.focus()),
  u: addUpdate,
};

function save(event) {
  const form = event.target.form ?? event.target.closest("[data-answer]")?.closest("form");
  const button = [...(form?.elements ?? [])].find((each) => each.type === "submit");
  if (form?.method !== "post" || !button) return;
  event.preventDefault();
  form.requestSubmit(button);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.repeat || event.isComposing) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return save(event);
  if (event.ctrlKey || event.altKey || event.metaKey || areOff() || event.target.closest(TYPING)) return;
  if (!Object.hasOwn(does, event.key) || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  does[event.key]();
});

for (const answer of answers) answer.addEventListener("focusin", () => choose(answer));

// After a decision the address points to the next answer: the focus goes there, so that the keys go on. Whoever was
// quicker and types already stays where they are.
function goToNext() {
  if (!document.activeElement?.closest(TYPING)) go(answers.find((each) => `#${each.id}` === location.hash));
}

if (answers.length && location.hash) window.addEventListener("load", () => requestAnimationFrame(goToNext));

// The list of keys, and the switch in it. A browser that stores nothing keeps them on.

export function areOff() {
  try {
    return localStorage.getItem(OFF) !== null;
  } catch {
    return false;
  }
}

function switchTo(on) {
  try {
    if (on) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "yes");
  } catch {
    // Nothing is stored here: the box shows what holds.
  }
  show();
}

function show() {
  document.body.classList.toggle("app-keys-off", areOff());
  dialog.querySelector("input[type=checkbox]").checked = !areOff();
}

if (dialog) {
  show();
  dialog.addEventListener("change", ({ target }) => switchTo(target.checked));
  for (const button of document.querySelectorAll("[data-keys]")) {
    button.hidden = false;
    button.addEventListener("click", () => dialog.showModal());
  }
}
