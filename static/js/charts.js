// Draws every figure of the page from the JSON that stands beside it. Colours written as "var(--teal)" take
// the page's own tokens, so that one figure serves light, dark and print.

function withTokens(value, style) {
  if (typeof value === "string" && value.startsWith("var(--")) {
    return style.getPropertyValue(value.slice(4, -1)).trim();
  }
  if (Array.isArray(value)) return value.map((item) => withTokens(item, style));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withTokens(item, style)]));
  }
  return value;
}

function house(layout, style) {
  const soft = style.getPropertyValue("--soft").trim();
  const line = style.getPropertyValue("--line").trim();
  const axis = { gridcolor: line, linecolor: line, zerolinecolor: line, automargin: true, fixedrange: true };
  const axes = Object.keys(layout).filter((key) => /^[xy]axis/.test(key));
  const dressed = Object.fromEntries(axes.map((key) => [key, { ...axis, showgrid: key.startsWith("y"), ...layout[key] }]));
  return {
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    margin: { l: 44, r: 12, t: 12, b: 40 },
    font: { family: style.getPropertyValue("--font").trim(), size: 15, color: soft },
    xaxis: { ...axis, showgrid: false },
    yaxis: axis,
    ...layout,
    ...dressed,
  };
}

function draw(place) {
  const figure = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  const style = getComputedStyle(document.documentElement);
  const { data, layout } = withTokens({ data: figure.data, layout: figure.layout ?? {} }, style);
  const options = { displayModeBar: false, responsive: true, ...figure.config };
  window.Plotly.react(place, data, house(layout, style), options);
}

function drawAll() {
  document.querySelectorAll("[data-chart]").forEach(draw);
}

document.fonts.ready.then(drawAll);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
