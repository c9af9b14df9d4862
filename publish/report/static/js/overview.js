"use strict";
/** The first page: what does not add up, where, and what was checked at all. */
{
  const { h, s, said, count, counted, word, index } = cuadra;
  const { SEVERITIES, programmeOf, titleOf } = cuadra.findings;

  async function overview() {
    await cuadra.findings.loadSentences();
    const results = h("div.results");
    const refresh = () => results.replaceChildren(...found());
    const filters = form(refresh);
    refresh();
    return {
      title: word("title.overview"),
      content: [
        hero(),
        verdicts(),
        h("section.grid", { "aria-labelledby": "findings-title" }, filters, results),
        await cuadra.matrix.section(),
        documents(),
      ],
    };
  }

  function hero() {
    const all = cuadra.findings.all().filter((finding) => !finding.accepted);
    const by = cuadra.findings.tally(all, "severity");
    const read = index().documents.filter((document) => document.family !== "otra");
    const programmes = new Set(read.map(programmeOf));
    const indicators = read.reduce((sum, document) => sum + document.indicators, 0);
    const parts = SEVERITIES.filter((severity) => by.get(severity)).map((severity) =>
      h(`a.${severity}`, { href: cuadra.link("overview", [], { severity }) },
        counted(by.get(severity), `${severity}s`)));
    return h("section.hero", null,
      h("h1", null, parts.length ? joined(parts) : word("all.well")),
      h("p.lead", null, word("hero.in", {
        indicators: counted(indicators, "indicators"),
        documents: counted(index().documents.length, "documents"),
        programmes: counted(programmes.size, "programmes"),
      })),
      outcomes());
  }

  /** `a, b · c` with the parts as elements. */
  function joined(parts) {
    return parts.flatMap((part, at) => (at ? [h("span.comma", null, ", "), part] : [part]));
  }

  /** The outcomes of all checks as one bar. */
  function outcomes() {
    const sums = [0, 0, 0];
    for (const document of index().documents) {
      document.outcomes.forEach((number, at) => { sums[at] += number; });
    }
    const total = sums[0] + sums[1] + sums[2];
    if (!total) return null;
    let start = 0;
    const bars = sums.map((number, at) => {
      const bar = s(`rect.${"pfn"[at]}`, {
        x: (start / total) * 1000, y: 0, width: (number / total) * 1000, height: 10,
      });
      start += number;
      return bar;
    });
    return h("figure.outcomes", null,
      s("svg", { viewBox: "0 0 1000 10", preserveAspectRatio: "none", "aria-hidden": "true" }, bars),
      h("figcaption", null, h("span.total", null, `${counted(total, "checks")}: `),
        h("ul.legend", null, sums.map((number, at) => h(`li.${"pfn"[at]}`, null,
          `${count(number)} ${word(`outcomes.${"pfn"[at]}`)}`)))));
  }

  /** Verdicts that accept nothing. */
  function verdicts() {
    const parts = ["stale", "ambiguous"].filter((key) => index()[key].length).map((key) =>
      h("section.notice", null, h("h2", null, word(key)),
        h("ul", null, index()[key].map((waiver) => h("li", null,
          said(waiver.about), " — ", said(waiver.reason), ` (`, said(waiver.by), `, ${waiver.on})`)))));
    return parts.length ? parts : null;
  }

  /** The filters; every change goes into the address and to `refresh`. */
  function form(refresh) {
    const filters = () => cuadra.route.filters;
    const facets = h("div.facets");
    const changed = (changes) => {
      cuadra.refilter(changes);
      facets.replaceChildren(...choices());
      refresh();
    };
    const toggled = (name, value) => {
      const set = new Set((filters().get(name) ?? "").split(",").filter(Boolean));
      if (!set.delete(value)) set.add(value);
      return { [name]: [...set].join(",") };
    };
    const box = (name, value, text, number, mark) => {
      const set = (filters().get(name) ?? "").split(",");
      return h("label.choice", null,
        h("input", {
          type: "checkbox", name, value, checked: set.includes(value),
          change: () => changed(toggled(name, value)),
        }), mark, h("span.text", null, text), h("span.number", null, count(number)));
    };
    function choices() {
      const severities = cuadra.findings.tally(cuadra.findings.chosen("severity"), "severity");
      const rules = cuadra.findings.tally(cuadra.findings.chosen("rule"), "rule");
      const verdict = filters().get("verdict") ?? "";
      const accepted = cuadra.findings.all().some((finding) => finding.accepted);
      return [
        h("fieldset", null, h("legend", null, word("filter.severity")),
          SEVERITIES.map((severity) => box("severity", severity, word(`severity.${severity}`),
            severities.get(severity) ?? 0, h(`span.mark.${severity}`, { "aria-hidden": "true" })))),
        accepted && h("fieldset", null, h("legend", null, word("filter.verdict")),
          ["", "open", "accepted"].map((value) => h("label.choice", null,
            h("input", {
              type: "radio", name: "verdict", value, checked: verdict === value,
              change: () => changed({ verdict: value }),
            }), h("span.text", null, value ? word(`verdict.${value}`) : word("filter.any"))))),
        h("fieldset.rules", null, h("legend", null, word("filter.rule")), ruleBars(rules, box)),
      ].filter(Boolean);
    }
    facets.append(...choices());
    return h("form.filters", { role: "search", submit: (event) => event.preventDefault() },
      h("label.field", null, h("span", null, word("filter.text")),
        h("input", {
          type: "search", name: "q", value: filters().get("q") ?? "", autocomplete: "off",
          placeholder: word("filter.text.hint"),
          input: (event) => changed({ q: event.target.value }),
        })),
      programmes(changed),
      facets,
      h("button.clear", {
        type: "button",
        click: () => {
          cuadra.refilter({ severity: "", rule: "", programme: "", verdict: "", q: "" });
          cuadra.show();
        },
      }, word("filter.clear")));
  }

  function programmes(changed) {
    const names = new Map();
    for (const document of index().documents) {
      if (document.family !== "otra" && !names.has(programmeOf(document))) {
        names.set(programmeOf(document), document.title ?? document.file);
      }
    }
    if (names.size < 2) return null;
    const chosen = cuadra.route.filters.get("programme") ?? "";
    return h("label.field", null, h("span", null, word("filter.programme")),
      h("select", { name: "programme", change: (event) => changed({ programme: event.target.value }) },
        h("option", { value: "" }, word("filter.any")),
        [...names].map(([id, name]) =>
          h("option", { value: id, selected: id === chosen }, name))));
  }

  /** Each rule with its count, as a number and as the length of a bar. */
  function ruleBars(rules, box) {
    const chosen = (cuadra.route.filters.get("rule") ?? "").split(",").filter(Boolean);
    const codes = [...new Set([...rules.keys(), ...chosen])].sort();
    const most = Math.max(1, ...rules.values());
    return codes.map((code) => {
      const number = rules.get(code) ?? 0;
      const [severity, es, en] = index().rules[code] ?? [2, "", ""];
      const title = cuadra.side([es, en]);
      return h(`div.rule.${SEVERITIES[severity]}`, { title },
        box("rule", code, code, number, s("svg.bar", {
          viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true",
        }, s("rect", { width: (number / most) * 100, height: 8 }))));
    });
  }

  function found() {
    const chosen = cuadra.findings.chosen();
    const all = cuadra.findings.all().length;
    const status = word("findings.shown", { n: count(chosen.length), all: count(all) });
    cuadra.announce(`${word("findings")}: ${status}`);
    return [
      h("h2", { id: "findings-title" }, word("findings"), " ",
        h("span.count", null, chosen.length === all ? count(all) : status)),
      chosen.length ? cuadra.findings.list(chosen)
        : h("p.empty", null, all ? word("filter.none") : word("all.well")),
    ];
  }

  function documents() {
    return h("section", { id: "documents", "aria-labelledby": "documents-title" },
      h("h2", { id: "documents-title" }, word("documents")), cuadra.documentTable());
  }

  cuadra.views.overview = overview;
}
