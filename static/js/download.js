// Summaries: takes a file piece by piece, says how far it is, and can stop it. Without this file its links work as
// links. It also adds the buttons that choose many units at once.

const NEW_LINE = 10;
const PATIENCE = 200; // Milliseconds between two words about progress: more would only be read out more.

function choosing(form) {
  const lines = [...form.querySelectorAll("[data-depth]")];
  const boxes = (some) => some.map((line) => line.querySelector("input"));
  for (const hidden of form.querySelectorAll("[data-pick]")) hidden.hidden = false;
  // An address with more would be refused by the server before our pages could say why.
  form.addEventListener("submit", (event) => {
    const tooMany = checked(form) > Number(form.dataset.most);
    form.querySelector("[data-too-many]").hidden = !tooMany;
    if (tooMany) event.preventDefault();
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.set) {
      for (const box of boxes(lines)) box.checked = button.dataset.set === "true";
    } else if (button?.dataset.pick === "below") {
      const here = boxes(withBelow(lines, button.closest("li")));
      const all = here.every((box) => box.checked);
      for (const box of here) box.checked = !all;
    }
  });
}

function checked(form) {
  return form.querySelectorAll("[data-depth] input:checked").length;
}

function withBelow(lines, line) {
  const after = lines.slice(lines.indexOf(line) + 1);
  const end = after.findIndex((other) => Number(other.dataset.depth) <= Number(line.dataset.depth));
  return [line, ...(end < 0 ? after : after.slice(0, end))];
}

function filled(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_whole, name) => values[name]);
}

function nameOf(answer) {
  return /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "second-wind";
}

// Returns the parts of a body, telling after each how many lines and bytes have come.
async function taken(answer, heard) {
  const reader = answer.body.getReader();
  const parts = [];
  let lines = 0;
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { parts, lines };
    parts.push(value);
    bytes += value.length;
    for (const sign of value) lines += sign === NEW_LINE ? 1 : 0;
    heard(lines, bytes);
  }
}

function keep(parts, answer, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(parts, { type: answer.headers.get("Content-Type") ?? "" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

function taking(files) {
  const words = files.dataset;
  const progress = files.querySelector(".progress");
  const bar = progress.querySelector("progress");
  const said = files.querySelector("[role=status]");
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  let stopper = null;
  let from = null;

  function begin(link) {
    stopper = new AbortController();
    from = link;
    bar.removeAttribute("value");
    progress.hidden = false;
    said.textContent = words.waiting;
    for (const other of files.querySelectorAll("a")) other.setAttribute("aria-disabled", "true");
  }

  function end(sentence) {
    const inside = progress.contains(document.activeElement);
    stopper = null;
    progress.hidden = true;
    said.textContent = sentence;
    for (const other of files.querySelectorAll("a")) other.removeAttribute("aria-disabled");
    if (inside) from.focus();
  }

  // Tells how far a file is, at most a few times a second; `all` lines stand for the blocks and what is above them.
  function teller(blocks, all) {
    let next = 0;
    const above = all - blocks;
    return (lines, bytes) => {
      if (Date.now() < next) return;
      next = Date.now() + PATIENCE;
      const done = Math.min(Math.max(lines - above, 0), blocks);
      if (all) bar.value = done / blocks;
      said.textContent = all
        ? filled(words.lines, { done: numbers.format(done), all: numbers.format(blocks) })
        : filled(words.size, { size: numbers.format(Math.ceil(bytes / 1000)) });
    };
  }

  async function take(link) {
    begin(link);
    try {
      const answer = await fetch(link.href, { signal: stopper.signal });
      if (!answer.ok || answer.redirected) throw new Error("no file");
      const blocks = Number(answer.headers.get("X-Blocks"));
      const lines = Number(answer.headers.get("X-Lines"));
      const found = await taken(answer, teller(blocks, lines));
      // What breaks while a file is sent ends it early, and it would look whole.
      if (found.lines < lines) throw new Error("half a file");
      keep(found.parts, answer, nameOf(answer));
      end(filled(words.done, { name: nameOf(answer) }));
    } catch (error) {
      end(error.name === "AbortError" ? words.stopped : words.failed);
    }
  }

  files.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-format]");
    if (link) {
      event.preventDefault();
      if (!stopper) take(link);
    } else if (event.target.closest("[data-cancel]")) {
      stopper?.abort();
    }
  });
}

document.querySelectorAll("form.choose").forEach(choosing);
document.querySelectorAll("[data-files]").forEach(taking);
