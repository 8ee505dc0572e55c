import {fault} from "../fault.ts";
import type {Scored} from "../warehouse/scored.ts";

/**
 * Lets pass only what was opened from a release that stands.
 * @param what the document or data, as people call it
 * Errors: Fault 3 for a workspace as it stands, and for a release that was withdrawn or replaced.
 * @example demandApproved(scored, "组织部参考")
 */
export function demandApproved({released, space, year}: Pick<Scored, "released" | "space" | "year">, what: string): void {
  if (!released)
    throw fault(3, {
      place: null,
      what: `${what}只能由审定结果生成，工作区 ${space.id} ${year}年的结果未审定`,
      advice: "请先用 xunheng approve 审定，已审定的用 xunheng release list 查看"
    });
  if (released.fallen !== null)
    throw fault(3, {
      place: null,
      what: `${what}不能由 ${released.id} 生成：${released.fallen}`,
      advice: "请用现行的审定结果，见 xunheng release list"
    });
}
