// Turning and enlarging a page of a copy; keys for the decisions, which whoever types with them may switch off.
(() => {
  "use strict";
  const KEYS = "consents.keys";

  for (const sheet of document.querySelectorAll("[data-sheet]")) {
    const turn = sheet.querySelector("[data-turn]");
    const zoom = sheet.querySelector("[data-zoom]");
    turn.hidden = zoom.hidden = false;
    turn.addEventListener("click", () => {
      sheet.dataset.quarters = String((Number(sheet.dataset.quarters || 0) + 1) % 4);
    });
    zoom.addEventListener("click", () => {
      zoom.setAttribute("aria-pressed", String(sheet.classList.toggle("is-large")));
    });
  }

  // Of several pages the keys turn the one that lies in the middle of the window.
  const inSight = () => {
    const middle = window.innerHeight / 2;
    const away = (sheet) => {
      const box = sheet.getBoundingClientRect();
      return Math.abs((box.top + box.bottom) / 2 - middle);
    };
    return [...document.querySelectorAll("[data-sheet]")].sort((one, other) => away(one) - away(other))[0];
  };
  const OF_SHEET = { KeyT: "[data-turn]", KeyZ: "[data-zoom]" };

  const decisions = document.querySelector(".decisions");
  const box = decisions && decisions.querySelector("[data-keys]");
  if (!box) return;

  const remembered = () => {
    try {
      return localStorage.getItem(KEYS) !== "off";
    } catch {
      return true;
    }
  };
  const show = () => decisions.classList.toggle("has-keys", box.checked);
  box.checked = remembered();
  box.closest("label").hidden = false;
  show();
  box.addEventListener("change", () => {
    show();
    try {
      localStorage.setItem(KEYS, box.checked ? "on" : "off");
    } catch {
      // A browser that keeps nothing asks again next time.
    }
  });

  let isGone = false;
  document.addEventListener("keydown", (event) => {
    if (!box.checked || isGone || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    const button = OF_SHEET[event.code] && inSight()?.querySelector(OF_SHEET[event.code]);
    if (button) {
      event.preventDefault();
      button.click();
      return;
    }
    // The key by its place, so that it works in the Russian layout too.
    const key = { KeyA: "a", KeyR: "r" }[event.code] || event.key.toLowerCase();
    const target = decisions.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!target) return;
    event.preventDefault();
    target.click();
    if (target.tagName === "SUMMARY") {
      decisions.querySelector("textarea").focus();
    } else {
      isGone = true;
    }
  });
})();
