"use strict";
/** Findings as the index holds them, and the filters that choose among them. */
{
  const { h, said, count, word, index, folded } = cuadra;
  const SEVERITIES = ["error", "warning", "info"];

  /**
   * @typedef {object} Finding One row of the index.
   * @property {number} at its place in the index
   * @property {string} id
   * @property {any} document its document's row
   * @property {string} indicator
   * @property {string} name the indicator's, empty where unknown
   * @property {string} rule
   * @property {"error"|"warning"|"info"} severity
   * @property {number} page the first page of its evidence, 0 where it stands on none
   * @property {any} accepted the verdict that accepts it, or null
   */

  /** @type {Finding[]} */
  let all = [];
  /** @type {Map<string, Finding>} */
  const byId = new Map();
  /** @type {Record<string, string[]>} Sentences by language, in the order of the index. */
  const sentences = {};
  /** @type {Record<string, string[]>} What the search looks at, by language. */
  const searched = {};

  function prepare() {
    const { findings, documents, names, waivers } = index();
    all = findings.map(([id, document, indicator, name, rule, severity, page, waiver], at) => ({
      at, id, document: documents[document], indicator, rule, page,
      name: name < 0 ? "" : names[name],
      severity: SEVERITIES[severity],
      accepted: waiver < 0 ? null : waivers[waiver],
    }));
    for (const finding of all) byId.set(finding.id, finding);
  }

  /** Load the sentences of the language shown. */
  async function loadSentences() {
    const lang = cuadra.route.lang;
    sentences[lang] ??= /** @type {string[]} */ (await cuadra.load(`messages-${lang}`));
    searched[lang] ??= all.map((finding, at) =>
      folded([sentences[lang][at], finding.rule, finding.indicator, finding.name, finding.id,
        finding.document.title ?? "", finding.document.file].join(" ")));
  }

  /** A finding's sentence, once loaded. */
  function sentence(finding) {
    return sentences[cuadra.route.lang][finding.at];
  }

  /** The programme that a document belongs to: its identifier, or the document itself. */
  function programmeOf(document) {
    return document.programme ?? document.id;
  }

  /** A test for the filters of the address; `except` leaves one of them out. */
  function matcher(except) {
    const { filters, lang } = cuadra.route;
    const chosen = (name) => (name === except ? "" : filters.get(name) ?? "");
    const set = (name) => new Set(chosen(name).split(",").filter(Boolean));
    const severities = set("severity");
    const rules = set("rule");
    const programme = chosen("programme");
    const verdict = chosen("verdict");
    const words = folded(chosen("q")).split(/\s+/).filter(Boolean);
    const texts = searched[lang];
    return (finding) =>
      (!severities.size || severities.has(finding.severity)) &&
      (!rules.size || rules.has(finding.rule)) &&
      (!programme || programmeOf(finding.document) === programme) &&
      (!verdict || (verdict === "accepted") === (finding.accepted !== null)) &&
      words.every((text) => texts[finding.at].includes(text));
  }

  function chosen(except) {
    return all.filter(matcher(except));
  }

  function tally(findings, key) {
    const counts = new Map();
    for (const finding of findings) counts.set(finding[key], (counts.get(finding[key]) ?? 0) + 1);
    return counts;
  }

  function badge(severity) {
    return h(`span.badge.${severity}`, null, word(`severity.${severity}`));
  }

  /** One finding in a list. `here` leaves out what the page around it says already. */
  function item(finding, here = "") {
    const where = [
      h("a.code", { href: cuadra.link("rules", [finding.rule]) }, finding.rule),
      finding.indicator && here !== "indicator" && h("a", {
        href: cuadra.link("indicator", [finding.document.id, finding.indicator]),
      }, said(`${finding.indicator} ${finding.name}`.trim())),
      finding.page > 0 && h("a", {
        href: cuadra.link("document", [finding.document.id, finding.page]),
      }, word("page", { n: finding.page })),
      here !== "document" && here !== "indicator" && index().documents.length > 1 &&
        h("a", { href: cuadra.link("document", [finding.document.id]) },
          said(titleOf(finding.document))),
      finding.accepted && h("span.verdict", null, word("accepted")),
    ];
    return h(`li.finding.${finding.severity}${finding.accepted ? ".is-accepted" : ""}`, null,
      badge(finding.severity),
      h("p.sentence", null,
        h("a", { href: cuadra.link("finding", [finding.id]) }, said(sentence(finding)))),
      h("p.where", null, where));
  }

  /** What a document is called, short enough for a line. */
  function titleOf(document) {
    const years = [...new Set([document.start, document.end].filter(Boolean))].join("-");
    const title = document.title ?? document.file;
    return years && !title.includes(years) ? `${title} ${years}` : title;
  }

  /** A list that grows by a hundred at a click: thousands of findings cost what is looked at. */
  function list(findings, here) {
    const STEP = 100;
    const items = h("ol.findings");
    const more = h("button.more", { type: "button", click: () => grow() });
    const grow = () => {
      const shown = items.childElementCount;
      cuadra.append(items, findings.slice(shown, shown + STEP).map((one) => item(one, here)));
      const rest = findings.length - items.childElementCount;
      more.hidden = rest <= 0;
      more.textContent = word("more", { n: count(Math.min(STEP, rest)) });
    };
    grow();
    return h("div", null, items, more);
  }

  cuadra.findings = {
    SEVERITIES, prepare, loadSentences, sentence, programmeOf, chosen, tally, badge, list, titleOf,
    all: () => all,
    get: (id) => byId.get(id),
    of: (document, indicator) => all.filter((finding) => finding.document.id === document &&
      (indicator === undefined || finding.indicator === indicator)),
  };
}
