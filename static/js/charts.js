// Draws every figure of the page from the JSON that stands beside it. Colours written as "var(--teal)" take
// the page's own tokens, so that one figure serves light, dark and print.

const small = matchMedia("(max-width: 560px)");

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

// On a phone a figure may ask for less: layout.meta.narrow is laid over the layout, axis by axis.
function fitted(layout) {
  const narrow = (small.matches && layout.meta?.narrow) || {};
  const overlaid = Object.entries(narrow).map(([key, part]) => [key, { ...layout[key], ...part }]);
  return { ...layout, ...Object.fromEntries(overlaid) };
}

function house(layout, style) {
  const line = style.getPropertyValue("--line").trim();
  const axis = { gridcolor: line, linecolor: line, zerolinecolor: line, automargin: true, fixedrange: true };
  const axes = Object.keys(layout).filter((key) => /^[xy]axis/.test(key));
  const dressed = Object.fromEntries(
    axes.map((key) => [key, { ...axis, showgrid: key.startsWith("y"), showline: false, tickangle: 0, ...layout[key] }]),
  );
  return {
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    margin: { l: 24, r: 12, t: 12, b: 34 },
    font: {
      family: style.getPropertyValue("--font").trim(),
      size: small.matches ? 14 : 15,
      color: style.getPropertyValue("--soft").trim(),
    },
    hoverlabel: {
      bgcolor: style.getPropertyValue("--ink").trim(),
      bordercolor: "rgba(0,0,0,0)",
      font: { color: style.getPropertyValue("--paper").trim() },
    },
    xaxis: { ...axis, showgrid: false },
    yaxis: axis,
    ...layout,
    ...dressed,
  };
}

function draw(place) {
  const figure = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  const style = getComputedStyle(document.documentElement);
  const { data, layout } = withTokens({ data: figure.data, layout: fitted(figure.layout ?? {}) }, style);
  const options = { displayModeBar: false, responsive: true, ...figure.config };
  window.Plotly.react(place, data, house(layout, style), options);
}

function drawAll() {
  document.querySelectorAll("[data-chart]").forEach(draw);
}

if (window.Plotly) {
  document.fonts.ready.then(drawAll);
  for (const media of [small, matchMedia("(prefers-color-scheme: dark)"), matchMedia("print")]) {
    media.addEventListener("change", drawAll);
  }
}
