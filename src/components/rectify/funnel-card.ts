import {h, hashLink} from "../dom.js";
import {longDay} from "../format.js";
import {silenceText} from "../regime/book.js";
import {table} from "../table.js";
import {type Funnel, funnelsOf, type Step} from "./funnel.js";
import type {RectifyView} from "./types.js";

/** The loop as a funnel: how many findings came to each stage, how many stand there and for how long. */
export function funnelCards(view: RectifyView): HTMLElement[] {
  const {loop, cases, book, space} = view;
  const rule = book.parameters.find((p) => p.name === "loop");
  const {finding = "问题"} = space.regime.words;
  if (!rule || rule.silent) return [note("闭环", `${silenceText(book)}闭环管理的环节。`)];
  if (loop.loops.length === 0)
    return [
      note("闭环", `文件要求闭环管理（${rule.clause ?? ""}），所据文本没有列出环节，因此不看先后，只看${finding}是否按期整改。`)
    ];
  const funnels = funnelsOf(loop, cases, space.as_of);
  return funnels.map((funnel) => funnelCard(funnel, funnels.length > 1, view));
}

function note(title: string, text: string): HTMLElement {
  return h("section", {class: "xh-card", "data-loop": "none"}, h("h2", {}, title), h("p", {class: "xh-none"}, text));
}

function funnelCard(funnel: Funnel, several: boolean, view: RectifyView): HTMLElement {
  const {space, book} = view;
  const {finding = "问题"} = space.regime.words;
  const clause = book.parameters.find((p) => p.name === "loop")?.clause ?? "";
  const total = funnel.cases.length;
  const span = several ? `，${longDay(funnel.from_on)}起的环节` : "";
  const number = (list: string, count: number) =>
    count === 0 ? "" : h("a", {href: hashLink({...view.state, list})}, String(count));
  const section = table(
    funnel.nowhere ? [funnel.nowhere, ...funnel.steps] : funnel.steps,
    [
      {label: "环节", value: (s) => s.stage, cell: (s) => stageCell(s, total)},
      {
        label: "到达",
        value: (s) => (s.stage_no === 0 ? null : s.recorded_by === null ? "台账不记录" : s.reached.length),
        cell: (s) =>
          s.recorded_by === null ? (s.stage_no === 0 ? "" : "—") : number(`reached.${s.stage_no}`, s.reached.length) || "0",
        align: "r"
      },
      {
        label: "停在此处",
        value: (s) => s.waiting.length,
        cell: (s) => number(s.stage_no === 0 ? "nowhere" : `waiting.${s.stage_no}`, s.waiting.length),
        align: "r"
      },
      {
        label: "其中已整改",
        value: (s) => s.waiting_done,
        cell: (s) => (s.waiting_done > 0 ? String(s.waiting_done) : ""),
        align: "r"
      },
      {
        label: "停留天数（中位）",
        value: (s) => s.median_days,
        cell: (s) => (s.median_days === null ? "" : `${s.median_days}天`),
        align: "r"
      },
      {label: "跳过", value: (s) => s.skipped.length, cell: (s) => number(`skipped.${s.stage_no}`, s.skipped.length), align: "r"},
      {label: "提前", value: (s) => s.reversed.length, cell: (s) => number(`reversed.${s.stage_no}`, s.reversed.length), align: "r"}
    ],
    {
      file: `${space.id}-闭环`,
      title: title(funnel, finding),
      sub: `按文件所列环节（${clause}）${span}，共${total}条${finding}；停在此处：到了本环节、没有到下一环节，天数自到达之日（退回的自退回之日）至${space.as_of}；跳过：没有本环节而有后面的；提前：早于它前面的环节`,
      attributes: (s) => ({
        "data-stage": s.stage_no,
        "data-reached": s.recorded_by === null ? null : s.reached.length,
        "data-waiting": s.waiting.length
      })
    }
  );
  section.dataset.loop = funnel.from_on;
  section.append(...extras(funnel, view));
  return section;
}

function title({steps, cases, complete, nowhere}: Funnel, finding: string): string {
  if (cases.length === 0) return `没有${finding}在闭环之中`;
  const [worst] = [...(nowhere ? [nowhere] : []), ...steps].toSorted((a, b) => b.waiting.length - a.waiting.length);
  const place = worst?.stage_no === 0 ? worst.stage : `停在“${worst?.stage}”之后`;
  const waiting = worst && worst.waiting.length > 0 ? `，没有走完的以${place}的最多（${worst.waiting.length}条）` : "";
  return `${cases.length}条${finding}，走完台账所记全部环节的${complete.length}条${waiting}`;
}

/** What stands beside the stages: findings that were sent back. */
function extras(funnel: Funnel, {state}: RectifyView): HTMLElement[] {
  const returned = funnel.cases.filter((c) => (c.standing?.times_returned ?? 0) > 0);
  const open = returned.filter((c) => c.standing?.returned_on);
  const link = (list: string, count: number) => h("a", {href: hashLink({...state, list})}, `${count}条`);
  return [
    ...(returned.length > 0
      ? [
          h(
            "p",
            {class: "xh-small", "data-returned": returned.length},
            "曾被退回的",
            link("returned", returned.length),
            open.length > 0 ? `，其中${open.length}条退回后还没有重新整改` : "，都已重新整改",
            "；退回之后，先前的完成、验收、销号不再算数。"
          )
        ]
      : [])
  ];
}

/** A stage with its bar: how many came here, darker what stands here; outlined what nothing records. */
function stageCell(step: Step, total: number): HTMLElement {
  const share = (count: number) => `width:${total === 0 ? 0 : Math.round((count / total) * 1000) / 10}%`;
  const passed = Math.max(0, step.reached.length - step.waiting.length);
  const blank = step.recorded_by === null && step.stage_no > 0;
  return h(
    "div",
    {class: "xh-stage"},
    h("b", {}, step.stage_no === 0 ? step.stage : `${step.stage_no} ${step.stage}`),
    h(
      "small",
      {},
      step.stage_no === 0 ? "还没有到第一个环节，或台账没有记" : step.recorded_by === null ? "台账不记录" : `见${step.recorded_by}`
    ),
    h(
      "span",
      {class: blank ? "xh-funnel xh-funnel-blank" : "xh-funnel", "aria-hidden": "true"},
      blank ? null : h("i", {style: share(passed)}),
      blank ? null : h("i", {class: "xh-funnel-here", style: share(step.waiting.length)})
    )
  );
}
