import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {COLOUR, contrast, GRADES, gradeColour, inkOn, STATES} from "../../src/components/theme.ts";

const css = readFileSync(new URL("../../src/components/theme.css", import.meta.url), "utf8");
const token = (name: string) => new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(css)?.[1];

test("style sheet and charts share their colours", () => {
  const named = {
    ink: "ink",
    ink2: "ink-2",
    paper: "paper",
    line: "line",
    accent: "accent",
    loss: "loss",
    gain: "gain",
    returned: "returned",
    unscored: "unscored"
  } as const;
  for (const [key, name] of Object.entries(named)) expect(token(name), name).toBe(COLOUR[key as keyof typeof named]);
  expect([1, 2, 3, 4].map((i) => token(`grade-${i}`))).toEqual([...GRADES]);
});

test("grades grow darker by a step that black-and-white print keeps", () => {
  for (let i = 1; i < GRADES.length; i++) expect(contrast(GRADES[i - 1] as string, GRADES[i] as string)).toBeGreaterThan(1.45);
});

test("words on every colour can be read", () => {
  for (const fill of [...GRADES, COLOUR.unscored, ...Object.values(STATES).map((s) => s.fill)])
    expect(contrast(fill, inkOn(fill)), fill).toBeGreaterThanOrEqual(4.5);
  for (const ink of [COLOUR.ink, COLOUR.ink2, COLOUR.accent, COLOUR.loss, COLOUR.returned])
    expect(contrast(ink, "#f6f8fa"), ink).toBeGreaterThanOrEqual(4.5);
});

test("the ends of any scale of grades are the ends of the colours", () => {
  const grades = ["优秀", "合格", "不合格"].map((name) => ({name}));
  expect(grades.map((g) => gradeColour(g.name, grades))).toEqual([GRADES[0], GRADES[2], GRADES[3]]);
  expect(gradeColour(null, grades)).toBe(COLOUR.unscored);
});
