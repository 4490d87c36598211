// Draws the picture above an answer's table, of the figures that the page brings along. Colours are those of the
// theme, and it is drawn anew when that changes.
import { BarChart } from "echarts/charts";
import { AriaComponent, GridComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

echarts.use([BarChart, AriaComponent, GridComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);

const RAMP = ["--chart-1", "--chart-2", "--chart-3", "--ink-3", "--edge", "--line"];
const figure = document.querySelector(".chart");
const place = figure?.querySelector(".drawing");
const told = document.getElementById("picture");
const number = new Intl.NumberFormat(document.documentElement.lang);

function colours() {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(name).trim();
}

// The tooltip is made of elements: markup in a text would be an inline style.
function tip(picture) {
  return (shown) => {
    const box = document.createElement("div");
    box.className = "tip";
    const rows = Array.isArray(shown) ? shown : [shown];
    const head = box.appendChild(document.createElement("b"));
    head.textContent = rows[0].name;
    for (const row of rows.filter((one) => (picture.kind === "spans" ? one.data?.said : one.value))) {
      const line = box.appendChild(document.createElement("span"));
      if (row.data?.said) {
        line.textContent = `${row.seriesName}: ${row.data.said}`;
        continue;
      }
      const unit = picture.percent ? "%" : picture.axis || picture.unit;
      line.textContent = `${row.seriesName ? `${row.seriesName}: ` : ""}${number.format(row.value)} ${unit}`;
    }
    for (const mark of (picture.marks || []).filter((one) => picture.labels[one.at] === rows[0].name)) {
      const line = box.appendChild(document.createElement("em"));
      line.textContent = `${mark.day} ${mark.name}`;
    }
    return box;
  };
}

// A bar that begins elsewhere than at the axis stands on one that is not seen.
function spans(picture, colour) {
  return picture.series.flatMap((one, n) => {
    const common = { type: "bar", stack: `span-${n}`, barMaxWidth: 8, emphasis: { disabled: true } };
    const color = colour(RAMP[n]);
    return [
      { ...common, silent: true, itemStyle: { color: "transparent" }, data: one.from },
      { ...common, name: one.name, itemStyle: { color }, data: one.values.map((value, at) => ({ value, said: one.said[at] })) },
    ];
  });
}

// An axis of years, in steps of five or ten.
function wholeYears(picture, narrow) {
  const begins = picture.series.flatMap((one) => one.from).filter(Boolean);
  const ends = picture.series.flatMap((one) => one.from.map((year, at) => year + one.values[at])).filter(Boolean);
  const least = Math.min(...begins);
  const step = narrow || Math.max(...ends) - least > 30 ? 10 : 5;
  return { min: Math.floor(least / step) * step, max: Math.ceil(Math.max(...ends) / step) * step, interval: step };
}

function lies(picture) {
  return ["bars", "shares", "spans"].includes(picture.kind);
}

function series(picture, colour) {
  if (picture.kind === "spans") return spans(picture, colour);
  const lying = lies(picture);
  const stacks = picture.kind === "shares" || picture.kind === "stack";
  return picture.series.map((one, n) => ({
    type: "bar",
    name: one.name,
    data: one.values,
    stack: stacks ? "all" : undefined,
    barMaxWidth: lying ? 14 : 28,
    itemStyle: { color: colour(picture.series.length === 1 ? "--chart-2" : RAMP[Math.min(n, RAMP.length - 1)]) },
    emphasis: { disabled: true },
    label: {
      show: picture.series.length === 1 && picture.labels.length <= 16,
      position: lying ? "right" : "top",
      color: colour("--ink-2"),
      fontSize: 11,
      formatter: (row) => (row.value ? number.format(row.value) : ""),
    },
    markLine: n === 0 && picture.marks?.length ? marks(picture, colour) : undefined,
  }));
}

// Where several took effect in one period one line stands for them; the tooltip names each.
function marks(picture, colour) {
  const at = [...new Set(picture.marks.map((mark) => mark.at))];
  return {
    silent: true,
    symbol: "none",
    lineStyle: { color: colour("--ink-2"), type: [3, 3], width: 1 },
    label: { show: true, position: "end", color: colour("--ink-2"), fontSize: 11, formatter: ({ dataIndex }) => short(picture, at[dataIndex]) },
    data: at.map((index) => ({ xAxis: index })),
  };
}

function short(picture, at) {
  const here = picture.marks.filter((mark) => mark.at === at);
  return here.length > 1 ? `×${here.length}` : here[0].name.slice(0, 2);
}

function option(picture) {
  const colour = colours();
  const lying = lies(picture);
  const years = picture.kind === "spans";
  const narrow = place.clientWidth < 520;
  const words = { color: colour("--ink-2"), fontSize: 11, fontFamily: getComputedStyle(document.body).fontFamily };
  const names = {
    type: "category",
    data: picture.labels,
    inverse: lying,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colour("--line") } },
    axisLabel: lying ? { ...words, width: narrow ? 110 : 200, overflow: "truncate", interval: 0 } : { ...words, hideOverlap: true, ...(picture.labels.length > 6 && { alignMinLabel: "left", alignMaxLabel: "right" }) },
  };
  const values = {
    type: "value",
    max: picture.percent ? 100 : undefined,
    splitNumber: 3,
    minInterval: picture.percent ? undefined : 1,
    interval: picture.percent ? 25 : undefined,
    splitLine: { lineStyle: { color: colour("--line-2") } },
    ...(years && wholeYears(picture, narrow)),
    axisLabel: { ...words, hideOverlap: true, formatter: (value) => (years ? String(value) : number.format(value) + (picture.percent ? " %" : "")) },
  };
  return {
    animation: false,
    aria: { enabled: true, label: { description: place.getAttribute("aria-label") } },
    textStyle: words,
    grid: { left: 4, right: lying && !picture.percent ? 56 : 16, top: picture.marks?.length ? 22 : 14, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    tooltip: {
      trigger: "axis",
      axisPointer: { type: "shadow", shadowStyle: { color: colour("--hover"), opacity: 0.6 } },
      confine: true,
      backgroundColor: colour("--panel"),
      borderColor: colour("--line"),
      padding: 0,
      formatter: tip(picture),
    },
    xAxis: lying ? values : names,
    yAxis: lying ? names : values,
    series: series(picture, colour),
  };
}

function legend(picture) {
  const list = figure.querySelector(".legend");
  if (picture.series.length < 2) {
    list.textContent = picture.unit;
    return;
  }
  picture.series.forEach((one, n) => {
    const entry = list.appendChild(document.createElement("span"));
    entry.className = `key key-${Math.min(n, RAMP.length - 1) + 1}`;
    entry.textContent = one.name;
  });
  if (!picture.percent) list.appendChild(document.createElement("span")).textContent = picture.axis || picture.unit;
}

async function draw(picture) {
  legend(picture);
  await document.fonts.ready;
  let chart = null;
  const again = () => {
    chart?.dispose();
    const lying = lies(picture);
    // Lying bars take what they need of 180 pixels at most.
    place.classList.toggle("few", lying && picture.labels.length < 7);
    chart = echarts.init(place);
    chart.setOption(option(picture));
    place.dataset.drawn = document.documentElement.dataset.bsTheme;
  };
  again();
  new MutationObserver(again).observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
  new ResizeObserver(() => chart?.getWidth() !== place.clientWidth && again()).observe(place);
}

if (place && told) draw(JSON.parse(told.textContent));
