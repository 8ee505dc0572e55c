/** A number above cannot be told from its neighbours in a column of floating point numbers. */
const LARGEST_EXACT = "1e15";
/** Parts the values of a list, as the contract reads them. */
const BETWEEN = "、";

/** How the cells of a column become text. */
export interface CellSql {
  /** SQL VARCHAR of the cell. */
  readonly text: string;
  /** SQL BOOLEAN: the number has lost digits; null when the type keeps them all. */
  readonly inexact: string | null;
  /** Whether people write in it, so that it may be long or carry a secrecy marking. */
  readonly written: boolean;
  /** Binary, without a text of its own. */
  readonly binary: boolean;
}

const PLAIN = {inexact: null, written: false, binary: false} as const;

/**
 * The text of a DuckDB value as the contract reads it.
 * Shape: days ISO; moments by Beijing's clock, midnight left out; TRUE and FALSE; numbers in full; lists joined by `、`; structures
 * inside lists and maps as JSON.
 * @param type as `describe` names it
 * @example cellSql("DECIMAL(10,2)", "x").text // "cast(x as varchar)"
 */
export function cellSql(type: string, value: string): CellSql {
  const list = /^(.*)\[\d*\]$/s.exec(type);
  if (list) return listSql(list[1] ?? "", value);
  switch (type) {
    case "VARCHAR":
      return {...PLAIN, text: value, written: true};
    case "BOOLEAN":
      return {...PLAIN, text: `case ${value} when true then 'TRUE' when false then 'FALSE' end`};
    case "FLOAT":
      // By way of its shortest text: 0.1 is not 0.10000000149.
      return numberSql(`cast(cast(${value} as varchar) as double)`);
    case "DOUBLE":
      return numberSql(value);
    case "TIMESTAMP WITH TIME ZONE":
      return {...PLAIN, text: withoutMidnight(`cast(timezone('Asia/Shanghai', ${value}) as varchar)`)};
    case "BLOB":
      return {...PLAIN, text: "cast(null as varchar)", binary: true};
  }
  if (type.startsWith("TIMESTAMP")) return {...PLAIN, text: withoutMidnight(`cast(${value} as varchar)`)};
  if (/^(MAP|UNION|STRUCT)\(/.test(type)) return {...PLAIN, text: `cast(to_json(${value}) as varchar)`, written: true};
  return {...PLAIN, text: `cast(${value} as varchar)`, written: /^(ENUM\(|JSON$)/.test(type)};
}

/** A floating point number in full, without exponent, with 15 digits: 0.1 + 0.2 is 0.3, and 5.0 is 5. */
export function numberSql(value: string): CellSql {
  const large = `abs(${value}) >= ${LARGEST_EXACT}`;
  const text = `case when not isfinite(${value}) then cast(${value} as varchar)
    when ${value} = trunc(${value}) and not ${large} then cast(cast(${value} as bigint) as varchar)
    when abs(${value}) >= 999999999999999 then format('{:.0f}', ${value})
    when abs(${value}) >= 0.0001 then format('{:.15g}', ${value})
    else rtrim(format('{:.20f}', ${value}), '0') end`;
  return {...PLAIN, text, inexact: `(isfinite(${value}) and ${large})`};
}

/** A moment as text without its time when that is midnight. */
export function withoutMidnight(text: string): string {
  return `case when ends_with(${text}, ' 00:00:00') then left(${text}, length(${text}) - 9) else ${text} end`;
}

function listSql(type: string, value: string): CellSql {
  const {text, binary} = cellSql(type, "e");
  if (binary) return {...PLAIN, text: "cast(null as varchar)", binary};
  if (type.endsWith("]") || /^(MAP|UNION|STRUCT)\(/.test(type)) {
    return {...PLAIN, text: `cast(to_json(${value}) as varchar)`, written: true};
  }
  const texts = `list_transform(cast(${value} as ${type}[]), lambda e: ${text})`;
  return {...PLAIN, text: `nullif(array_to_string(${texts}, '${BETWEEN}'), '')`, written: true};
}
