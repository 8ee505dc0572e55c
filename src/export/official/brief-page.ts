import {
  AlignmentType,
  BorderStyle,
  HeightRule,
  type ISectionOptions,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  VerticalAlign,
  WidthType
} from "docx";
import {ChartRun} from "docx/charts";
import {stampMarks} from "../../release/stamp.ts";
import {points} from "../../score/score.ts";
import type {Brief} from "../brief.ts";
import {chineseDate} from "./date.ts";
import {footerOf, headerOf} from "./frame.ts";
import {charWidth, FACE, lines, mm, PAGE, RED, run} from "./layout.ts";
import {pack} from "./render.ts";
import {shares} from "./table.ts";

/** Margins of the one page: narrower than those of official documents. */
const MARGIN = {top: mm(22), bottom: mm(22), left: mm(20), right: mm(20), header: mm(10), footer: mm(8)} as const;
const WIDTH = PAGE.width - MARGIN.left - MARGIN.right;

/** Height of a row of a list: two lines of text. */
const ROW = 530;

/** Twips of a pixel. */
const PIXEL = 15;

const BLUE = "2F5C8A";
const STRONG = "B03A2E";
const SERIES = [BLUE, "8FB0D1", "C9A15A"] as const;

const NONE = {style: BorderStyle.NONE, size: 0, color: "auto"} as const;
const HAIR = {style: BorderStyle.SINGLE, size: 4, color: "BFBFBF"} as const;
const OPEN = {top: NONE, bottom: NONE, left: NONE, right: NONE, insideHorizontal: NONE, insideVertical: NONE} as const;

/**
 * The brief on one page of A4: a head, a sentence, figures, two charts, the lowest and the overdue.
 * Shape: bytes of a .docx; the same brief gives the same bytes.
 * @example writeFileSync("简报.docx", await renderBrief(await briefOf(scored)))
 */
export async function renderBrief(brief: Brief): Promise<Uint8Array> {
  const marks = headerOf(stampMarks(brief.stamp));
  const section: ISectionOptions = {
    headers: {default: marks},
    footers: {default: footerOf("odd", brief.stamp)},
    properties: {page: {size: {width: PAGE.width, height: PAGE.height}, margin: MARGIN}},
    children: [
      ...headOf(brief),
      text(brief.sentence, {size: 24, distance: 420}),
      space(140),
      figuresOf(brief),
      space(120),
      chartsOf(brief),
      ...lowestOf(brief),
      ...overdueOf(brief)
    ]
  };
  return pack(`${brief.title}（${brief.period}）`, brief.authority, brief.stamp, [section], false);
}

/** Title in red, office and day below it, a red line. */
function headOf({title, period, authority, stamp}: Brief): Paragraph[] {
  const day = stamp.release?.on ?? stamp.as_of;
  return [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: lines(760),
      children: [run(title, {face: FACE.title, size: 64, color: RED})]
    }),
    new Paragraph({
      spacing: {...lines(400), after: 160},
      tabStops: [{type: TabStopType.RIGHT, position: WIDTH}],
      border: {bottom: {style: BorderStyle.SINGLE, size: 16, color: RED, space: 4}},
      children: [
        run(authority, {size: 22}),
        run(`\t${period}　`, {size: 22, face: FACE.heading}),
        run(stamp.release === null ? `统计截止${chineseDate(day)}` : `${chineseDate(day)}审定`, {size: 22})
      ]
    })
  ];
}

/** Figures beside each other, large. */
function figuresOf({figures}: Brief): Table {
  const widths = shares(
    figures.map(() => 1),
    WIDTH
  );
  return grid(widths, [
    {
      height: 860,
      cells: figures.map(({label, value, tone}) => [
        centred(value, {size: 40, color: tone === "strong" ? STRONG : BLUE, face: FACE.heading, distance: 480}),
        centred(label, {size: 19, color: "595959", distance: 280})
      ])
    }
  ]);
}

/** Grades at the left, contents with most findings at the right. */
function chartsOf({grades, items, words}: Brief): Table {
  const widths = shares([46, 54], WIDTH);
  const height = 178;
  const left = new ChartRun({
    type: "column",
    categories: [...grades.names],
    series: grades.series.map(({name, counts}, i) => ({name, values: [...counts], color: SERIES[i % SERIES.length] ?? BLUE})),
    legend: grades.series.length > 1 ? {position: "bottom", font: {size: 9}} : false,
    dataLabels: {value: true, font: {name: FACE.song, size: 9}},
    font: {name: FACE.song},
    gapWidth: 70,
    categoryAxis: {font: {size: 9}},
    valueAxis: {
      visible: false,
      gridlines: false,
      minimum: 0,
      maximum: 1.2 * Math.max(1, ...grades.series.flatMap((s) => s.counts))
    },
    chartArea: {border: "none", fill: "none"},
    transformation: {width: Math.floor((widths[0] ?? 0) / PIXEL) - 4, height},
    altText: {
      name: "等次分布",
      description: grades.series
        .map((s) => `${s.name}：${grades.names.map((n, i) => `${n}${s.counts[i]}个`).join("，")}`)
        .join("；")
    }
  });
  const right = new ChartRun({
    type: "bar",
    categories: items.length === 0 ? ["没有"] : items.map((i) => cut(i.title, 12)),
    series: [{name: words.finding, values: items.length === 0 ? [0] : items.map((i) => i.findings), color: BLUE}],
    legend: false,
    dataLabels: {value: true, font: {name: FACE.song, size: 9}},
    font: {name: FACE.song},
    gapWidth: 55,
    categoryAxis: {reverseOrder: true, font: {size: 9}},
    valueAxis: {visible: false, gridlines: false, minimum: 0, maximum: 1.2 * Math.max(1, ...items.map((i) => i.findings))},
    chartArea: {border: "none", fill: "none"},
    transformation: {width: Math.floor((widths[1] ?? 0) / PIXEL) - 4, height},
    altText: {name: "问题分布", description: items.map((i) => `${i.title}${i.findings}条`).join("，")}
  });
  const chart = (made: ChartRun) => new Paragraph({alignment: AlignmentType.CENTER, children: [made]});
  return grid(widths, [
    {height: 320, cells: [[heading("等次分布（个）")], [heading(`${words.finding}较多的内容（条）`)]]},
    {
      height: height * PIXEL + 60,
      cells: [
        [chart(left)],
        [items.length === 0 ? text(`本期没有发现${words.finding}。`, {size: 21, distance: 340}) : chart(right)]
      ]
    }
  ]);
}

