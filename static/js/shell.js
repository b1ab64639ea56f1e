// Dropped panels close on Escape and on a click outside; a request that failed is told in words.
(() => {
  "use strict";
  const opened = () => document.querySelectorAll("details.drop[open]");

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const panel of opened()) {
      panel.open = false;
      panel.querySelector("summary").focus();
    }
  });

  document.addEventListener("click", (event) => {
    for (const panel of opened()) {
      if (!panel.contains(event.target)) panel.open = false;
    }
  });

  const tell = () => {
    const place = document.getElementById("trouble");
    if (!place) return;
    place.textContent = place.dataset.text;
    place.hidden = false;
  };
  document.addEventListener("htmx:responseError", tell);
  document.addEventListener("htmx:sendError", tell);
})();
