// The table of students: a press on a column's head sorts it, a second press turns the order round; search and filters hide rows.
const STEP = 50; // rows shown at once: laying out thousands takes seconds
const table = document.querySelector(".students"), body = table.tBodies[0];
const [search, kind, exercise, found, more] = ["search", "kind", "exercise", "found", "more"].map((id) => document.getElementById(id));
const clean = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
let rows = [...body.rows], limit = STEP, wanted = "";
const names = new Map(rows.map((row) => [row, clean(row.cells[0].dataset.value)]));

function fits(row) {
  const place = exercise.value ? row.cells[exercise.value] : row;
  return names.get(row).includes(wanted) && (!kind.value || (place.dataset.is ?? "").includes(kind.value));
}

// Cells of rows that are shown lead to the exercise on the student's page.
function lead(row) {
  const page = row.querySelector("a").getAttribute("href"), whole = row.classList.contains("unreadable");
  for (const cell of row.querySelectorAll("td.x:not(:empty)")) {
    if (cell.firstElementChild) return;
    const link = document.createElement("a");
    link.href = whole ? page : `${page}#x-${cell.dataset.at ?? cell.cellIndex - 2}`;
    link.append(...cell.childNodes);
    cell.append(link);
  }
}

function show() {
  let count = 0;
  wanted = clean(search.value.trim());
  for (const row of rows) {
    const hide = !fits(row) || ++count > limit;
    if (row.hidden !== hide) row.hidden = hide;
    if (!hide) lead(row);
  }
  found.value = count === rows.length ? `${count} students` : `${count} of ${rows.length} students`;
  more.hidden = count <= limit;
}

const value = (row, column) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
const isNumber = (text) => text !== "" && !Number.isNaN(Number(text));

// What has no number yet (open, broken, not there) stands at the end, whichever way the numbers run.
function compare(a, b, numbers, turn) {
  if (!numbers) return turn * a.localeCompare(b, undefined, { numeric: true });
  if (isNumber(a) && isNumber(b)) return turn * (a - b);
  return isNumber(b) - isNumber(a) || (a < b ? 1 : a > b ? -1 : 0);
}

for (const head of table.tHead.rows[0].cells) {
  head.querySelector("button").addEventListener("click", () => {
    const turn = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", turn === 1 ? "ascending" : "descending");
    const keyed = rows.map((row) => [value(row, head.cellIndex), row]);
    keyed.sort((a, b) => compare(a[0], b[0], head.dataset.kind === "number", turn));
    rows = keyed.map(([, row]) => row);
    body.append(...rows);
    show();
  });
}
for (const field of [search, kind, exercise]) {
  field.addEventListener("input", () => {
    if (field === exercise && field.value && !kind.value) kind.value = "l";
    limit = STEP;
    show();
  });
}
more.addEventListener("click", () => { limit += 5 * STEP; show(); });
show();
