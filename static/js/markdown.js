// What scripts add to a text in Markdown: buttons that write its signs, clean pasting from Word, a live preview.
// Without scripts everything can be typed, pasted as plain text, and previewed with the button.
const WAITS = 400; // milliseconds after the last key
const BLOCKS = "p, div, ul, ol, li, table, tr, h1, h2, h3, h4, h5, h6";

// Buttons

const tools = {
  bold: (field) => wrap(field, "**", "**", "bold words"),
  heading: (field) => eachLine(field, (line) => `## ${line.replace(/^#+\s*/, "")}`, "Heading"),
  list: (field) => eachLine(field, (line) => `- ${line.replace(/^[-*•]\s*/, "")}`, "first point"),
  link: (field) => wrap(field, "[", "](https://)", "words of the link", "https://"),
  footnote,
};

// Through the browser's own editing, so that Ctrl+Z takes it back.
function write(field, text, start, end) {
  field.focus();
  field.setSelectionRange(start, end);
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function wrap(field, before, after, example, select = "") {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const words = value.slice(start, end) || example;
  write(field, `${before}${words}${after}`, start, end);
  const from = select ? start + before.length + words.length + after.indexOf(select) : start + before.length;
  field.setSelectionRange(from, from + (select || words).length);
}

function eachLine(field, change, example) {
  const { value } = field;
  const start = value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const ends = value.indexOf("\n", field.selectionEnd);
  const end = ends < 0 ? value.length : ends;
  const lines = (value.slice(start, end) || example).split("\n").filter((line) => line.trim());
  const gap = start > 1 && !value.slice(0, start).endsWith("\n\n") ? "\n" : "";
  write(field, gap + lines.map(change).join("\n"), start, end);
}

function footnote(field) {
  const { value, selectionEnd: at } = field;
  const used = [...value.matchAll(/\[\^(\d+)\]/g)].map((found) => Number(found[1]));
  const mark = `[^${Math.max(0, ...used) + 1}]`;
  const rest = value.slice(at).trimEnd();
  const text = `${mark}${rest}\n${/\n\[\^\d+\]: [^\n]*$/.test(`\n${value.trimEnd()}`) ? "" : "\n"}${mark}: `;
  write(field, text, at, value.length);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-tool]");
  if (button) tools[button.dataset.tool](document.getElementById(button.dataset.for));
});

// Pasting: what Word and web pages put beside the plain text becomes Markdown; styles, colours and pictures go.

document.addEventListener("paste", (event) => {
  const field = event.target.closest?.("[data-markdown]");
  const html = field && event.clipboardData?.getData("text/html");
  if (!html) return;
  event.preventDefault();
  write(field, toMarkdown(html), field.selectionStart, field.selectionEnd);
});

export function toMarkdown(html) {
  // Styles are read and never applied: the content security policy would say so each time.
  const plain = html
    .replace(/<!\[if[^>]*>|<!\[endif\]>|<style\b.*?<\/style>/gis, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style|on\w+)\s*=/gi, " data-$1="));
  const page = new DOMParser().parseFromString(plain, "text/html");
  for (const gone of page.querySelectorAll("script, style, head, template, noscript, img, svg, object, iframe")) gone.remove();
  return blocks(page.body)
    .replace(/[ \t]+\n/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .replace(/^(- [^\n]*)\n\n(?=- )/gm, "$1\n")
    .replace(/^(\d+\. [^\n]*)\n\n(?=\d+\. )/gm, "$1\n")
    .trim();
}

function blocks(node) {
  return [...node.childNodes].map(block).join("");
}

function block(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data.trim() ? escaped(node.data.replace(/\s+/g, " ")) : " ";
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  const name = node.localName;
  if (isNote(node)) return `\n\n[^${mark(node.id)}]: ${line(node).replace(/^(?:\\?\[\^?\w+\\?\]:?\s*)+/, "")}\n`;
  if (name === "ul" || name === "ol") return `\n\n${items(node, name === "ol", 0)}\n\n`;
  if (/^h[1-6]$/.test(name)) return `\n\n## ${line(node).replaceAll("**", "")}\n\n`;
  if (name === "tr") return `\n\n${[...node.cells].map(line).filter(Boolean).join(": ")}\n\n`;
  if (name === "p" || (name === "div" && !node.querySelector(BLOCKS))) return paragraph(node);
  if (name === "br") return "\n";
  return holdsBlocks(node) ? blocks(node) : inlineOne(node);
}

function holdsBlocks(node) {
  return node.querySelector(BLOCKS) || /^(div|table|tbody|thead|section|article|body)$/.test(node.localName);
}

