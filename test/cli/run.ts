import {main} from "../../src/cli/main.ts";

/** What a command line did. */
export interface Ran {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The moment at which tests run commands. */
export const NOW = new Date("2026-01-05T01:00:00Z");

/** Runs a command line in this process, with a clock of its own. */
export async function run(...args: readonly string[]): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const exit = await main(args, {
    stdout: (t) => void out.push(t),
    stderr: (t) => void err.push(t),
    now: () => NOW,
    terminal: false
  });
  return {exit, stdout: out.join(""), stderr: err.join("")};
}
