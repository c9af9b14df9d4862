"use strict";
/** The catalogue of rules, and one rule explained. */
{
  const { h, said, word, index, counted } = cuadra;

  async function rules(code) {
    const pages = /** @type {any} */ (await cuadra.load("rules"));
    const lang = cuadra.route.lang;
    if (code && pages[code]) return one(code, pages[code][lang]);
    if (code) return { title: word("rules"), content: cuadra.nowhere() };
    return {
      title: word("rules"),
      content: [
        h("h1", null, word("rules")), h("p.lead", null, word("rules.lead")),
        h("dl.fields.catalogue", null, Object.keys(pages).map((key) => h("div", null,
          h("dt", null, h("a.code", { href: cuadra.link("rules", [key]) }, key), " ",
            cuadra.findings.badge(severityOf(key))),
          h("dd", null, pages[key][lang][0])))),
      ],
    };
  }

  function severityOf(code) {
    return cuadra.findings.SEVERITIES[index().rules[code][0]];
  }

  function one(code, [title, what, why, example]) {
    const found = cuadra.findings.all().filter((finding) => finding.rule === code).length;
    return {
      title: `${code} · ${title}`,
      content: [
        h("nav.neighbours", { "aria-label": word("rules") },
          h("a", { href: cuadra.link("rules") }, `← ${word("rule.all")}`)),
        h("article.rule-page", null,
          h("p.where", null, cuadra.findings.badge(severityOf(code)), h("span.code", null, code)),
          h("h1", null, said(title)),
          [["rule.what", what], ["rule.why", why], ["rule.example", example]].map(([name, text]) =>
            h("section", null, h("h2", null, word(name)),
              text.split("\n\n").map((paragraph) => h("p", null, said(paragraph))))),
          found > 0 && h("p", null, h("a", {
            href: cuadra.link("overview", [], { rule: code, severity: "", q: "", programme: "", verdict: "" }),
          }, word("rule.see", { n: counted(found, "findings") })))),
      ],
    };
  }

  cuadra.views.rules = rules;
}
