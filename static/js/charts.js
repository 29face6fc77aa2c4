// Draws every figure of the page from the JSON that stands beside it, over the picture that came with the page.
// Colours written as "var(--teal)" take the page's own tokens, so that one figure serves light and dark; on
// paper stands the page's own picture. Plotly is fetched once the page stands, and not where data is spared.

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

// On a phone a figure may ask for less: layout.meta.narrow is laid over the layout, part by part.
function fitted(layout) {
  const narrow = (small.matches && layout.meta?.narrow) || {};
  const overlaid = Object.entries(narrow).map(([key, part]) => [
    key,
    Array.isArray(part) ? part : { ...layout[key], ...part },
  ]);
  return { ...layout, ...Object.fromEntries(overlaid) };
}

function house(layout, style) {
  const line = style.getPropertyValue("--line").trim();
  const axis = { gridcolor: line, linecolor: line, zerolinecolor: line, automargin: true, fixedrange: true };
  const axes = Object.keys(layout).filter((key) => /^[xy]axis/.test(key));
  const dressed = Object.fromEntries(
    axes.map((key) => [key, { ...axis, showgrid: key.startsWith("y"), showline: false, tickangle: 0, ...layout[key] }]),
  );
  const family = style.getPropertyValue("--font").trim();
  return {
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    margin: { l: 24, r: 12, t: 12, b: 34 },
    font: {
      family,
      size: small.matches ? 14 : 15,
      color: style.getPropertyValue("--soft").trim(),
    },
    hoverlabel: {
      namelength: -1,
      bgcolor: style.getPropertyValue("--ink").trim(),
      bordercolor: "rgba(0,0,0,0)",
      font: { family, color: style.getPropertyValue("--paper").trim() },
    },
    xaxis: { ...axis, showgrid: false },
    yaxis: axis,
    ...layout,
    ...dressed,
  };
}

// Words on bars beside each other would overlap on a phone; the table has them.
function legible(trace) {
  return small.matches && trace.meta?.words === "wide" ? { ...trace, text: undefined } : trace;
}

async function draw(place) {
  const figure = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  const style = getComputedStyle(document.documentElement);
  const { data, layout } = withTokens({ data: figure.data.map(legible), layout: fitted(figure.layout ?? {}) }, style);
  const options = { displayModeBar: false, responsive: true, ...figure.config };
  await window.Plotly.react(place.querySelector(".live"), data, house(layout, style), options);
  place.classList.add("alive");
}

function drawAll() {
  document.querySelectorAll("[data-chart]").forEach(draw);
}

async function takeOver() {
  await document.fonts.ready;
  drawAll();
  for (const media of [small, matchMedia("(prefers-color-scheme: dark)")]) {
    media.addEventListener("change", drawAll);
  }
}

function fetchPlotly() {
  const script = document.createElement("script");
  script.src = document.querySelector("script[data-plotly]").dataset.plotly;
  script.addEventListener("load", takeOver);
  document.head.append(script);
}

function whenIdle() {
  if (window.requestIdleCallback) window.requestIdleCallback(fetchPlotly, { timeout: 2000 });
  else setTimeout(fetchPlotly, 200);
}

if (!navigator.connection?.saveData) {
  if (document.readyState === "complete") whenIdle();
  else addEventListener("load", whenIdle);
}
