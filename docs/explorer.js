// The explorer: what is chosen in the form decides on the count, the table, the chart, the copies
// and the address. Words of rows are set as text, never as markup.

const data = JSON.parse(document.getElementById("explorer-data").textContent);
const find = (name) => document.getElementById(`explorer-${name}`);
const say = (vocabulary, word) => data.words[vocabulary][word]?.[0] ?? word;
const sayBoth = (vocabulary, word) => data.words[vocabulary][word]?.join(" ") ?? word;
const zh = (text, tag = "span") => make(tag, { lang: "zh" }, text);
const fold = (text) => text.normalize("NFKC").toLowerCase();

const rows = Array.from({ length: data.count }, (_, number) => readRow(number));
const byId = new Map(rows.map((row) => [row.statement_id, row]));
// How rows are told apart by a filter, how a choice is named, and what it is sorted and grouped by.
const FILTERS = {
  place: { name: (row) => `${row.place_en} ${row.place_zh}` },
  indicator: {
    name: (row) => `${row.indicator_en} ${row.indicator_zh}`,
    group: (row) => sayBoth("domain", row.domain),
  },
  measure: { name: (row) => sayBoth("measure", row.measure), order: orderWords("measure") },
  year: {
    of: (row) => row.year || "none",
    name: (row) => row.year || "no year given",
    order: (row) => -Number(row.year),
  },
  status: { name: (row) => sayBoth("status", row.status), order: orderWords("status") },
  reliability: { name: (row) => sayBoth("reliability", row.reliability), order: orderWords("reliability") },
  document: { name: (row) => `${row.document} ${row.source.title_zh}`, order: (row) => row.document },
};
const COLUMNS = [
  ["Row", (row) => row.number, makeOpener, "num"],
  ["Place", (row) => row.place_en, (row) => [zh(row.place_zh), make("small", {}, row.place_en)]],
  ["Indicator", (row) => `${row.indicator_en} ${row.measure}`, (row) =>
    [zh(row.indicator_zh), make("small", {}, `${row.indicator_en}, ${say("measure", row.measure)}`)]],
  ["Period", (row) => row.period, (row) => [row.period_said]],
  ["Status", orderWords("status"), (row) => [zh(data.words.status[row.status][1]), make("small", {}, say("status", row.status))], "num"],
  ["Figure", (row) => row.rank, (row) =>
    [zh(row.value_text, "b"), make("small", {}, row.reading)], "num"],
  ["In the words of the document", null, (row) => [makeQuote(row)]],
  ["Source", (row) => row.document, (row) => [makeLink(row), make("small", {}, nameSource(row.source))]],
];
// Figures of another measure or unit are not smaller or larger: they stand apart when sorted.
[...rows].sort((a, b) => compare(a.measure, b.measure) || compare(a.unit_std, b.unit_std)
  || compare(Number(a.value_std), Number(b.value_std))).forEach((row, rank) => { row.rank = rank; });
const form = find("form");
const choices = {};
let shown = new Set(rows);

/** Put the cells of a row together, with its document and the text that the search looks through. */
function readRow(number) {
  const row = { number };
  for (const [name, [words, codes]] of Object.entries(data.columns)) row[name] = words[codes[number]];
  const source = data.documents[row.document];
  const { title_zh, title_en, publisher } = source;
  const searched = `statement_id place_zh place_en place_spellings indicator indicator_zh indicator_en
    indicator_spellings period value_text quote quote_simplified note`.split(/\s+/);
  const words = [sayBoth("status", row.status), sayBoth("measure", row.measure), title_zh, title_en, publisher];
  return { ...row, source, searched: fold([...searched.map((name) => row[name]), ...words].join("\n")) };
}

function orderWords(vocabulary) {
  const words = Object.keys(data.words[vocabulary]);
  return (row) => words.indexOf(row[vocabulary]);
}

const choose = (filter, row) => (FILTERS[filter].of ?? ((one) => one[filter]))(row);

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Fill the lists of the form, sorted and grouped. */
function fillChoices() {
  for (const [filter, { name, order = name, group }] of Object.entries(FILTERS)) {
    const firsts = [...new Map(rows.map((row) => [choose(filter, row), row]))];
    const rank = (row) => (group ? [group(row), order(row)] : [order(row)]);
    firsts.sort(([, a], [, b]) => rank(a).map((one, at) => compare(one, rank(b)[at])).find(Boolean) ?? 0);
    const groups = new Map();
    form.elements[filter].append(make("option", { value: "" }, "all"));
    choices[filter] = firsts.map(([value, row]) => {
      const option = make("option", { value });
      const label = group?.(row) ?? "";
      if (!groups.has(label)) groups.set(label, label ? make("optgroup", { label }) : form.elements[filter]);
      groups.get(label).append(option);
      return { option, name: name(row) };
    });
    if (group) form.elements[filter].append(...groups.values());
  }
}

