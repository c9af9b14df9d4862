"use strict";
/**
 * The address: `#/view/argument/…?severity=error&q=…&lang=en`. Filters and language live in it, so
 * that a link shows what its sender saw. The workbook links to `#hallazgo=…`, since spreadsheet
 * programs turn the slashes of a link round.
 */
{
  /** @typedef {{view: string, parts: string[], filters: URLSearchParams, lang: "es"|"en"}} Route */

  /** @param {string} hash @returns {Route} */
  function parse(hash) {
    const linked = hash.startsWith("#hallazgo=") ? `finding/${hash.slice(10)}` : "";
    const text = hash.startsWith("#/") ? hash.slice(2) : linked;
    const mark = text.indexOf("?");
    const path = mark < 0 ? text : text.slice(0, mark);
    const filters = new URLSearchParams(mark < 0 ? "" : text.slice(mark + 1));
    const wanted = filters.get("lang");
    filters.delete("lang");
    const [view, ...parts] = path.split("/").map(decoded);
    const lang = wanted === "es" || wanted === "en" ? wanted : cuadra.index().lang;
    return { view: view || "overview", parts, filters, lang };
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  /** An address with the filters and the language of the present one. */
  function link(view, parts = [], changes = {}) {
    const params = new URLSearchParams(cuadra.route.filters);
    for (const name of ["at", "page"]) params.delete(name);
    let lang = cuadra.route.lang;
    for (const [name, value] of Object.entries(changes)) {
      if (name === "lang") lang = value;
      else if (value === null || value === "") params.delete(name);
      else params.set(name, value);
    }
    if (lang !== cuadra.index().lang) params.set("lang", lang);
    const path = [view === "overview" ? "" : view, ...parts].map(encodeURIComponent).join("/");
    const query = params.toString();
    return `#/${path}${query ? `?${query}` : ""}`;
  }

  /** Put other filters into the address without opening anything anew. */
  function refilter(changes) {
    const address = link("overview", [], changes);
    history.replaceState(null, "", address);
    cuadra.route = parse(address);
    cuadra.chrome();
  }

  cuadra.parse = parse;
  cuadra.link = link;
  cuadra.refilter = refilter;
}
