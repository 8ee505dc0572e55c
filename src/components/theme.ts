/** Colours of charts; the same values as CSS variables are in theme.css. */
export const COLOUR = {
  ink: "#1f2328",
  ink2: "#57606a",
  paper: "#ffffff",
  line: "#d0d7de",
  accent: "#0b5cad",
  loss: "#7f1d1d",
  gain: "#0b5cad",
  returned: "#6b7177",
  unscored: "#d9d9d9"
} as const;

/** Grades from best to worst, ever darker, so that the order survives black-and-white print. */
export const GRADES = ["#cfe6f2", "#7fb6d6", "#d9730d", "#7f1d1d"] as const;

/** How a state of a finding looks: what is well is pale, what needs a person is dark. */
export const STATES: Readonly<Record<string, {readonly fill: string; readonly hatch?: boolean}>> = {
  已销号: {fill: "#e3eef5"},
  逾期销号: {fill: "#e3eef5", hatch: true},
  已整改: {fill: "#a9cfe3"},
  整改中: {fill: "#8f959b", hatch: true},
  未到期: {fill: "#ffffff"},
  逾期整改: {fill: "#d9730d"},
  逾期: {fill: "#7f1d1d"}
};

/**
 * The colour of a grade among a scheme's grades, best first: the ends are the ends of the scale whatever their number.
 * @example gradeColour("好", [{name: "好"}, {name: "差"}]) // "#cfe6f2"
 */
export function gradeColour(grade: string | null, grades: readonly {readonly name: string}[]): string {
  const at = grades.findIndex((g) => g.name === grade);
  if (at < 0) return COLOUR.unscored;
  const place = grades.length < 2 ? 0 : Math.round((at * (GRADES.length - 1)) / (grades.length - 1));
  return GRADES[place] ?? COLOUR.unscored;
}

/** Ink that can be read on a colour: black or white by the contrast of WCAG 2. */
export function inkOn(colour: string): string {
  const light = luminance(colour);
  return (light + 0.05) / (luminance(COLOUR.ink) + 0.05) >= 1.05 / (light + 0.05) ? COLOUR.ink : COLOUR.paper;
}

/**
 * Contrast of two colours, 1 to 21.
 * Source: WCAG 2.2, contrast ratio.
 */
export function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
    const c = Number.parseInt(colour.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