/** Find the rows that fit all filters, and write behind each choice how many it would show. */
function applyFilters() {
  const chosen = Object.keys(FILTERS).filter((filter) => form.elements[filter].value);
  const words = fold(form.elements.text.value).split(/\s+/).filter(Boolean);
  const counts = Object.fromEntries(Object.keys(FILTERS).map((filter) => [filter, new Map()]));
  const add = (filter, row) => counts[filter].set(choose(filter, row), (counts[filter].get(choose(filter, row)) ?? 0) + 1);
  shown = new Set();
  for (const row of rows) {
    if (!words.every((word) => row.searched.includes(word))) continue;
    const failed = chosen.filter((filter) => choose(filter, row) !== form.elements[filter].value);
    if (!failed.length) shown.add(row);
    for (const filter of failed.length ? failed.slice(0, failed.length === 1) : Object.keys(FILTERS)) add(filter, row);
  }
  for (const [filter, list] of Object.entries(choices)) {
    for (const { option, name } of list) {
      const count = counts[filter].get(option.value) ?? 0;
      option.textContent = `${name} (${count.toLocaleString("en")})`;
      option.hidden = option.disabled = !count && !option.selected;
    }
  }
}

/** Show what the form asks for. */
function update() {
  applyFilters();
  const count = [shown.size, rows.length].map((number) => number.toLocaleString("en"));
  find("count").textContent = `${count[0]} of ${count[1]} statements`;
  find("copied").textContent = "";
  table.draw();
  drawChart(find("chart"), [...shown], data);
}

/** Write what the form asks for into the address, so that a view can be sent to somebody. */
function writeAddress() {
  const asked = [...new FormData(form)].filter(([, value]) => value.trim());
  find("notice").textContent = "";
  history.replaceState(null, "", `#${new URLSearchParams(asked)}`);
}

/** Take filters, or the id of a statement, from the address. */
function readAddress() {
  const hash = location.hash.slice(1);
  const row = byId.get(hash) ?? byId.get(new URLSearchParams(`id=${hash}`).get("id"));
  const complaints = [];
  if (row) {
    if (!shown.has(row)) form.reset();
  } else if (hash.includes("=") || !hash) {
    form.reset();
    for (const [name, value] of new URLSearchParams(hash)) {
      const field = form.elements.namedItem(name);
      if (field) field.value = value;
      if (field?.value === value) continue;
      if (field) field.value = "";
      complaints.push(`${name} “${value}”`);
    }
  } else if (hash.includes(":")) complaints.push(`statement “${hash}”`);
  find("notice").textContent = complaints.length ? `This page does not know the ${complaints.join(" and the ")}.` : "";
  update();
  if (row) showRow(row);
}

/** Turn the table to a row, open it, and go there. */
function showRow(row) {
  const at = table.rows({ search: "applied" }).indexes().toArray().indexOf(row.number);
  table.page(Math.floor(at / table.page.len())).draw("page");
  const opener = table.row(row.number).node().querySelector("button");
  if (opener.getAttribute("aria-expanded") === "false") opener.click();
  opener.closest("tr").scrollIntoView({ block: "center" });
  opener.focus({ preventScroll: true });
}

function makeOpener(row) {
  const opener = make("button", { type: "button", "aria-expanded": "false", "aria-label": `Details of ${row.statement_id}` });
  opener.addEventListener("click", () => {
    const details = table.row(row.number).child;
    const open = !details.isShown();
    if (open) details(makeDetails(row), "explorer-details").show();
    else details.hide();
    opener.setAttribute("aria-expanded", String(open));
  });
  return [opener];
}

/** Show the quote with its figure set off. */
function makeQuote(row) {
  if (!row.quote) return make("small", {}, "no quote kept");
  const at = row.quote.indexOf(row.value_text);
  if (at < 0) return zh(row.quote);
  const end = at + row.value_text.length;
  return make("span", { lang: "zh" }, row.quote.slice(0, at), make("b", {}, row.value_text), row.quote.slice(end));
}

