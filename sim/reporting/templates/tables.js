"use strict";
// Tables that stand in the page: headings that sort, rows that can be chosen where the table says by what, and a CSV.
(() => {
  const PLAIN_NUMBER = /^[+−]?[\d,]*\.?\d+$/;

  const parts = (cell) => {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll("br").forEach((line) => line.replaceWith("; "));
    const taken = ["small", ".verdict"].map((name) => {
      const found = copy.querySelector(name);
      found?.remove();
      return found ? found.textContent.trim() : "";
    });
    return [copy.textContent.trim(), ...taken];
  };

  const number = (text) => {
    if (text === "never") return Infinity;
    const digits = text.replace("−", "-").replace(/[^\d.e+-]/g, "");
    return digits === "" || Number.isNaN(Number(digits)) ? NaN : Number(digits);
  };

  const written = (text) => (PLAIN_NUMBER.test(text) ? text.replace("−", "-").replace("+", "").replaceAll(",", "") : text);

  const save = (table, caption) => {
    const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
    const rows = [...table.tBodies[0].rows].filter((row) => !row.hidden).map((row) => [...row.cells].map(parts));
    const has = heads.map((_, at) => [1, 2].filter((part) => rows.some((row) => row[at]?.[part])));
    const names = { 1: say.second, 2: say.verdict };
    const head = heads.flatMap((name, at) => [name, ...has[at].map((part) => `${name}: ${names[part]}`)]);
    const body = rows.map((row) => row.flatMap((cell, at) => [written(cell[0]), ...has[at].map((part) => cell[part])]));
    csv.save(caption, head, body);
  };

  const sortable = (table) => {
    const body = table.tBodies[0];
    [...table.tHead.rows[0].cells].forEach((heading, at) => {
      const value = (row) => {
        const text = parts(row.cells[at])[0];
        return heading.classList.contains("number") ? number(text) : text;
      };
      tools.sorter(heading, (way) => {
        const known = [...body.rows].map((row) => [value(row), row]);
        body.append(...known.sort((a, b) => inOrder(a[0], b[0], way)).map(([, row]) => row));
      });
    });
  };

  const chosen = (table, heads, bar) => {
    const rows = [...table.tBodies[0].rows];
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const live = make("p", { className: "shown" });
    live.setAttribute("aria-live", "polite");
    const choose = () => {
      rows.forEach((row, at) => {
        row.hidden = !tools.holds(texts[at], find.box.value) || !choices.every(({ box, column }) => !box.value || parts(row.cells[column])[0] === box.value);
      });
      live.textContent = fill(say.chosen, { shown: rows.filter((row) => !row.hidden).length, all: rows.length });
    };
    const find = tools.find(choose);
    const choices = [...table.tHead.rows[0].cells].flatMap((heading, column) => {
      const name = heading.textContent.trim();
      if (!heads.includes(name)) return [];
      const options = [...new Set(rows.map((row) => parts(row.cells[column])[0]))];
      return [{ column, ...tools.choice(name, options.map((text) => [text, text]), choose) }];
    });
    bar.prepend(find.label, ...choices.map((choice) => choice.label));
    bar.append(live);
    choose();
  };

  for (const table of document.querySelectorAll(".box > table:not(.forest)")) {
    if (table.tBodies[0].rows.length < 2) continue;
    const caption = table.caption.textContent.trim();
    const bar = make("div", { className: "tools" }, tools.download(caption, () => save(table, caption)));
    if (table.dataset.choose) {
      chosen(table, JSON.parse(table.dataset.choose), bar);
      table.parentElement.before(bar);
    } else table.parentElement.after(bar);
    sortable(table);
  }
})();
