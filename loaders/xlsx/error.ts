/** Why a workbook cannot be opened; the caller makes a Fault of it. */
export class WorkbookError extends Error {
  override readonly name = "WorkbookError";
}
