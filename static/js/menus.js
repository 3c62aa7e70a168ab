// Menus (<details class="app-menu">) open and close without scripts. With them they also close when the focus or a press
// goes elsewhere, and with Escape, which gives the focus back.
const openMenus = () => document.querySelectorAll(".app-menu[open]:has(> ul)");

function closeOthers({ target }) {
  for (const menu of openMenus()) if (!menu.contains(target)) menu.open = false;
}

document.addEventListener("click", closeOthers);
document.addEventListener("focusin", closeOthers);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
