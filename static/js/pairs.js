// The button says how many pairs will be approved and returned; a note unticks the pair it returns.
(() => {
  "use strict";
  const form = document.querySelector("form.deciding");
  if (!form) return;
  const ticked = form.querySelector("[data-ticked]");
  const returned = form.querySelector("[data-returned]");

  const count = () => {
    const notes = [...form.querySelectorAll("tr textarea")].filter((note) => note.value.trim()).length;
    ticked.textContent = form.querySelectorAll("input[type=checkbox]:checked").length;
    returned.hidden = !notes;
    returned.firstElementChild.textContent = notes;
  };

  form.addEventListener("change", count);
  form.addEventListener("input", (event) => {
    if (!event.target.matches("tr textarea")) return;
    if (event.target.value.trim()) {
      event.target.closest("tr").querySelector("input[type=checkbox]").checked = false;
    }
    count();
  });
  count();
})();
