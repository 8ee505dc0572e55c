/** What `check.json` holds: what came of each check, for the office's own analysts alone. */

export interface CheckedRow {
  readonly subject: string;
  readonly unit_code: string | null;
  readonly unit_name: string | null;
  readonly inspection_id: string | null;
  readonly on_date: string | null;
  readonly because: string;
  readonly source_file: string | null;
  readonly source_sheet: string | null;
  readonly source_row: number | null;
  /** The page 单位 that shows it: a scored unit, and the finding when it is one. */
  readonly scored_unit: string | null;
  readonly finding_id: string | null;
}

export interface Checked {
  readonly id: string;
  readonly title: string;
  readonly subject_kind: string;
  readonly by: string;
  readonly clause: string;
  readonly modality: string;
  readonly word: string | null;
  readonly grade: "违反" | "提示";
  readonly judged: number;
  readonly rows: number;
  readonly unknown: number;
  /** Columns that the office's files do not have; then nothing was judged. */
  readonly missing: readonly string[];
  /** The first rows; `rows` counts all. */
  readonly sample: readonly CheckedRow[];
  readonly interpretations: readonly {readonly question: string; readonly answer: string; readonly decided_by: string}[];
}

/** What came of a check, in a word. */
export type CheckOutcome = "违反" | "提示" | "没有数据" | "无从判断" | "没有可看的" | "未发现";

/** Outcomes by how much they need a person. */
const ORDER: readonly CheckOutcome[] = ["违反", "提示", "没有数据", "无从判断", "没有可看的", "未发现"];

/**
 * What came of a check: 没有数据 when the office keeps no such column, 无从判断 when it does and all of it is blank, 没有可看的 when
 * there was nothing to look at.
 */
export function outcome({missing, rows, judged, unknown, grade}: Checked): CheckOutcome {
  if (missing.length > 0) return "没有数据";
  if (rows > 0) return grade;
  if (judged > 0) return "未发现";
  return unknown > 0 ? "无从判断" : "没有可看的";
}

/** Checks with what needs a person first, otherwise in the order given. */
export function byUrgency(checks: readonly Checked[]): Checked[] {
  return checks.toSorted((a, b) => ORDER.indexOf(outcome(a)) - ORDER.indexOf(outcome(b)));
}

/**
 * The office's own compliance in a clause of a sentence.
 * @example complianceText([]) // "制度没有可以用数据检查的程序要求"
 */
export function complianceText(checks: readonly Checked[]): string {
  if (checks.length === 0) return "制度没有可以用数据检查的程序要求";
  const of = (word: CheckOutcome) => checks.filter((c) => outcome(c) === word);
  const sum = (list: readonly Checked[]) => list.reduce((total, c) => total + c.rows, 0);
  const [broken, warned] = [of("违反"), of("提示")];
  const found = [
    ...(broken.length > 0 ? [`${broken.length}项有违反（${sum(broken)}处）`] : []),
    ...(warned.length > 0 ? [`${warned.length}项有提示（${sum(warned)}处）`] : [])
  ];
  const silent = of("没有数据").length;
  const result = found.length > 0 ? found.join("、") : "没有发现违反";
  return `程序检查${checks.length}项，${result}${silent > 0 ? `，${silent}项没有数据` : ""}`;
}
