"use strict";
// Tables too long to stand in the page: their rows lie packed in it, and those chosen are drawn a few hundred at a time.
(() => {
  const DRAWN = 100;
  const ENDS = ["mean", "low", "high"];

  const unpacked = async (id) => {
    const bytes = Uint8Array.from(atob(document.getElementById(id).textContent.trim()), (sign) => sign.charCodeAt(0));
    const opened = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(opened).text());
  };

  // A number as everywhere on the page: rounded to what its interval supports, pounds with two decimals or none.
  const printed = (data, row, at) => {
    if (data.printed[row]) return data.printed[row][at];
    const unit = data.units[data.unit[row]];
    let value = data[ENDS[at]][row];
    if (typeof value !== "number") return "–";
    if (unit.share && !data.signed) value = Math.min(1, Math.max(0, value));
    const places = data.places[row];
    const step = 10 ** places;
    const rounded = Math.round((unit.share ? 100 * value : value) * step) / step;
    const decimals = unit.pounds && places > 0 ? 2 : Math.max(0, places);
    const text = Math.abs(rounded).toLocaleString("en-GB", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    return `${rounded < 0 ? "−" : data.signed && rounded > 0 ? "+" : ""}${text}`;
  };

  const number = (value) => (typeof value === "string" ? Number(value.replace("inf", "Infinity")) : value);

  const grid = (place, data) => {
    const { caption, name } = place.dataset;
    const every = [...data.mean.keys()];
    const shown = (column, row) => column.levels[column.at[row]][0];
    const texts = every.map((row) => data.columns.map((column) => shown(column, row)).join(" ").toLowerCase());
    const body = make("tbody");
    const live = make("p", { className: "shown" });
    live.setAttribute("aria-live", "polite");
    const more = make("button", { type: "button" });
    const unitAt = data.columns.findIndex((column) => column.csv.includes("unit"));
    const heads = data.columns.map((column) => column.head);
    heads.splice(unitAt, 0, say.mean, say.low, say.high);
    let rows = every;
    let drawn = 0;

    const line = (row) => {
      const cells = data.columns.map((column) => make("td", { textContent: shown(column, row) }));
      const [text, [measure]] = data.columns[0].levels[data.columns[0].at[row]];
      cells[0] = make("th", { scope: "row" }, make("a", { href: `#measure-${measure}`, textContent: text }));
      cells.splice(unitAt, 0, ...ENDS.map((_, at) => make("td", { className: "number", textContent: printed(data, row, at) })));
      return make("tr", {}, ...cells);
    };
    const draw = () => {
      const next = rows.slice(drawn, drawn + DRAWN);
      body.append(...next.map(line));
      drawn += next.length;
      const left = Math.min(DRAWN, rows.length - drawn);
      more.hidden = !left;
      more.textContent = fill(say.more, { more: left });
      const told = { shown: rows.length, all: every.length, drawn };
      live.textContent = fill(say.shown, Object.fromEntries(Object.entries(told).map(([key, value]) => [key, value.toLocaleString("en-GB")])));
    };
    const redraw = () => {
      body.replaceChildren();
      drawn = 0;
      draw();
    };
    // What no basis changes is of whichever basis is asked for.
    const fits = ({ box, column }, row) => {
      const at = column.at[row];
      return box.value === "" || at === Number(box.value) || column.levels[at][1][0] === "every_basis";
    };
    const choose = () => {
      const kept = every.filter((row) => choices.every((choice) => fits(choice, row)) && tools.holds(texts[row], find.box.value));
      rows = order ? order(kept) : kept;
      redraw();
    };
    let order = null;
    const sortBy = (value) => (way) => {
      order = (kept) => kept.map((row) => [value(row), row]).sort((a, b) => inOrder(a[0], b[0], way)).map(([, row]) => row);
      rows = order(rows);
      redraw();
    };
    const find = tools.find(choose);
    const choices = data.columns.filter((column) => column.choose && column.levels.length > 1).map((column) => {
      const options = column.levels.map(([text], at) => [at, text]).filter(([at]) => column.levels[at][1][0] !== "every_basis");
      return { column, ...tools.choice(column.head, options, choose) };
    });
    const save = () => {
      const head = data.columns.flatMap((column) => column.csv);
      csv.save(name, [...head, ...ENDS], rows.map((row) => [
        ...data.columns.flatMap((column) => column.levels[column.at[row]][1]),
        ...ENDS.map((end) => data[end][row] ?? ""),
      ]));
    };
    const table = make("table", {}, make("caption", { className: "unseen", textContent: caption }));
    const headings = heads.map((text) => make("th", { scope: "col", textContent: text }));
    ENDS.forEach((_, at) => headings[unitAt + at].classList.add("number"));
    table.append(make("thead", {}, make("tr", {}, ...headings)), body);
    const values = data.columns.map((column) => (row) => shown(column, row));
    values.splice(unitAt, 0, ...ENDS.map((end) => (row) => number(data[end][row])));
    headings.forEach((heading, at) => tools.sorter(heading, sortBy(values[at])));
    const box = make("div", { className: "box tall", tabIndex: 0 }, table);
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", caption);
    more.onclick = draw;
    const bar = make("div", { className: "tools" }, find.label, ...choices.map((choice) => choice.label), tools.download(caption, save), live);
    place.append(bar, box, more);
    const whom = choices.find(({ column }) => column.csv[0] === "by");
    if (whom) whom.box.value = whom.column.levels.findIndex(([, [by]]) => by === "all");
    choose();
  };

  for (const place of document.querySelectorAll(".grid[data-rows]")) {
    unpacked(place.dataset.rows).then((data) => grid(place, data));
  }
})();
