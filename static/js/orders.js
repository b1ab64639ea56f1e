// The button says how many pairs go into the order.
(() => {
  "use strict";
  const list = document.querySelector(".choosing");
  if (!list) return;
  const ticked = list.querySelector("[data-ticked]");
  const count = () => {
    ticked.textContent = list.querySelectorAll("input[type=checkbox]:checked").length;
  };
  list.addEventListener("change", count);
  count();
})();
