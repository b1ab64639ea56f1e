// Paper sheets are typed without the mouse: Enter and the arrows move, a row is saved when it is left.
// Without this each row has its button.
(() => {
  "use strict";
  const table = document.querySelector("table.typing");
  if (!table) return;
  const words = table.dataset;
  const AGAIN_MS = 5000;
  const dirty = new Set();

  const fieldsOf = (row) => [...row.querySelectorAll("input[type=text]")];
  const rows = [...table.tBodies[0].rows];

  const move = (field, down, right) => {
    const row = field.closest("tr");
    const at = fieldsOf(row).indexOf(field) + right;
    let next = rows.indexOf(row) + down;
    let cell = at;
    if (at >= fieldsOf(row).length) [next, cell] = [next + 1, 0];
    if (at < 0) [next, cell] = [next - 1, fieldsOf(row).length - 1];
    const target = rows[next] && fieldsOf(rows[next])[cell];
    if (target) {
      target.focus();
      target.select();
    } else if (right > 0 || down > 0) {
      save(row);
    }
  };

  table.addEventListener("keydown", (event) => {
    const field = event.target;
    if (field.type !== "text") return;
    const atStart = field.selectionStart === 0;
    const atEnd = field.selectionEnd === field.value.length;
    if (event.key === "Enter") move(field, 0, 1);
    else if (event.key === "ArrowDown") move(field, 1, 0);
    else if (event.key === "ArrowUp") move(field, -1, 0);
    else if (event.key === "ArrowRight" && atEnd) move(field, 0, 1);
    else if (event.key === "ArrowLeft" && atStart) move(field, 0, -1);
    else return;
    event.preventDefault();
  });

  const tell = (row, text, state) => {
    row.querySelector("[role=status]").textContent = text;
    row.classList.toggle("is-saved", state === "saved");
    row.classList.toggle("is-cut", state === "cut");
  };

  const mark = (row, wrong) => {
    for (const field of fieldsOf(row)) {
      const text = wrong[field.dataset.question] || "";
      field.setAttribute("aria-invalid", String(Boolean(text)));
      field.closest("td").querySelector(".typing-wrong").textContent = text;
    }
  };

  const save = async (row) => {
    const form = row.querySelector("form");
    if (!form || !dirty.has(row) || fieldsOf(row).every((field) => !field.value.trim())) return;
    const data = new FormData(form);
    data.set("script", "1");
    dirty.delete(row);
    tell(row, words.saving, "");
    let answer;
    try {
      answer = await fetch(form.action, { method: "POST", body: data, redirect: "manual" });
      if (answer.status >= 500) throw new Error("the line is bad");
    } catch {
      dirty.add(row);
      tell(row, words.cut, "cut");
      setTimeout(() => save(row), AGAIN_MS);
      return;
    }
    if (answer.status !== 200 && answer.status !== 400) {
      dirty.add(row);
      tell(row, words.left, "cut");
      return;
    }
    const { wrong, trouble } = await answer.json();
    mark(row, wrong);
    if (answer.ok) tell(row, words.saved, "saved");
    else {
      dirty.add(row);
      tell(row, trouble || words.wrong, "");
    }
  };

  table.addEventListener("input", (event) => {
    const row = event.target.closest("tr");
    dirty.add(row);
    if (row.querySelector("[role=status]")) tell(row, "", "");
  });
  table.addEventListener("focusout", (event) => {
    const row = event.target.closest("tr");
    if (row && !row.contains(event.relatedTarget)) save(row);
  });
  table.addEventListener("submit", (event) => {
    event.preventDefault();
    const row = event.target.closest("tr");
    dirty.add(row);
    save(row);
  });
  table.closest("form")?.addEventListener("submit", () => dirty.clear());
  window.addEventListener("online", () => {
    for (const row of dirty) save(row);
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty.size) event.preventDefault();
  });
})();
