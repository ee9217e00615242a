"use strict";
// Tracing: what a browser shows of an element, drawn again as an SVG that needs no style sheet.
const tracing = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const INHERITED = [
    "color", "fill", "fill-opacity", "fill-rule", "font-family", "font-size", "font-style", "font-weight",
    "paint-order", "stroke", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "stroke-opacity",
    "stroke-width", "text-anchor", "visibility",
  ];
  const OWN = { opacity: "1", "vector-effect": "none", "dominant-baseline": "auto" };
  const DROPPED = ["class", "style", "role", "tabindex"];
  const LETTERS = document.createElement("canvas").getContext("2d");

  function made(name, given, ...inside) {
    const found = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(given)) found.setAttribute(key, value);
    found.append(...inside);
    return found;
  }

  function styleOf(node) {
    return node.ownerDocument.defaultView.getComputedStyle(node);
  }

  function local(value) {
    return value.replace(/url\(["']?[^"')]*#([^"')]+)["']?\)/g, "url(#$1)");
  }

  // A copy of an SVG element in which every style is an attribute; `above` is the style it inherits from.
  function copied(node, above) {
    const style = styleOf(node);
    if (style.display === "none") return null;
    const copy = node.cloneNode(false);
    for (const name of DROPPED) copy.removeAttribute(name);
    dress(copy, style, above);
    for (const inner of node.childNodes) {
      const one = inner.nodeType === Node.ELEMENT_NODE ? copied(inner, style) : inner.cloneNode();
      if (one) copy.append(one);
    }
    return copy;
  }

  function dress(copy, style, above) {
    for (const name of INHERITED) {
      const value = style.getPropertyValue(name);
      const differs = !above || value !== above.getPropertyValue(name);
      if (differs || copy.hasAttribute(name)) copy.setAttribute(name, local(value));
    }
    for (const [name, usual] of Object.entries(OWN)) {
      const value = style.getPropertyValue(name);
      if (value && value !== usual) copy.setAttribute(name, value);
    }
    if (["svg", "symbol", "pattern", "marker"].includes(copy.localName)) copy.setAttribute("overflow", style.overflowX);
  }

  // Text as it was broken into lines: [{ text, left, top, height }].
  function lines(node) {
    const range = node.ownerDocument.createRange();
    const found = [];
    let at = 0;
    for (const sign of node.data) {
      range.setStart(node, at);
      range.setEnd(node, (at += sign.length));
      const box = range.getClientRects()[0];
      if (!box || (!box.width && !sign.trim())) continue;
      const last = found.at(-1);
      if (last && Math.abs(last.top - box.top) < box.height / 2) {
        last.text += sign;
        last.left = Math.min(last.left, box.left);
      } else if (sign.trim()) {
        found.push({ text: sign, left: box.left, top: box.top, height: box.height });
      }
    }
    return found;
  }

  function baseline(style, line) {
    LETTERS.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = LETTERS.measureText("x");
    return line.top + (line.height - up - down) / 2 + up;
  }

  function words(node, style) {
    return lines(node).map((line) =>
      made("text", {
        x: line.left.toFixed(2), y: baseline(style, line).toFixed(2), fill: style.color,
        "font-family": style.fontFamily, "font-size": style.fontSize, "font-weight": style.fontWeight,
        "font-style": style.fontStyle,
      }, line.text.replace(/\s+/g, " ").trimEnd()));
  }

  function rectangle(x, y, width, height, fill) {
    return made("rect", { x: x.toFixed(2), y: y.toFixed(2), width: width.toFixed(2), height: height.toFixed(2), fill });
  }

  // The ground and the edges of an HTML element.
  function box(node, style) {
    const { left, top, right, bottom, width, height } = node.getBoundingClientRect();
    const edge = (side) => (style[`border${side}Style`] === "none" ? 0 : parseFloat(style[`border${side}Width`]));
    const edges = {
      Top: [left, top, width, edge("Top")],
      Bottom: [left, bottom - edge("Bottom"), width, edge("Bottom")],
      Left: [left, top, edge("Left"), height],
      Right: [right - edge("Right"), top, edge("Right"), height],
    };
    const ground = style.backgroundColor;
    const found = /^(transparent|rgba\(.*, 0\))$/.test(ground) ? [] : [rectangle(left, top, width, height, ground)];
    for (const [side, [x, y, wide, high]] of Object.entries(edges)) {
      if (wide && high && edge(side)) found.push(rectangle(x, y, wide, high, style[`border${side}Color`]));
    }
    return found;
  }

  // A copy of an SVG that needs no style sheet.
  function whole(node) {
    const copy = node.cloneNode(true);
    delete copy.dataset.whole;
    for (const one of copy.querySelectorAll("*")) {
      for (const { name, value } of one.attributes) if (value.includes("url(")) one.setAttribute(name, local(value));
    }
    return copy;
  }

  function placed(node) {
    const { left, top, width, height } = node.getBoundingClientRect();
    const copy = node.dataset.whole === undefined ? copied(node, null) : whole(node);
    for (const [key, value] of Object.entries({ x: left, y: top, width, height })) {
      copy.setAttribute(key, value.toFixed(2));
    }
    return copy;
  }

  function seen(node) {
    const style = styleOf(node);
    if (style.display === "none" || style.visibility === "hidden") return [];
    if (node.localName === "svg") return [placed(node)];
    const inside = [...node.childNodes].flatMap((inner) => {
      if (inner.nodeType === Node.TEXT_NODE) return words(inner, style);
      return inner.nodeType === Node.ELEMENT_NODE ? seen(inner) : [];
    });
    return [...box(node, style), ...inside];
  }

  // What a drawing points to by name elsewhere on the page, and what that points to.
  function needed(drawing) {
    const found = new Map();
    const inspect = (root) => {
      for (const node of [root, ...root.querySelectorAll("*")]) {
        for (const { name, value } of node.attributes) {
          const named = /^#(.+)$/.exec(/href$/.test(name) ? value : "") ?? /^url\(#(.+)\)$/.exec(local(value));
          if (named && !found.has(named[1]) && !drawing.querySelector(`#${CSS.escape(named[1])}`)) {
            const original = document.getElementById(named[1]);
            const copy = original && copied(original, styleOf(original.parentNode));
            if (!copy) continue;
            copy.id = named[1];
            found.set(named[1], copy);
            inspect(copy);
          }
        }
      }
    };
    inspect(drawing);
    return [...found.values()];
  }

  // An element and all in it, as an SVG that stands alone.
  function traced(node, title, told) {
    const { width, height } = node.getBoundingClientRect();
    const size = { width: Math.ceil(width), height: Math.ceil(height) };
    const drawing = made("g", {}, ...seen(node));
    const ground = made("rect", { width: "100%", height: "100%", fill: "#ffffff" });
    const named = [made("title", {}, title), made("desc", {}, told)];
    const inside = [...named, made("defs", {}, ...needed(drawing)), ground, drawing];
    return made("svg", { ...size, viewBox: `0 0 ${size.width} ${size.height}` }, ...inside);
  }

  return Object.freeze({ traced });
})();
