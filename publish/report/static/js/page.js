"use strict";
/** A page of a document with boxes on it: the picture, or its outline where there is none. */
{
  const { h, s, word } = cuadra;
  const MARGIN = 24; // points around what is zoomed to
  const LEAST_WIDTH = 330; // points: closer than this, the words around a number are lost
  const LEAST_HEIGHT = 150;
  const LETTER = [612, 792];

  /**
   * @typedef {{x0: number, top: number, x1: number, bottom: number}} Rect points, from top left
   * @typedef {Rect & {text: string, kind: string, number?: number, href?: string}} Mark
   */

  /**
   * The boxes of one value. A value that is not available has those of its text, and the reverse.
   * @returns {(Rect & {page: number, reader: string, field: string})[]}
   */
  function boxesOf(shard, table, record, field) {
    const own = boxesOfField(shard, table, record, field);
    const sibling = field.endsWith("_text") ? [field.replace(/_text$/, ""), field.replace(/_text$/, "_value")]
      : [`${field}_text`, field.replace(/value$/, "text")];
    return [own, ...sibling.map((name) => boxesOfField(shard, table, record, name))]
      .find((boxes) => boxes.length) ?? [];
  }

  function boxesOfField(shard, table, record, field) {
    const { rows, tables, records, fields, readers } = shard.boxes;
    const wanted = [tables.indexOf(table), records.indexOf(record), fields.indexOf(field)];
    if (wanted.includes(-1)) return [];
    return rows
      .filter((row) => row[0] === wanted[0] && row[1] === wanted[1] && row[2] === wanted[2])
      .map(([, , , reader, , page, x0, top, x1, bottom]) =>
        ({ page, x0, top, x1, bottom, field, reader: readers[reader] }));
  }

  /** A page's size in points; where it is not known, one that holds all its boxes. */
  function sizeOf(shard, page) {
    const known = shard.sizes[page];
    if (known) return known;
    const boxes = shard.boxes.rows.filter((row) => row[5] === page);
    return [
      Math.max(LETTER[0], ...boxes.map((row) => row[8] + MARGIN)),
      Math.max(LETTER[1], ...boxes.map((row) => row[9] + MARGIN)),
    ];
  }

  /** The part of a page to look at: all marks with some of what surrounds them. */
  function zoomed(marks, [width, height]) {
    const left = Math.min(...marks.map((mark) => mark.x0)) - MARGIN;
    const right = Math.max(...marks.map((mark) => mark.x1)) + MARGIN;
    const top = Math.min(...marks.map((mark) => mark.top)) - MARGIN;
    const bottom = Math.max(...marks.map((mark) => mark.bottom)) + MARGIN;
    const [x0, x1] = widened(left, right, Math.min(LEAST_WIDTH, width), width);
    const [y0, y1] = widened(top, bottom, Math.min(LEAST_HEIGHT, height), height);
    return { x0, top: y0, x1, bottom: y1 };
  }

  function widened(low, high, least, limit) {
    const spare = Math.max(0, least - (high - low)) / 2;
    const start = Math.max(0, Math.min(low - spare, limit - least));
    return [start, Math.min(limit, Math.max(high + spare, start + least))];
  }

  /** What an SVG shows: as large as its place allows, in the proportions of the part shown. */
  function view({ x0, top, x1, bottom }) {
    const [width, height] = [x1 - x0, bottom - top];
    return { viewBox: [x0, top, width, height].join(" "), width: width * 4, height: height * 4 };
  }

  /**
   * @param {any} shard the document's data
   * @param {number} page from 1
   * @param {Mark[]} marks
   * @param {{zoom: boolean, caption: Node[], description: string}} options
   */
  function figure(shard, page, marks, { zoom, caption, description }) {
    const size = sizeOf(shard, page);
    const whole = { x0: 0, top: 0, x1: size[0], bottom: size[1] };
    const close = zoom && marks.length ? zoomed(marks, size) : whole;
    const picture = shard.pictures[page];
    const drawing = s("svg.page", { ...view(close), role: "group", "aria-label": description },
      s("rect.paper", { width: size[0], height: size[1] }),
      picture && s("image", { href: `pages/${picture}`, width: size[0], height: size[1] }),
      marks.map((one, at) => mark(one, sharing(one, marks.slice(0, at)))));
    let near = true;
    const button = h("button", {
      type: "button",
      click: () => {
        near = !near;
        for (const [name, value] of Object.entries(view(near ? close : whole))) {
          drawing.setAttribute(name, String(value));
        }
        button.textContent = word(near ? "zoom.whole" : "zoom.in");
      },
    }, word("zoom.whole"));
    return h("figure.sheet", null, drawing,
      h("figcaption", null, caption, zoom && button,
        !picture && h("p.no-picture", null, word("no.picture"))));
  }

  /** How many earlier marks have the same box: their numbers stand side by side. */
  function sharing(one, earlier) {
    return earlier.filter((other) => other.number && other.x0 === one.x0 && other.top === one.top)
      .length;
  }

  function mark({ x0, top, x1, bottom, text, kind, number, href }, shared) {
    const centre = x0 - 9 - 13 * shared;
    const box = s(`rect.box.${kind}`, {
      x: x0 - 1, y: top - 1, width: x1 - x0 + 2, height: bottom - top + 2, rx: 1.5,
      role: "img", "aria-label": text,
    }, s("title", null, text));
    const badge = number && s(`g.number.${kind}`, { "aria-hidden": "true" },
      s("circle", { cx: centre, cy: (top + bottom) / 2, r: 6 }),
      s("text", { x: centre, y: (top + bottom) / 2 + 2.6 }, String(number)));
    return href ? s("a", { href, "aria-label": text }, box) : s("g", null, box, badge);
  }

  cuadra.page = { boxesOf, figure, sizeOf };
}
