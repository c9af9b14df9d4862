"use strict";
/** Indicators × rules of one document: what passed, what failed, what could not be asked. */
{
  const { h, said, word, index } = cuadra;
  const WEIGHT = { f: 0, p: 1, n: 2 };

  /** The matrix on the first page, with a choice of document where there are several. */
  async function section() {
    const documents = index().documents.filter((document) => document.outcomes.some(Boolean));
    if (!documents.length) return null;
    const { programmeOf, titleOf } = cuadra.findings;
    const programme = cuadra.route.filters.get("programme");
    const first = documents.find((document) => programmeOf(document) === programme) ??
      documents.find((document) => document.indicators) ?? documents[0];
    const holder = h("div");
    const open = async (id) => {
      holder.replaceChildren(table(await cuadra.load(`documents/${id}`)));
    };
    await open(first.id);
    return h("section.matrix", { "aria-labelledby": "matrix-title" },
      h("h2", { id: "matrix-title" }, word("matrix")),
      documents.length > 1 && h("label.field", null, h("span", null, word("matrix.document")),
        h("select", { change: (event) => open(event.target.value) },
          documents.map((document) => h("option",
            { value: document.id, selected: document === first }, titleOf(document))))),
      holder);
  }

  /** @param {any} shard a document's data */
  function table(shard) {
    const document = shard.document.document_id;
    /** @type {Map<string, Map<string, string>>} indicator → rule → gravest outcome */
    const rows = new Map();
    for (const [rule, indicator, , outcome] of shard.checks.rows) {
      if (!rows.has(indicator)) rows.set(indicator, new Map());
      const row = rows.get(indicator);
      const before = row.get(rule);
      if (before === undefined || WEIGHT[outcome] < WEIGHT[before]) row.set(rule, outcome);
    }
    if (!rows.size) return h("p.empty", null, word("matrix.none"));
    const rules = [...new Set(shard.checks.rows.map((row) => row[0]))].sort();
    const failing = new Map(cuadra.findings.of(document)
      .map((finding) => [`${finding.indicator} ${finding.rule}`, finding]));
    const names = new Map([...shard.assessments, ...shard.indicators]
      .map((row) => [row.indicator_id, row.name ?? ""]));
    return h("div.scroll", { role: "group", tabindex: 0, "aria-labelledby": "matrix-title" },
      h("table", null,
        h("caption", null, word("matrix.caption"), " ", legend()),
        h("thead", null, h("tr", null,
          h("th", { scope: "col" }, word("indicator")),
          rules.map((rule) => h("th.rule", { scope: "col" },
            h("a", {
              href: cuadra.link("rules", [rule]), title: cuadra.side(index().rules[rule].slice(1)),
            }, rule))))),
        h("tbody", null, [...rows].map(([indicator, row]) => h("tr", null,
          h("th", { scope: "row" }, rowTitle(document, indicator, names.get(indicator))),
          rules.map((rule) => cell(row.get(rule), failing.get(`${indicator} ${rule}`))))))));
  }

  function rowTitle(document, indicator, name) {
    if (!indicator) return h("a", { href: cuadra.link("document", [document]) }, word("matrix.whole"));
    return h("a", { href: cuadra.link("indicator", [document, indicator]) },
      h("span.key", null, said(indicator)), h("span.name", null, said(name)));
  }

  function cell(outcome, finding) {
    if (!outcome) return h("td", null, h("span.hidden", null, word("not.asked")));
    const text = h("span.hidden", null, word(`outcome.${outcome}`));
    const mark = h(`span.dot.${outcome}`, { "aria-hidden": "true" });
    if (!finding) return h("td", null, mark, text);
    return h("td", null, h(`a.${finding.severity}`, {
      href: cuadra.link("finding", [finding.id]), title: cuadra.findings.sentence(finding),
    }, mark, text));
  }

  function legend() {
    return ["p", "f", "n"].map((outcome) => h("span.key", null,
      h(`span.dot.${outcome}`, { "aria-hidden": "true" }), word(`outcome.${outcome}`)));
  }

  cuadra.matrix = { section, table };
}
