// Files on a record: each that was chosen or dragged here gets its own marking, and is sent by itself, with how far it
// has come. What is refused says why, and the rest is attached. Without this the form sends all of them at once.
const words = (size) => (size < 1048576 ? `${Math.max(1, Math.round(size / 1024))} KB` : `${(size / 1048576).toFixed(1)} MB`);

function line(file, marking) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  name.textContent = `${file.name}, ${words(file.size)}`;
  const choice = marking.cloneNode(true);
  choice.removeAttribute("id");
  choice.removeAttribute("name");
  choice.value = marking.value;
  choice.setAttribute("aria-label", `Marking of ${file.name}`);
  const bar = document.createElement("progress");
  bar.hidden = true;
  bar.max = 1;
  bar.setAttribute("aria-label", `How far ${file.name} has come`);
  const state = document.createElement("span");
  state.className = "app-list__end";
  state.setAttribute("role", "status");
  item.append(name, choice, bar, state);
  return { file, item, choice, bar, state };
}

function send(form, { file, choice, bar }) {
  const data = new FormData(form);
  data.delete("chosen");
  data.append("chosen", file);
  data.set("marking", choice.value);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => (bar.value = event.loaded / (event.total || 1)));
    request.addEventListener("loadend", () => {
      try {
        resolve(JSON.parse(request.responseText).errors);
      } catch {
        const large = request.status === 413;
        resolve([large ? "This file is too large." : "This file did not arrive. Check your connection and attach it again."]);
      }
    });
    request.send(data);
  });
}

function refuse({ file, item, bar, state }, why) {
  bar.hidden = true;
  state.textContent = "not attached";
  const said = document.createElement("span");
  said.className = "app-attach__why";
  said.textContent = why.startsWith(`${file.name}: `) ? why.slice(file.name.length + 2) : why;
  item.append(said);
}

async function sendAll(form, lines) {
  let wrong = 0;
  for (const each of lines) {
    each.choice.disabled = true;
    each.bar.hidden = false;
    each.state.textContent = "being sent and checked";
    const [why] = await send(form, each);
    if (why) {
      wrong += 1;
      refuse(each, why);
    } else {
      each.bar.hidden = true;
      each.state.textContent = "attached";
    }
  }
  return wrong;
}

for (const form of document.querySelectorAll("form[data-attach]")) {
  const input = form.querySelector("input[type=file]");
  const marking = form.querySelector("select[name=marking]");
  const list = form.querySelector("[data-attach-files]");
  const button = form.querySelector("button.govuk-button:not([type=button])");
  let lines = [];

  input.addEventListener("change", () => {
    lines = [...input.files].map((file) => line(file, marking));
    list.replaceChildren(...lines.map(({ item }) => item));
    list.hidden = !lines.length;
    // Each file has its own now.
    marking.closest(".govuk-form-group").hidden = lines.length > 0;
  });

  form.addEventListener("submit", async (event) => {
    if (!lines.length) return;
    event.preventDefault();
    button.disabled = true;
    const wrong = await sendAll(form, lines);
    if (!wrong) return location.replace(location.href);
    button.hidden = true;
    form.querySelector("[data-attach-again]").hidden = false;
    return undefined;
  });
}
