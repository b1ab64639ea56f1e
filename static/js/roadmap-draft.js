// The source follows the part that is worked on, and the next remark is the next one below. Anchors do without this.
(() => {
  "use strict";
  const mark = (line) => {
    for (const old of document.querySelectorAll(".source-lines .marked")) old.classList.remove("marked");
    const row = document.getElementById(`l${line}`);
    const source = document.getElementById("source");
    if (!row || !source) return;
    row.classList.add("marked");
    if (source.scrollHeight > source.clientHeight) {
      source.scrollTop = row.offsetTop - source.clientHeight / 3;
    }
  };

  document.addEventListener("focusin", (event) => {
    const form = event.target.closest?.("form[data-line]");
    if (form) mark(form.dataset.line);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("a, button, input, textarea, select, summary")) return;
    const link = event.target.closest(".part")?.querySelector(".to-source");
    if (link) mark(link.hash.slice(2));
  });

  let visited = "";
  document.addEventListener("click", (event) => {
    if (event.target.id !== "next-note") return;
    const open = [...document.querySelectorAll(".note:not(.settled)")];
    const next = open[open.findIndex((note) => note.id === visited) + 1] ?? open[0];
    if (!next) return;
    event.preventDefault();
    visited = next.id;
    next.scrollIntoView({ block: "center" });
    next.focus({ preventScroll: true });
  });

  // After a swap the hand is where it was: at the part or the remark whose button was pressed.
  let pressed = "";
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[name=do]");
    if (button) pressed = button.value.split(":")[1] ?? button.closest(".part")?.id ?? "";
  });
  document.addEventListener("htmx:load", (event) => {
    const loaded = event.detail.elt;
    if (!loaded.matches?.("#sheet, .part") || document.activeElement !== document.body) return;
    const place = document.getElementById(pressed) ?? document.getElementById(`n-${pressed}`) ?? loaded;
    pressed = "";
    (place.querySelector(".part-do a") ?? place.querySelector("a, button"))?.focus({ preventScroll: true });
  });
})();
