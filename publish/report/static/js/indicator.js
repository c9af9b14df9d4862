"use strict";
/** One indicator: its series drawn, its ficha in the printed order, and what was checked. */
{
  const { h, said, word, label } = cuadra;

  /** The fields in the order of the ficha; numbers carry their text beside them. */
  const FICHA = ["name", "measure", "objective_number", "objective", "definition",
    "disaggregation", "frequency", "kind", "accumulation", "unit", "collection_period",
    "dimension", "availability", "trend", "responsible_unit", "method", "remarks", "substitution",
    "baseline_value", "baseline_year", "baseline_note", "target_value", "target_year",
    "target_note"];
  const CARD = ["measure", "objective_number", "objective", "trend", "quality",
    "milestone_status", "target_progress"];

  async function indicator(document, key) {
    await cuadra.findings.loadSentences();
    if (!cuadra.known(document)) return { title: word("indicator"), content: cuadra.nowhere() };
    const shard = await cuadra.load(`documents/${document}`);
    const row = shard.indicators.find((item) => item.indicator_id === key);
    const own = shard.assessments.find((item) => item.indicator_id === key);
    if (!row && !own) return { title: word("indicator"), content: cuadra.nowhere() };
    const name = `${key} ${(row ?? own).name ?? ""}`.trim();
    const graded = await grades(shard, key, own);
    return {
      title: name,
      content: [
        h("nav.neighbours", { "aria-label": word("title.document") },
          h("a", { href: cuadra.link("document", [document]) },
            "← ", said(cuadra.findings.titleOf(cuadra.known(document))))),
        h("article", { "aria-labelledby": "name" },
          h("h1", { id: "name" }, h("span.key", null, said(key)), " ", said((row ?? own).name)),
          row?.objective && h("p.lead", null, said(row.objective)),
          findings(document, key),
          row && await series(shard, row, graded),
          cards(shard, graded),
          row && ficha(shard, row),
          row && variables(shard, key),
          checks(shard, key)),
      ],
    };
  }

  function findings(document, key) {
    const found = cuadra.findings.of(document, key);
    return found.length > 0 && h("section", { "aria-labelledby": "found" },
      h("h2", { id: "found" }, word("indicator.findings")),
      cuadra.findings.list(found, "indicator"));
  }

  /** A value that leads to its place on the page. */
  function linked(shard, table, record, field, text) {
    const [box] = cuadra.page.boxesOf(shard, table, record, field);
    const content = said(text);
    if (!box) return content;
    return h("a.value", {
      href: cuadra.link("document", [shard.document.document_id, box.page],
        { at: [table, record, box.field].join(" ") }),
      title: word("page", { n: box.page }),
    }, content);
  }

  async function series(shard, row, graded) {
    const mine = shard.observations.filter((item) => item.indicator_id === row.indicator_id);
    const point = (item) => ({
      year: item.year, text: item.value_text ?? "",
      value: item.value === undefined ? null : Number(item.value),
    });
    const lone = (name) => row[`${name}_year`] === undefined ? null : {
      year: row[`${name}_year`], text: row[`${name}_text`] ?? "",
      value: row[`${name}_value`] === undefined ? null : Number(row[`${name}_value`]),
    };
    const data = {
      historical: mine.filter((item) => item.series === "historical").map(point),
      target: mine.filter((item) => item.series === "target").map(point),
      baseline: lone("baseline"), final: lone("target"),
    };
    const drawable = [...data.historical, ...data.target, data.baseline, data.final]
      .some((item) => item && item.value !== null);
    const unit = row.unit ?? "";
    return h("section", { "aria-labelledby": "series" },
      h("h2", { id: "series" }, word("series")),
      unit && h("p.unit", null, `${word("unit")}: `, said(unit)),
      h("div.series", null,
        drawable ? h("figure.chart", null,
          await cuadra.chart(data, `${word("chart.title")}. ${word("chart.description")}`), key(data, graded))
          : h("p.empty", null, word("no.values")),
        seriesTable(shard, row, mine)));
  }

  /** The legend, and what CONEVAL makes of the progress that the lines show. */
  function key(data, graded) {
    const shown = ["historical", "baseline", "target", "final"].filter((name) =>
      Array.isArray(data[name]) ? data[name].length : data[name]);
    return h("figcaption", null, h("ul.legend", null,
      shown.map((name) => h(`li.${name}`, null, word(name)))),
      graded.map(([, card]) => h("p.grade", null, `${word("coneval")}: `,
        said([card.milestone_status, card.target_progress].filter(Boolean).join(" · ")))));
  }

  /** The chart's text alternative: every printed year, with links to the page. */
  function seriesTable(shard, row, mine) {
    const line = (year, name, table, record, field, text) => [year, h("tr", null,
      h("th", { scope: "row" }, year === Infinity ? "–" : String(year)), h("td", null, word(name)),
      h("td.number", null, linked(shard, table, record, field, text || word("not.available"))))];
    const lines = mine.map((item) => line(item.year, item.series, "observations", item.record,
      "value", item.value_text));
    for (const [name, field] of [["baseline", "baseline"], ["final", "target"]]) {
      if (row[`${field}_text`] !== undefined) {
        lines.push(line(row[`${field}_year`] ?? Infinity, name, "indicators", row.record,
          `${field}_value`, row[`${field}_text`]));
      }
    }
    lines.sort((one, other) => one[0] - other[0]);
    return h("div.scroll", { role: "group", tabindex: 0, "aria-label": word("chart.title") },
      h("table.data", null,
        h("thead", null, h("tr", null, h("th", { scope: "col" }, word("year")),
          h("th", { scope: "col" }, word("series")),
          h("th.number", { scope: "col" }, word("value")))),
        h("tbody", null, lines.map((item) => item[1]))));
  }

  function ficha(shard, row) {
    const shown = FICHA.filter((field) => row[field] !== undefined ||
      (field.endsWith("_value") && row[field.replace("_value", "_text")] !== undefined));
    return h("section", { "aria-labelledby": "ficha" }, h("h2", { id: "ficha" }, word("ficha")),
      h("dl.fields", null, shown.map((field) => h("div", null,
        h("dt", null, label("indicators", field)),
        h("dd", null, linked(shard, "indicators", row.record, field,
          cuadra.place.text(shard, "indicators", row.record, field)))))));
  }

  function variables(shard, key) {
    const mine = shard.variables.filter((item) => item.indicator_id === key);
    if (!mine.length) return null;
    return h("section", { "aria-labelledby": "variables" },
      h("h2", { id: "variables" }, word("variables")),
      h("div.scroll", { role: "group", tabindex: 0, "aria-labelledby": "variables" },
        h("table.data", null,
          h("thead", null, h("tr", null, h("th", { scope: "col" }, word("variable")),
            h("th.number", { scope: "col" }, word("value")), h("th", { scope: "col" }, word("source")))),
          h("tbody", null, mine.map((item) => h("tr", null,
            h("th", { scope: "row" }, linked(shard, "variables", item.record, "name",
              `${item.position}. ${item.name ?? ""}`)),
            h("td.number", null, linked(shard, "variables", item.record, "value",
              item.value_text ?? word("not.available"))),
            h("td", null, linked(shard, "variables", item.record, "source", item.source ?? ""))))))));
  }

  /** CONEVAL's cards of this indicator, each with its document's data: in this document, or in others of the programme. */
  async function grades(shard, key, own) {
    const found = own ? [[shard, own]] : [];
    const me = cuadra.known(shard.document.document_id);
    for (const document of cuadra.index().documents) {
      const related = document !== me && document.family === "ficha_monitoreo_programa" &&
        me.programme && document.programme === me.programme && !document.superseded &&
        (document.start ?? 0) <= (me.end ?? Infinity) && (me.start ?? 0) <= (document.end ?? Infinity);
      if (!related) continue;
      const other = await cuadra.load(`documents/${document.id}`);
      const card = other.assessments.find((item) => item.indicator_id === key);
      if (card) found.push([other, card]);
    }
    return found;
  }

  function cards(shard, graded) {
    return graded.map(([from, card]) => h("section.card", null,
      h("h2", null, word("coneval")),
      from !== shard && h("p.unit", null, h("a",
        { href: cuadra.link("document", [from.document.document_id]) },
        said(word("coneval.from", { document: from.document.file_name })))),
      h("dl.fields", null, CARD.filter((field) => card[field] !== undefined).map((field) =>
        h("div", null, h("dt", null, label("assessments", field)),
          h("dd", null, linked(from, "assessments", card.record, field,
            cuadra.place.text(from, "assessments", card.record, field))))))));
  }

  function checks(shard, key) {
    const mine = shard.checks.rows.filter((row) => row[1] === key);
    if (!mine.length) return null;
    const order = { f: 0, p: 1, n: 2 };
    mine.sort((one, other) => order[one[3]] - order[other[3]] || (one[0] < other[0] ? -1 : 1));
    return h("section", { "aria-labelledby": "checks" },
      h("h2", { id: "checks" }, word("indicator.checks")),
      h("div.scroll", { role: "group", tabindex: 0, "aria-labelledby": "checks" },
        h("table.data.checks", null,
          h("thead", null, h("tr", null, h("th", { scope: "col" }, word("rule")),
            h("th", { scope: "col" }, word("outcome")), h("th", { scope: "col" }, word("reason")))),
          h("tbody", null, mine.map(([rule, , , outcome, reason]) => h("tr", null,
            h("th", { scope: "row" }, h("a.code", { href: cuadra.link("rules", [rule]) }, rule)),
            h("td", null, h(`span.dot.${outcome}`, { "aria-hidden": "true" }), word(`outcome.${outcome}`)),
            h("td", null, said(cuadra.side(shard.checks.reasons[reason])))))))));
  }

  cuadra.views.indicator = indicator;
  cuadra.linked = linked;
}
