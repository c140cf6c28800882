// The chart of one place and indicator: a panel for each measure and unit, one mark for each different figure.

const PANEL = { height: 230, left: 58, right: 14, top: 14, bottom: 26 };
const HALF_BAR = 0.34; // of the bar of a target, in years

/** Make an element; texts become text, never markup. */
function make(tag, attributes = {}, ...children) {
  const drawn = "svg g path line rect text a.svg title".split(" ").includes(tag);
  const name = tag.replace(".svg", "");
  const element = drawn
    ? document.createElementNS("http://www.w3.org/2000/svg", name)
    : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** Draw the rows of one place and indicator into a box, or say why there is nothing to draw. */
function drawChart(box, rows, data) {
  const pairs = new Set(rows.map((row) => `${row.place} ${row.indicator}`));
  const drawable = rows.filter((row) => row.axis);
  if (pairs.size !== 1 || !drawable.length) {
    const why = pairs.size === 1 ? "None of these figures is the number of a whole year."
      : "Choose a place and an indicator: their targets and outcomes are drawn here by year.";
    box.replaceChildren(make("p", { class: "explorer-hint" }, why));
    return;
  }
  const panels = new Map();
  for (const row of drawable) {
    const key = `${row.measure} ${row.axis}`;
    panels.set(key, [...(panels.get(key) ?? []), row]);
  }
  const [{ place_en, place_zh, indicator_en, indicator_zh }] = rows;
  const years = drawable.map((row) => Number(row.year));
  const span = [Math.min(...years), Math.max(...years)];
  const left = rows.length - drawable.length;
  const room = box.clientWidth > 720 && panels.size > 1 ? box.clientWidth / 2 - 24 : box.clientWidth;
  const notDrawn = left ? ` Not drawn: ${left} without a number or not of one whole year.` : "";
  box.replaceChildren(make("figure", {},
    make("figcaption", {},
      make("strong", {}, `${indicator_en}, ${place_en} `,
        make("span", { lang: "zh" }, `${place_zh}${indicator_zh}`)),
      make("span", { class: "explorer-keys" }, ...listKeys(drawable, data)),
      make("small", {}, `${drawable.length} of ${rows.length} figures.${notDrawn} A mark leads to its row.`)),
    ...[...panels.values()].map((panel) => drawPanel(panel, span, room, data))));
}

function drawPanel(rows, [first, last], room, data) {
  const width = Math.max(260, Math.min(room, 620)), { height, left, right, top, bottom } = PANEL;
  const ends = rows.flatMap((row) => [row.at, row.low_at, row.high_at]).filter(Boolean).map(Number);
  const low = Math.min(...ends), high = Math.max(...ends);
  const margin = 0.14 * (high - low) || Math.abs(high) * 0.1 || 1;
  const x = (year) => left + ((year - first + 0.6) / (last - first + 1.2)) * (width - left - right);
  const y = (value) => top + ((high + margin - value) / (high - low + 2 * margin)) * (height - top - bottom);
  const svg = make("svg", { role: "group", width, height, viewBox: `0 0 ${width} ${height}`,
    "aria-label": describePanel(rows, data) });
  for (const value of listTicks(low - margin, high + margin)) {
    svg.append(make("line", { class: "grid", x1: left, x2: width - right, y1: y(value), y2: y(value) }),
      make("text", { x: left - 6, y: y(value) + 4, "text-anchor": "end" }, writeNumber(value)));
  }
  const step = Math.ceil((34 * (last - first + 1)) / (width - left - right));
  for (let year = last; year >= first; year -= step) {
    svg.append(make("text", { x: x(year), y: height - 8, "text-anchor": "middle" }, String(year)));
  }
  for (const [from, to] of joinYears(rows)) {
    svg.append(make("line", { class: "joined", x1: x(from.year), y1: y(from.at), x2: x(to.year), y2: y(to.at) }));
  }
  const order = Object.keys(data.words.status).reverse();
  const marks = new Map(); // what several documents say alike is one mark
  for (const row of [...rows].sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status))) {
    const key = `${row.year} ${row.status} ${row.comparator} ${row.at}`;
    marks.set(key, [...(marks.get(key) ?? []), row]);
  }
  svg.append(...[...marks.values()].map((alike) => drawMark(alike, x, y, data)));
  return make("div", {}, make("h3", {}, rows[0].axis), svg);
}

