// Drafts of an update round are saved as they are typed: the line that changed, some seconds after typing stops.
// Without scripts the button does it. What another person saved meanwhile is shown, and never written over.
const PAUSE = 3000;
const AWAY = "Not saved: check your connection. What you typed is still here.";
const SIGNED_OUT = "Not saved: your session has ended. Press “Save drafts”: you sign in again and lose nothing.";

for (const form of document.querySelectorAll("form[data-drafts]")) watch(form);

function watch(form) {
  const said = form.querySelector("[data-saved]");
  const waiting = new Map(); // section → timer
  const running = new Map(); // section → what is on its way

  function changed(event) {
    const section = event.target.closest("[data-line]");
    if (!section || section.dataset.stopped) return;
    clearTimeout(waiting.get(section));
    waiting.set(section, setTimeout(() => send(section), PAUSE));
    said.textContent = "Typing …";
  }

  function send(section) {
    if (running.has(section)) return waiting.set(section, setTimeout(() => send(section), PAUSE));
    waiting.delete(section);
    return running.set(section, save(section));
  }

  async function save(section) {
    try {
      take(section, await answer(fields(section)));
    } catch (problem) {
      said.textContent = problem.message;
      if (problem.message === AWAY) waiting.set(section, setTimeout(() => send(section), 5 * PAUSE));
    } finally {
      running.delete(section);
    }
  }

  function fields(section) {
    const data = new URLSearchParams();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    for (const field of section.querySelectorAll("[name]")) {
      if (field.type !== "checkbox" || field.checked) data.append(field.name, field.value);
    }
    return data;
  }

  async function answer(body) {
    const request = { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual", keepalive: true };
    const response = await fetch(form.action, request).catch(() => {
      throw new Error(AWAY);
    });
    if (response.type === "opaqueredirect" || response.status === 403) throw new Error(SIGNED_OUT);
    if (response.status === 409) throw new Error(`Not saved: ${(await response.json()).refused}`);
    if (!response.ok) throw new Error(AWAY);
    return response.json();
  }

  function take(section, { at, lines }) {
    const line = lines[section.dataset.line];
    if (!line) return;
    if (line.shown) section.querySelector('[name$="-shown"]').value = line.shown;
    if (line.kept === "saved" || line.kept === "same") return saved(section, line, at);
    section.dataset.stopped = "yes";
    if (line.kept === "theirs") theirs(section, line.theirs);
    said.textContent = {
      theirs: `Not saved: ${line.theirs?.who || "someone else"} saved this line too. Both texts are shown.`,
      settled: "Not saved: this line was released while you were typing.",
      too_long: "Not saved: a text is too long.",
    }[line.kept];
  }

  function saved(section, line, at) {
    const wrong = Object.values(line.problems);
    said.textContent = `Saved ${at}${wrong.length ? `. Before release: ${wrong.join(" ")}` : ""}`;
    const state = section.querySelector("[data-state]");
    if (!/--(todo|draft)/.test(state.className)) return;
    state.className = "app-line__state app-line__state--draft";
    state.textContent = `Draft, saved ${at}`;
  }

  function theirs(section, draft) {
    const box = section.querySelector("[data-theirs]");
    box.querySelector("[data-theirs-who]").textContent = `Saved by ${draft.who || "someone else"}, ${draft.at}`;
    box.querySelector("[data-theirs-text]").textContent = draft.text;
    box.hidden = false;
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  // The button waits for what is on its way, so that nobody's own text comes back as another person's.
  form.addEventListener("submit", async (event) => {
    waiting.forEach((timer) => clearTimeout(timer));
    if (!running.size) return;
    event.preventDefault();
    event.stopPropagation();
    await Promise.all(running.values());
    form.requestSubmit(event.submitter);
  });
  // Leaving the page, or another tab in front: what waits is sent at once.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    for (const [section, timer] of [...waiting]) {
      clearTimeout(timer);
      send(section);
    }
  });
}
