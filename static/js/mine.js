// Photos of a signed form: chosen one after another, looked at, sent with a bar. Without this the plain field does.
(() => {
  "use strict";
  const form = document.getElementById("send");
  const field = form?.querySelector("input[type=file]");
  if (!field || typeof DataTransfer !== "function") return;

  const refusal = document.getElementById("refusal");
  const bar = form.querySelector("progress");
  const button = form.querySelector("button[type=submit]");
  const sheets = document.createElement("div");
  const add = document.createElement("label");
  let files = [];

  const tell = (text) => {
    refusal.textContent = text;
    refusal.hidden = false;
    refusal.scrollIntoView({ block: "center" });
  };

  const sheetOf = (file, place) => {
    const sheet = document.createElement("div");
    const isPicture = file.type.startsWith("image/") && !/hei[cf]$/.test(file.type);
    const face = document.createElement(isPicture ? "img" : "span");
    if (isPicture) {
      face.src = URL.createObjectURL(file);
      face.alt = file.name;
      face.addEventListener("load", () => URL.revokeObjectURL(face.src));
    } else {
      face.textContent = file.name;
    }
    const remove = document.createElement("button");
    remove.type = "button";
    remove.textContent = form.dataset.remove;
    remove.setAttribute("aria-label", `${form.dataset.remove}: ${file.name}`);
    remove.addEventListener("click", () => {
      files.splice(place, 1);
      show();
      field.focus();
    });
    sheet.className = "mine-sheet";
    sheet.append(face, remove);
    return sheet;
  };

  const show = () => {
    const all = new DataTransfer();
    for (const file of files) all.items.add(file);
    field.files = all.files;
    sheets.replaceChildren(...files.map(sheetOf), add);
  };

  const finish = (answer) => {
    bar.hidden = true;
    button.disabled = false;
    if (answer.status >= 200 && answer.status < 400) {
      window.location.assign(answer.responseURL);
      return;
    }
    const page = new DOMParser().parseFromString(answer.responseText, "text/html");
    const said = page.getElementById("refusal");
    said?.querySelector("[data-lost]")?.remove();
    const words = said?.textContent.trim() ?? "";
    if (!words) tell(form.dataset.trouble);
    else if (answer.status === 409) document.querySelector("main").replaceWith(page.querySelector("main"));
    else tell(`${words} ${form.dataset.kept}`);
  };

  field.addEventListener("change", () => {
    const fit = [...field.files].filter((file) => file.size <= Number(form.dataset.mostBytes));
    if (fit.length < field.files.length) tell(form.dataset.tooLarge);
    else refusal.hidden = true;
    files.push(...fit);
    show();
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const sending = new XMLHttpRequest();
    button.disabled = true;
    bar.hidden = false;
    refusal.hidden = true;
    sending.upload.addEventListener("progress", (step) => {
      if (step.lengthComputable) bar.value = Math.round((step.loaded / step.total) * 100);
    });
    sending.addEventListener("load", () => finish(sending));
    sending.addEventListener("error", () => finish(sending));
    sending.open("POST", form.action);
    sending.send(new FormData(form));
  });

  sheets.className = "mine-pages";
  add.className = "mine-add";
  add.append(form.dataset.add, field);
  field.classList.add("visually-hidden");
  field.required = false;
  form.querySelector(`label[for="${field.id}"]`)?.classList.add("visually-hidden");
  document.getElementById(`div_${field.id}`)?.prepend(sheets);
  show();
})();
