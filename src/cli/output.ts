/** Where a command writes and what time it is; tests pass their own. */
export interface Effects {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly now: () => Date;
  /** Whether progress may be drawn: only on a terminal. */
  readonly terminal: boolean;
}

/** The real terminal and clock. */
export const EFFECTS: Effects = {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  now: () => new Date(),
  terminal: process.stderr.isTTY === true
};

/** The day it is in Beijing. */
export function today({now}: Effects): string {
  return instant({now}).slice(0, 10);
}

/** The moment it is, ISO with Beijing's offset. */
export function instant({now}: Pick<Effects, "now">): string {
  return new Date(now().getTime() + 8 * 3600_000).toISOString().replace("Z", "+08:00");
}

/** Draws progress over itself on a terminal, with rows a second when rows are counted; silent elsewhere. */
export function progressOn({terminal, stderr, now}: Effects): {show: (text: string, rows?: number) => void; done: () => void} {
  if (!terminal) return {show: () => {}, done: () => {}};
  let counted = {text: "", from: 0, rows: 0};
  const show = (text: string, rows?: number) => {
    if (rows === undefined) return stderr(`\r\x1b[K${text}…`);
    const at = now().getTime();
    if (counted.text !== text || rows < counted.rows) counted = {text, from: at, rows};
    const seconds = (at - counted.from) / 1000;
    const rate = seconds > 0.5 ? `，每秒${Math.round((rows - counted.rows) / seconds).toLocaleString("en")}行` : "";
    stderr(`\r\x1b[K${text}：${rows.toLocaleString("en")}行${rate}…`);
  };
  return {show, done: () => stderr("\r\x1b[K")};
}

/** Columns a text takes on a terminal: two for a Han character or full-width mark. */
export function textWidth(text: string): number {
  let width = 0;
  for (const char of text)
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(char) ? 2 : 1;
  return width;
}

/**
 * A table for the terminal: a header, a line each, columns as wide as their widest cell; numbers stand right.
 * @example textTable(["单位", "得分"], [["990101", 98.82]])
 */
export function textTable(header: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const cells = [header, ...rows].map((row) => row.map((cell) => (cell === null ? "" : String(cell))));
  const widths = header.map((_, i) => Math.max(...cells.map((row) => textWidth(row[i] ?? ""))));
  const right = header.map(
    (_, i) => rows.length > 0 && rows.every((row) => row[i] === null || /^[-+−]?[\d,.]+%?$/.test(String(row[i])))
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => {
        const pad = " ".repeat((widths[i] ?? 0) - textWidth(cell));
        return right[i] ? pad + cell : cell + pad;
      })
      .join("  ")
      .trimEnd();
  return `${cells.map(line).join("\n")}\n`;
}
