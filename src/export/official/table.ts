import {
  AlignmentType,
  BorderStyle,
  HeightRule,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlign,
  WidthType
} from "docx";
import type {Block, TableColumn} from "./document.ts";
import {FACE, INDENTED, line, lines, mm, run, SIZE} from "./layout.ts";

type TableBlock = Extract<Block, {kind: "table"}>;

/** Lines of a table's text. */
const LINE = 320;

const RULE = {style: BorderStyle.SINGLE, size: 4, color: "000000"} as const;
const RULES = {top: RULE, bottom: RULE, left: RULE, right: RULE, insideHorizontal: RULE, insideVertical: RULE} as const;

/** Room between a cell's edge and its text. */
const MARGINS = {top: 40, bottom: 40, left: 85, right: 85} as const;

/** Shares of a width, in whole twips that add up to it. @example shares([1, 2], 900) // [300, 600] */
export function shares(widths: readonly number[], whole: number): number[] {
  const sum = widths.reduce((a, b) => a + b, 0);
  const ends = widths.map((_, i) => Math.round((whole * widths.slice(0, i + 1).reduce((a, b) => a + b, 0)) / sum));
  return ends.map((end, i) => end - (ends[i - 1] ?? 0));
}

/** A table with its caption; the header is repeated on every page, no row is torn. An empty one is a sentence. */
export function tableOf({caption, columns, rows, empty}: TableBlock, width: number): (Paragraph | Table)[] {
  const head =
    caption === null
      ? []
      : [line([run(caption, {face: FACE.heading, size: SIZE.small})], {alignment: AlignmentType.CENTER, keepNext: true})];
  if (rows.length === 0) return [...head, line([empty], head.length > 0 ? {alignment: AlignmentType.CENTER} : {indent: INDENTED})];
  const widths = shares(
    columns.map((c) => c.width),
    width
  );
  const table = new Table({
    width: {size: width, type: WidthType.DXA},
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: RULES,
    margins: MARGINS,
    rows: [
      new TableRow({tableHeader: true, cantSplit: true, children: columns.map((c, i) => headerCell(c.header, widths[i] ?? 0))}),
      ...rows.map((row) => new TableRow({cantSplit: true, children: columns.map((c, i) => cell(row[i] ?? "", c, widths[i] ?? 0))}))
    ]
  });
  return [...head, table, gap()];
}

/** Labels and values beside each other, as on a form. */
export function fieldsOf(fields: readonly (readonly [label: string, value: string])[], width: number): (Paragraph | Table)[] {
  const widths = shares([24, 76], width);
  const rows = fields.map(
    ([label, value]) =>
      new TableRow({
        height: {value: 510, rule: HeightRule.ATLEAST},
        cantSplit: true,
        children: [
          headerCell(label, widths[0] ?? 0, SIZE.small),
          cell(value, {header: label, width: 76}, widths[1] ?? 0, SIZE.small)
        ]
      })
  );
  return [
    new Table({
      ...{width: {size: width, type: WidthType.DXA}, columnWidths: widths, layout: TableLayoutType.FIXED},
      ...{borders: RULES, margins: {...MARGINS, top: 60, bottom: 60}, rows}
    }),
    gap()
  ];
}

function headerCell(text: string, width: number, size: number = SIZE.table): TableCell {
  return new TableCell({
    width: {size: width, type: WidthType.DXA},
    verticalAlign: VerticalAlign.CENTER,
    shading: {type: ShadingType.CLEAR, color: "auto", fill: "F2F2F2"},
    children: [cellLine(text, AlignmentType.CENTER, FACE.heading, size)]
  });
}

const ALIGNED = {left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT} as const;

function cell(text: string, {align = "left"}: TableColumn, width: number, size: number = SIZE.table): TableCell {
  const parts = text.split("\n");
  return new TableCell({
    width: {size: width, type: WidthType.DXA},
    verticalAlign: VerticalAlign.CENTER,
    children: parts.map((part) => cellLine(part, ALIGNED[align], FACE.body, size))
  });
}

/** Text of a cell, outside the grid of the body. */
function cellLine(text: string, alignment: (typeof ALIGNED)[keyof typeof ALIGNED], face: string, size: number): Paragraph {
  return new Paragraph({
    alignment,
    spacing: lines(size > SIZE.table ? LINE + 40 : LINE),
    children: [run(text, {face, size})]
  });
}

/** Room after a table; two tables that touch would be one. */
export function gap(): Paragraph {
  return new Paragraph({spacing: lines(mm(3)), children: []});
}
