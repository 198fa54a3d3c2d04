"use strict";
// Tables sort by a press on a heading; they and the won deals are filtered by words; without script all is there.
const value = (row, at) => {
  const cell = row.cells[at];
  const number = cell.dataset.v;
  return number === undefined ? cell.textContent.trim().toLowerCase() : Number(number);
};
const filter = (all, before, what) => {
  if (all.length < 12) return;
  const label = document.createElement("label");
  label.className = "filter";
  label.append(`Show ${what} with `);
  const input = document.createElement("input");
  input.type = "search";
  label.append(input);
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  said.className = "note";
  label.append(" ", said);
  before.before(label);
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const one of all) {
      const text = one.textContent.toLowerCase();
      one.hidden = !words.every((word) => text.includes(word));
      shown += one.hidden ? 0 : 1;
    }
    said.textContent = words.length ? `${shown} of ${all.length} ${what}` : "";
  });
};
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    head.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => {
      const rows = [...body.rows];
      const isNumber = rows.every((row) => typeof value(row, at) === "number");
      const now = head.getAttribute("aria-sort");
      const next = now === "none" ? (isNumber ? "descending" : "ascending") : now === "ascending" ? "descending" : "ascending";
      heads.forEach((other) => other.setAttribute("aria-sort", "none"));
      head.setAttribute("aria-sort", next);
      const turn = next === "ascending" ? 1 : -1;
      rows.sort((one, other) => {
        const [a, b] = [value(one, at), value(other, at)];
        return turn * (a < b ? -1 : b < a ? 1 : 0);
      });
      body.append(...rows);
    });
  });
  filter([...body.rows], table.closest(".scroll"), "rows");
}
const journeys = [...document.querySelectorAll(".journey")];
if (journeys.length) filter(journeys, journeys[0], "deals");
// What is folded unfolds for print.
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details.print:not([open])")];
  opened.forEach((one) => { one.open = true; });
});
addEventListener("afterprint", () => opened.forEach((one) => { one.open = false; }));
