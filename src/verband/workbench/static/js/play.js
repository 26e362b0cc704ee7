// Plays the moments of every [data-play]: figure, table, words and address move together. Without it the links by hour do.
"use strict";
(function () {
  const PAUSE = 1200; // ms between two moments
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  function begin(root) {
    const { steps, labels } = JSON.parse(document.getElementById(root.dataset.play + "-moments").textContent);
    const links = [...root.querySelectorAll("a[data-moment]")];
    const player = root.querySelector(".player");
    const [play, back, on] = ["play", "back", "on"].map((act) => player.querySelector(`[data-act="${act}"]`));
    const slider = player.querySelector("input[type=range]");
    const says = root.querySelector("[data-says]");
    const figure = root.dataset.figure && document.getElementById(root.dataset.figure);
    const rows = [...document.querySelectorAll("tr[data-falls]")];
    const words = { play: play.textContent, pause: play.dataset.pause };
    let at = Math.max(0, links.findIndex((link) => link.hasAttribute("aria-current")));
    let timer = null;

    function draw(down) {
      const graph = figure && figure.graph;
      if (!graph) { return; }
      graph.batch(() => graph.nodes().forEach((node) => {
        const label = labels[node.id()];
        if (down.has(node.id())) { node.removeData("kind"); } else { node.data("kind", "shared"); }
        if (label) { node.data("label", label[down.has(node.id()) ? 1 : 0]); }
      }));
    }

    function show(next) {
      at = Math.min(links.length - 1, Math.max(0, next));
      const down = new Set(steps[at].down);
      links.forEach((link, place) => {
        link.classList.toggle("info", place === at);
        link.classList.toggle("line", place !== at);
        if (place === at) { link.setAttribute("aria-current", "step"); } else { link.removeAttribute("aria-current"); }
      });
      rows.forEach((row) => {
        const fell = down.has(row.dataset.falls);
        const cell = row.querySelector("[data-down]");
        row.classList.toggle("muted", !fell);
        if (cell) { cell.textContent = fell ? cell.dataset.down : cell.dataset.up; }
      });
      says.textContent = steps[at].says;
      slider.value = at;
      slider.setAttribute("aria-valuetext", links[at].textContent);
      player.querySelector("[data-hour]").textContent = links[at].textContent;
      draw(down);
      history.replaceState(null, "", links[at].href);
    }

    function stop() {
      clearInterval(timer);
      timer = null;
      play.textContent = words.play;
      says.setAttribute("aria-live", "polite");
    }

    function start() {
      says.setAttribute("aria-live", "off"); // read aloud when it stops, not at every moment
      play.textContent = words.pause;
      if (at === links.length - 1) { show(0); }
      timer = setInterval(() => {
        if (at + 1 >= links.length - 1) { stop(); }
        show(at + 1);
      }, PAUSE);
    }

    function to(next) { stop(); show(next); }

    slider.max = links.length - 1;
    play.hidden = still.matches; // who wants no motion steps by himself
    still.addEventListener("change", () => { stop(); play.hidden = still.matches; });
    play.addEventListener("click", () => (timer ? stop() : start()));
    back.addEventListener("click", () => to(at - 1));
    on.addEventListener("click", () => to(at + 1));
    slider.addEventListener("input", () => to(Number(slider.value)));
    links.forEach((link, place) => link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) { return; }
      event.preventDefault();
      to(place);
    }));
    player.hidden = false;
    says.setAttribute("aria-live", "polite");
    slider.value = at;
    slider.setAttribute("aria-valuetext", links[at].textContent);
    player.querySelector("[data-hour]").textContent = links[at].textContent;
  }

  document.querySelectorAll("[data-play]").forEach(begin);
})();
