// The register: how many rows are ticked, and all rows of the page with one tick. Without scripts the ticks work alone.
const form = document.getElementById("many");
const said = document.querySelector("[data-chosen]");

if (form && said) {
  const every = form.elements.all;
  const rows = [...form.querySelectorAll("input[name=pick]")];
  const page = document.createElement("input");
  page.type = "checkbox";
  page.ariaLabel = "Select all rows on this page";
  form.querySelector("thead .app-register__pick").replaceChildren(page);

  const count = () => {
    const ticked = rows.filter((row) => row.checked).length;
    page.checked = ticked === rows.length;
    page.indeterminate = ticked > 0 && ticked < rows.length;
    said.textContent = every.checked ? `${every.value} ticked` : ticked ? `${ticked} ticked` : "";
  };
  const tickAll = (checked) => {
    for (const row of rows) row.checked = checked;
  };

  document.addEventListener("change", ({ target }) => {
    if (target.type !== "checkbox" || target.form !== form) return;
    if (target === every || target === page) tickAll(target.checked);
    if (!target.checked) every.checked = false;
    count();
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault(); // what was ticked when the page came is unticked too
    tickAll(false);
    every.checked = false;
    count();
    form.querySelector("thead input").focus();
  });
  window.addEventListener("pageshow", count);
}
