// A survey is answered with a bad connection: what is typed is kept by the school at once, and what could not be kept
// yet stays on the page and is sent when the line is back. Without this the buttons below do the same.
(() => {
  "use strict";
  const form = document.querySelector("form.answer");
  if (!form) return;
  const words = form.dataset;
  const state = document.getElementById("state");
  const KEEP_MS = 600;
  const ANSWER_MS = 15000;
  const FILE_MS = 180000;
  const AGAIN_MS = [2000, 4000, 8000, 15000];
  const asks = [...form.querySelectorAll(".ask")];
  const waiting = new Set();
  let isSending = false;
  let isLeaving = false;
  let isCut = false;
  let tries = 0;
  let timer = 0;
  let submitter = null;

  const tell = (text, isTrouble) => {
    state.textContent = text;
    state.classList.toggle("is-trouble", isTrouble);
  };

  // ---- keeping what is typed

  const partOf = (ask) => {
    const data = new FormData();
    for (const field of ask.querySelectorAll("input, select, textarea")) {
      const isMarked = !["radio", "checkbox"].includes(field.type) || field.checked;
      const isSent = field.name && field.type !== "file" && isMarked;
      if (isSent) data.append(field.name, field.value);
    }
    return data;
  };

  const fileOf = (ask) => ask.querySelector("input[type=file]")?.files[0];

  const pack = (chosen) => {
    const data = new FormData();
    for (const name of ["csrfmiddlewaretoken", "page"]) data.set(name, form.querySelector(`[name=${name}]`).value);
    for (const ask of chosen) {
      for (const [name, value] of partOf(ask)) data.append(name, value);
      if (fileOf(ask)) data.append(`q-${ask.dataset.question}`, fileOf(ask));
    }
    return data;
  };

  const cut = () => {
    isCut = true;
    isSending = false;
    tell(words.offline, true);
    clearTimeout(timer);
    timer = setTimeout(go, AGAIN_MS[Math.min(tries, AGAIN_MS.length - 1)]);
    tries += 1;
  };

  const stop = (text) => {
    isCut = isLeaving = isSending = false;
    tell(text, true);
    for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = false;
  };

  const showFile = (ask) => {
    const note = ask.querySelector(".ask-file") || document.createElement("p");
    note.className = "ask-file";
    note.textContent = `${words.file}: «${fileOf(ask).name}»`;
    ask.querySelector("input[type=file]").before(note);
    ask.querySelector("input[type=file]").value = "";
  };

  // What was typed while the sending was under way is sent after it.
  const taken = (answer, chosen, before) => {
    for (const ask of chosen) {
      const key = ask.dataset.question;
      if (fileOf(ask) && !answer.refused.length) showFile(ask);
      if (answer.was[key]) ask.querySelector(`[name="was-${key}"]`).value = answer.was[key];
      const now = JSON.stringify([...partOf(ask)].filter(([name]) => !name.startsWith("was-")));
      if (now === before.get(ask)) waiting.delete(ask);
    }
    isCut = false;
    tries = 0;
    const told = [...answer.told, ...answer.refused];
    if (told.length) tell(told.join(" "), true);
    else if (waiting.size) tell(words.keeping, false);
    else tell(words.kept, false);
  };

  const keep = async () => {
    const chosen = [...waiting];
    const before = new Map(
      chosen.map((ask) => [ask, JSON.stringify([...partOf(ask)].filter(([name]) => !name.startsWith("was-")))]),
    );
    let answer, said;
    isSending = true;
    try {
      answer = await fetch(words.keep, {
        method: "POST",
        body: pack(chosen),
        signal: AbortSignal.timeout(chosen.some(fileOf) ? FILE_MS : ANSWER_MS),
        redirect: "manual",
      });
      said = answer.ok || answer.status === 409 ? await answer.json() : {};
    } catch {
      cut();
      return false;
    }
    isSending = false;
    if (answer.status >= 500) {
      cut();
      return false;
    }
    if (answer.status === 409) {
      stop(said.text);
      return false;
    }
    if (!answer.ok) {
      stop(words.left);
      return false;
    }
    taken(said, chosen, before);
    return true;
  };

  const go = async () => {
    clearTimeout(timer);
    if (isSending) {
      timer = setTimeout(go, 100);
      return;
    }
    if (waiting.size && words.keep && !(await keep())) return;
    if (isLeaving) leave();
    else if (waiting.size && words.keep) timer = setTimeout(go, KEEP_MS);
  };

  const changed = (ask, wait) => {
    if (!ask) return;
    waiting.add(ask);
    for (const wrong of ask.querySelectorAll(".ask-wrong")) wrong.hidden = true;
    if (!words.keep) return;
    if (!isCut) tell(words.keeping, false);
    clearTimeout(timer);
    timer = setTimeout(go, wait);
  };

  // ---- leaving the page only for one that is there, and once: nothing else is sent meanwhile

  const leave = async () => {
    let page;
    isSending = true;
    try {
      page = await fetch(window.location.href, {
        cache: "no-store",
        redirect: "manual",
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      if (page.status >= 500) throw new Error("the line is bad");
    } catch {
      cut();
      return;
    }
    const fresh = page.ok ? new DOMParser().parseFromString(await page.text(), "text/html") : null;
    const token = fresh?.querySelector("form.answer [name=csrfmiddlewaretoken]");
    if (token) form.querySelector("[name=csrfmiddlewaretoken]").value = token.value;
    else if (page.type !== "opaqueredirect") {
      stop(words.left);
      return;
    }
    waiting.clear();
    const button = document.createElement("input");
    button.type = "hidden";
    button.name = submitter?.name || "";
    button.value = submitter?.value || "";
    form.append(button);
    isLeaving = false;
    form.submit();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submitter = event.submitter;
    isLeaving = true;
    for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = true;
    go();
  });

  const flush = () => {
    if (!waiting.size || !words.keep || isLeaving) return;
    fetch(words.keep, { method: "POST", body: pack(waiting), keepalive: true }).catch(() => {});
  };

  form.addEventListener("input", (event) => changed(event.target.closest(".ask"), KEEP_MS));
  form.addEventListener("change", (event) => changed(event.target.closest(".ask"), 0));
  window.addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") flush();
  });
  window.addEventListener("offline", () => {
    if (!waiting.size && words.keep) return;
    isCut = true;
    tell(words.offline, true);
  });
  window.addEventListener("online", () => {
    tries = 0;
    if (waiting.size || isLeaving) go();
  });
  window.addEventListener("beforeunload", (event) => {
    if (waiting.size) event.preventDefault();
  });
  window.addEventListener("pageshow", () => {
    isSending = false;
    for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = false;
  });

  // ---- questions that hang on an answer of this page

  const answersOf = (key) => {
    const ask = asks.find((one) => one.dataset.question === key);
    if (!ask || ask.hidden) return [];
    return [...partOf(ask)].filter(([name]) => name === `q-${key}`).map(([, value]) => value.trim());
  };

  const isAsked = ({ if: key, any, least, most }) => {
    const given = answersOf(key).filter(Boolean);
    if (any) return given.some((value) => any.split(" ").includes(value));
    return given.some((value) => {
      const number = Number(value.replace(",", "."));
      return (least === "" || number >= Number(least)) && (most === "" || number <= Number(most));
    });
  };

  const settle = () => {
    for (const ask of asks) if (ask.dataset.if) ask.hidden = !isAsked(ask.dataset);
  };
  for (const when of form.querySelectorAll(".ask[data-if] .ask-when")) when.hidden = true;
  form.addEventListener("input", settle);
  form.addEventListener("change", settle);
  settle();

  // ---- an order given by tapping

  const orders = (order) => {
    const selects = [...order.querySelectorAll("select")];
    const isPeople = order.dataset.order === "people";
    const items = isPeople
      ? [...selects[0].options].filter((one) => one.value).map((one) => ({ key: one.value, text: one.text }))
      : selects.map((one) => ({ key: one.id, text: order.querySelector(`label[for="${one.id}"]`).textContent }));
    const first = isPeople
      ? selects.map((one) => one.value).filter(Boolean)
      : selects.filter((one) => one.value).sort((a, b) => Number(a.value) - Number(b.value)).map((one) => one.id);
    return { selects, isPeople, items, chosen: first };
  };

  const write = ({ selects, isPeople, chosen }) => {
    for (const [at, select] of selects.entries()) {
      const place = chosen.indexOf(select.id) + 1;
      select.value = isPeople ? chosen[at] || "" : place || "";
    }
  };

  const draw = (order, given) => {
    for (const button of order.querySelectorAll("button")) {
      const place = given.chosen.indexOf(button.dataset.key) + 1;
      button.setAttribute("aria-pressed", String(place > 0));
      button.querySelector("b").textContent = place || "";
      button.querySelector(".visually-hidden").textContent = place
        ? `, ${order.dataset.place} ${place}`
        : `, ${order.dataset.none}`;
    }
  };

  for (const order of form.querySelectorAll(".ask-order")) {
    const given = orders(order);
    const most = Number(order.dataset.most);
    for (const plain of order.querySelectorAll(".ask-place")) {
      plain.querySelector("label").hidden = true;
      plain.querySelector("select").hidden = true;
    }
    const help = document.createElement("p");
    help.className = "ask-help";
    help.textContent = order.dataset.help;
    order.prepend(help);
    if (given.items.length > 12 && order.dataset.find) {
      const find = document.createElement("input");
      find.type = "search";
      find.className = "form-control";
      find.setAttribute("aria-label", order.dataset.find);
      find.placeholder = order.dataset.find;
      find.addEventListener("input", (event) => {
        event.stopPropagation();
        const sought = find.value.trim().toLowerCase();
        for (const button of order.querySelectorAll("button")) {
          button.hidden = !button.textContent.toLowerCase().includes(sought) && button.ariaPressed !== "true";
        }
      });
      order.append(find);
    }
    for (const { key, text } of given.items) {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.key = key;
      const mark = document.createElement("b");
      mark.ariaHidden = "true";
      const name = document.createElement("span");
      name.textContent = text;
      const said = document.createElement("span");
      said.className = "visually-hidden";
      name.append(said);
      button.append(mark, name);
      button.addEventListener("click", () => {
        const at = given.chosen.indexOf(key);
        if (at >= 0) given.chosen.splice(at, 1);
        else if (given.chosen.length < most) given.chosen.push(key);
        write(given);
        draw(order, given);
        changed(order.closest(".ask"), 0);
      });
      order.append(button);
    }
    draw(order, given);
  }

  document.getElementById("wrong")?.focus();
})();
