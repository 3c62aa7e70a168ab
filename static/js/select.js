// The register: how many rows are chosen, and all rows of the page with one tick. Without scripts the ticks work alone.
const form = document.getElementById("many");
const said = form?.querySelector("[data-chosen]");

if (said) {
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
    said.textContent = every.checked ? `${every.value} chosen` : ticked ? `${ticked} chosen` : "";
  };
  const tickAll = (checked) => rows.forEach((row) => (row.checked = checked));

  form.addEventListener("change", ({ target }) => {
    if (target.type !== "checkbox") return;
    if (target === every || target === page) tickAll(target.checked);
    if (!target.checked) every.checked = false;
    count();
  });
  window.addEventListener("pageshow", count);
}