/** Draw a figure as our figures do: a target as a bar over its year, others as a shape; a range as a span. */
function drawMark([row, ...others], x, y, data) {
  const year = Number(row.year), across = x(year), half = x(year + HALF_BAR) - across;
  const also = others.length ? `, and in ${others.length} more` : "";
  const label = `${row.year}, ${data.words.status[row.status][0]}: ${row.reading}`;
  const mark = make("a.svg", { href: `#${row.statement_id}`, class: row.status, "aria-label": label },
    make("title", {}, `${label} (${row.statement_id}${also})`));
  const range = row.comparator === "range", target = row.status === "target";
  if (range) {
    const wide = target ? half : 4;
    mark.append(make("rect", { class: "span", x: across - wide, width: 2 * wide, y: y(row.high_at),
      height: y(row.low_at) - y(row.high_at) }));
  }
  if (target && !range) {
    mark.append(make("rect", { class: "bar", x: across - half, width: 2 * half, y: y(row.at) - 1.5, height: 3 }));
  }
  if (!range && !(target && row.comparator === "=")) {
    mark.append(make("path", { d: shape(data.shapes[row.comparator].shape, target ? 4 : 5),
      transform: `translate(${across} ${y(row.at)})` }));
  }
  return mark;
}

function shape(kind, size) {
  const s = size, paths = {
    "^": `M0 ${-s}L${s} ${s}H${-s}Z`,
    v: `M0 ${s}L${s} ${-s}H${-s}Z`,
    D: `M0 ${-s - 1}L${s + 1} 0L0 ${s + 1}L${-s - 1} 0Z`,
    _: `M${-s} ${-s / 2}H${s}V${s / 2}H${-s}Z`,
  };
  return paths[kind] ?? `M${-s} 0a${s} ${s} 0 1 0 ${2 * s} 0a${s} ${s} 0 1 0 ${-2 * s} 0Z`;
}

/** Pair the exact outcomes of consecutive years, unless the base was revised between them. */
function joinYears(rows) {
  const exact = rows.filter((row) => row.joined).sort((a, b) => a.year - b.year);
  return exact.slice(1).map((row, number) => [exact[number], row]).filter(([from, to]) =>
    to.year - from.year === 1 && !to.hazards.split(" ").includes("series_break"));
}

/** Explain the statuses and the bounds that are drawn. */
function listKeys(rows, data) {
  const key = (status, kind, words) => make("span", {},
    make("svg", { width: 18, height: 12, viewBox: "-9 -6 18 12", "aria-hidden": "true" },
      make("g", { class: status }, kind === "bar" ? make("rect", { class: "bar", x: -8, y: -1.5, width: 16, height: 3 })
        : make("path", { d: shape(kind, 4.5) }))), words);
  const statuses = Object.keys(data.words.status).filter((one) => rows.some((row) => row.status === one));
  const bounds = new Map(rows.map((row) => data.shapes[row.comparator]).filter((one) => one.name)
    .map((one) => [one.name, one]));
  return [
    ...statuses.reverse().map((one) => key(one, one === "target" ? "bar" : "o", data.words.status[one][0])),
    ...[...bounds.values()].map((one) => key("bound", one.shape, one.name)),
  ];
}

function describePanel(rows, data) {
  const [{ axis, indicator_en, place_en }] = rows;
  const figures = [...rows].sort((a, b) => a.year - b.year)
    .map((row) => `${row.year} ${data.words.status[row.status][0]} ${row.reading}`);
  return `Chart of ${indicator_en}, ${place_en}, by year, in ${axis}: ${figures.join("; ")}.`;
}

/** List round numbers between two ends, about five. */
function listTicks(low, high) {
  const rough = (high - low) / 6, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough);
  const first = Math.ceil(low / step), count = Math.floor(high / step) - first + 1;
  return Array.from({ length: count }, (_, number) => (first + number) * step);
}

function writeNumber(value) {
  return value.toLocaleString("en", { maximumSignificantDigits: 6 }).replace("-", "−");
}
