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

  document.addEventListener("click", (event) => {
    if (event.target.id !== "next-note") return;
    const open = [...document.querySelectorAll(".note:not(.settled)")];
    const below = open.find((note) => note.getBoundingClientRect().top > 150 && note !== document.activeElement);
    const next = below ?? open[0];
    if (!next) return;
    event.preventDefault();
    next.scrollIntoView({ block: "center" });
    next.focus({ preventScroll: true });
  });

  document.addEventListener("htmx:load", (event) => {
    const form = event.detail.elt.querySelector?.(".part-form");
    if (!form || form.contains(document.activeElement)) return;
    (form.querySelector(".is-invalid") ?? form.querySelector("textarea, input:not([type=hidden])"))?.focus();
  });
})();
