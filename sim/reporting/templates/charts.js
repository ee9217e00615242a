"use strict";
// Charts: plotly's script is inflated after the first paint, then charts are drawn one by one, the nearest first.
const charts = (() => {
  const PAPER_PX = 660;
  const PATIENCE_MS = 500;
  const STAMP = JSON.parse(document.getElementById("stamp").textContent);
  const figures = new Map();
  for (const script of document.querySelectorAll("script[data-chart]")) {
    figures.set(document.getElementById(script.dataset.chart), script);
  }
  const undrawn = new Set(figures.keys());

  function figure(place) {
    return JSON.parse(figures.get(place).textContent);
  }

  // Nothing is painted in a tab that nobody looks at: there the wait ends by itself.
  function painted() {
    return new Promise((done) => {
      requestAnimationFrame(() => setTimeout(done));
      setTimeout(done, PATIENCE_MS);
    });
  }

  function bytes(base64) {
    const text = atob(base64);
    const found = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at += 1) found[at] = text.charCodeAt(at);
    return found;
  }

  async function load() {
    const packed = document.getElementById("packed-plotly");
    const stream = new Blob([bytes(packed.textContent)]).stream().pipeThrough(new DecompressionStream("deflate"));
    const script = document.createElement("script");
    script.textContent = await new Response(stream).text();
    packed.replaceWith(script);
    if (!window.Plotly) throw new Error("the script that draws charts did not run");
  }

  function draw(place) {
    undrawn.delete(place);
    try {
      const { data, layout } = figure(place);
      Plotly.newPlot(place, data, layout, { responsive: true, displayModeBar: false });
    } catch (error) {
      console.error(error);
      fail(place);
    }
  }

  function fail(place) {
    undrawn.delete(place);
    place.removeAttribute("role");
    place.removeAttribute("aria-label");
    place.classList.add("failed");
    place.style.height = "auto";
    place.textContent = STAMP.failed;
  }

  function distance(place) {
    const { top, bottom } = place.getBoundingClientRect();
    return Math.max(0, top - window.innerHeight, -bottom);
  }

  async function drawAll() {
    while (undrawn.size) {
      draw([...undrawn].reduce((near, place) => (distance(place) < distance(near) ? place : near)));
      await new Promise((done) => setTimeout(done));
    }
  }

  function fit(size) {
    for (const place of figures.keys()) {
      if (!undrawn.has(place) && !place.classList.contains("failed")) Plotly.relayout(place, size);
    }
  }

  // While a document inside it is open, the page counts as loading: whoever prints or photographs it when it has loaded
  // finds every chart drawn.
  function held() {
    const frame = document.createElement("iframe");
    frame.hidden = true;
    document.body.append(frame);
    frame.contentDocument.open();
    return () => {
      frame.contentDocument.close();
      frame.remove();
    };
  }

  async function begin() {
    await painted();
    await load();
  }

  const release = figures.size ? held() : () => {};
  const ready = figures.size ? begin() : Promise.resolve();
  ready.then(drawAll).catch((error) => {
    console.error(error);
    [...undrawn].forEach(fail);
  }).finally(release);

  window.addEventListener("beforeprint", () => {
    if (window.Plotly) [...undrawn].forEach(draw);
    for (const place of undrawn) place.textContent = STAMP.not_yet;
    fit({ width: PAPER_PX });
  });
  window.addEventListener("afterprint", () => {
    for (const place of undrawn) place.textContent = "";
    fit({ width: null, autosize: true });
  });

  return Object.freeze({ STAMP, figure, ready });
})();
