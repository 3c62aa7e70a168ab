// What scripts add to a box for a day: what was typed is read back beside it ("in 3 months": Sat 27 Feb 2027),
// and a calendar opens from a button, MoJ Frontend's date picker, which works with keys alone. The server reads the words.
import { DatePicker } from "./date-picker.js";

const WAITS = 300; // milliseconds after the last key

class DayPicker extends DatePicker {
  initControls() {
    super.initControls();
    const label = document.querySelector(`label[for="${this.$input.id}"]`)?.firstChild?.textContent.trim();
    if (label) this.$calendarButton.firstElementChild.textContent = `Choose date: ${label}`;
  }

  // As typing does, for what saves while one types.
  selectDate(date) {
    super.selectDate(date);
    this.$input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Opens at the day that was read, however it was typed.
  formattedDateFromString(text, otherwise = new Date()) {
    const [year, month, day] = (this.$input.dataset.read ?? "").split("-").map(Number);
    return day ? new Date(year, month - 1, day) : otherwise;
  }

  formattedDateFromDate(date) {
    return `${date.getDate()} ${this.monthLabels[date.getMonth()].slice(0, 3)} ${date.getFullYear()}`;
  }
}
DayPicker.moduleName = "app-day";

const timers = new WeakMap();

function equip(input) {
  const root = document.createElement("div");
  root.className = "moj-datepicker app-day";
  input.before(root);
  root.append(input);
  new DayPicker(root, { input: { element: input } });
  const words = document.getElementById(`${input.id}_read`) ?? root.appendChild(document.createElement("div"));
  words.className = "app-day__read";
  words.setAttribute("aria-live", "polite");
  root.append(words);
  input.addEventListener("input", () => {
    clearTimeout(timers.get(input));
    timers.set(input, setTimeout(read, WAITS, input, words));
  });
  input.addEventListener("change", () => read(input, words));
}

async function read(input, words) {
  const typed = input.value.trim();
  const asked = new URLSearchParams({ typed, ...(input.dataset.day === "past" && { past: "" }) });
  const response = typed && (await fetch(`${document.body.dataset.dayUrl}?${asked}`, { redirect: "manual" }).catch(() => null));
  const found = response?.ok ? await response.json() : { day: "", words: "" };
  const show = () => {
    if (typed !== input.value.trim()) return;
    input.dataset.read = found.day;
    words.textContent = found.words;
  };
  if (pressed) waiting.push(show);
  else show();
}

// Nothing on the page moves under a button that is being pressed: its click would miss it.
const waiting = [];
let pressed = false;

function press() {
  pressed = true;
}

function release() {
  pressed = false;
  setTimeout(() => { for (const show of waiting.splice(0)) show(); });
}

export function equipDays(within = document) {
  if (!document.body.dataset.dayUrl) return;
  if (within === document) {
    addEventListener("pointerdown", press, true);
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, release, true);
  }
  for (const input of within.querySelectorAll("input[data-day]")) equip(input);
}
