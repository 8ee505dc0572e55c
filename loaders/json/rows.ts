import {fault} from "../../src/fault.ts";
import type {LoaderContext} from "../loader.ts";
import {refuseMarked} from "../marking.ts";
import {PreparedFile} from "../prepared.ts";
import {type TextFile, textChunks} from "../text/encoding.ts";
import {endlessLine, tooManyRows} from "../text/rewrite.ts";
import type {KeyColumns} from "./column.ts";
import {readFrame} from "./frame.ts";
import {RecordParser, type RecordRules} from "./record.ts";
import {JsonError, JsonText} from "./text.ts";

/** So many broken lines, and the file is not what it seems. */
const MOST_BROKEN = 1000;
/** Characters of a line that are waited for. */
const LONGEST_LINE = 1 << 24;
/** Rows between two reports. */
const REPORTED = 50_000;

/** Writes the records of one file as a prepared CSV without `beyond`. */
export class JsonRows {
  private readonly prepared: PreparedFile;
  private readonly rules: RecordRules;
  private rows = 0;

  constructor(
    path: string,
    private readonly text: TextFile,
    columns: KeyColumns,
    private readonly context: LoaderContext
  ) {
    this.prepared = new PreparedFile(path);
    const damaged = text.damage.lines > 0 ? text.encoding : null;
    this.rules = {columns, limits: context.limits, damaged};
  }

  /**
   * Records of a list, numbered from 1.
   * Errors: JsonError where the text is not JSON; Fault 2 when there is no list at `path`, 3 for a marking.
   */
  list(path: readonly string[]): void {
    const {file, utf8} = this.text;
    const json = new JsonText(textChunks(utf8), this.context.limits.cell_chars);
    const parser = new RecordParser(json, this.rules);
    const take = () => this.prepared.write(parser.read(this.count(), {file}));
    readFrame(json, {path, take, outside: (text) => refuseMarked(text, {file})}, file);
  }

  /** Records on lines, numbered by line; says how many lines were broken. */
  lines(): string[] {
    const {file} = this.text;
    const json = new JsonText([], this.context.limits.cell_chars);
    const parser = new RecordParser(json, this.rules);
    let [number, broken] = [0, 0];
    for (const line of textLines(textChunks(this.text.utf8), file)) {
      number++;
      if (line.trim() === "") continue;
      this.count();
      json.reset(line);
      try {
        const row = parser.read(number, {file, line: number});
        if (!json.ended()) throw json.error("记录之后还有内容");
        this.prepared.write(row);
      } catch (error) {
        if (!(error instanceof JsonError)) throw error;
        if (++broken > MOST_BROKEN) throw tooBroken(file, number);
        const reason = `这一行不是完整的JSON（第${error.offset + 1}个字处：${error.what}）；请改正这一行，或重新导出`;
        this.prepared.write({source_row: number, faults: [{column: "", reason}], cells: [], beyond: null});
      }
    }
    return broken > 0 ? [`${broken}行不是完整的JSON`] : [];
  }

  close(): void {
    this.prepared.close();
  }

  private count(): number {
    const {limits, progress} = this.context;
    if (++this.rows > limits.rows) throw tooManyRows(this.text.file, limits);
    if (this.rows % REPORTED === 0) progress(`读取 ${this.text.file}`, this.rows);
    return this.rows;
  }
}

function* textLines(chunks: Iterable<string>, file: string): Generator<string, void, undefined> {
  let rest = "";
  for (const chunk of chunks) {
    const text = rest + chunk;
    let from = 0;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
      yield text.slice(from, text[at - 1] === "\r" ? at - 1 : at);
      from = at + 1;
    }
    rest = text.slice(from);
    if (rest.length > LONGEST_LINE) throw endlessLine(file);
  }
  if (rest !== "") yield rest;
}

function tooBroken(file: string, line: number) {
  return fault(2, {
    place: {file, line},
    what: `不是完整的JSON的行超过${MOST_BROKEN}行`,
    advice: "文件不是每行一条记录的JSON，请重新导出"
  });
}
