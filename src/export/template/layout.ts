import {groupBy} from "../../score/group.ts";
import {type Grid, plainText} from "./grid.ts";

/** What a table is filled with: units by code and name, indicators by code and name. */
export interface Known {
  readonly units: readonly {readonly code: string; readonly name: string}[];
  readonly indicators: readonly {readonly code: string; readonly name: string}[];
}

/** A cell to fill; row from 1, column from 0. */
export interface Target {
  readonly row: number;
  readonly column: number;
  readonly unit: string;
  readonly code: string;
  /** Whether the cell holds the full points, which are compared and never written. */
  readonly full: boolean;
}

export interface Layout {
  readonly targets: readonly Target[];
  /** Rows or columns of the table whose unit is not known, as written. */
  readonly unknown_units: readonly string[];
  /** What could not be told apart: two columns of one indicator, two units of one name. */
  readonly unclear: readonly string[];
}

const UNIT_CODE = /^(被?考核|被巡查|责任)?单位(编码|代码|编号)$/;
const UNIT_NAME = /^(被?考核(单位|对象)(名称)?|被巡查单位(名称)?|单位(名称)?|地区|镇街|部门|县区|市州|市县)$/;
const FULL = /^(满分|标准分|分值|权重|权重分)$/;
const POINTS = /^(得分|考核得分|实得分|实际得分|评分|考核评分|核定得分)$/;
const BESIDE = /^(备注|说明|性质|依据|依据条款|扣分|扣分原因|扣分理由|佐证)$/;
/** Lines of a table that are no unit. */
const NO_UNIT = /^(合计|总计|小计|平均|平均分|满分|标准分|最高分?|最低分?|备注|说明|注|填表|审核|单位负责人|制表)/;
/** Rows in which a header is looked for. */
const HEAD_ROWS = 40;
/** Rows of headings that may stand above the one that names units. */
const ABOVE = 3;

/** Finds out how a table is laid out: units down and indicators across, both down, or indicators down and units across; null: it is none. */
export function findLayout(grid: Grid, known: Known): Layout | null {
  const look = new Look(grid, known);
  return look.unitsDown() ?? look.unitsAcross();
}

class Look {
  private readonly byUnitCode: ReadonlyMap<string, string>;
  private readonly byUnitName: ReadonlyMap<string, readonly string[]>;
  private readonly unknown = new Set<string>();
  private readonly unclear = new Set<string>();

  constructor(
    private readonly grid: Grid,
    private readonly known: Known
  ) {
    this.byUnitCode = new Map(known.units.map(({code}) => [plainText(code), code]));
    const names = groupBy(known.units, ({name}) => plainText(name));
    this.byUnitName = new Map([...names].map(([name, list]) => [name, list.map(({code}) => code)]));
  }

  /** A column of units; indicators across, or in a column of their own beside a column of points. */
  unitsDown(): Layout | null {
    const head = this.unitHead();
    if (head === null) return null;
    const units = this.unitRows(head);
    if (units.length === 0) return null;
    const first = units[0]?.row ?? head.bottom + 1;
    const columns = this.indicatorColumns(head, first);
    const across = units.flatMap(({row, unit}) => columns.map(({column, code, full}) => ({row, column, unit, code, full})));
    return this.layout(columns.some((c) => !c.full) ? across : this.indicatorRows(head, units, first));
  }

  /** A row of units, a column of indicators. */
  unitsAcross(): Layout | null {
    const {grid} = this;
    for (const row of grid.rows.slice(0, HEAD_ROWS)) {
      const units = columnsOf(grid).flatMap((column) => {
        const unit = this.unitOf(grid.textAt(row, column));
        return unit === null ? [] : [{column, unit}];
      });
      if (units.length < Math.min(2, this.known.units.length)) continue;
      const left = Math.min(...units.map((u) => u.column));
      const targets = grid.rows
        .filter((below) => below > row)
        .flatMap((below) => {
          const code = columnsOf(grid)
            .filter((column) => column < left)
            .map((column) => this.codeOf(grid.textAt(below, column)))
            .find((found) => found !== null);
          return code ? units.map(({column, unit}) => ({row: below, column, unit, code, full: false})) : [];
        });
      if (targets.length > 0) return this.layout(targets);
    }
    return null;
  }

  private layout(targets: readonly Target[]): Layout | null {
    const sure = [...groupBy(targets, (t) => `${t.unit} ${t.code} ${t.full}`).values()].flatMap((list) => {
      if (list.length === 1 || list.every((t) => t.full)) return list;
      this.unclear.add(`${list[0]?.unit} 的 ${list[0]?.code} 有${list.length}处可填`);
      return [];
    });
    if (targets.length === 0) return null;
    return {targets: sure, unknown_units: [...this.unknown], unclear: [...this.unclear]};
  }

