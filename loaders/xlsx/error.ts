/** Why a workbook cannot be opened; the caller makes a Fault of it. */
export class WorkbookError extends Error {
  override readonly name = "WorkbookError";

  /** @param advice default: to save it anew */
  constructor(
    message: string,
    readonly advice: string | null = null
  ) {
    super(message);
  }
}

/**
 * Something beyond a limit that xunheng.yaml can raise.
 * @example throw beyondLimit("行数", "rows", 20_000_000)
 */
export function beyondLimit(what: string, key: string, most: number, unit = ""): WorkbookError {
  return new WorkbookError(
    `${what}超过上限${most}${unit}（limits.${key}）`,
    `请核对文件；确实这么大的，在xunheng.yaml的limits里调大${key}`
  );
}
