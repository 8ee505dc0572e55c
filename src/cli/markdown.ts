/** A cell of a Markdown table: no line ends, pipes escaped. */
function cellText(cell: string | number | null): string {
  return cell === null
    ? ""
    : String(cell)
        .replaceAll("|", "\\|")
        .replaceAll(/\s*\n\s*/g, " ");
}

/**
 * A Markdown table; a column of numbers stands right.
 * @example markdownTable(["单位", "得分"], [["990101", "98.82"]])
 */
export function markdownTable(header: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const isNumber = (cell: string | number | null | undefined) => /^[-+−]?[\d.]+$/.test(String(cell));
  const right = header.map((_, i) => {
    const filled = rows.map((row) => row[i]).filter((cell) => cell !== null && cell !== "");
    return filled.length > 0 && filled.every(isNumber);
  });
  const line = (cells: readonly (string | number | null)[]) => `| ${cells.map(cellText).join(" | ")} |\n`;
  return [line(header), `|${right.map((r) => (r ? "---:" : "---")).join("|")}|\n`, ...rows.map(line)].join("");
}

/** What every document of a demonstration says first. */
export const DEMO_LINE = "> **演示数据**：单位、人员和事件均为虚构，不得作为任何决定的依据。\n\n";
