// The table of students. The page holds it in a <noscript>, which a browser that runs this keeps as text: laying out thousands of rows
// takes seconds, so only rows that are shown become elements. Search, filters and sorting read the text.
const STEP = 30; // rows shown at once: a screen and a half
const place = document.getElementById("students");
const [search, kind, exercise, found, more] = ["search", "kind", "exercise", "found", "more"].map((id) => document.getElementById(id));
const [frame, lines] = place.querySelector("noscript").textContent.split("<tbody>");
const [table] = elements(`${frame}</table>`);
const body = table.createTBody();
const clean = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

// What the engine wrote, every name in it escaped, as elements; the page's policy lets nothing in them run.
function elements(text) {
  return [...new DOMParser().parseFromString(text, "text/html").body.children].map((element) => document.adoptNode(element));
}

function plain(text) {
  const signs = { amp: "&", lt: "<", gt: ">", "#34": '"', "#39": "'" };
  return text.replace(/<[^>]*>/g, "").replace(/&([^;]+);/g, (whole, sign) => signs[sign] ?? whole).trim();
}

function attribute(text, name) {
  const start = text.slice(0, text.indexOf(">"));
  const value = start.split(` ${name}="`)[1];
  return value === undefined ? undefined : plain(value.slice(0, value.indexOf('"')));
}

// A line of the table as text; ``element`` once it was shown.
class Row {
  constructor(text) {
    this.text = text;
    [this.is, this.status] = [attribute(text, "data-is"), attribute(text, "class")];
    this.name = attribute(text.slice(text.indexOf("<td")), "data-value");
    this.wanted = clean(this.name);
  }
  get cells() { return (this.parts ??= this.text.split("<td").slice(1)); }
  value(column) {
    const cell = this.cells[column];
    return attribute(cell, "data-value") ?? plain(cell.slice(cell.indexOf(">") + 1));
  }
  fits(words) {
    const is = exercise.value ? attribute(this.cells[exercise.value], "data-is") ?? "" : this.is;
    return this.wanted.includes(words) && is.includes(kind.value);
  }
  // The student's page, at the exercise of a column if it is one.
  page(column) {
    const page = plain(this.cells[0].split('href="')[1].split('"')[0]);
    if (column < 3 || this.status === "unreadable") return page;
    return `${page}#x-${attribute(this.cells[column], "data-at") ?? column - 2}`;
  }
}

let rows = lines.split("</tr>").slice(0, -1).map((text) => new Row(`${text.trim()}</tr>`));
let fitting = rows, limit = STEP;

function show() {
  const words = clean(search.value.trim());
  fitting = rows.filter((row) => row.fits(words));
  const shown = fitting.slice(0, limit), made = shown.filter((row) => !row.element);
  const [fresh] = elements(`<table><tbody>${made.map((row) => row.text).join("")}</tbody></table>`);
  [...fresh.tBodies[0].rows].forEach((element, i) => { made[i].element = lead(made[i], element); });
  body.replaceChildren(...shown.map((row) => row.element));
  found.value = fitting.length === rows.length ? `${rows.length} students` : `${fitting.length} of ${rows.length} students`;
  more.hidden = fitting.length <= limit;
}

// A cell leads to the exercise on the student's page.
function lead(row, element) {
  for (const cell of element.querySelectorAll("td.x:not(:empty)")) {
    const link = document.createElement("a");
    link.href = row.page(cell.cellIndex);
    link.append(...cell.childNodes);
    cell.append(link);
  }
  return element;
}

const inWords = new Intl.Collator(undefined, { numeric: true });
const isNumber = (text) => text !== "" && !Number.isNaN(Number(text));

// What has no number yet (open, broken, not there) stands at the end, whichever way the numbers run.
function compare(a, b, numbers, turn) {
  if (!numbers) return turn * inWords.compare(a, b);
  if (isNumber(a) && isNumber(b)) return turn * (a - b);
  return isNumber(b) - isNumber(a) || (a < b ? 1 : a > b ? -1 : 0);
}

function sort(head) {
  const turn = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", turn === 1 ? "ascending" : "descending");
  const keyed = rows.map((row) => [row.value(head.cellIndex), row]);
  keyed.sort((a, b) => compare(a[0], b[0], head.dataset.kind === "number", turn));
  rows = keyed.map(([, row]) => row);
  show();
}

for (const head of table.tHead.rows[0].cells) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  button.addEventListener("click", () => sort(head));
  head.append(button);
}
for (const field of [search, kind, exercise]) {
  field.addEventListener("input", () => {
    if (field === exercise && field.value && !kind.value) kind.value = "l";
    limit = STEP;
    show();
  });
}
more.addEventListener("click", () => { limit += 5 * STEP; show(); });
addEventListener("beforeprint", () => { limit = Infinity; show(); });
for (const part of document.querySelectorAll("[data-live]")) part.hidden = false;
place.replaceChildren(table);
show();

// Long lists in what is folded up are made when they are unfolded.
for (const folded of document.querySelectorAll("details:has(> noscript)")) {
  folded.addEventListener("toggle", () => {
    for (const text of folded.querySelectorAll(":scope > noscript")) text.replaceWith(...elements(text.textContent));
  });
}
