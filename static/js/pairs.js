// The button that approves says how many pairs are ticked; a note unticks the pair it returns.
(() => {
  "use strict";
  const form = document.querySelector("form.deciding");
  if (!form) return;
  const shown = form.querySelector("[data-ticked]");

  const count = () => {
    shown.textContent = form.querySelectorAll("input[type=checkbox]:checked").length;
  };

  form.addEventListener("change", count);
  form.addEventListener("input", (event) => {
    if (event.target.matches("textarea") && event.target.value.trim()) {
      event.target.closest("tr").querySelector("input[type=checkbox]").checked = false;
      count();
    }
  });
  count();
})();
