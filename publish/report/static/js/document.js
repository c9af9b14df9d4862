"use strict";
/** One document: what it is, what is missing, and its pages with all that was read outlined. */
{
  const { h, said, word, label, counted, index, count } = cuadra;
  const FACTS = ["title", "institution", "family", "period", "file_name", "source_uri",
    "page_count", "producer", "sha256"];

  /** The documents that the report holds, by their identifier. */
  function known(id) {
    return index().documents.find((document) => document.id === id);
  }

  function nowhere() {
    return h("p.empty", null, word("unknown"));
  }

  async function view(id, page) {
    await cuadra.findings.loadSentences();
    const row = known(id);
    if (!row) return { title: word("title.document"), content: nowhere() };
    const shard = await cuadra.load(`documents/${id}`);
    const title = cuadra.findings.titleOf(row);
    const found = cuadra.findings.of(id);
    const doubts = found.filter((finding) => finding.rule.startsWith("REA"));
    const others = found.filter((finding) => !finding.rule.startsWith("REA"));
    return {
      title,
      focus: page === undefined ? undefined : "pages",
      content: h("article", { "aria-labelledby": "name" },
        h("h1", { id: "name" }, said(title)),
        facts(shard, row),
        row.superseded && known(row.superseded) && h("p.notice", null, word("superseded"), " ",
          h("a", { href: cuadra.link("document", [row.superseded]) },
            said(cuadra.findings.titleOf(known(row.superseded))))),
        row.family === "otra" && h("p.notice", null, word("document.otra")),
        sourceNotice(shard),
        pages(shard, Number(page) || 0),
        section("others", word("document.findings"), others.length &&
          cuadra.findings.list(others, "document")),
        row.family !== "otra" && section("missing", word("document.missing"), doubts.length
          ? cuadra.findings.list(doubts, "document") : h("p.empty", null, word("nothing.missing"))),
        section("indicators", word("document.indicators"), shard.indicators.length &&
          indicators(shard)),
        section("cards", word("document.cards"), shard.assessments.length && cards(shard)),
        section("distribution", word("document.distribution"), shard.distributions.length &&
          distribution(shard)),
        section("figures", word("document.figures"), shard.figures.length && figures(shard))),
    };
  }

  function section(id, title, content) {
    return content ? h("section", { "aria-labelledby": id }, h("h2", { id }, title), content) : null;
  }

  function sourceNotice(shard) {
    return shard.missing ? h("p.notice", null,
      said(word(`missing.${shard.missing}`, { where: shard.document.source_uri }))) : null;
  }

  function facts(shard, row) {
    const { document } = shard;
    const values = {
      ...document,
      family: word(`family.${document.family}`),
      period: [...new Set([document.period_start, document.period_end].filter(Boolean))].join("–"),
    };
    const names = { family: word("family"), period: word("period") };
    const readers = new Map();
    for (const box of shard.boxes.rows) {
      const reader = shard.boxes.readers[box[3]];
      readers.set(reader, (readers.get(reader) ?? 0) + 1);
    }
    return h("dl.fields.facts", null,
      FACTS.filter((field) => values[field]).map((field) => h("div", null,
        h("dt", null, names[field] ?? label("documents", field)),
        h("dd", null, field === "title" || field === "institution"
          ? cuadra.linked(shard, "documents", "", field, values[field]) : said(String(values[field]))))),
      readers.size > 0 && h("div", null, h("dt", null, word("document.readers")),
        h("dd", null, said([...readers].map(([reader, number]) =>
          `${reader} (${word("readings", { n: count(number) })})`).join(", ")),
        [...readers.keys()].some((reader) => reader.startsWith("ocr"))
          && h("p", null, word("document.ocr")))));
  }

  /** One page at a time, with links to all pages on which something was read. */
  function pages(shard, wanted) {
    const id = shard.document.document_id;
    const read = [...new Set(shard.boxes.rows.map((row) => row[5]))].sort((a, b) => a - b);
    const page = wanted || read[0] || 0;
    if (!page) return null;
    const all = shard.document.page_count;
    const marked = cuadra.route.filters.get("at");
    const { rows, tables, records, fields } = shard.boxes;
    const here = rows.filter((row) => row[5] === page);
    const failing = failingPlaces(shard);
    const marks = here.map((row) => {
      const [table, record, field] = [tables[row[0]], records[row[1]], fields[row[2]]];
      const key = [table, record, field].join(" ");
      const reader = shard.boxes.readers[row[3]];
      const read = reader.includes("doubtful") ? "doubtful" : "read";
      return {
        x0: row[6], top: row[7], x1: row[8], bottom: row[9],
        kind: key === marked ? "marked" : failing.has(key) ? "stated" : read,
        text: `${cuadra.place.label(shard, table, record, field)}: ${cuadra.place.text(shard, table, record, field)} (${reader})`,
      };
    });
    return h("section.reader", { "aria-labelledby": "pages" },
      h("h2", { id: "pages", tabindex: -1 }, word("document.pages")),
      h("nav.strip", { "aria-label": word("pages") }, read.map((number) => h("a", {
        href: cuadra.link("document", [id, number]),
        "aria-current": number === page ? "page" : null,
        "aria-label": word("page.long", { n: number }),
      }, String(number)))),
      h("div.columns", null,
        cuadra.page.figure(shard, page, marks, {
          zoom: false,
          description: word("picture.all", { n: page, document: shard.document.file_name }),
          caption: [h("span", null, word("page.of", { n: page, all: Math.max(all, page) }))],
        }),
        h("div", null, h("h3", null, word("document.read.here")), valuesHere(shard, here))));
  }

  /** The places that the document's findings rest on. */
  function failingPlaces(shard) {
    return new Set(Object.values(shard.findings).flatMap((finding) => finding.evidence)
      .filter((item) => !item.document_id && item.role === "stated")
      .map((item) => [item.table_name, item.record, item.field].join(" ")));
  }

  function valuesHere(shard, here) {
    if (!here.length) return h("p.empty", null, word("document.nothing.here"));
    const { tables, records, fields } = shard.boxes;
    const places = new Map(here.map((row) => {
      const place = [tables[row[0]], records[row[1]], fields[row[2]]];
      return [place.join("\n"), place];
    }));
    const shown = [...places.values()].filter(([table, record, field]) =>
      !(table === "observations" && field === "year") &&
      !(field.endsWith("_text") && ["", "_value"].some((end) =>
        places.has([table, record, field.replace(/_text$/, end)].join("\n")))));
    return h("dl.fields.narrow", null, shown.map((place) => {
      return h("div", null, h("dt", null, said(cuadra.place.label(shard, ...place))),
        h("dd", null, cuadra.linked(shard, ...place, cuadra.place.text(shard, ...place))));
    }));
  }

  function indicators(shard) {
    const id = shard.document.document_id;
    return h("ol.plain", null, shard.indicators.map((row) => h("li", null,
      h("a", { href: cuadra.link("indicator", [id, row.indicator_id]) },
        h("span.key", null, said(row.indicator_id)), " ", said(row.name)))));
  }

  function table(id, heads, rows) {
    return h("div.scroll", { role: "group", tabindex: 0, "aria-labelledby": id },
      h("table.data", null,
        h("thead", null, h("tr", null, heads.map((head) => h("th", { scope: "col" }, head)))),
        h("tbody", null, rows)));
  }

  function cards(shard) {
    const columns = ["name", "trend", "quality", "milestone_status", "target_progress"];
    const id = shard.document.document_id;
    return table("cards", [word("indicator"), ...columns.map((field) => label("assessments", field))],
      shard.assessments.map((row) => h("tr", null,
        h("th", { scope: "row" }, h("a", { href: cuadra.link("indicator", [id, row.indicator_id]) },
          said(row.indicator_id))),
        columns.map((field) => h("td", null,
          cuadra.linked(shard, "assessments", row.record, field,
            cuadra.place.text(shard, "assessments", row.record, field) || "–"))))));
  }

  function distribution(shard) {
    const categories = [...new Set(shard.distributions.map((row) => row.category))];
    const approaches = [...new Set(shard.distributions.map((row) => row.approach))];
    const cells = new Map(shard.distributions.map((row) => [`${row.approach}\n${row.category}`, row]));
    return table("distribution", [word("enfoque"), ...categories.map(said)],
      approaches.map((approach) => h("tr", null, h("th", { scope: "row" }, said(approach)),
        categories.map((category) => {
          const row = cells.get(`${approach}\n${category}`);
          return h("td", null, row ? cuadra.linked(shard, "distributions", row.record, "count",
            row.value_text ?? row.count ?? "–") : "");
        }))));
  }

  function figures(shard) {
    return table("figures",
      ["figure", "subject", "year", "value", "unit"].map((field) => label("figures", field)),
      shard.figures.map((row) => h("tr", null,
        h("th", { scope: "row" }, said(cuadra.place.figure(row.figure))),
        h("td", null, said(row.subject)), h("td", null, row.year ? String(row.year) : ""),
        h(row.value === undefined ? "td.sentence" : "td.number", null,
          cuadra.linked(shard, "figures", row.record, "value", row.value_text ?? "")),
        h("td", null, said(row.unit ?? "")))));
  }

  /** All documents; a hundred at first. */
  function documentTable() {
    const STEP = 100;
    const counts = new Map();
    for (const { document, severity, accepted } of cuadra.findings.all()) {
      if (accepted) continue;
      if (!counts.has(document)) counts.set(document, { error: 0, warning: 0, info: 0 });
      counts.get(document)[severity] += 1;
    }
    const body = h("tbody");
    const more = h("button.more", { type: "button", click: () => grow() });
    const grow = () => {
      const rows = index().documents.slice(body.childElementCount, body.childElementCount + STEP);
      cuadra.append(body, rows.map((document) => documentRow(document, counts.get(document))));
      const rest = index().documents.length - body.childElementCount;
      more.hidden = rest <= 0;
      more.textContent = word("more", { n: count(Math.min(STEP, rest)) });
    };
    grow();
    return h("div", null,
      h("div.scroll", { role: "group", tabindex: 0, "aria-labelledby": "documents-title" },
        h("table.data.documents", null,
          h("thead", null, h("tr", null,
            [word("title.document"), word("family")].map((text) => h("th", { scope: "col" }, text)),
            [word("pages"), word("document.indicators")].map((text) =>
              h("th.number", { scope: "col" }, text)),
            h("th", { scope: "col" }, word("findings")))),
          body)),
      more);
  }

  function documentRow(document, found) {
    return h("tr", null,
      h("th", { scope: "row" }, h("a", { href: cuadra.link("document", [document.id]) },
        said(cuadra.findings.titleOf(document))), h("span.file", null, said(document.file))),
      h("td", null, word(`family.${document.family}`)),
      h("td.number", null, count(document.pages)), h("td.number", null, count(document.indicators)),
      h("td", null, found ? h("ul.tally", null, cuadra.findings.SEVERITIES
        .filter((severity) => found[severity])
        .map((severity) => h(`li.${severity}`, null, counted(found[severity], `${severity}s`)))) : "–"));
  }

  async function documents() {
    return {
      title: word("documents"),
      content: [h("h1", { id: "documents-title" }, word("documents")), documentTable()],
    };
  }

  Object.assign(cuadra.views, { document: view, documents });
  Object.assign(cuadra, { known, nowhere, documentTable, sourceNotice });
}
