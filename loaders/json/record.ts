import type {Place} from "../../src/fault.ts";
import type {Limits} from "../limits.ts";
import {refuseStarred} from "../marking.ts";
import type {PreparedRow} from "../prepared.ts";
import {UNREADABLE} from "../text/recode.ts";
import {fittingCells, shortened} from "../text/row.ts";
import type {Key, KeyColumns} from "./column.ts";
import {DEEPEST, type JsonText} from "./text.ts";

/** Surrogates that are no pair: half a character. */
const HALF = /[\ud800-\udfff]/u;
const HALVES = new RegExp(HALF, "gu");
const BOOLEANS = {true: "TRUE", false: "FALSE"} as const;

/** What reading records needs beside their text. */
export interface RecordRules {
  readonly columns: KeyColumns;
  readonly limits: Limits;
  /** The encoding, when bytes of the file were not of it; null: no byte was amiss. */
  readonly damaged: string | null;
}

/**
 * Reads objects of JSON as rows: values of objects within stand below their group, lists of single values are joined by `、`,
 * numbers keep their digits, true and false are TRUE and FALSE, null is blank.
 * Errors: JsonError where the text is not JSON; Fault 2 for too many keys, 3 for a secrecy marking.
 */
export class RecordParser {
  private cells: string[] = [];
  private faults: PreparedRow["faults"][number][] = [];
  private number = 0;

  constructor(
    private readonly json: JsonText,
    private readonly rules: RecordRules
  ) {}

  /** The record that begins here; anything but an object is rejected as a whole. `place` is for refusals. */
  read(source_row: number, place: Place): PreparedRow {
    this.cells = new Array<string>(this.rules.columns.header.length).fill("");
    this.faults = [];
    this.number++;
    const kind = this.json.begin();
    if (kind === "object") this.object(this.rules.columns.top, 1, place);
    else if (kind === "end") throw this.json.error("内容不完整");
    else {
      this.json.skip();
      this.faults.push({column: "", reason: `不是一条记录（应为大括号里的键和值，却是${KINDS[kind]}）；请改正或删去`});
    }
    const cells = fittingCells(this.cells, this.faults);
    return {source_row, faults: this.faults, cells, beyond: null};
  }

  private object(key: Key, depth: number, place: Place): void {
    const {json} = this;
    const {columns} = this.rules;
    if (!json.enter("object")) return;
    do {
      const below = columns.below(key, json.key());
      const isTwice = below.seen === this.number;
      below.seen = this.number;
      if (isTwice) {
        this.whole(`键“${shownKey(below)}”在同一条记录里写了两次；请只留一个`);
        json.skip();
      } else this.value(below, depth, place);
    } while (json.more("object"));
  }

  private value(key: Key, depth: number, place: Place): void {
    const {json} = this;
    const kind = json.begin();
    if (kind === "object") {
      if (depth < DEEPEST) this.object(key, depth + 1, place);
      else {
        this.whole(`对象嵌套超过${DEEPEST}层；请改为一层`);
        json.skip();
      }
      return;
    }
    const column = this.rules.columns.column(key);
    if (kind === "array") this.put(key, column, this.list(key, place));
    else this.put(key, column, this.single(place) ?? "");
  }

  /** A value that is neither an object nor a list; null for null. */
  private single(place: Place): string | null {
    const {json} = this;
    const kind = json.begin();
    if (kind === "string") {
      const {text, escaped} = json.string();
      // Markings written without backslashes have been looked for in the whole text.
      if (escaped && text.includes("★")) refuseStarred(text, place);
      if (escaped && HALF.test(text)) {
        this.whole("有半个字符（不成对的\\ud800至\\udfff）；请对照原件改正");
        return text.replace(HALVES, UNREADABLE);
      }
      return text;
    }
    if (kind === "number") return json.number();
    if (kind === "true" || kind === "false") {
      json.word(kind);
      return BOOLEANS[kind];
    }
    if (kind !== "null") throw json.error("内容不完整");
    json.word(kind);
    return null;
  }

  private list(key: Key, place: Place): string {
    const {json} = this;
    const texts: string[] = [];
    let isNested = false;
    if (json.enter("array")) {
      do {
        const kind = json.begin();
        if (kind === "object" || kind === "array") {
          isNested = true;
          json.skip();
        } else {
          const text = this.single(place);
          if (text !== null && text.trim() !== "") texts.push(text);
        }
      } while (json.more("array"));
    }
    if (isNested && key.known) {
      this.faults.push({column: key.known.name, reason: `${key.known.header}是一组对象，不是一个值；请展开成单个的值`});
    }
    return texts.join("、");
  }

  private put(key: Key, column: number, written: string): void {
    const {limits, damaged} = this.rules;
    const {cells} = this;
    while (cells.length < column) cells.push("");
    if (damaged !== null && written.includes(UNREADABLE)) {
      this.whole(`有不是${damaged}编码的字节，不能识别；请对照原件改正`);
    }
    if (!key.isKept) {
      cells[column] = "";
      return;
    }
    const isLong = written.length > limits.cell_chars;
    const {text, reason} = isLong ? shortened(written, key.known, limits) : {text: written, reason: null};
    if (reason !== null) this.faults.push({column: key.known?.name ?? "", reason});
    cells[column] = text;
  }

  private whole(reason: string): void {
    if (!this.faults.some((known) => known.reason === reason)) this.faults.push({column: "", reason});
  }
}

const KINDS = {
  array: "列表",
  string: "文字",
  number: "数",
  true: "true",
  false: "false",
  null: "null"
} as const;

function shownKey({path}: Key): string {
  return path.length > 40 ? `${path.slice(0, 40)}…` : path;
}
