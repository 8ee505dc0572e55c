import {describe, expect, test} from "vitest";
import {lateAndSoon, type TodoRow, todoCount, todoLines} from "../../src/components/todo.ts";
import {subjectText} from "../../src/components/todo-card.ts";

const row = (kind: string, days_left: number, rest: Partial<TodoRow> = {}): TodoRow => ({
  ...{kind, parameter: "report", clause: "三（三）4", modality: "应当", grade: "违反", by: "巡查组", subject_kind: "巡查"},
  ...{subject: "X1", unit_code: "990101", unit_name: "甲镇", inspection_id: "X1", finding_id: null},
  ...{due_on: new Date(Date.UTC(2025, 11, 31 + days_left)), due_source: "文件", days_left, n: 1, n_major: 0, because: null},
  ...rest
});
const finding = (days_left: number, rest: Partial<TodoRow> = {}) =>
  row("问题整改", days_left, {subject_kind: "问题", subject: "F1", finding_id: "F1", by: "被巡查单位", ...rest});
const regime = {id: "x", title: "x", words: {inspection: "巡视", unit: "被巡视单位"}, kinds: {}, text: "全文"};

describe("待办", () => {
  test("what is late comes first, the longest overdue on top; the rest by day", () => {
    const lines = todoLines([row("反馈", 12), row("归档", 0), row("公布", -3), row("巡查报告", -40)]);
    expect(lines.map((l) => [l.first.kind, l.isLate])).toEqual([
      ["巡查报告", true],
      ["公布", true],
      ["归档", false],
      ["反馈", false]
    ]);
  });

  test("sixty late findings are one line, a late report another", () => {
    const many = Array.from({length: 60}, (_, i) => finding(-1 - i, {unit_code: String(i % 7), unit_name: `${i % 7}镇`}));
    const lines = todoLines([...many, row("巡查报告", -5)]);
    expect(lines.map((l) => [l.first.kind, l.n, l.first.days_left])).toEqual([
      ["问题整改", 60, -60],
      ["巡查报告", 1, -5]
    ]);
    expect(subjectText(lines[0] as never, {regime})).toBe("60条，涉及7个单位");
  });

  test("late duties of different kinds, clauses or people stay apart", () => {
    const lines = todoLines([
      finding(-1),
      finding(-1, {kind: "约谈", by: "办公室"}),
      finding(-1, {clause: "四（二）1"}),
      finding(-1, {modality: "原则上"})
    ]);
    expect(lines.length).toBe(4);
  });

  test("what is to come stays apart by unit and day, findings below the rest of their day", () => {
    const lines = todoLines([finding(5, {n: 3}), finding(5, {unit_code: "990102"}), row("巡查报告", 5), finding(2)]);
    expect(lines.map((l) => [l.first.kind, l.first.days_left, l.n])).toEqual([
      ["问题整改", 2, 1],
      ["巡查报告", 5, 1],
      ["问题整改", 5, 3],
      ["问题整改", 5, 1]
    ]);
  });

  test("the day itself is not late", () => {
    const {late, soon} = lateAndSoon([row("归档", 0), row("归档", -1)]);
    expect([late.length, soon.length]).toEqual([1, 1]);
    expect(todoCount([finding(-1, {n: 3, n_major: 1}), finding(2)])).toEqual({n: 4, n_major: 1});
  });

  test("a line says whom it is about, and no more than may be told", () => {
    const said = (r: TodoRow) => subjectText(todoLines([r])[0] as never, {regime});
    expect(said(row("巡查报告", 1))).toBe("甲镇 X1");
    expect(said(row("周期巡查", 1, {subject_kind: "单位", subject: "990101"}))).toBe("甲镇");
    expect(said(row("每月次数", 1, {subject_kind: "月", subject: "2025-02", unit_name: null}))).toBe("2025年2月");
    expect(said(row("每年户数", 1, {subject_kind: "年", subject: "2025", unit_name: null}))).toBe("2025年");
    expect(said(row("联络名单", 1, {subject_kind: "制度", subject: "liaison", unit_name: null}))).toBe("各被巡视单位");
    expect(said(row("反馈", 1, {subject: null, unit_code: null, unit_name: null, n: 1}))).toBe("1次巡视");
    expect(said(finding(-1, {n: 4, subject: null}))).toBe("甲镇 4条");
    expect(said(finding(-1, {n: 4, subject: null, unit_code: null, unit_name: null}))).toBe("4条");
  });
});