/** The lowest scores, each with its reasons. */
function lowestOf({lowest}: Brief): (Paragraph | Table)[] {
  const rows = lowest.map((u) => [
    u.unit_name,
    points(u.milli ?? 0),
    u.grade ?? "—",
    cut([...u.vetoes, ...u.reasons.slice(0, u.vetoes.length > 0 ? 1 : 2)].join("；"), 62) + (u.provisional ? "（暂定）" : "")
  ]);
  return [
    space(80),
    heading("得分较低的单位及主要原因"),
    rows.length === 0
      ? text("没有单位得分。", {size: 21, distance: 340})
      : list(["单位", "得分", "等次", "主要原因（失分）"], [22, 10, 9, 59], rows, [1, 2], ROW)
  ];
}

/** What has been overdue longest; without descriptions where they may not be told. */
function overdueOf({overdue, overdue_count, words}: Brief): (Paragraph | Table)[] {
  const told = overdue.some((f) => f.description !== null);
  const rows = overdue.map((f) => [
    ...[f.finding_id, cut(f.unit_name, told ? 16 : 30), f.severity],
    ...(told ? [cut(f.description ?? "—", 32)] : []),
    ...[f.due_on ?? "—", f.days === null ? "—" : String(f.days)]
  ]);
  const headers = ["编号", "计分单位", "程度", ...(told ? ["描述"] : []), "期限", "逾期天数"];
  const [weights, middle] = told
    ? [
        [14, 19, 8, 36, 13, 10],
        [0, 2, 4, 5]
      ]
    : [
        [20, 40, 10, 16, 14],
        [0, 2, 3, 4]
      ];
  const more = overdue_count > rows.length ? `（共${overdue_count}条，列出逾期最久的${rows.length}条）` : "";
  return [
    space(80),
    heading(`逾期未整改的${words.finding}${more}`),
    rows.length === 0
      ? text(`没有逾期未整改的${words.finding}。`, {size: 21, distance: 340})
      : list(headers, weights, rows, middle, ROW)
  ];
}

/** A list with a header, hairlines between rows, of fixed height. */
function list(
  headers: readonly string[],
  weights: readonly number[],
  rows: readonly (readonly string[])[],
  middle: readonly number[],
  height: number
): Table {
  const widths = shares(weights, WIDTH);
  const cell = (value: string, i: number) => [(middle.includes(i) ? centred : text)(value, {size: 19, distance: 250})];
  return grid(
    widths,
    [
      {height: 330, cells: headers.map((h) => [centred(h, {size: 19, face: FACE.heading, distance: 250})]), fill: "EEF2F6"},
      ...rows.map((row) => ({height, cells: row.map(cell)}))
    ],
    {...OPEN, top: HAIR, bottom: HAIR, insideHorizontal: HAIR}
  );
}

interface GridRow {
  readonly height: number;
  readonly cells: readonly Paragraph[][];
  readonly fill?: string;
}

function grid(
  widths: readonly number[],
  rows: readonly GridRow[],
  borders: Readonly<Record<string, typeof NONE | typeof HAIR>> = OPEN
): Table {
  return new Table({
    width: {size: WIDTH, type: WidthType.DXA},
    columnWidths: [...widths],
    layout: TableLayoutType.FIXED,
    borders,
    margins: {left: 60, right: 60, top: 0, bottom: 0},
    rows: rows.map(
      ({height, cells, fill}) =>
        new TableRow({
          height: {value: height, rule: HeightRule.EXACT},
          cantSplit: true,
          children: cells.map(
            (children, i) =>
              new TableCell({
                width: {size: widths[i] ?? 0, type: WidthType.DXA},
                verticalAlign: VerticalAlign.CENTER,
                ...(fill === undefined ? {} : {shading: {fill, type: "clear", color: "auto"}}),
                children
              })
          )
        })
    )
  });
}

interface Look {
  readonly size: number;
  readonly distance: number;
  readonly face?: string;
  readonly color?: string;
}

function text(words: string, {distance, ...look}: Look): Paragraph {
  return new Paragraph({spacing: lines(distance), children: [run(words, {face: FACE.body, ...look})]});
}

function centred(words: string, {distance, ...look}: Look): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: lines(distance),
    children: [run(words, {face: FACE.body, ...look})]
  });
}

function heading(words: string): Paragraph {
  return text(words, {size: 22, face: FACE.heading, distance: 320});
}

function space(height: number): Paragraph {
  return new Paragraph({spacing: lines(height), children: []});
}

/** A text of at most so many characters. */
function cut(words: string, most: number): string {
  if (charWidth(words) <= most) return words;
  const kept: string[] = [];
  let width = 1;
  for (const char of words) {
    width += charWidth(char);
    if (width > most) break;
    kept.push(char);
  }
  return `${kept.join("")}…`;
}
