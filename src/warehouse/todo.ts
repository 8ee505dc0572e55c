import type {Modality} from "../regime/types.ts";
import {quotedString} from "../sql.ts";
import type {Database} from "./duckdb.ts";

/** Kinds of things owed, as in the table `obligation`, in the order of the work. */
export const DUTY_KINDS = [
  ...["自查", "联络名单", "每月次数", "每年户数", "周期巡查", "每年部分", "本轮巡查"],
  ...["巡查报告", "报告审定", "每月报告", "反馈", "整改情况报告", "后续定期报告", "公布", "归档", "通报组织部门"],
  ...["问题整改", "验收销号", "挂牌督办", "书面报告", "约谈", "约谈落实情况", "移交", "移送纪检监察", "曝光"]
] as const;

/** A thing owed and not done. */
export interface TodoItem {
  /** null: neither the document nor the files give a day. */
  readonly due_on: string | null;
  readonly clause: string | null;
  readonly kind: string;
  /** Number of what it is about; null where that may not be told. */
  readonly subject: string | null;
  /** Days from 统计截止日 to due_on; below zero: late. */
  readonly days_left: number | null;
  readonly modality: Modality | null;
  /** 文件 counted by the document, 指定 given with the thing, 解释 by this office's reading; null: no day. */
  readonly due_source: "文件" | "指定" | "解释" | null;
  readonly subject_kind: string;
  readonly unit_code: string | null;
  readonly unit_name: string | null;
  readonly inspection_id: string | null;
  /** Who has to do it: 巡查组, 办公室 or 被巡查单位. */
  readonly by: string;
  readonly parameter: string;
  /** How the day follows; null where that may not be told. */
  readonly because: string | null;
}

/**
 * What is owed and not done: late, due by a day, or without a day; the late first, those without a day last.
 * What no data would show as done is left out once its day is past.
 * Needs: buildLaw; with `outside` the view outside_obligation, which holds what may leave the office.
 * @example await todoItems(law.db, {by: "2026-01-30"})
 */
export async function todoItems(
  db: Database,
  {by, kind, outside = false}: {readonly by: string; readonly kind?: string | undefined; readonly outside?: boolean}
): Promise<TodoItem[]> {
  return db.rows<TodoItem>(`select cast(due_on as varchar) as due_on, clause, kind, subject, due_on - getvariable('as_of') as days_left,
  modality, due_source, subject_kind, unit_code, unit_name, inspection_id, "by", parameter, because
from ${outside ? "outside_obligation" : "obligation"}
where done_on is null and (is_known or due_on >= getvariable('as_of')) and (due_on <= date ${quotedString(by)} or due_on is null)
  ${kind === undefined ? "" : `and kind = ${quotedString(kind)}`}
order by due_on nulls last, kind, subject nulls last, unit_code, parameter`);
}
