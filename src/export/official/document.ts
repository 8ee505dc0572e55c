import type {Stamp} from "../../release/stamp.ts";

/**
 * An official document, before it is laid out.
 * Source: GB/T 9704-2012 党政机关公文格式 (版头, 主体, 版记).
 */
export interface OfficialDocument {
  /** 发文机关标志, with 文件 where the office writes so. */
  readonly issuer: string;
  /** 发文字号; null: not numbered yet, the document is a 代拟稿. */
  readonly number: string | null;
  /** 签发人, of a document that goes upward; null otherwise. */
  readonly signer: string | null;
  readonly title: string;
  /** 主送机关. */
  readonly addressee: string | null;
  readonly body: readonly Block[];
  /** 附件说明: names of the annexes, in order. */
  readonly annexes: readonly Annex[];
  /** 发文机关署名. */
  readonly signature: string;
  /** 成文日期, ISO; null: left open for the pen. */
  readonly date: string | null;
  /** 附注, as （联系人：…）. */
  readonly note: string | null;
  /** 抄送机关. */
  readonly copies: readonly string[];
  /** 印发机关和印发日期 of the 版记; the date may be open. */
  readonly printed: {readonly by: string; readonly on: string | null};
  readonly stamp: Stamp;
  /** Words that must be seen at once besides 代拟稿 and those of the stamp, as 整改通知未批准. */
  readonly marks?: readonly string[];
  /** archive: for the files of the office itself: title and body alone, without 版头, 署名 and 版记, and never a 代拟稿. Default official. */
  readonly layout?: "official" | "archive";
}

/** An annex, beginning on a page of its own; wide tables lie across. */
export interface Annex {
  readonly title: string;
  readonly body: readonly Block[];
  readonly landscape?: boolean;
}

/** A piece of the body. Headings are numbered by the renderer: 一、 （一） 1. （1）; `break` begins a new page. */
export type Block =
  | {readonly kind: "break"}
  /** A line in the middle without a number, above a card of an archive. */
  | {readonly kind: "title"; readonly text: string}
  | {readonly kind: "heading"; readonly level: 1 | 2 | 3 | 4; readonly text: string}
  | {readonly kind: "text"; readonly text: string}
  | {
      readonly kind: "table";
      readonly caption: string | null;
      readonly columns: readonly TableColumn[];
      readonly rows: readonly (readonly (string | null)[])[];
      readonly empty: string;
    }
  | {
      readonly kind: "bars";
      readonly title: string;
      readonly unit: string;
      readonly bars: readonly {
        readonly name: string;
        readonly value: number;
        readonly text: string;
        readonly tone: "plain" | "strong" | "pale";
      }[];
    }
  | {readonly kind: "fields"; readonly fields: readonly (readonly [label: string, value: string])[]}
  | {readonly kind: "sign"; readonly lines: readonly string[]};

/** A column of a table: its header and its share of the width. */
export interface TableColumn {
  readonly header: string;
  readonly width: number;
  readonly align?: "left" | "center" | "right";
}
