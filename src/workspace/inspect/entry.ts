import type {ConstantColumn} from "./constant.ts";
import type {Fit} from "./guess.ts";
import type {NamedUnit} from "./unit-name.ts";
import type {StrangeValue} from "./value.ts";

/** What an entry of `sources:` is made of. */
export interface EntryParts {
  readonly fit: Fit;
  readonly name: string | null;
  readonly loader: string;
  readonly path: string;
  readonly sheet: string | null;
  readonly options: Readonly<Record<string, string>>;
  /** Headers without a column, with the nearest contract column. */
  readonly near: readonly (readonly [header: string, column: string])[];
  readonly values: readonly StrangeValue[];
  readonly units: readonly NamedUnit[];
  /** Missing columns that may be the same in every row. */
  readonly constants: readonly ConstantColumn[];
  /** Why a load would refuse it as it is. */
  readonly lacking: readonly string[];
}

/**
 * An entry of `sources:`, indented as it stands there; what a person must decide is a comment.
 * @example `sources:\n${entryText(parts)}`
 */
export function entryText(parts: EntryParts): string {
  const {fit, name, near, lacking} = parts;
  const lines = [
    `- table: ${fit.table.name}`,
    ...(name === null ? [] : [`  name: ${scalar(name)}`]),
    ...placeLines(parts),
    ...mapLines(
      "columns",
      fit.cells.filter(({how}) => how === "别名").map(({header, column}) => [header, column ?? ""]),
      near.map(([header, column]) => `${scalar(header)}: ${column}  # 拿不准，是它就去掉行首的#`)
    ),
    ...valueLines(parts),
    ...constantLines(parts)
  ];
  const comments = lacking.map((what) => `# ${what}`);
  return [...comments, ...lines].map((line) => `  ${line}\n`).join("");
}

/** Where an entry's rows are: loader, path, sheet and what the loader wants to know beside. */
export function placeLines({loader, path, sheet, options}: Pick<EntryParts, "loader" | "path" | "sheet" | "options">): string[] {
  return [
    `  loader: ${loader}`,
    `  path: ${scalar(path)}`,
    ...(sheet === null ? [] : [`  sheet: ${scalar(sheet)}`]),
    ...Object.entries(options).map(([key, value]) => `  ${key}: ${scalar(value)}`)
  ];
}

/** What no file says and the program does not guess. */
function constantLines({constants}: EntryParts): string[] {
  if (constants.length === 0) return [];
  const lead = "  # constants:             # 每一行都一样的，填好后去掉行首的#；各行不同的，在表里加一列";
  return [lead, ...constants.map(({column, wanted}) => `  #   ${column}: ${wanted}`)];
}

/** A map under a key, comments among its lines; all of it a comment when it has no line of its own. */
function mapLines(key: string, pairs: readonly (readonly [string, string])[], comments: readonly string[]): string[] {
  if (pairs.length === 0 && comments.length === 0) return [];
  const lead = pairs.length === 0 ? "  # " : "  ";
  return [
    `${lead}${key}:`,
    ...pairs.map(([from, to]) => `    ${scalar(from)}: ${scalar(to)}`),
    ...comments.map((comment) => `${pairs.length === 0 ? "  #   " : "    # "}${comment}`)
  ];
}

function valueLines({values, units}: EntryParts): string[] {
  const columns = new Map<string, {pairs: [string, string][]; comments: string[]}>();
  const of = (column: string) => {
    const found = columns.get(column) ?? {pairs: [], comments: []};
    columns.set(column, found);
    return found;
  };
  for (const {column, value, to, takes} of values) {
    if (to === null)
      of(column).comments.push(`${scalar(value)}: 请填${takes.slice(0, 12).join("、") || "契约的取值"}之一，再去掉行首的#`);
    else of(column).pairs.push([value, to]);
  }
  for (const {column, name, code} of units) {
    if (code === null) of(column).comments.push(`${scalar(name)}: 请填它在单位表里的编码，再去掉行首的#`);
    else of(column).pairs.push([name, code]);
  }
  if (columns.size === 0) return [];
  const any = [...columns.values()].some(({pairs}) => pairs.length > 0);
  const lines = [...columns].flatMap(([column, {pairs, comments}]) => {
    const lead = pairs.length > 0 ? "    " : any ? "    # " : "  #   ";
    const inner = pairs.length > 0 ? "      # " : any ? "    #   " : "  #     ";
    return [
      `${lead}${column}:`,
      ...pairs.map(([from, to]) => `      ${scalar(from)}: ${scalar(to)}`),
      ...comments.map((comment) => `${inner}${comment}`)
    ];
  });
  return [`${any ? "  " : "  # "}values:`, ...lines];
}

/** A text as YAML reads it back: plain where that is safe. */
export function scalar(text: string): string {
  const plain = /^[\p{L}_][\p{L}\p{N}_()（）、./-]*$/u.test(text) && !/^(true|false|null|y|n|yes|no|on|off)$/i.test(text);
  return plain ? text : JSON.stringify(text);
}
