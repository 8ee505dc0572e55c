/** How a cell's number is shown. */
export interface NumberFormat {
  readonly date: boolean;
  /** A format of nothing but zeros and fixed text: its texts, null for every zero (`"W-"00` → W-, null, null); else null. */
  readonly mask: readonly (string | null)[] | null;
  /** Places behind the point that a format of digits always shows: `0.00` → 2; 0 for any other. */
  readonly places: number;
}

/** No spreadsheet program takes a longer one. */
const LONGEST = 255;

/** A cell without a format of its own. */
export const PLAIN_FORMAT: NumberFormat = {date: false, mask: null, places: 0};

/** A fixed text of a format in quotes or behind a backslash, a zero, or a character that stands for itself. */
const PIECE = /"([^"]*)"|\\(.)|(0)|([-+ /():]|\P{ASCII})/gsu;

/**
 * What a number format code shows. Of several sections the first counts: that of positive numbers.
 * @example numberFormat('yyyy"年"m"月"d"日"') // {date: true, mask: null, places: 0}
 */
export function numberFormat(code: string): NumberFormat {
  const first = code.slice(0, LONGEST).split(";")[0] ?? "";
  const bare = first.replace(/"[^"]*"|\\.|[_*].|\[(?!h+\]|m+\]|s+\])[^[\]]*\]/gi, "").replace(/general/gi, "");
  const date = /[ymdhs]|a{3}/i.test(bare);
  const seen = first.replace(UNSEEN, "");
  return {date, mask: date ? null : maskOf(seen), places: /^[#,0]*0\.(0+)$/.exec(seen)?.[1]?.length ?? 0};
}

/** A language or colour, as LibreOffice writes one before every format: `[$-804]0000`. */
const UNSEEN = /\[\$-[^[\]]*\]|\[(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d+)\]/gi;

function maskOf(code: string): NumberFormat["mask"] {
  if (code.replace(PIECE, "") !== "") return null;
  const mask = [...code.matchAll(PIECE)].map(([, quoted, escaped, zero, plain]) =>
    zero ? null : (quoted ?? escaped ?? plain ?? "")
  );
  return mask.includes(null) ? mask : null;
}

/**
 * A whole number as a mask shows it: digits from the right, those left over before the first.
 * @example masked("12", ["W-", null, null, null]) // "W-012"
 */
export function masked(digits: string, mask: NonNullable<NumberFormat["mask"]>): string {
  let left = mask.filter((piece) => piece === null).length;
  const padded = digits.padStart(left, "0");
  let [text, at] = ["", 0];
  for (const piece of mask) {
    const end = padded.length - left + 1;
    text += piece ?? padded.slice(at, end);
    if (piece !== null) continue;
    at = end;
    left--;
  }
  return text;
}
