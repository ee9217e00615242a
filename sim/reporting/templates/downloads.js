"use strict";
// Buttons beside every picture, to take it away as a file.
(() => {
  const { buttons, made, not_made: notMade } = charts.STAMP;

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  function button(picture, kind, status) {
    const found = document.createElement("button");
    found.type = "button";
    found.textContent = buttons[kind];
    found.setAttribute("aria-label", `${buttons[kind]}: ${pictures.titleOf(picture)}`);
    found.addEventListener("click", async () => {
      status.textContent = "";
      try {
        const name = pictures.nameOf(picture, kind);
        save(await pictures.fileOf(picture, kind), name);
        status.textContent = made.replace("{name}", () => name);
      } catch (error) {
        console.error(error);
        status.textContent = notMade;
      }
    });
    return found;
  }

  for (const picture of document.querySelectorAll("[data-picture]")) {
    const row = document.createElement("p");
    row.className = "downloads";
    const status = document.createElement("span");
    status.setAttribute("role", "status");
    row.append(...Object.keys(buttons).map((kind) => button(picture, kind, status)), status);
    picture.after(row);
  }
})();
