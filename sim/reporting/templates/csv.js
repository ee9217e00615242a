"use strict";
// What every table on the page shares: its words, a row of tools, and a download of rows as CSV made in the page.
const page = document.body.dataset;
const say = JSON.parse(document.getElementById("table-words").textContent);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

const make = (tag, given = {}, ...inside) => {
  const element = Object.assign(document.createElement(tag), given);
  element.append(...inside);
  return element;
};

const csv = {
  // A text that a spreadsheet would take for a formula is kept a text.
  cell(value) {
    if (typeof value === "number") return String(value);
    const text = /^[=+\-@\t\r]/.test(value) && !/^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(value) ? `'${value}` : value;
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  },
  save(name, head, rows) {
    const extra = { scenario: page.scenario, run_code: page.run, ...(page.quick ? { warning: page.quick } : {}) };
    const all = [[...head, ...Object.keys(extra)], ...rows.map((row) => [...row, ...Object.values(extra)])];
    const text = `\ufeff${all.map((row) => row.map(csv.cell).join(",")).join("\r\n")}\r\n`;
    const link = make("a", { href: URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" })) });
    link.download = `${page.scenario}-${page.run}-${csv.plain(name)}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  },
  plain: (name) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60) || "table",
};

const tools = {
  download(caption, save) {
    const button = make("button", { type: "button", textContent: say.download, onclick: save });
    button.setAttribute("aria-label", fill(say.downloadOf, { caption }));
    return button;
  },
  find(choose) {
    const box = make("input", { type: "search", oninput: choose, autocomplete: "off" });
    return { box, label: tools.labelled(say.find, box) };
  },
  choice(head, options, choose) {
    const box = make("select", { onchange: choose }, make("option", { value: "", textContent: say.all }));
    options.forEach(([value, textContent]) => box.append(make("option", { value, textContent })));
    return { box, label: tools.labelled(head, box) };
  },
  labelled(text, box) {
    box.setAttribute("aria-label", text);
    return make("label", {}, text, " ", box);
  },
  // Whether every word looked for stands somewhere in the text.
  holds: (text, looked) => looked.toLowerCase().split(/\s+/).every((word) => text.includes(word)),
  // A heading that sorts by its column: up, then down.
  sorter(heading, sort) {
    const button = make("button", { type: "button", className: "sort", title: fill(say.sort, { head: heading.textContent }) });
    button.append(...heading.childNodes);
    heading.append(button);
    button.onclick = () => {
      const turned = heading.getAttribute("aria-sort") === "ascending";
      heading.parentElement.querySelectorAll("[aria-sort]").forEach((one) => one.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", turned ? "descending" : "ascending");
      sort(turned ? -1 : 1);
    };
  },
};

// What is missing stands last, whichever way a column is sorted.
const inOrder = (a, b, way) => {
  const [noA, noB] = [a, b].map((value) => value === null || value === "" || Number.isNaN(value));
  if (noA || noB) return noA - noB;
  return way * (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en-GB", { numeric: true }));
};
