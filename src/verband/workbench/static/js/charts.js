// Draws every figure[data-chart]: a Vega-Lite specification in the json_script beside it. Expressions are interpreted,
// never evaluated, so that the content security policy needs no unsafe-eval.
"use strict";
(function () {
  const style = getComputedStyle(document.documentElement);
  const token = (name) => style.getPropertyValue(name).trim();
  const config = {
    font: token("--font"),
    background: null,
    view: { stroke: null },
    axis: {
      labelColor: token("--soft"), titleColor: token("--soft"), domainColor: token("--line"), tickColor: token("--line"),
      gridColor: token("--sunk"), labelFontSize: 11, titleFontSize: 11, titleFontWeight: 400,
    },
    legend: { labelColor: token("--ink"), titleColor: token("--soft"), labelFontSize: 12, titleFontWeight: 400 },
    header: { labelColor: token("--soft"), titleColor: token("--soft") },
  };

  // Numbers as the page's language writes them, as in the report.
  const [decimal, thousands] = document.documentElement.lang === "nl" ? [",", "."] : [".", ","];

  // {"container": f} is that part of the width there is; the report does the same in Python.
  function sized(value, width) {
    if (Array.isArray(value)) { return value.map((part) => sized(part, width)); }
    if (value === null || typeof value !== "object") { return value; }
    const keys = Object.keys(value);
    if (keys.length === 1 && keys[0] === "container") { return value.container * width; }
    return Object.fromEntries(keys.map((key) => [key, key === "values" ? value[key] : sized(value[key], width)]));
  }

  async function draw(figure) {
    const plot = figure.querySelector(".plot");
    const written = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
    const spec = sized(written, Math.max(260, plot.clientWidth));
    const result = await vegaEmbed(plot, spec, {
      actions: false, renderer: "svg", logLevel: vega.Error, ast: true, expr: vegaInterpreter.expressionInterpreter, config: config,
      formatLocale: { decimal: decimal, thousands: thousands, grouping: [3] },
    });
    const svg = plot.querySelector("svg");
    if (svg) {
      svg.setAttribute("aria-hidden", "true");
      svg.querySelectorAll("[role], [aria-roledescription], [aria-label]").forEach((part) => {
        ["role", "aria-roledescription", "aria-label"].forEach((name) => part.removeAttribute(name));
      });
    }
    figure.dispatchEvent(new CustomEvent("chart:drawn", { bubbles: true, detail: result.view }));
  }

  function drawAll(root) {
    root.querySelectorAll("figure[data-chart]:not([data-drawn])").forEach((figure) => {
      figure.dataset.drawn = "yes";
      draw(figure).catch((error) => {
        figure.querySelector("details")?.setAttribute("open", "");
        figure.querySelector(".plot").remove();
        throw error;
      });
    });
  }
  drawAll(document);
  document.addEventListener("htmx:load", (event) => drawAll(event.target));
})();