// Word's own lists are paragraphs with a sign in front.
function paragraph(node) {
  const sign = node.querySelector('[data-style*="mso-list:Ignore" i]');
  sign?.remove();
  const text = line(node);
  if (!text) return "\n\n";
  if (!sign && !/MsoListParagraph/.test(node.className)) return `\n\n${atStart(text)}\n\n`;
  const number = /\d+/.exec(sign?.textContent ?? "");
  return `\n\n${number ? `${number[0]}.` : "-"} ${text}\n\n`;
}

function items(list, numbered, depth) {
  let count = Number(list.getAttribute("start") ?? 1);
  return [...list.children]
    .map((item) => {
      if (/^[uo]l$/.test(item.localName)) return items(item, item.localName === "ol", depth + 1);
      const inner = [...item.children].filter((child) => /^[uo]l$/.test(child.localName));
      for (const child of inner) child.remove();
      const sign = numbered ? `${count++}.` : "-";
      const below = inner.map((child) => `\n${items(child, child.localName === "ol", depth + 1)}`).join("");
      return `${"   ".repeat(depth)}${sign} ${line(item)}${below}`;
    })
    .join("\n");
}

function line(node) {
  return inline(node).replace(/\s+/g, " ").trim();
}

function inline(node) {
  return [...node.childNodes].map(inlineOne).join("");
}

function inlineOne(node) {
  if (node.nodeType === Node.TEXT_NODE) return escaped(node.data);
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  const { localName: name } = node;
  const reference = /_ftnref|_ednref/.test(node.getAttribute("name") ?? "") || /^#_(ftn|edn)\d/.test(node.getAttribute("href") ?? "");
  if (name === "br") return " ";
  if (/^(p|div|li|td)$/.test(name)) return ` ${inline(node)} `;
  if (name === "a" && reference) return `[^${mark(node.getAttribute("href"))}]`;
  if (name === "a" && /^(https?:|mailto:)/i.test(node.getAttribute("href") ?? "")) return link(node);
  const sign = isBold(node) ? "**" : isItalic(node) ? "*" : "";
  return sign ? around(inline(node), sign) : inline(node);
}

function link(node) {
  const words = line(node);
  const address = node.getAttribute("href").replace(/[\s()<>]/g, encodeURIComponent);
  return words ? `[${words.replace(/[[\]]/g, "")}](${address})` : "";
}

function style(node, name) {
  return new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([\\w-]+)`, "i").exec(node.dataset.style ?? "")?.[1].toLowerCase();
}

function isBold(node) {
  const weight = style(node, "font-weight");
  if (weight === "normal" || weight === "400") return false;
  return /^(b|strong)$/.test(node.localName) || weight === "bold" || Number(weight) >= 600;
}

function isItalic(node) {
  const slant = style(node, "font-style");
  return slant ? slant === "italic" : /^(i|em)$/.test(node.localName);
}

// The signs stand close to the words, or they are none.
function around(text, sign) {
  const [, before, words, after] = /^(\s*)(.*?)(\s*)$/s.exec(text);
  return words ? `${before}${sign}${words}${sign}${after}` : text;
}

function isNote(node) {
  return /^(ftn|edn)\d+$/.test(node.id);
}

function mark(id) {
  return /\d+/.exec(id ?? "")?.[0] ?? "1";
}

// What Markdown would read as a sign, and somebody typed as a letter.
function escaped(text) {
  return text.replace(/\u00a0/g, " ").replace(/([\\*`<[\]])/g, "\\$1").replace(/(^|\s)_|_(?=\s|$)/g, (found) => found.replace("_", "\\_"));
}

function atStart(text) {
  return text.replace(/^([#>+-]|\d{1,9}(?=[.)]))/, (found) => (/\d/.test(found) ? found : `\\${found}`)).replace(/^(\d{1,9})([.)]) /, "$1\\$2 ");
}

// Preview

let timer;

function boxOf(button) {
  return document.getElementById(button.dataset.preview);
}

async function draw(box) {
  const field = document.getElementById(box.dataset.previewOf);
  const body = new URLSearchParams({ csrfmiddlewaretoken: field.form.elements.csrfmiddlewaretoken.value, text: field.value });
  const response = await fetch(field.form.dataset.previewUrl, { method: "POST", body, redirect: "manual" }).catch(() => null);
  const shown = response?.ok ? await response.text() : "<p>No preview: check your connection, or sign in again.</p>";
  if (!box.hidden) box.innerHTML = shown;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-preview]");
  if (!button) return;
  event.preventDefault();
  const box = boxOf(button);
  box.hidden = !box.hidden;
  button.setAttribute("aria-expanded", String(!box.hidden));
  if (!box.hidden) draw(box);
});

document.addEventListener("input", (event) => {
  const box = document.querySelector(`[data-preview-of="${event.target.id}"]`);
  if (!box || box.hidden) return;
  clearTimeout(timer);
  timer = setTimeout(draw, WAITS, box);
});
