import {AlignmentType, Paragraph, type Table} from "docx";
import {ChartRun} from "docx/charts";
import type {Block} from "./document.ts";
import {FACE, line, run, SIZE} from "./layout.ts";

type BarsBlock = Extract<Block, {kind: "bars"}>;

/** Colours that differ in grey too: documents are copied. */
const TONES = {plain: "5B7FA6", strong: "B03A2E", pale: "BFC7D1"} as const;

/** Twips of a pixel. */
const PIXEL = 15;

/** A chart of horizontal bars, each with its number, the first at the top. Numbers can be edited in Word. */
export function barsOf({title, unit, bars}: BarsBlock, width: number): (Paragraph | Table)[] {
  const head = line([run(`${title}（单位：${unit}）`, {face: FACE.heading, size: SIZE.small})], {
    alignment: AlignmentType.CENTER,
    keepNext: true
  });
  if (bars.length === 0) return [head, line(["没有数据。"], {alignment: AlignmentType.CENTER})];
  const chart = new ChartRun({
    type: "bar",
    categories: bars.map(({name}) => name),
    series: [
      {
        name: unit,
        values: bars.map(({value}) => value),
        color: TONES.plain,
        colors: bars.map(({tone}) => TONES[tone]),
        pointLabels: bars.map(({text}) => ({text}))
      }
    ],
    legend: false,
    gapWidth: 50,
    dataLabels: {value: true, font: {name: FACE.song, size: 9}},
    font: {name: FACE.song},
    categoryAxis: {reverseOrder: true, font: {size: 9}},
    valueAxis: {visible: false, gridlines: false, minimum: 0},
    chartArea: {border: "none"},
    transformation: {width: Math.floor(width / PIXEL), height: 24 + bars.length * 22},
    altText: {name: title, description: `${title}：${bars.map(({name, text}) => `${name}${text}`).join("，")}`}
  });
  return [head, new Paragraph({alignment: AlignmentType.CENTER, children: [chart]})];
}
