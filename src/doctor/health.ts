/** What `doctor` found about one thing. */
export interface Health {
  /** What was looked at: `节假日安排`. */
  readonly name: string;
  /** 正常; 注意: it works, and something needs a person; 不行: a command that needs it will fail. */
  readonly state: "正常" | "注意" | "不行";
  /** What was seen, a short sentence without its stop. */
  readonly said: string;
  /** What to do; null when nothing. */
  readonly advice: string | null;
}

/** All is well. */
export function well(name: string, said: string): Health {
  return {name, state: "正常", said, advice: null};
}

/** It works, but somebody should look. */
export function doubtful(name: string, said: string, advice: string): Health {
  return {name, state: "注意", said, advice};
}

/** It does not work. */
export function failing(name: string, said: string, advice: string): Health {
  return {name, state: "不行", said, advice};
}
