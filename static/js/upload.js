// How far an upload has come. Without this script the form is sent all the same.

document.addEventListener("htmx:xhr:progress", (event) => {
  const place = event.target.querySelector("[data-upload]");
  if (!place || !event.detail.lengthComputable) return;
  const part = Math.floor((100 * event.detail.loaded) / event.detail.total);
  const bar = place.querySelector("progress");
  const words = place.querySelector("[role=status]");
  place.hidden = false;
  bar.value = part;
  words.textContent = part < 100 ? `${part}%` : words.dataset.received;
});
