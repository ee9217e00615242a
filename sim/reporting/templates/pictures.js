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

  // The words of a heading, without its number among the parts of the page.
  function wordsOf(heading) {
    const copy = heading.cloneNode(true);
    copy.querySelector(".place")?.remove();
    return copy.textContent.trim();
  }

  function titleOf(picture) {
    return wordsOf(document.getElementById(scopeOf(picture).getAttribute("aria-labelledby")));
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
    const size = { width, height: layout.height };
    const text = await Plotly.toImage({ data, layout }, { format: "svg", imageDataOnly: true, ...size });
    const svg = document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
    svg.dataset.whole = "";
    return svg;
  }

  // A copy of an element inside empty copies of those it stands in, so that it looks the same; none of them is folded.
  function inPlace(node) {
    let found = node.cloneNode(true);
    for (let above = node.parentElement; above && above.localName !== "main"; above = above.parentElement) {
      const shell = element(above.localName === "details" ? "div" : above.localName, above.className, "");
      shell.append(found);
      found = shell;
    }
    return found;
  }

  function drawn(picture, width) {
    return picture.classList.contains("plot") ? plotted(picture, width) : inPlace(picture);
  }

  // What stands over the title: whose picture it is, and the section it comes from where that is not the title.
  function over(picture, title) {
    const section = wordsOf(picture.closest("section").querySelector("h2"));
    return [charts.STAMP.title, section === title ? "" : section].filter(Boolean).join(" · ");
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
    body.append(element("p", "picture-over", over(picture, title)));
    body.append(element("h1", "", title), ...said.map((one) => element("p", "picture-says", one)));
    const key = document.getElementById(picture.dataset.key);
    if (key) body.append(inPlace(key));
    const inside = await drawn(picture, width - 2 * MARGIN_PX);
    body.append(inside);
    const shown = `${title} ${said.join(" ")} ${inside.textContent}`;
    body.append(...under(picture, shown).map((line) => element("p", "picture-under", line)));
    return { title, told: said.join(" ") };
  }

  // A picture as an SVG element that stands alone.
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

  function blobOf(svg) {
    return new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" });
  }

  // Lines that keep their width at any size would be too thin where all else is drawn larger.
  function enlarged(svg) {
    const found = svg.cloneNode(true);
    for (const line of found.querySelectorAll('[vector-effect="non-scaling-stroke"]')) {
      for (const name of ["stroke-width", "stroke-dasharray"]) {
        const larger = (line.getAttribute(name) ?? "").replace(/[\d.]+/g, (size) => size * TIMES);
        if (larger) line.setAttribute(name, larger);
      }
    }
    return found;
  }

  async function pngOf(svg) {
    const address = URL.createObjectURL(blobOf(enlarged(svg)));
    try {
      const [width, height] = ["width", "height"].map((name) => svg.getAttribute(name) * TIMES);
      const image = new Image(width, height);
      image.src = address;
      await image.decode();
      const canvas = document.createElement("canvas");
      Object.assign(canvas, { width, height });
      canvas.getContext("2d").drawImage(image, 0, 0, width, height);
      return await new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture")))));
    } finally {
      URL.revokeObjectURL(address);
    }
  }

  // A picture as a file: `kind` is "svg" or "png".
  async function fileOf(picture, kind) {
    const svg = await svgOf(picture);
    return kind === "png" ? pngOf(svg) : blobOf(svg);
  }

  function nameOf(picture, kind) {
    return `${charts.STAMP.name}-${picture.dataset.picture}.${kind}`.replace(/[^\p{L}\p{N}._-]+/gu, "_");
  }

  return Object.freeze({ fileOf, nameOf, svgOf, titleOf });
})();
