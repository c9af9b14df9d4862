"use strict";
/**
 * The report's own small library: shards, elements, words. Everything hangs on `cuadra`.
 *
 * A page opened from file:// may load classic scripts and nothing else, so data arrives as calls
 * of `cuadra.receive`. Elements are made by `h` and `s` from text nodes alone: what a PDF says is
 * never parsed as markup.
 */
const cuadra = (() => {
  const SVG = "http://www.w3.org/2000/svg";

  /** @type {Map<string, unknown>} Shards that have arrived, by name. */
  const shards = new Map();
  /** @type {Map<string, Promise<void>>} Scripts asked for, by address. */
  const asked = new Map();

  /** Called by every data script. @param {string} name @param {unknown} data */
  function receive(name, data) {
    shards.set(name, data);
  }

  /** Load a script once. @param {string} source @returns {Promise<void>} */
  function loadScript(source) {
    let promise = asked.get(source);
    if (!promise) {
      promise = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = source;
        script.onload = () => resolve();
        script.onerror = () => reject(new Error(source));
        document.head.append(script);
      });
      asked.set(source, promise);
    }
    return promise;
  }

  /** The data of a shard, loaded when first asked for. @param {string} name */
  async function load(name) {
    if (!shards.has(name)) await loadScript(`data/${name}.js`);
    return shards.get(name);
  }

  /**
   * An HTML element: `h("a.button", {href}, "text", child)`. Attributes that are null, undefined
   * or false are left out; a function is a listener for the event of that name.
   */
  function h(spec, attributes, ...children) {
    const [tag, ...classes] = spec.split(".");
    return filled(document.createElement(tag), classes, attributes, children);
  }

  /** The same for SVG. */
  function s(spec, attributes, ...children) {
    const [tag, ...classes] = spec.split(".");
    return filled(document.createElementNS(SVG, tag), classes, attributes, children);
  }

  function filled(element, classes, attributes, children) {
    if (classes.length) element.setAttribute("class", classes.join(" "));
    for (const [name, value] of Object.entries(attributes ?? {})) {
      if (typeof value === "function") element.addEventListener(name, value);
      else if (value === true) element.setAttribute(name, "");
      else if (value !== null && value !== undefined && value !== false) {
        element.setAttribute(name, String(value));
      }
    }
    append(element, children);
    return element;
  }

  function append(element, children) {
    for (const child of children.flat(Infinity)) {
      if (child !== null && child !== undefined && child !== false) element.append(child);
    }
  }

  /** Text of a document: set apart, so that its direction does not turn the sentence around it. */
  function said(text) {
    return h("bdi", null, text ?? "");
  }

  /** A whole number with its thousands set apart, as the documents print them. */
  function count(number) {
    return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
  }

  /** A word of the interface in the language shown; `{n}` takes its place from `values`. */
  function word(key, values) {
    const text = cuadra.words[cuadra.route.lang][key];
    if (text === undefined) throw new Error(`no word: ${key}`);
    return text.replace(/\{(\w+)\}/g, (_, name) => String(values?.[name] ?? ""));
  }

  /** `1 error`, `2 errores`. */
  function counted(number, key) {
    return `${count(number)} ${word(number === 1 ? `${key}.one` : `${key}.many`)}`;
  }

  /** The side of a pair [Spanish, English] that is shown; a plain text is the same in both. */
  function side(pair) {
    return typeof pair === "string" ? pair : pair[cuadra.route.lang === "en" ? 1 : 0];
  }

  /** The column's title in the language shown. */
  function label(table, field) {
    const pair = index().labels[table]?.[field];
    return pair ? side(pair) : field;
  }

  function index() {
    return shards.get("index");
  }

  /** Text as search compares it: small letters without accents. */
  function folded(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  }

  return {
    receive, loadScript, load, h, s, append, said, count, counted, word, side, label, index, folded,
    words: {}, views: {}, route: /** @type {any} */ (null),
  };
})();
