/* The grid of figures: Enter and the arrows go up and down in a column, as in a spreadsheet. */
(() => {
  const steps = { Enter: 1, ArrowDown: 1, ArrowUp: -1 };
  for (const grid of document.querySelectorAll("[data-grid]")) {
    grid.addEventListener("keydown", (event) => {
      const cell = event.target;
      const step = steps[event.key];
      if (!step || !cell.classList.contains("figure-cell") || event.isComposing) return;
      event.preventDefault();
      const place = cell.closest("td").cellIndex;
      const rows = [...cell.closest("tbody").rows];
      const next = rows[rows.indexOf(cell.closest("tr")) + (event.shiftKey ? -step : step)];
      const found = next?.cells[place]?.querySelector(".figure-cell");
      if (found) {
        found.focus();
        found.select();
      } else if (event.key === "Enter") {
        grid.querySelector("[type=submit]").focus();
      }
    });
  }
})();
