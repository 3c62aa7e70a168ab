// While the file of a paper is made: how far it has come, asked for every second, until there is another page to show.
const EVERY = 1000;

async function ask(place) {
  try {
    const answer = await fetch(place.dataset.build, { headers: { Accept: "application/json" } });
    const { words, done, over } = await answer.json();
    if (over) return location.reload();
    place.querySelector("progress").value = done;
    const label = place.querySelector("label");
    if (label.textContent !== words) label.textContent = words;
  } catch {
    // The network is gone for a moment: the next answer says how far it is.
  }
  setTimeout(() => ask(place), EVERY);
}

for (const place of document.querySelectorAll("[data-build]")) setTimeout(() => ask(place), EVERY);
