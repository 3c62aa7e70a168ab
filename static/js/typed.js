// What somebody types in a form of a record is kept a moment after typing stops, until it is saved or discarded: another
// tab, another row's form or a session that ends loses nothing. The notice below the form says so.
const PAUSE = 1500;

for (const form of document.querySelectorAll("form[data-typed]")) watch(form);

function watch(form) {
  const notice = form.nextElementSibling;
  let timer = null;
  let running = null;

  function changed() {
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  }

  // One after the other: the last words count.
  function send() {
    clearTimeout(timer);
    timer = null;
    const sent = (running ?? Promise.resolve())
      .then(keep)
      .catch(() => null)
      .finally(() => {
        if (running === sent) running = null;
      });
    running = sent;
  }

  async function keep() {
    const body = new URLSearchParams(new FormData(form));
    const request = { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual", keepalive: true };
    const response = await fetch(form.dataset.typed, request).catch(() => null);
    if (!response?.ok) return; // the form still has the words, and sending it keeps them when the session has ended
    const { since } = await response.json();
    notice.hidden = !since;
    notice.querySelector("[data-typed-since]").textContent = since;
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  // Saving waits for what is on its way, so that nothing is kept of what was saved. Where nothing is, it must not wait:
  // a browser ignores requestSubmit until the first submit event has been dispatched to everybody.
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    timer = null;
    if (!running) return;
    event.preventDefault();
    event.stopPropagation();
    while (running) await running;
    form.requestSubmit(event.submitter);
  });
  // Leaving the page, or another tab in front: what waits is sent at once.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && timer) send();
  });
}
