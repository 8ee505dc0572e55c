import {fault, listed, nearestName} from "../fault.ts";
import type {Batch} from "./batch.ts";

/**
 * The batch that a user names: by its id, or by its number alone.
 * Errors: Fault 2 for a batch that there is not, with the nearest one.
 * @example batchNamed(batches, "7").id // "000007-finding"
 */
export function batchNamed(batches: readonly Batch[], name: string): Batch {
  const number = /^0*([1-9]\d{0,5})$/.exec(name)?.[1];
  const found = batches.find((b) => b.id === name || (number !== undefined && b.n === Number(number)));
  if (found) return found;
  const ids = batches.map((b) => b.id);
  const near = nearestName(name, ids);
  throw fault(2, {
    place: null,
    what: `没有批次 ${name}`,
    advice: near
      ? `是否指 ${near}？`
      : ids.length > 0
        ? "用 xunheng batch list 看有哪些"
        : "这个工作区还没有装入过数据，先用 xunheng load 装入"
  });
}

/**
 * A source that a user names: one that has batches, or that xunheng.yaml has.
 * Errors: Fault 2.
 */
export function sourceNamed(known: readonly string[], name: string): string {
  if (known.includes(name)) return name;
  const near = nearestName(name, known);
  const offered = known.length === 0 ? "xunheng.yaml 里没有来源" : `可用：${listed(known)}`;
  throw fault(2, {place: null, what: `没有来源 ${name}`, advice: near ? `是否指 ${near}？` : offered});
}
