// Photos of a signed form: each is made smaller and kept by the school at once, a cut connection is waited out.
// Without this the plain field and its two buttons do the same.
(() => {
  "use strict";
  const LONGEST_SIDE = 2200;
  const SMALL_ENOUGH = 700 * 1024;
  const AGAIN_AFTER = [2000, 4000, 8000, 15000];

  const start = () => {
    const form = document.getElementById("send");
    const field = form?.querySelector("input[type=file]");
    if (!field) return;

    const words = form.dataset;
    const bar = form.querySelector("progress");
    const button = form.querySelector("button.btn-primary");
    const trouble = document.getElementById("trouble-sending");
    const add = document.createElement("label");
    const waiting = [];
    let isBusy = false;
    let tries = 0;
    let timer = 0;

    const tell = (text) => {
      trouble.textContent = text;
      trouble.hidden = !text;
      if (text) trouble.scrollIntoView({ block: "center" });
    };

    const place = () => document.getElementById("pages");

    const settle = () => {
      const sheets = place().querySelector("form");
      sheets.hidden = false;
      sheets.append(add);
    };

    // A picture that is there already is not fetched once more.
    const show = (fresh) => {
      for (const picture of fresh.querySelectorAll("img")) {
        const old = place().querySelector(`img[src="${picture.getAttribute("src")}"]`);
        if (old) {
          old.alt = picture.alt;
          picture.replaceWith(old);
        }
      }
      place().replaceWith(fresh);
      settle();
    };

    const post = (address, data, { partial, done, cut }) => {
      const sending = new XMLHttpRequest();
      sending.upload.addEventListener("progress", (step) => {
        if (step.lengthComputable) bar.value = Math.round((step.loaded / step.total) * 100);
      });
      sending.addEventListener("load", () => (sending.status >= 502 ? cut() : done(sending)));
      sending.addEventListener("error", cut);
      sending.addEventListener("timeout", cut);
      sending.timeout = 120000;
      sending.open("POST", address);
      if (partial) sending.setRequestHeader("HX-Request", "true");
      sending.send(data);
    };

    const pageIn = (answer) => new DOMParser().parseFromString(answer.responseText, "text/html");

    const taken = (answer) => {
      const fresh = pageIn(answer).getElementById("pages");
      if (fresh) show(document.adoptNode(fresh));
      else window.location.reload(); // the page was closed meanwhile; what came is kept
    };

    const rest = (isAtWork) => {
      isBusy = isAtWork;
      bar.hidden = !isAtWork;
      button.disabled = isAtWork || waiting.length > 0;
    };

    const next = () => {
      window.clearTimeout(timer);
      if (isBusy || !waiting.length) return rest(isBusy);
      rest(true);
      const [one] = waiting;
      const data = new FormData(form);
      data.delete(field.name);
      data.set("once", one.once);
      data.append(field.name, one.file, one.name);
      bar.value = 0;
      post(words.keep, data, {
        partial: true,
        done: (answer) => {
          waiting.shift();
          tries = 0;
          tell("");
          rest(false);
          taken(answer);
          next();
        },
        cut: () => {
          rest(false);
          tell(words.cut);
          timer = window.setTimeout(next, AGAIN_AFTER[Math.min(tries, AGAIN_AFTER.length - 1)]);
          tries += 1;
        },
      });
    };

    // As the school would keep it anyway; what the browser cannot read (HEIC, PDF) goes as it is.
    const smaller = async (file) => {
      if (!file.type.startsWith("image/") || file.size < SMALL_ENOUGH) return file;
      try {
        const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
        const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
        const canvas = document.createElement("canvas");
        canvas.width = Math.round(picture.width * scale);
        canvas.height = Math.round(picture.height * scale);
        const paper = canvas.getContext("2d");
        paper.fillStyle = "#fff";
        paper.fillRect(0, 0, canvas.width, canvas.height);
        paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
        const made = await new Promise((give) => canvas.toBlob(give, "image/jpeg", 0.85));
        return made && made.size < file.size ? made : file;
      } catch {
        return file;
      }
    };

    const token = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16)).join("");

    field.addEventListener("change", async () => {
      const chosen = [...field.files];
      field.value = "";
      tell("");
      document.getElementById("refusal")?.remove();
      button.disabled = true;
      for (const file of chosen) {
        const made = await smaller(file);
        if (made.size > Number(words.mostBytes)) tell(words.tooLarge);
        else waiting.push({ file: made, name: file.name, once: token() });
      }
      next();
    });

    const change = (event) => {
      event.preventDefault();
      if (isBusy) return;
      const data = new FormData(event.target);
      data.set(event.submitter.name, event.submitter.value);
      post(event.submitter.formAction, data, { partial: true, done: taken, cut: () => tell(words.trouble) });
    };

    const send = (event) => {
      event.preventDefault();
      if (isBusy || waiting.length) return;
      rest(true);
      tell("");
      post(form.action, new FormData(form), {
        partial: false,
        done: (answer) => {
          if (answer.status < 400) {
            window.location.assign(answer.responseURL);
            return;
          }
          document.querySelector("main").replaceWith(document.adoptNode(pageIn(answer).querySelector("main")));
          start();
          document.getElementById("refusal")?.scrollIntoView({ block: "center" });
        },
        cut: () => {
          rest(false);
          tell(words.trouble);
        },
      });
    };

    window.addEventListener("online", next);
    form.addEventListener("submit", send);
    form.closest("li").addEventListener("submit", (event) => {
      if (event.target !== form) change(event);
    });
    add.className = "mine-add";
    add.htmlFor = field.id;
    add.textContent = words.add;
    for (const plain of [field, form.querySelector(`label[for="${field.id}"]`)]) plain?.classList.add("visually-hidden");
    form.querySelector(".mine-keep").remove();
    settle();
  };

  start();
})();
