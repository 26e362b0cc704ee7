// Draws every figure[data-graph]: nodes and edges in the json_script beside it. The same layout each time: the start
// positions are a circle in the order of the data, nothing is random.
"use strict";
(function () {
  const style = getComputedStyle(document.documentElement);
  const token = (name) => style.getPropertyValue(name).trim();
  const SIDE = 230; // px that the labels beside the outer columns and the padding take
  const SHAPES = {
    circle: "ellipse", square: "rectangle", diamond: "diamond", "triangle-up": "triangle", "triangle-down": "vee",
    cross: "star", "triangle-right": "pentagon",
  };

  // Given places take the width there is, so that letters keep their size and no space is left above and below.
  function spread(nodes, width) {
    if (!nodes.length || !nodes.every((node) => node.position)) { return; }
    const reach = Math.max(1, ...nodes.map((node) => node.position.x));
    nodes.forEach((node) => { node.position.x *= (width - SIDE) / reach; });
  }

  function draw(figure) {
    const data = JSON.parse(document.getElementById(figure.dataset.graph).textContent);
    spread(data.nodes, figure.querySelector(".plot").clientWidth);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const graph = cytoscape({
      container: figure.querySelector(".plot"),
      elements: {
        nodes: data.nodes.map((node) => ({
          data: { ...node, shape: SHAPES[node.shape] || "ellipse" }, position: node.position && { ...node.position },
        })),
        edges: data.edges.map((edge, at) => ({ data: { id: "e" + at, ...edge } })),
      },
      style: [
        { selector: "node", style: {
          label: "data(label)", "font-family": token("--font"), "font-size": 11, color: token("--ink"),
          "text-wrap": "wrap", "text-max-width": 150, "text-valign": "bottom", "text-margin-y": 4,
          "text-background-color": token("--card"), "text-background-opacity": 0.85, "text-background-padding": 1,
          width: 20, height: 20, "background-color": token("--soft"), shape: "data(shape)",
        } },
        { selector: "node[colour]", style: { "background-color": "data(colour)" } },
        { selector: 'node[kind = "shared"]', style: {
          shape: "round-rectangle", "background-color": token("--card"), "border-width": 1.5,
          "border-color": token("--soft"), width: 16, height: 16, color: token("--soft"),
        } },
        { selector: "edge", style: { width: "data(width)", "line-color": "#9db0c8", "curve-style": "bezier" } },
        { selector: "edge[^width]", style: { width: 1.5 } },
        { selector: "node:selected", style: { "border-width": 3, "border-color": token("--accent") } },
      ],
      layout: data.nodes.every((node) => node.position) ? { name: "preset", padding: 24 }
        : { name: "cose", randomize: false, animate: false, padding: 24, nodeRepulsion: 9000, idealEdgeLength: 90 },
      userZoomingEnabled: false,
      autoungrabify: false,
      maxZoom: data.nodes.every((node) => node.position) ? 1 : 2,
    });
    graph.on("tap", "node[href]", (event) => { location.href = event.target.data("href"); });
    graph.on("mouseover", "node[href]", () => { graph.container().style.cursor = "pointer"; });
    graph.on("mouseout", "node", () => { graph.container().style.cursor = ""; });
    addEventListener("resize", () => graph.fit(undefined, 24));
    if (!still) { graph.fit(undefined, 24); }
    figure.graph = graph;
    figure.dispatchEvent(new CustomEvent("graph:drawn", { bubbles: true, detail: graph }));
  }

  function drawAll(root) {
    root.querySelectorAll("figure[data-graph]:not([data-drawn])").forEach((figure) => {
      figure.dataset.drawn = "yes";
      draw(figure);
    });
  }
  drawAll(document);
  document.addEventListener("htmx:load", (event) => drawAll(event.target));
})();
