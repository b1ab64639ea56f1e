// A meeting is recorded with a bad connection: the page asks the server first and is left only when it answers.
// What was typed stays on the page and nowhere else; nothing of a child is kept in the browser.
(() => {
  "use strict";
  const form = document.querySelector("form.meeting");
  if (!form) return;
  const notice = document.getElementById("connection");
  const button = form.querySelector("button[type=submit]");
  const RETRY_MS = 10000;
  const ANSWER_MS = 15000;
  let isDirty = false;
  let isWanted = false;
  let timer = 0;

  const tell = (text) => {
    notice.textContent = text;
    notice.hidden = !text;
    button.disabled = false;
  };

  const wait = () => {
    tell(form.dataset.offline);
    clearTimeout(timer);
    timer = setTimeout(send, RETRY_MS);
  };

  // The page anew tells that there is a connection and who is logged in, and brings the token of that session.
  const ask = async () => {
    const answer = await fetch(window.location.href, {
      redirect: "manual",
      cache: "no-store",
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  };

  const send = async () => {
    if (!isWanted) return;
    let page;
    try {
      page = await ask();
    } catch {
      wait();
      return;
    }
    const token = page?.querySelector("form.meeting input[name=csrfmiddlewaretoken]");
    if (!token) {
      isWanted = false;
      tell(form.dataset.left);
      return;
    }
    form.querySelector("input[name=csrfmiddlewaretoken]").value = token.value;
    isDirty = isWanted = false;
    form.submit();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    isWanted = true;
    button.disabled = true;
    send();
  });
  form.addEventListener("input", () => {
    isDirty = true;
  });
  window.addEventListener("offline", () => tell(form.dataset.offline));
  window.addEventListener("online", () => {
    tell("");
    send();
  });
  window.addEventListener("pageshow", () => {
    button.disabled = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (isDirty) event.preventDefault();
  });
})();
