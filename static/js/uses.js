// What you use: what is unticked says there and then what will be hidden, and the button says what it will do. Without
// scripts the page says both after the first press, before anything is saved.
const form = document.querySelector("form[data-uses]");
const MOST_NAMES = 3;

if (form) {
  form.addEventListener("change", update);
  window.addEventListener("pageshow", update); // a browser that goes back keeps the ticks
}

function update() {
  const off = [];
  const on = [];
  for (const line of form.querySelectorAll("[data-use]")) {
    const box = line.querySelector("input");
    const was = "was" in box.dataset;
    if (box.disabled) continue;
    const goes = was && !box.checked;
    if (goes) off.push([box.value, line.dataset.name]);
    if (!was && box.checked) on.push([box.value, line.dataset.name]);
    const hides = line.querySelector(".app-use__hides");
    line.classList.toggle("app-use--off", goes);
    if (!hides) continue;
    hides.hidden = !goes;
    if (goes) box.setAttribute("aria-describedby", hides.id);
    else box.removeAttribute("aria-describedby");
  }
  form.elements.shown.value = off.map(([key]) => key).join(" ");
  form.querySelector("[data-save]").textContent = ["Save", changes(off, on)].filter(Boolean).join(": ");
  form.querySelector("[data-undo]").hidden = !(off.length + on.length);
  form.querySelector("[data-number]").textContent = form.querySelectorAll("[data-use] input:checked").length;
}

function changes(off, on) {
  if (off.length + on.length > MOST_NAMES) return `${off.length + on.length} changes`;
  const said = (lines, word) => (lines.length ? `${names(lines.map(([, name]) => name))} ${word}` : "");
  return [said(off, "off"), said(on, "on")].filter(Boolean).join(", ");
}

function names(all) {
  return [all.slice(0, -1).join(", "), all.at(-1)].filter(Boolean).join(" and ");
}
