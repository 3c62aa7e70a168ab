// A response is saved while somebody writes it: the part that changed, some seconds after typing stops. What others
// saved meanwhile appears by itself, and nobody's own text is touched. Without scripts the button saves.
const PAUSE = 2000;
const NEWS = 20000;
const AWAY = "Not saved: check your connection. What you typed is still here, and is sent again by itself.";
const SIGNED_OUT = "Not saved: your session has ended. Press “Save draft”: you sign in again and lose nothing.";

const form = document.querySelector("form[data-draft]");
if (form) watch(form);

function watch(form) {
  const states = document.querySelectorAll("[data-saved]");
  const waiting = new Map(); // key of a part → timer
  const running = new Map(); // key of a part → what is on its way
  const dirty = new Set(); // keys of parts with words that are not saved
  let since = form.dataset.since;

  function say(words) {
    for (const state of states) state.textContent = words;
  }

  const section = (key) => document.getElementById(key);

  function changed(event) {
    const part = event.target.closest("[data-part]");
    if (!part || !isOfPart(event.target, part)) return;
    const key = part.dataset.part;
    dirty.add(key);
    if (part.dataset.stopped) return;
    clearTimeout(waiting.get(key));
    waiting.set(key, setTimeout(send, PAUSE, key));
    say("Typing …");
  }

  function isOfPart(field, part) {
    return field.name?.startsWith(`${part.dataset.part}-`);
  }

  function send(key) {
    if (running.has(key)) return waiting.set(key, setTimeout(send, PAUSE, key));
    waiting.delete(key);
    return running.set(key, save(key));
  }

  async function save(key) {
    say("Saving …");
    dirty.delete(key);
    try {
      take(key, await post(fields(section(key))));
    } catch (problem) {
      dirty.add(key);
      say(problem.message);
      if (problem.message === AWAY) waiting.set(key, setTimeout(send, 5 * PAUSE, key));
    } finally {
      running.delete(key);
    }
  }

  function fields(part) {
    const data = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
    for (const field of part.querySelectorAll("[name]")) {
      if (isOfPart(field, part) && (!/radio|checkbox/.test(field.type) || field.checked)) data.append(field.name, field.value);
    }
    return data;
  }

  async function post(body) {
    const request = { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" };
    const response = await fetch(form.dataset.partUrl, request).catch(() => {
      throw new Error(AWAY);
    });
    if (response.type === "opaqueredirect" || response.status === 403) throw new Error(SIGNED_OUT);
    if (response.status === 409) throw new Error(`Not saved. ${(await response.json()).refused}`);
    if (!response.ok) throw new Error(AWAY);
    return response.json();
  }

  function take(key, { at, since: moment, parts, pieces }) {
    const part = section(key);
    const told = parts[key];
    since = moment;
    if (told.kept === "saved") {
      for (const name of ["version", "shown", "ids"]) set(part, name, told[name]);
      say(`Saved ${at}`);
    } else {
      dirty.add(key);
      part.dataset.stopped = "yes";
      say(told.kept === "theirs" ? conflict(part, told) : `Not saved: ${told.problems.join(" ")}`);
      if (told.kept === "refused") delete part.dataset.stopped;
    }
    draw(pieces);
  }

  function set(part, name, value) {
    const field = part.querySelector(`[name="${part.dataset.part}-${name}"]`);
    if (field && value !== undefined) field.value = value;
  }

  function conflict(part, { theirs, version, shown, ids }) {
    const box = part.querySelector("[data-theirs]");
    box.querySelector("[data-theirs-who]").textContent = `Saved by ${theirs.who}, ${theirs.at}`;
    box.querySelector("[data-theirs-action]").textContent = theirs.action;
    box.querySelector("[data-theirs-text]").textContent = theirs.text;
    box.hidden = false;
    for (const [name, value] of Object.entries({ version, shown, ids })) set(part, name, value);
    return `Not saved: ${theirs.who} saved this part too. Both texts are shown. Combine them, then press “Save draft”.`;
  }

  // The pieces of the page that changed. What has the focus or is not saved stays as it is.
  function draw(pieces) {
    for (const [id, html] of Object.entries(pieces)) {
      const old = document.getElementById(id);
      if (!old || old.contains(document.activeElement) || dirty.has(id) || running.has(id) || old.querySelector("#commitment")) continue;
      const made = document.createElement("template");
      made.innerHTML = html;
      const now = made.content.querySelector(`[id="${id}"]`);
      if (!now || now.isEqualNode(old)) continue;
      old.replaceWith(now);
    }
  }

  async function ask() {
    if (document.visibilityState === "hidden") return;
    const address = `${form.dataset.newsUrl}?${new URLSearchParams({ since })}`;
    const response = await fetch(address, { redirect: "manual" }).catch(() => null);
    if (!response?.ok) return;
    const told = await response.json();
    since = told.since;
    draw(told.pieces);
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  setInterval(ask, NEWS);

  // The button waits for what is on its way, and sends only what is not saved: a long draft goes through whole.
  form.addEventListener("submit", async (event) => {
    waiting.forEach((timer) => clearTimeout(timer));
    waiting.clear();
    if (running.size) {
      event.preventDefault();
      event.stopPropagation();
      await Promise.all(running.values());
      return form.requestSubmit(event.submitter);
    }
    for (const part of form.querySelectorAll("[data-part]")) {
      if (dirty.has(part.dataset.part)) continue;
      for (const field of part.querySelectorAll("[name]")) field.disabled = isOfPart(field, part);
    }
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) for (const field of form.querySelectorAll(":disabled")) field.disabled = false;
  });

  // Leaving the page, or another tab in front: what waits is sent at once.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    for (const [key, timer] of [...waiting]) {
      clearTimeout(timer);
      send(key);
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty.size && !form.dataset.leaving) event.preventDefault();
  });
  form.addEventListener("submit", () => (form.dataset.leaving = "yes"));
}
