// Alt with an arrow moves the row one is in; two people's texts are shown in place; the hand finds something to stand on.
(() => {
  "use strict";
  const STEPS = { ArrowUp: "up", ArrowDown: "down" };
  let pressed = null;

  document.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || !event.altKey || event.ctrlKey || event.metaKey) return;
    const button = event.target.closest?.(".part")?.querySelector(`button[data-step="${step}"]`);
    if (!button) return;
    event.preventDefault();
    button.focus();
    button.click();
  });
  document.addEventListener("click", (event) => {
    pressed = event.target.closest?.("button[form=deeds]") ?? pressed;
  });

  // 409 carries both texts for the form it answers.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (xhr.status !== 409 || !xhr.getResponseHeader("HX-Retarget")) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });

  // After a swap that took the focus away: the form that opened, the button that was pressed, or the way back.
  document.addEventListener("htmx:load", (event) => {
    const loaded = event.detail.elt;
    if (document.activeElement !== document.body) return;
    if (loaded.matches?.(".part.is-open")) {
      (loaded.querySelector(".is-invalid, [role=alert] button") ?? loaded.querySelector("textarea"))?.focus();
    } else if (loaded.matches?.("#said")) {
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return;
        (pressed?.isConnected ? pressed : loaded.querySelector("button"))?.focus();
      });
    }
  });
})();
