"use strict";
/** An indicator through time: history, baseline and targets, drawn with d3 when it is opened. */
{
  const { s, word } = cuadra;
  const WIDTH = 640;
  const HEIGHT = 300;
  const MARGIN = { top: 16, right: 20, bottom: 34, left: 84 };

  /**
   * @typedef {{year: number, value: number|null, text: string}} Point
   * @typedef {{historical: Point[], target: Point[], baseline: Point|null, final: Point|null}} Series
   */

  /** @param {Series} series @param {string} description what it shows, in words */
  async function chart(series, description) {
    await cuadra.loadScript("static/vendor/d3.min.js");
    const points = [...series.historical, ...series.target, series.baseline, series.final]
      .filter((point) => point && point.value !== null);
    const years = [...series.historical, ...series.target, series.baseline, series.final]
      .filter(Boolean).map((point) => point.year);
    const x = d3.scaleLinear([Math.min(...years), Math.max(...years)],
      [MARGIN.left + 12, WIDTH - MARGIN.right - 12]);
    const [low, high] = d3.extent(points, (point) => point.value);
    const room = (high - low || Math.abs(high) || 1) * 0.12;
    const y = d3.scaleLinear([low >= 0 ? Math.max(0, low - room) : low - room, high + room],
      [HEIGHT - MARGIN.bottom, MARGIN.top]).nice(5);
    const svg = s("svg.chart", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img",
      "aria-label": description });
    const drawing = d3.select(svg);
    axes(drawing, x, y, years);
    const line = d3.line().defined((point) => point.value !== null)
      .x((point) => x(point.year)).y((point) => y(point.value));
    for (const name of ["historical", "target"]) {
      drawing.append("path").attr("class", `line ${name}`).attr("d", line(series[name]));
      drawing.selectAll(`.point.${name}`)
        .data(series[name].filter((point) => point.value !== null)).join("circle")
        .attr("class", `point ${name}`).attr("r", 3.5)
        .attr("cx", (point) => x(point.year)).attr("cy", (point) => y(point.value))
        .append("title").text((point) => `${word(name)} ${point.year}: ${point.text}`);
      gaps(drawing, series[name], name, x);
    }
    lone(drawing, series.baseline, "baseline", d3.symbolDiamond, x, y);
    lone(drawing, series.final, "final", d3.symbolSquare, x, y);
    return svg;
  }

  function axes(drawing, x, y, years) {
    const ticks = [...new Set(years)].sort();
    const thin = Math.ceil(ticks.length / 12);
    drawing.append("g").attr("class", "axis x")
      .attr("transform", `translate(0,${HEIGHT - MARGIN.bottom})`)
      .call(d3.axisBottom(x).tickValues(ticks.filter((_, at) => at % thin === 0))
        .tickFormat(String).tickSizeOuter(0));
    drawing.append("g").attr("class", "axis y").attr("transform", `translate(${MARGIN.left},0)`)
      .call(d3.axisLeft(y).ticks(5).tickSize(-(WIDTH - MARGIN.left - MARGIN.right)));
  }

  /** Years whose value is not available: a gap in the line, said at the foot. */
  function gaps(drawing, points, name, x) {
    drawing.selectAll(`.gap.${name}`).data(points.filter((point) => point.value === null))
      .join("text").attr("class", `gap ${name}`).attr("x", (point) => x(point.year))
      .attr("y", HEIGHT - MARGIN.bottom - 6).text((point) => point.text.slice(0, 6) || "–");
  }

  function lone(drawing, point, name, symbol, x, y) {
    if (!point || point.value === null) return;
    drawing.append("path").attr("class", `point ${name}`)
      .attr("d", d3.symbol(symbol, 90)())
      .attr("transform", `translate(${x(point.year)},${y(point.value)})`)
      .append("title").text(`${word(name)} ${point.year}: ${point.text}`);
  }

  cuadra.chart = chart;
}
