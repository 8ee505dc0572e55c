/** How much a source may hold before it is refused: beyond it a file is broken, hostile, or not what it seems. */
export interface Limits {
  /** Size of a workbook, which is held in memory packed. MiB. */
  readonly workbook_mib: number;
  /** What one part of a workbook may unpack to. MiB. */
  readonly unpacked_mib: number;
  /** Columns of a table. */
  readonly columns: number;
  /** Characters of a cell; a row with a longer one is rejected. */
  readonly cell_chars: number;
  /** Rows of one file. */
  readonly rows: number;
}

/** The limits where xunheng.yaml says nothing under `limits:`. */
export const LIMITS: Limits = {workbook_mib: 512, unpacked_mib: 4096, columns: 2048, cell_chars: 1_000_000, rows: 20_000_000};
