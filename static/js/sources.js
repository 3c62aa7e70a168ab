// Adding a report: another source's form is fetched in the place of this one, with what was typed in the boxes that both
// have, and the sentence beside it follows what is typed. Without scripts Continue leads to the form.
import { equipDays } from "./days.js";
import { reveal } from "./reveal.js";

const WAITS = 400; // milliseconds after the last key
const PARTS = ["[data-source-must]", "[data-source-form]"];
const choices = document.querySelector("form[data-sources]");

if (choices) {
  const sent = document.querySelector("[data-source-form]");
  if (sent) choices.querySelector("[data-continue]").remove();
  if (sent) {
    choices.addEventListener("change", (event) => change(event.target.dataset.address));
    watch(sent);
  }
}

async function page(address, request) {
  const response = await fetch(address, { redirect: "manual", ...request }).catch(() => null);
  return response?.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
}

// Until the form of the source that was chosen last is there, nothing can be saved.
let wanted = "";

async function change(address) {
  wanted = address;
  document.querySelector("[data-source-form]").inert = true;
  const found = await page(address);
  if (address !== wanted) return;
  if (!found) return location.assign(address);
  const typed = new FormData(document.querySelector("[data-source-form]"));
  document.querySelector(".app-summary")?.remove();
  for (const part of PARTS) document.querySelector(part).replaceWith(document.adoptNode(found.querySelector(part)));
  const form = document.querySelector("[data-source-form]");
  for (const box of form.querySelectorAll("input[type=text], input:not([type]), textarea")) {
    if (typed.has(box.name) && !box.value) box.value = typed.get(box.name);
  }
  history.replaceState(null, "", address);
  form.action = address;
  equipDays(form);
  reveal();
  watch(form);
  follow(form);
}

function watch(form) {
  let timer = null;
  const later = () => { clearTimeout(timer); timer = setTimeout(follow, WAITS, form); };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
}

// What was typed so far is read, and nothing is saved.
async function follow(form) {
  const body = new FormData(form);
  body.append("then", "read");
  const found = await page(form.action, { method: "POST", body: new URLSearchParams(body) });
  const must = found?.querySelector("[data-source-must]");
  if (must && form.isConnected) document.querySelector("[data-source-must]").replaceChildren(...must.childNodes);
}
