// A mentor is taken with the mouse or the keyboard and given to another mentee; the price is shown before it is done.
(() => {
  "use strict";
  const dialog = document.getElementById("price");
  const told = document.getElementById("told");
  let taken = null;

  // The number beside a slider follows it.
  document.addEventListener("input", (event) => {
    const shown = event.target.matches("input[type=range]") && event.target.nextElementSibling;
    if (shown) shown.textContent = event.target.value;
  });
  if (!dialog) return;

  const rows = () => [...document.querySelectorAll("tr[data-put]")];
  const clear = (name) => document.querySelectorAll(`tr.${name}`).forEach((row) => row.classList.remove(name));

  const equip = () => {
    for (const who of document.querySelectorAll(".who[data-mentor]")) {
      if (who.draggable) continue;
      who.draggable = true;
      const grip = document.createElement("button");
      grip.type = "button";
      grip.className = "grip";
      grip.textContent = "⇅";
      grip.setAttribute("aria-label", `${told.dataset.take}: ${who.textContent}`);
      grip.who = who;
      who.closest("tr").lastElementChild.append(grip);
    }
  };

  const ask = async (address) => {
    await window.htmx.ajax("GET", address, { target: "#price", swap: "innerHTML" });
    dialog.showModal();
  };

  const priceOf = (row, mentor) => {
    const here = document.querySelector("#deeds [name=here]").value;
    return ask(`${row.dataset.put}?${new URLSearchParams({ mentor, here })}`);
  };

  const letGo = () => {
    if (!taken) return;
    clear("target");
    clear("taken");
    taken.grip.focus();
    taken = null;
    told.textContent = told.dataset.free;
  };

  const take = (grip) => {
    const row = grip.closest("tr");
    taken = { grip, row, mentor: grip.who.dataset.mentor };
    row.classList.add("taken");
    told.textContent = told.dataset.taken;
  };

  const aim = (step) => {
    const all = rows();
    const at = all.indexOf(document.querySelector("tr.target") || taken.row);
    const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
    clear("target");
    next.classList.add("target");
    next.tabIndex = -1;
    next.focus();
  };

  const give = (row) => {
    const { mentor } = taken;
    letGo();
    priceOf(row, mentor);
  };

  document.addEventListener("keydown", (event) => {
    if (!taken) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const target = document.querySelector("tr.target");
    if (step) aim(step);
    else if (event.key === "Escape") letGo();
    else if (event.key === "Enter" && target) give(target);
    else return;
    event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const grip = event.target.closest(".grip");
    if (grip) {
      const isSame = taken?.grip === grip;
      letGo();
      if (!isSame) take(grip);
      return;
    }
    const price = event.target.closest("a[data-price]");
    if (price) {
      event.preventDefault();
      const here = document.querySelector("#deeds [name=here]").value;
      ask(`${price.getAttribute("href")}&${new URLSearchParams({ here })}`);
    }
    if (event.target.closest("#price [data-close]")) {
      event.preventDefault();
      dialog.close();
    }
  });

  document.addEventListener("dragstart", (event) => {
    const who = event.target.closest?.(".who[data-mentor]");
    if (!who) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", who.dataset.mentor);
    const row = who.closest("tr");
    taken = { grip: row.querySelector(".grip"), row, mentor: who.dataset.mentor };
    row.classList.add("taken");
  });
  document.addEventListener("dragover", (event) => {
    const row = taken && event.target.closest?.("tr[data-put]");
    clear("target");
    if (!row || row === taken.row) return;
    event.preventDefault();
    row.classList.add("target");
  });
  document.addEventListener("drop", (event) => {
    const row = taken && event.target.closest?.("tr[data-put]");
    if (!row || row === taken.row) return;
    event.preventDefault();
    give(row);
  });
  document.addEventListener("dragend", letGo);

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id !== "board") return;
    if (dialog.open) dialog.close();
    // What was said when the page was opened is about an earlier deed.
    for (const said of document.querySelectorAll("#content > [aria-live] .alert")) said.remove();
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    equip();
    // Where there is no room beside the lines, what is behind a pair stands above them.
    const opened = event.detail.requestConfig?.elt?.id?.startsWith("open-");
    if (opened && matchMedia("(max-width: 1080px)").matches) document.getElementById("side").scrollIntoView();
  });
  equip();
})();
