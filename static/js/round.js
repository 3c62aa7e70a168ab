// Keys on the page of an update round: they work only while an answer has the focus, and never while somebody types
// (WCAG 2.1.4). a accepts it, r opens the question, j goes to the next one.
const answers = [...document.querySelectorAll("[data-answer]")];

function go(answer) {
  answer?.focus();
  answer?.scrollIntoView({ block: "nearest" });
}

const does = {
  a: (answer) => answer.querySelector("[data-accept]").click(),
  r: (answer) => {
    const details = answer.querySelector("details");
    if (!details) return;
    details.open = true;
    details.querySelector("textarea").focus();
  },
  j: (answer) => go(answers[answers.indexOf(answer) + 1]),
};

for (const answer of answers) {
  answer.addEventListener("focusin", () => {
    for (const each of answers) each.classList.toggle("app-answer--current", each === answer);
  });
  answer.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("textarea, input, select")) return;
    if (!Object.hasOwn(does, event.key)) return;
    event.preventDefault();
    does[event.key](answer);
  });
}

// After a decision the address points to the next answer: the focus goes there, so that the keys go on.
if (answers.length && location.hash) {
  window.addEventListener("load", () => requestAnimationFrame(() => go(answers.find((each) => `#${each.id}` === location.hash))));
}
