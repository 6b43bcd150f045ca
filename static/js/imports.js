/* While the worker is at it, the part that shows its progress is asked for again; a hidden page waits. */

const place = document.querySelector("[data-progress]");

const look = async () => {
  if (!place.querySelector("[data-open]")) return;
  if (!document.hidden) {
    const answer = await fetch(place.dataset.progress);
    if (answer.ok) place.innerHTML = await answer.text();
    if (!place.querySelector("[data-open]")) location.reload();
  }
  setTimeout(() => look().catch(() => {}), 1500);
};

if (place) setTimeout(() => look().catch(() => {}), 1000);
