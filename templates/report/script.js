"use strict";
// Tables sort by a press on a heading and are filtered by words; without script all is there.
const value = (row, at) => {
  const cell = row.cells[at];
  const number = cell.dataset.v;
  return number === undefined ? cell.textContent.trim().toLowerCase() : Number(number);
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
  if (body.rows.length < 12) continue;
  const label = document.createElement("label");
  label.className = "filter";
  label.append("Show rows with ");
  const input = document.createElement("input");
  input.type = "search";
  label.append(input);
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  said.className = "note";
  label.append(" ", said);
  table.closest(".scroll").before(label);
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of body.rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      shown += row.hidden ? 0 : 1;
    }
    said.textContent = words.length ? `${shown} of ${body.rows.length} rows` : "";
  });
}
// What is folded unfolds for print.
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details.print:not([open])")];
  opened.forEach((one) => { one.open = true; });
});
addEventListener("afterprint", () => opened.forEach((one) => { one.open = false; }));
