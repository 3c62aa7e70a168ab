// What scripts add: everything works without them. One module, loaded at the end, no inline code (see the content security policy).
import { createAll, Button, ErrorSummary, FileUpload, SkipLink } from "./govuk-frontend.min.js";
import "./attach.js";
import "./build.js";
import "./check.js";
import "./copy.js";
import { equipDays } from "./days.js";
import "./draft.js";
import "./drafts.js";
import "./keys.js";
import "./markdown.js";
import "./mentions.js";
import "./menus.js";
import "./passkeys.js";
import "./progress.js";
import "./reveal.js";
import "./select.js";
import "./sources.js";
import "./typed.js";
import "./uses.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const component of [Button, ErrorSummary, FileUpload, SkipLink]) {
  createAll(component);
}
equipDays();

// A form is sent once: a second press within five seconds is dropped (govuk-frontend guards buttons only, and for
// one second). The server refuses doubles too; this spares a person the message.
const sentAt = new WeakMap();
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  if (event.timeStamp - (sentAt.get(event.target) ?? -Infinity) < 5000) event.preventDefault();
  else sentAt.set(event.target, event.timeStamp);
});

// A choice that stands for pressing the button beside it (a sort order, a tab of a form) is sent at once.
document.addEventListener("change", (event) => {
  const field = event.target.closest("[data-send-on-change]");
  if (field) field.form.requestSubmit();
});

// A form that is sent once, as its page opens: from when on a view's changes count. Without scripts it has a button.
for (const form of document.querySelectorAll("form[data-send-once]")) {
  fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual", keepalive: true }).catch(() => null);
}

// Print buttons do nothing without scripts, so they are shown only with them.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Back from a recommendation to its row of the register: the focus goes to its link.
const row = location.hash.startsWith("#row-") && document.getElementById(location.hash.slice(1));

// Where the focus goes when a page is shown: to what is wrong, else into the form that stands beside a list, and the
// list stays where the address has put it. Where that form stands above the list, on a narrow screen, the page goes to
// it. All this once the browser has gone where the address points, which takes the focus away.
const wrong = document.querySelector(".govuk-error-summary");
const beside = document.querySelector("[data-takes-focus]");
if (wrong || beside || row) {
  window.addEventListener("load", () =>
    requestAnimationFrame(() => {
      if (wrong) {
        wrong.tabIndex = -1; // govuk-frontend takes it off when the focus leaves
        return wrong.focus();
      }
      if (!beside) return row.querySelector("th a")?.focus({ preventScroll: true });
      if (window.matchMedia("(max-width: 1279px)").matches) beside.scrollIntoView();
      beside.querySelector("textarea, select, input:not([type=hidden])")?.focus({ preventScroll: true });
    }),
  );
}

// A form that waited only for its person to show who they are is sent at once. Without scripts a button sends it.
document.querySelector("form[data-send-now]")?.requestSubmit();
