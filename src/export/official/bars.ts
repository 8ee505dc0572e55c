import {AlignmentType, Paragraph, type Table} from "docx";
import {ChartRun} from "docx/charts";
import type {Block} from "./document.ts";
import {FACE, line, run, SIZE} from "./layout.ts";

type BarsBlock = Extract<Block, {kind: "bars"}>;

/** Colours that differ in grey too: documents are copied. */
const TONES = {plain: "5B7FA6", strong: "B03A2E", pale: "BFC7D1"} as const;

/** The axis beyond the longest bar: its number stands there. */
const HEADROOM = 1.15;

/** Twips of a pixel. */
const PIXEL = 15;

/** A chart of horizontal bars, each with its number, the first at the top. Numbers can be edited in Word. */
export function barsOf({title, unit, bars}: BarsBlock, width: number): (Paragraph | Table)[] {
  const head = line([run(`${title}（单位：${unit}）`, {face: FACE.heading, size: SIZE.small})], {
    alignment: AlignmentType.CENTER,
    keepNext: true
  });
  if (bars.length === 0) return [head, line(["没有数据。"], {alignment: AlignmentType.CENTER})];
  const format = numberFormat(bars);
  const chart = new ChartRun({
    type: "bar",
    categories: bars.map(({name}) => name),
    series: [
      {
        name: unit,
        values: bars.map(({value}) => value),
        color: TONES.plain,
        colors: bars.map(({tone}) => TONES[tone]),
        ...(format === null ? {pointLabels: bars.map(({text}) => ({text}))} : {})
      }
    ],
    legend: false,
    gapWidth: 50,
    dataLabels: {value: true, font: {name: FACE.song, size: 9}, ...(format === null ? {} : {numberFormat: format})},
    font: {name: FACE.song},
    categoryAxis: {reverseOrder: true, font: {size: 9}},
    valueAxis: {visible: false, gridlines: false, minimum: 0, maximum: HEADROOM * Math.max(1, ...bars.map(({value}) => value))},
    chartArea: {border: "none", fill: "none"},
    transformation: {width: Math.floor(width / PIXEL), height: 24 + bars.length * 22},
    altText: {name: title, description: `${title}：${bars.map(({name, text}) => `${name}${text}`).join("，")}`}
  });
  return [head, new Paragraph({alignment: AlignmentType.CENTER, children: [chart]})];
}

/** The number format by which all bars' texts are their numbers, so that they change with them; null when some text says more. */
function numberFormat(bars: BarsBlock["bars"]): string | null {
  const places = bars[0]?.text.split(".")[1]?.length ?? 0;
  if (bars.some(({value, text}) => value.toFixed(places) !== text)) return null;
  return places === 0 ? "0" : `0.${"0".repeat(places)}`;
}
