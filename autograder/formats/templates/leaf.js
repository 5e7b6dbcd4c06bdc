// Leafing through students: a link opens the student's page in a frame above this page, and from there one goes on to the neighbours in
// the list that held the link. The students' own pages name nobody else, since they are handed out.
const leaf = document.getElementById("leaf");
const [who, where, alone] = ["who", "where", "alone"].map((name) => document.getElementById(`leaf-${name}`));
const [previous, next, close] = ["previous", "next", "close"].map((name) => document.getElementById(`leaf-${name}`));
let pages = [], at = 0, view; // pages: name and address

function turn(to) {
  at = to;
  const [name, address] = pages[at];
  who.textContent = name;
  where.textContent = `${at + 1} of ${pages.length}`;
  alone.href = address;
  view?.remove(); // a frame of its own for each: one that is still loading would show its page below the next one's name
  view = document.createElement("iframe");
  view.sandbox = ""; // no script, no form, no window of its own
  view.title = `Page of ${name}`;
  view.src = alone.href;
  leaf.append(view);
  for (const [button, end] of [[previous, 0], [next, pages.length - 1]]) button.setAttribute("aria-disabled", at === end);
}

function go(step) {
  if (pages[at + step]) turn(at + step);
}

// The list that a link stands in, as it is shown now, and the link's place in it.
function neighbours(link) {
  const row = fitting.find((one) => one.element?.contains(link)), cell = link.closest("td");
  if (row) return [fitting.map((one) => [one.name, one.page(cell.cellIndex)]), fitting.indexOf(row)];
  const links = [...link.closest("ul, p").querySelectorAll("a")];
  return [links.map((one) => [one.textContent, one.getAttribute("href")]), links.indexOf(link)];
}

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="feedback/"]');
  if (!link || leaf.contains(link) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const [list, place] = neighbours(link);
  pages = list;
  leaf.showModal();
  turn(place);
  next.focus();
});
previous.addEventListener("click", () => go(-1));
next.addEventListener("click", () => go(1));
close.addEventListener("click", () => leaf.close());
leaf.addEventListener("close", () => view?.remove());
leaf.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: -1, p: -1, ArrowRight: 1, n: 1 }[event.key];
  if (step) go(step);
});
