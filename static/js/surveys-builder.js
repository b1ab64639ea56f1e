// Alt with an arrow moves the part one is in; what is tried out in the preview is neither sent nor guarded.
(() => {
  "use strict";
  const STEPS = { ArrowUp: "up", ArrowDown: "down" };

  document.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || !event.altKey || event.ctrlKey || event.metaKey) return;
    const button = event.target.closest?.(".part")?.querySelector(`button[data-step="${step}"]`);
    if (!button) return;
    event.preventDefault();
    button.focus();
    button.click();
  });

  // What a choice shows by itself needs no button.
  for (const button of document.querySelectorAll("[data-plain]")) button.hidden = true;

  if (!document.querySelector(".phone")) return;
  window.addEventListener("beforeunload", (event) => event.stopImmediatePropagation());
  document.addEventListener(
    "submit",
    (event) => {
      if (!event.target.matches(".phone")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
})();
