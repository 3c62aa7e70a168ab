// Parts of a form that apply with one answer only (data-shown-with, data-value) are shown with it. Without scripts all
// are there. A part with something wrong in it stays. What is only meant with its answer (data-sent-with-it) is not
// sent while it is hidden; it is there again, as typed, when the answer comes back.
export function reveal() {
  for (const part of document.querySelectorAll("[data-shown-with]")) {
    const answer = part.closest("form").elements[part.dataset.shownWith].value;
    part.hidden = answer !== part.dataset.value && !part.querySelector(".govuk-form-group--error");
    if (!("sentWithIt" in part.dataset)) continue;
    for (const box of part.querySelectorAll("input, select, textarea")) box.disabled = part.hidden;
  }
}

reveal();
document.addEventListener("change", reveal);
window.addEventListener("pageshow", reveal);