/** Link the title of the document to its address; any other address than of a page stays text. */
function makeLink({ source }) {
  if (!/^https?:\/\//i.test(source.url)) return zh(source.title_zh);
  return make("a", { href: source.url, lang: "zh", rel: "noreferrer" }, source.title_zh);
}

function nameSource({ publisher, published, url }) {
  return [publisher, published || "no date shown", ...(url ? [] : ["no address kept"])].join(", ");
}

function makeDetails(row) {
  const view = (asked) => `#${new URLSearchParams(asked)}`;
  const { place, indicator } = row;
  const links = {
    [`all of ${row.place_en} on ${row.indicator_en}, with a chart`]: view({ place, indicator }),
    "all of this document": view({ document: row.document }),
    // Pages that stand beside this one in the site.
    ...(!data.alone && {
      [`page of ${row.place_en}`]: `places/${place}.html`,
      [`page of ${row.indicator_en}`]: `indicators/${indicator}.html`,
      "the document among the sources": `documents.html#${row.document}`,
    }),
  };
  const { title_en, url, doc_type, scope } = row.source;
  const read = scope === "full_text" ? "read in full" : "read for single figures";
  const facts = {
    Statement: make("a", { href: `#${row.statement_id}` }, row.statement_id),
    "Read as": row.reading,
    "Governing word": row.commitment && zh(row.commitment),
    "Before comparing": row.hazards.split(" ").filter(Boolean).map((hazard) => say("hazard", hazard)).join("; "),
    Note: row.note,
    Document: `${title_en} (${say("doc_type", doc_type)}, ${say("reliability", row.reliability)}, ${read})`,
    Address: url,
    More: make("ul", {}, ...Object.entries(links).map(([text, href]) => make("li", {}, make("a", { href }, text)))),
  };
  const known = Object.entries(facts).filter(([, fact]) => fact);
  return make("dl", {}, ...known.flatMap(([name, fact]) => [make("dt", {}, name), make("dd", {}, fact)]));
}

/** List the rows that fit, of all pages, in the order of the table. */
function listShown() {
  return table.rows({ search: "applied" }).data().toArray();
}

function writeCsv(listed) {
  const quote = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const lines = [data.header, ...listed.map((row) => data.header.map((name) => row[name]))];
  return lines.map((line) => `${line.map(quote).join(",")}\n`).join("");
}

function cite(listed, style) {
  const { documents, data: shipped } = data.citations[style];
  const named = [...new Set(listed.map((row) => row.document))].sort(compare);
  return [...named.map((name) => documents[name]), shipped].filter(Boolean).join("\n");
}

/** Copy a text, also where the page is not served over a safe connection. */
async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = make("textarea", { class: "explorer-away" });
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  find("copied").textContent = `Copied: ${what}`;
}

const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

$.fn.dataTable.ext.errMode = "throw";
const table = $(find("table")).DataTable({
  data: rows,
  autoWidth: false,
  order: [],
  pageLength: 50,
  lengthMenu: [20, 50, 200],
  layout: { topStart: null, topEnd: null, bottomStart: "pageLength", bottomEnd: "paging" },
  language: { lengthMenu: "_MENU_ rows a page", zeroRecords: "No statement fits all filters.", emptyTable: "No statements." },
  // An id would let the browser go to the row by itself, and take the focus from it.
  createdRow: (node, row) => { node.dataset.statement = row.statement_id; },
  columns: COLUMNS.map(([title, order, write, type = "string"]) => ({
    data: null, title, type, orderable: order !== null, searchable: false,
    className: `explorer-${title.split(" ").at(-1).toLowerCase()}`,
    render: (_, purpose, row) => (purpose === "display" ? make("div", {}, ...write(row)) : order?.(row) ?? ""),
  })),
});
table.search.fixed("form", (_, row) => shown.has(row));
fillChoices();
find("app").hidden = false;
form.addEventListener("input", () => { writeAddress(); update(); });
find("clear").addEventListener("click", () => { form.reset(); writeAddress(); update(); });
form.addEventListener("submit", (event) => event.preventDefault());
window.addEventListener("hashchange", readAddress);
new ResizeObserver(() => drawChart(find("chart"), [...shown], data)).observe(form);
find("copy-rows").addEventListener("click", () => {
  const listed = listShown();
  copy(writeCsv(listed), count(listed.length, "row"));
});
find("copy-citation").addEventListener("click", () => {
  const listed = listShown();
  const documents = new Set(listed.map((row) => row.document)).size;
  copy(cite(listed, find("citation-style").value), count(documents, "document"));
});
readAddress();
