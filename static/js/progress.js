// While a spreadsheet is brought in, which takes seconds: how far it has come, asked for twice a second.
const EVERY = 500;

function show(place, { done, total }) {
  const bar = place.querySelector("progress");
  if (total) {
    bar.max = total;
    bar.value = done;
  }
  place.querySelector("[data-progress-words]").textContent = total
    ? `${done.toLocaleString("en-GB")} of ${total.toLocaleString("en-GB")} rows`
    : "Starting";
}

async function ask(place) {
  try {
    const answer = await fetch(place.dataset.progress, { headers: { Accept: "application/json" } });
    if (answer.ok) show(place, await answer.json());
  } catch {
    // The page is on its way to the next one, or the network is gone: the form's own answer says which.
  }
  setTimeout(() => ask(place), EVERY);
}

for (const place of document.querySelectorAll("[data-progress]")) {
  place.closest("form").addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.submitter?.value !== place.dataset.progressFor) return;
    place.hidden = false;
    setTimeout(() => ask(place), EVERY);
  });
}
