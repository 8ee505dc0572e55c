import {strFromU8, unzipSync} from "fflate";
import type {OfficialDocument} from "../../../src/export/official/document.ts";
import type {Stamp} from "../../../src/release/stamp.ts";

/** A stamp of a result that nobody approved. */
export const STAMP: Stamp = {
  ...{authority: "演示区安委办", regime: "某制度", year: 2025, as_of: "2025-12-31", decisions_until: "2026-01-10"},
  ...{known_at: "2026-01-15T09:00:00+08:00", run: "a".repeat(64), digest: "b".repeat(64)},
  ...{provisional: false, demo: true, release: null}
};

/** A stamp of an approved result of a real office. */
export const APPROVED: Stamp = {
  ...STAMP,
  demo: false,
  release: {
    ...{id: "office-2025-r1", approver: {name: "王某", post: "区安委会主任", organ: "区安委会"}, on: "2026-01-20"},
    ...{
      meeting: "区安委会2026年第1次会议",
      document_no: null,
      waivers: [],
      supersedes: null,
      manifest: "c".repeat(64),
      fallen: null
    }
  }
};

/** A document with every part; what is given replaces its own. */
export function made(own: Partial<OfficialDocument> = {}): OfficialDocument {
  return {
    ...{issuer: "演示区安全生产委员会办公室文件", number: "演安委办〔2026〕3号", signer: null},
    ...{title: "关于2025年度安全生产巡查情况的通报", addressee: "各镇街"},
    body: [
      {kind: "text", text: "现将有关情况通报如下。"},
      {kind: "heading", level: 1, text: "基本情况"},
      {kind: "heading", level: 2, text: "覆盖"},
      {kind: "heading", level: 2, text: "得分"},
      {kind: "heading", level: 3, text: "较低的"},
      {kind: "heading", level: 1, text: "要求"},
      {kind: "heading", level: 2, text: "压实责任"},
      {
        kind: "table",
        caption: "表1　得分",
        columns: [
          {header: "单位", width: 2},
          {header: "得分", width: 1, align: "right"}
        ],
        rows: [["=1+1镇", "84.00"]],
        empty: "没有。"
      },
      {
        kind: "bars",
        ...{title: "得分较低的单位", unit: "分"},
        bars: [
          {name: "甲镇", value: 84, text: "84.00", tone: "plain"},
          {name: "乙镇", value: 79.5, text: "79.50", tone: "strong"}
        ]
      }
    ],
    annexes: [{title: "逾期清单", landscape: true, body: [{kind: "text", text: "附件正文。"}]}],
    ...{
      signature: "演示区安全生产委员会办公室",
      date: "2026-01-05",
      note: "（联系人：张某）",
      copies: ["区委组织部", "区纪委监委"]
    },
    printed: {by: "演示区安全生产委员会办公室", on: "2026-01-06"},
    stamp: STAMP,
    ...own
  };
}

/** Parts of a .docx as texts, by name. */
export function partsOf(bytes: Uint8Array): Record<string, string> {
  return Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, content]) => [name, strFromU8(content)]));
}

/** Paragraphs of a part as plain texts; tabs stay. */
export function paragraphs(xml: string): string[] {
  const texts = xml
    .split("</w:p>")
    .map((p) => [...p.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<w:tab\/>/g)].map(([, text]) => text ?? "\t").join(""));
  return texts.filter((text) => text !== "");
}