  /** Where units are named; a column of codes is surer than one of names. */
  private unitHead() {
    for (const pattern of [UNIT_CODE, UNIT_NAME])
      for (const row of this.grid.rows.slice(0, HEAD_ROWS))
        for (const column of columnsOf(this.grid)) {
          if (!pattern.test(this.grid.textAt(row, column))) continue;
          const merge = this.grid.mergeAt(row, column);
          const head = {top: merge?.top ?? row, bottom: merge?.bottom ?? row, column, coded: pattern === UNIT_CODE};
          // A heading above several columns, or a code column that nobody filled, names no unit.
          if (this.grid.rows.some((r) => r > head.bottom && this.unitOf(this.grid.textAt(r, column)) !== null)) return head;
        }
    return null;
  }

  private unitRows({bottom, column, coded}: {bottom: number; column: number; coded: boolean}) {
    return this.grid.rows
      .filter((row) => row > bottom)
      .flatMap((row) => {
        const text = this.grid.textAt(row, column);
        const unit = this.unitOf(text);
        if (unit === null && text !== "" && !NO_UNIT.test(text) && (coded || !/^[\d.()]+$/.test(text))) this.unknown.add(text);
        return unit === null ? [] : [{row, unit}];
      });
  }

  /** Columns whose headings name an indicator: by code or by name, in any of the rows of headings. */
  private indicatorColumns(head: {top: number; column: number}, first: number) {
    const {grid} = this;
    const rows = grid.rows.filter((row) => row >= head.top - ABOVE && row < first);
    const found = columnsOf(grid).flatMap((column) => {
      if (column === head.column) return [];
      const texts = rows.flatMap((row) => {
        const merge = grid.mergeAt(row, column);
        // A title above the whole table is no heading of a column.
        return merge && merge.left <= head.column && head.column <= merge.right ? [] : [grid.textAt(row, column)];
      });
      const codes = new Set(texts.map((text) => this.codeOf(text)).filter((code) => code !== null));
      if (codes.size !== 1 || texts.some((text) => BESIDE.test(text))) return [];
      return [
        {
          column,
          code: [...codes][0] as string,
          full: texts.some((text) => FULL.test(text)),
          points: texts.some((t) => POINTS.test(t))
        }
      ];
    });
    // 得分 beside a column without such a word: the word decides.
    return found.filter((c) => c.full || c.points || !found.some((other) => other.code === c.code && other.points));
  }

  /** One row a unit and indicator. */
  private indicatorRows(
    head: {top: number; column: number},
    units: readonly {row: number; unit: string}[],
    first: number
  ): Target[] {
    const {grid} = this;
    const rows = grid.rows.filter((row) => row >= head.top && row < first);
    const headed = (pattern: RegExp) =>
      columnsOf(grid).filter((column) => rows.some((row) => pattern.test(grid.textAt(row, column))));
    const [points, full] = [headed(POINTS), headed(FULL)];
    return units.flatMap(({row, unit}) => {
      const code = columnsOf(grid)
        .filter((column) => column !== head.column)
        .map((column) => this.codeOf(grid.textAt(row, column)))
        .find((found) => found !== null);
      if (!code) return [];
      const of = (columns: readonly number[], isFull: boolean) =>
        columns.map((column) => ({row, column, unit, code, full: isFull}));
      return [...of(points, false), ...of(full, true)];
    });
  }

  private unitOf(text: string): string | null {
    if (text === "") return null;
    const code = this.byUnitCode.get(text);
    if (code !== undefined) return code;
    const named = this.byUnitName.get(text) ?? [];
    if (named.length > 1) this.unclear.add(`“${text}”是${named.length}个单位的名称（${named.join("、")}），请加上单位编码一列`);
    return named.length === 1 ? (named[0] ?? null) : null;
  }

  /** The indicator that a heading names: its code as a word of its own, or its whole name. */
  private codeOf(text: string): string | null {
    if (text === "") return null;
    const found = this.known.indicators.filter(({code, name}) => {
      const plain = plainText(code);
      const at = text.indexOf(plain);
      const isWord =
        at >= 0 && !/[\p{L}\p{N}-]/u.test(latin(text[at - 1])) && !/[\p{L}\p{N}-]/u.test(latin(text[at + plain.length]));
      return isWord || text === plainText(name);
    });
    return found.length === 1 ? (found[0]?.code ?? null) : null;
  }
}

/** A neighbour of a code that would make it another code; Han characters do not. */
function latin(char: string | undefined): string {
  return char !== undefined && /[A-Za-z0-9-]/.test(char) ? char : "";
}

function columnsOf({width}: Grid): number[] {
  return [...Array(width).keys()];
}
