// Sorting a page without the mouse: arrows walk from the search to the children found; Delete and → where nothing is typed.
(() => {
  "use strict";
  const panel = document.querySelector("[data-sorting]");
  if (!panel) return;
  const hint = panel.querySelector(".keys-hint");
  hint.hidden = matchMedia("(hover: none)").matches;
  // On a phone the picture comes first: a field in focus would push it out of sight.
  if (!hint.hidden) panel.querySelector("[type=search]")?.focus();

  const found = () => [...panel.querySelectorAll("[data-found]")];
  const step = (from, by) => {
    const rows = found();
    const next = rows.indexOf(from) + by;
    (next < 0 ? panel.querySelector("[type=search]") : rows[Math.min(next, rows.length - 1)])?.focus();
  };

  let isGone = false;
  document.addEventListener("keydown", (event) => {
    if (isGone || event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const at = event.target;
    const isTyping = at.matches("input, textarea") && at.value !== "";
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!panel.contains(at) || !found().length) return;
      event.preventDefault();
      step(at, event.key === "ArrowDown" ? 1 : -1);
      return;
    }
    const place = { Delete: "[data-aside]", ArrowRight: "[data-later]" }[event.key];
    const target = place && !isTyping && panel.querySelector(place);
    if (!target) return;
    event.preventDefault();
    isGone = true;
    target.click();
  });
})();
