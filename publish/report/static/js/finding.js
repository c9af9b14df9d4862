"use strict";
/** One finding: its sentence, the arithmetic as a person would check it, and the page itself. */
{
  const { h, said, word } = cuadra;
  const LONG = 70; // letters from which a text stands below its label, not beside it

  async function finding(id) {
    await cuadra.findings.loadSentences();
    const row = cuadra.findings.get(id);
    if (!row) return { title: word("finding"), content: h("p.empty", null, word("unknown.finding")) };
    const shard = await cuadra.load(`documents/${row.document.id}`);
    const detail = shard.findings[id];
    const shards = new Map([[row.document.id, shard]]);
    for (const { document_id: other } of detail.evidence) {
      if (other && !shards.has(other)) shards.set(other, await cuadra.load(`documents/${other}`));
    }
    const marks = numbered(row, detail, shards);
    const sentence = cuadra.findings.sentence(row);
    return {
      title: `${row.rule} · ${sentence}`,
      content: [
        neighbours(row),
        h("article.one-finding", { "aria-labelledby": "sentence" },
          h(`header.${row.severity}`, null,
            h("p.where", null, cuadra.findings.badge(row.severity), where(row)),
            h("h1", { id: "sentence" }, said(sentence)),
            row.accepted && acceptance(row.accepted)),
          h("div.columns", null,
            h("div.words", null, arithmetic(detail), reading(detail),
              h("p.id", null, `${word("id")}: `, h("code", null, id), " ",
                h("button.print", { type: "button", click: () => window.print() }, word("print")))),
            h("div", null, pages(marks, shards), evidence(marks)))),
      ],
    };
  }

  function where(row) {
    const { document } = row;
    return [
      h("a.code", { href: cuadra.link("rules", [row.rule]) }, row.rule),
      h("span.rule-title", null, cuadra.side(cuadra.index().rules[row.rule].slice(1))),
      row.indicator && h("a", { href: cuadra.link("indicator", [document.id, row.indicator]) },
        said(`${row.indicator} ${row.name}`.trim())),
      h("a", { href: cuadra.link("document", [document.id]) },
        said(cuadra.findings.titleOf(document))),
    ];
  }

  function acceptance(waiver) {
    return h("p.acceptance", null, h("strong", null, word("accepted.by", waiver)), " ",
      said(waiver.reason));
  }

  function neighbours(row) {
    const chosen = cuadra.findings.chosen();
    const at = chosen.indexOf(row);
    const to = (other, text, rel) => other &&
      h("a", { href: cuadra.link("finding", [other.id]), rel }, text);
    return h("nav.neighbours", { "aria-label": word("findings") },
      h("a", { href: cuadra.link("overview") }, `← ${word("finding.back")}`),
      at >= 0 && to(chosen[at - 1], word("finding.previous"), "prev"),
      at >= 0 && to(chosen[at + 1], word("finding.next"), "next"));
  }

  function arithmetic(detail) {
    if (!detail.steps.length) return null;
    return h("section", { "aria-labelledby": "arithmetic" },
      h("h2", { id: "arithmetic" }, word("arithmetic")),
      h("ol.steps", null, detail.steps.map(({ title, lines }) => h("li", null,
        h("h3", null, said(cuadra.side(title))),
        h("dl", null, lines.map(line))))));
  }

  function line([label, text, kind]) {
    const name = cuadra.side(label);
    const long = cuadra.side(text).length > LONG;
    return h(`div.${kind}${name ? "" : ".bare"}${long ? ".long" : ""}`, null,
      h("dt", null, name ? said(name) : h("span.hidden", null, word("value"))),
      h("dd", null, said(cuadra.side(text))));
  }

  function reading(detail) {
    if (!detail.reading) return null;
    return h("section", null, h("h2", null, word("reading")),
      h("p.reading", null, said(detail.reading)));
  }

  /**
   * The evidence in its order, each with its number, label, text and boxes. The finding's own
   * values come first among equals: one number per value, whatever page it is on.
   */
  function numbered(row, detail, shards) {
    return detail.evidence.map((item, at) => {
      const document = item.document_id ?? row.document.id;
      const shard = shards.get(document);
      return {
        number: at + 1, document, role: item.role,
        label: cuadra.place.label(shard, item.table_name, item.record, item.field),
        text: cuadra.place.text(shard, item.table_name, item.record, item.field),
        boxes: cuadra.page.boxesOf(shard, item.table_name, item.record, item.field),
      };
    });
  }

  function evidence(marks) {
    if (!marks.length) return null;
    return h("section", { "aria-labelledby": "numbers" },
      h("h2", { id: "numbers" }, word("numbers")),
      h("ol.evidence", null, marks.map(({ number, role, label, text, boxes, document }) =>
        h(`li.${role}`, null,
          h("span.tag", { "aria-hidden": "true" }, String(number)),
          h("span.label", null, said(label), " ", h("span.role", null, `(${word(`role.${role}`)})`)),
          h("span.text", null, said(text)),
          boxes.length ? h("a.page-link", {
            href: cuadra.link("document", [document, boxes[0].page]),
          }, word("page", { n: boxes[0].page })) : h("span.page-link", null, word("no.place"))))));
  }

  /** Every page that the evidence stands on, in the order of the evidence. */
  function pages(marks, shards) {
    /** @type {Map<string, {document: string, page: number, marks: any[]}>} */
    const sheets = new Map();
    for (const { boxes, document, number, label, text, role } of marks) {
      for (const [part, box] of boxes.entries()) {
        const key = `${document} ${box.page}`;
        if (!sheets.has(key)) sheets.set(key, { document, page: box.page, marks: [] });
        sheets.get(key).marks.push({
          ...box, kind: role, text: `${number}. ${label}: ${text}`, number: part ? undefined : number,
        });
      }
    }
    const shown = [...sheets.values()];
    return h(`section.pages.sheets-${Math.min(shown.length, 4)}`, { "aria-labelledby": "on-page" },
      h("h2", { id: "on-page" }, word("on.page")),
      shown.length ? null : h("p.empty", null, word("no.place")),
      [...shards.values()].map(cuadra.sourceNotice),
      shown.map(({ document, page, marks: found }) => {
        const shard = shards.get(document);
        const name = shard.document.file_name;
        return cuadra.page.figure(shard, page, found, {
          zoom: true,
          description: word("picture", { n: page, document: name, k: found.length }),
          caption: [h("a", { href: cuadra.link("document", [document, page]) },
            said(name), ", ", word("page", { n: page }))],
        });
      }));
  }

  cuadra.views.finding = finding;
}
