"use strict";
// The contents fold away where there is no room for them, and mark the part that is being read.
(() => {
  const contents = document.querySelector("details.contents");
  if (!contents) return;
  const links = [...contents.querySelectorAll("a")];
  const narrow = window.matchMedia("(max-width: 60rem)");
  const fit = () => { contents.open = !narrow.matches; };
  narrow.addEventListener("change", fit);
  fit();
  contents.addEventListener("click", (event) => {
    if (narrow.matches && event.target.closest("a")) contents.open = false;
  });
  contents.addEventListener("keydown", (event) => {
    if (!narrow.matches || event.key !== "Escape") return;
    contents.open = false;
    contents.querySelector("summary").focus();
  });

  const heads = links.map((link) => document.getElementById(link.hash.slice(1)));
  const LINE_PX = 120;
  let waiting = false;
  const mark = () => {
    waiting = false;
    const at = heads.findLastIndex((head) => head.getBoundingClientRect().top < LINE_PX);
    links.forEach((link, place) => {
      if (place === at) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  };
  const ask = () => {
    if (!waiting) requestAnimationFrame(mark);
    waiting = true;
  };
  window.addEventListener("scroll", ask, { passive: true });
  mark();
})();
