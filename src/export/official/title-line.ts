/** Words of Chinese, by the dictionary of the engine. */
const WORDS = new Intl.Segmenter("zh", {granularity: "word"});

/**
 * A title in lines of about the same length, broken between words: 词意完整, 排列对称, 长短适宜, 间距恰当.
 * Source: GB/T 9704-2012 7.3.1.
 * Shape: lines of at most `most` characters.
 * @example titleLines("关于2025年度安全生产巡查情况的通报", 20) // one line
 */
export function titleLines(title: string, most: number): string[] {
  const words = [...WORDS.segment(title)].map(({segment}) => segment);
  const count = Math.ceil(length(title) / most);
  if (count <= 1) return [title];
  // A line more is better than a bad break.
  const found = [count, count + 1].flatMap((n) => divider(words, most, length(title) / n)(0, n) ?? []);
  return [...(found.toSorted((a, b) => a.cost - b.cost)[0]?.lines ?? [title])];
}

interface Division {
  readonly lines: readonly string[];
  /** How uneven the lines are and how badly they break. */
  readonly cost: number;
}

/** Divides words from one on into n lines at the least cost; null when a line would be too long. */
function divider(words: readonly string[], most: number, target: number): (start: number, n: number) => Division | null {
  const known = new Map<string, Division | null>();
  const divide = (start: number, n: number): Division | null => {
    const key = `${start} ${n}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = n === 1 ? whole(words.slice(start).join(""), most, target) : parted(start, n);
    known.set(key, found);
    return found;
  };
  const parted = (start: number, n: number): Division | null => {
    let best: Division | null = null;
    for (let i = start + 1; i < words.length; i++) {
      const first = words.slice(start, i).join("");
      if (length(first) > most) break;
      const rest = divide(i, n - 1);
      if (rest === null) continue;
      const cost = Math.abs(length(first) - target) + breakCost(words[i - 1] ?? "", words[i] ?? "") + rest.cost;
      if (best === null || cost < best.cost) best = {lines: [first, ...rest.lines], cost};
    }
    return best;
  };
  return divide;
}

/** A text as the last line. */
function whole(text: string, most: number, target: number): Division | null {
  return length(text) <= most ? {lines: [text], cost: Math.abs(length(text) - target)} : null;
}

/** A line does not begin with a mark, 的 or 和, nor end with an opening one or 关于. */
function breakCost(before: string, after: string): number {
  if (/^[、，。；：”’）》〉〕】？！的和及与等]/.test(after) || /[“‘（《〈〔【]$/.test(before)) return 50;
  if (/\d$/.test(before) || /^(年|月|日)/.test(after) || before === "关于") return 8;
  if (/[、，：的]$/.test(before) || /^(关于|《)/.test(after)) return 0;
  return 2;
}

/** Characters, two letters or digits counted as one. */
function length(text: string): number {
  let half = 0;
  for (const char of text) half += char.charCodeAt(0) < 0x100 ? 1 : 2;
  return half / 2;
}
