// Keys: / search, j and k next and former row, ? help. They can be switched off on the help page (WCAG 2.1.4).
"use strict";
(function () {
  const OFF = "verband-keys-off";
  const typing = (target) => target.closest("input, textarea, select, [contenteditable], dialog");

  function rowLinks() {
    return Array.from(document.querySelectorAll("main [data-row] a, main table.data tbody tr, main .rows > li"))
      .map((item) => (item.matches("a") ? item : item.querySelector("a[href]")))
      .filter((link, at, all) => link && link.offsetParent !== null && all.indexOf(link) === at);
  }

  function move(step) {
    const links = rowLinks();
    if (!links.length) { return; }
    const row = document.activeElement.closest("tr, li, [data-row]");
    const here = links.findIndex((link) => link === document.activeElement || (row && row.contains(link)));
    const next = links[Math.min(links.length - 1, Math.max(0, here + step))];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target) || localStorage.getItem(OFF)) { return; }
    if (event.key === "/") {
      document.getElementById("search")?.focus();
    } else if (event.key === "j") {
      move(1);
    } else if (event.key === "k") {
      move(-1);
    } else if (event.key === "?") {
      const help = document.querySelector("a[data-help]");
      if (help) { location.href = help.href; }
    } else {
      return;
    }
    event.preventDefault();
  });

  document.querySelectorAll("[data-keys-switch]").forEach((box) => {
    box.checked = !localStorage.getItem(OFF);
    box.addEventListener("change", () => {
      if (box.checked) { localStorage.removeItem(OFF); } else { localStorage.setItem(OFF, "yes"); }
    });
  });
})();
