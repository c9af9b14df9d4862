"use strict";
/** What the values of a document are called and say, by table, record and field. */
{
  const { word, label: title } = cuadra;
  /** @type {WeakMap<object, Map<string, any>>} rows by table and record, per shard */
  const known = new WeakMap();

  function rowOf(shard, table, record) {
    if (table === "documents") return shard.document;
    let rows = known.get(shard);
    if (!rows) {
      rows = new Map();
      for (const name of ["indicators", "variables", "observations", "assessments",
        "distributions", "figures"]) {
        for (const row of shard[name]) rows.set(`${name}\n${row.record}`, row);
      }
      known.set(shard, rows);
    }
    return rows.get(`${table}\n${record}`);
  }

  /** `Meta intermedia 2022`, `Variable 2`, `Línea base`. */
  function label(shard, table, record, field) {
    const row = rowOf(shard, table, record);
    const column = title(table, field);
    if (!row) return column;
    if (table === "observations") {
      const series = word(row.series === "historical" ? "historical" : "target");
      return field === "year" ? `${series}: ${column} ${row.year}` : `${series} ${row.year}`;
    }
    if (table === "variables") {
      return field === "value" ? `${word("variable")} ${row.position}`
        : `${word("variable")} ${row.position}, ${column}`;
    }
    if (table === "distributions") return `${row.approach} / ${row.category}`;
    if (table === "figures") return [figure(row.figure), row.subject, row.year || ""].filter(Boolean).join(" · ");
    if (table === "assessments") return `${row.indicator_id} · ${column}`;
    return column;
  }

  /** What a code of the table of figures is called. */
  function figure(code) {
    const pair = cuadra.index().figures[code];
    return pair ? cuadra.side(pair) : code;
  }

  /** Columns whose values are words of a list, shown as words of the language. */
  const WORDED = new Set(["measure", "trend", "accumulation"]);

  /** The value as printed, else as stored. */
  function text(shard, table, record, field) {
    const row = rowOf(shard, table, record);
    if (!row) return "";
    const beside = field.endsWith("value") ? row[field.replace(/value$/, field === "value" ? "value_text" : "text")] : undefined;
    const value = beside ?? row[field] ?? (table === "distributions" ? row.value_text : undefined);
    if (value === undefined) return "";
    return WORDED.has(field) ? word(`word.${value}`) : String(value);
  }

  cuadra.place = { label, text, figure };
}
