// Dropping a file, and how much of it has been sent. Without this the plain field does.
(() => {
  "use strict";
  const zone = (event) => event.target.closest?.(".dropzone");

  const ready = () => {
    for (const hint of document.querySelectorAll(".drop-hint")) hint.hidden = false;
  };
  document.addEventListener("DOMContentLoaded", ready);
  document.addEventListener("htmx:load", ready);

  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone(event)?.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => zone(event)?.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    const place = zone(event) ?? document.querySelector(".dropzone");
    place?.classList.remove("over");
    const field = place?.querySelector("input[type=file]");
    if (!field || !event.dataTransfer.files.length) return;
    const one = new DataTransfer();
    one.items.add(event.dataTransfer.files[0]);
    field.files = one.files;
    field.focus();
  });

  document.addEventListener("htmx:xhr:progress", (event) => {
    const place = document.querySelector(".upload-progress");
    if (!place || !event.detail.lengthComputable) return;
    const share = Math.round((event.detail.loaded / event.detail.total) * 100);
    const words = place.querySelector("[role=status]");
    place.hidden = false;
    place.querySelector("progress").value = share;
    words.textContent = share < 100 ? `${words.dataset.sending}${share} %` : words.dataset.reading;
  });
  document.addEventListener("htmx:afterRequest", () => {
    for (const place of document.querySelectorAll(".upload-progress")) place.hidden = true;
  });
})();
