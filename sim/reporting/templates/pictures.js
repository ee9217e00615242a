"use strict";
// Pictures: a chart or drawing laid out afresh on a sheet of its own, with what a picture away from its page must say.
const pictures = (() => {
  const WIDE_PX = 960;
  const MARGIN_PX = 32;
  const TIMES = 2;

  function element(name, className, text) {
    const found = document.createElement(name);
    found.className = className;
    found.textContent = text;
    return found;
  }

  function scopeOf(picture) {
    return picture.closest("[aria-labelledby]");
  }

  function titleOf(picture) {
    return document.getElementById(scopeOf(picture).getAttribute("aria-labelledby")).textContent.trim();
  }

  function saidOf(picture) {
    return [...scopeOf(picture).querySelectorAll("[data-says]")].map((one) => one.textContent.trim());
  }

  // An empty page so wide, whatever the screen; with the styles of this one.
  async function sheet(width) {
    const frame = element("iframe", "picture-sheet", "");
    frame.setAttribute("aria-hidden", "true");
    frame.tabIndex = -1;
    frame.style.width = `${width}px`;
    const loaded = new Promise((done) => frame.addEventListener("load", done, { once: true }));
    frame.srcdoc = "<!DOCTYPE html>";
    document.body.append(frame);
    await loaded;
    const page = frame.contentDocument;
    for (const style of document.querySelectorAll("style")) page.head.append(style.cloneNode(true));
    page.body.className = "picture";
    return frame;
  }

  async function plotted(place, width) {
    const { data, layout } = charts.figure(place);
    await charts.ready;
    const size = { width, height: Math.round(layout.height * 1.1) };
    const text = await Plotly.toImage({ data, layout }, { format: "svg", imageDataOnly: true, ...size });
    const svg = document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
    svg.dataset.whole = "";
    return svg;
  }

  async function drawn(picture, width) {
    if (picture.classList.contains("plot")) return plotted(picture, width);
    const around = scopeOf(picture).cloneNode(false);
    around.append(picture.cloneNode(true));
    return around;
  }

  function under(picture, shown) {
    const { lines, basis, prices } = charts.STAMP;
    const money = shown.includes("£") ? prices : "";
    return [[picture.dataset.under || basis, money].filter(Boolean).join(" "), ...lines].filter(Boolean);
  }

  async function laidOut(picture, body, width) {
    const title = titleOf(picture);
    const said = saidOf(picture);
    const warning = charts.STAMP.warning;
    if (warning) body.append(element("p", "picture-warning", warning));
    body.append(element("h1", "", title), ...said.map((one) => element("p", "picture-says", one)));
    const key = document.getElementById(picture.dataset.key);
    if (key) body.append(key.cloneNode(true));
    const inside = await drawn(picture, width - 2 * MARGIN_PX);
    body.append(inside);
    const shown = `${title} ${said.join(" ")} ${inside.textContent}`;
    body.append(...under(picture, shown).map((line) => element("p", "picture-under", line)));
    return { title, told: said.join(" ") };
  }

  // A picture as an SVG: { text, width [px], height [px] }.
  async function svgOf(picture) {
    const width = Math.max(WIDE_PX, Number(picture.dataset.wide ?? 0) + 2 * MARGIN_PX);
    const frame = await sheet(width);
    try {
      const body = frame.contentDocument.body;
      const { title, told } = await laidOut(picture, body, width);
      return tracing.traced(body, title, told);
    } finally {
      frame.remove();
    }
  }

  async function pngOf(svg) {
    const address = URL.createObjectURL(new Blob([svg.text], { type: "image/svg+xml" }));
    try {
      const image = new Image(svg.width, svg.height);
      image.src = address;
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = svg.width * TIMES;
      canvas.height = svg.height * TIMES;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      return await new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture")))));
    } finally {
      URL.revokeObjectURL(address);
    }
  }

  // A picture as a file: `kind` is "svg" or "png".
  async function fileOf(picture, kind) {
    const svg = await svgOf(picture);
    return kind === "png" ? pngOf(svg) : new Blob([svg.text], { type: "image/svg+xml" });
  }

  function nameOf(picture, kind) {
    return `${charts.STAMP.name}-${picture.dataset.picture}.${kind}`.replace(/[^\p{L}\p{N}._-]+/gu, "_");
  }

  return Object.freeze({ fileOf, nameOf, svgOf, titleOf });
})();
