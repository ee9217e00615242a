"use strict";
// A button beside each text that is there to be copied; what cannot be copied by script is marked, to be copied by hand.
(() => {
  const marked = (text) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const text = document.getElementById(button.dataset.copy);
    const label = button.textContent;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.onclick = async () => {
      marked(text);
      try {
        await navigator.clipboard.writeText(text.textContent);
      } catch {
        if (!document.execCommand("copy")) return;
      }
      button.textContent = say.copied;
      setTimeout(() => { button.textContent = label; }, 2000);
    };
  }
})();
