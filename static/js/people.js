// The register: fields that a kind of person does not have are put away; one tick chooses a whole page.
"use strict";

const PUPILS = ["div_id_class_name", "guardian"];
const OTHERS = ["div_id_post", "div_id_email", "div_id_phone"];
const TEACHERS = ["div_id_subject", "div_id_teaching_since"];

function put(id, isShown) {
  const part = document.getElementById(id);
  if (!part) return;
  part.hidden = !isShown;
  for (const field of part.querySelectorAll("input, select, textarea")) field.disabled = !isShown;
}

function fit(kind) {
  for (const id of PUPILS) put(id, kind === "pupil" || (id === "guardian" && kind === "student"));
  for (const id of OTHERS) put(id, kind !== "pupil");
  for (const id of TEACHERS) put(id, kind === "teacher");
}

const kind = document.querySelector("[data-by-kind] [name=kind]");
if (kind) {
  fit(kind.value);
  kind.addEventListener("change", () => fit(kind.value));
}

function offerTickAll() {
  for (const box of document.querySelectorAll("[data-tick-all]")) box.hidden = false;
}

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-tick-all]")) return;
  const name = event.target.dataset.tickAll || "person";
  for (const box of event.target.closest("form").querySelectorAll(`[name=${name}]`)) box.checked = event.target.checked;
});
document.addEventListener("htmx:afterSwap", offerTickAll);
offerTickAll();
