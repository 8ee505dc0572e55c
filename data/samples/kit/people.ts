import {random} from "./random.ts";
import {add, type Draft, type Row} from "./world.ts";

const SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张".split("");
const STEMS = "甲乙丙丁戊己庚辛壬癸".split("");

/** A name that is plainly made up. */
function madeUpName(seed: string): string {
  const r = random(seed);
  return `${r.pick(SURNAMES)}示${r.pick(STEMS)}`;
}

/** A post in a unit and its safety duty. */
export type Post = readonly [post: string, duty: string, portfolio?: string];

/** The two principal posts and the one in charge of safety, as a place has them. */
export function placePosts(kind: "镇" | "街道" | "市" | "县"): readonly Post[] {
  const [party, head, deputy] = {
    镇: ["党委书记", "镇长", "副镇长"],
    街道: ["党工委书记", "办事处主任", "办事处副主任"],
    市: ["市委书记", "市长", "副市长"],
    县: ["县委书记", "县长", "副县长"]
  }[kind] as [string, string, string];
  return [
    [party, "党委主要负责人"],
    [head, "政府主要负责人"],
    [deputy, "分管安全生产负责人", "安全生产、应急管理"]
  ];
}

/**
 * People in office: one a post from `from`, and where `changed` says so another from that day, so that findings are inherited.
 * Numbers are the office's own, never identity numbers.
 */
export function officials(w: Draft, unit_code: string, posts: readonly Post[], from: string, changed: string | null = null): void {
  for (const [i, [post, duty, portfolio]] of posts.entries()) {
    const person = (n: number, row: Row) =>
      add(w, "official", {
        person_id: `R${unit_code}-${i + 1}${n}`,
        person_name: madeUpName(`${unit_code}/${post}/${n}`),
        unit_code,
        post,
        duty,
        portfolio: portfolio ?? null,
        acting: false,
        appoint_doc: `任〔${(row.from_on as string).slice(0, 4)}〕${i + 1}号`,
        ...row
      });
    const leaves = i === 1 ? changed : null;
    person(1, {from_on: from, to_on: leaves});
    if (leaves) person(2, {from_on: leaves, to_on: null});
  }
}

/** Points given by a person within a rule. */
export function judge(
  w: Draft,
  unit_code: string,
  year: number,
  rule_id: string,
  points: number | "不涉及",
  judged_on: string
): void {
  add(w, "judgement", {
    unit_code,
    year,
    rule_id,
    points,
    reason: points === "不涉及" ? "本年度没有这项工作" : "查阅会议记录、文件和考核档案后评定",
    judged_by: "评议组",
    judged_on,
    reviewed_by: "安委办综合组",
    evidence: "评议记录表"
  });
}
