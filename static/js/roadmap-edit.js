// Alt with an arrow moves the row one is in, the mouse drags it by its grip; two people's texts are shown in place; the hand finds something to stand on.
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

  // A row is dragged behind another part; letting it go sends what a button would send.
  let dragged = null;
  let behind = null;
  const aimAt = (part) => {
    behind?.classList.remove("drops-behind");
    behind = part;
    behind?.classList.add("drops-behind");
  };
  const partBehindWhich = ({ target, clientY }) => {
    let part = target.closest?.(".part-a, .part-s, .part-add") ?? null;
    if (part?.matches(".part-a")) {
      const { top, height } = part.getBoundingClientRect();
      if (clientY < top + height / 2) part = part.previousElementSibling;
    }
    while (part && !/^[as]\d+$/.test(part.id)) part = part.previousElementSibling;
    return part;
  };

  document.body.classList.add("can-drag");
  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.(".grip")?.closest(".part") ?? null;
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.id); // Firefox drags nothing that carries nothing
    event.dataTransfer.setDragImage(dragged, 16, 16);
    dragged.classList.add("is-dragged");
  });
  document.addEventListener("dragover", (event) => {
    if (!dragged) return;
    aimAt(partBehindWhich(event));
    if (behind) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!dragged || !behind) return;
    event.preventDefault();
    if (behind === dragged || behind === dragged.previousElementSibling) return;
    const put = document.getElementById("put");
    put.value = `put:${dragged.id.slice(1)}:${behind.id}`;
    put.click();
    pressed = dragged.querySelector(".part-do a");
    pressed.focus({ preventScroll: true });
  });
  document.addEventListener("dragend", () => {
    dragged?.classList.remove("is-dragged");
    aimAt(null);
    dragged = null;
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
