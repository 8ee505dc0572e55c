import {type ChildProcess, spawn} from "node:child_process";
import {cpSync, rmSync} from "node:fs";
import {fileURLToPath} from "node:url";

const PROGRAM = fileURLToPath(new URL("../../src/cli/bin.js", import.meta.url));

/** What a run of the real program came to. */
export interface Ended {
  /** Null when it was killed. */
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real program, started in a process of its own; `ended` tells when it is over. */
export interface Running {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts the real program. */
export function start(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  through: readonly string[] = []
): Running {
  const [command = process.execPath, ...before] = [...through, process.execPath, PROGRAM];
  const child = spawn(command, [...before, ...args], {env: {...process.env, ...env}, stdio: ["ignore", "pipe", "pipe"]});
  const out: string[] = [];
  const err: string[] = [];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => out.push(text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => err.push(text));
  const ended = new Promise<Ended>((done, failed) => {
    child.on("error", failed);
    child.on("close", (exit) => done({exit, stdout: out.join(""), stderr: err.join("")}));
  });
  return {process: child, ended};
}

/** Runs the real program and kills it with SIGKILL after so many milliseconds, if it is not over by then. */
export async function killed(args: readonly string[], after: number): Promise<Ended> {
  const running = start(args);
  const timer = setTimeout(() => running.process.kill("SIGKILL"), after);
  const ended = await running.ended;
  clearTimeout(timer);
  return ended;
}

/** Puts a directory back to how a copy of it was. */
export function restore(copy: string, directory: string): void {
  rmSync(directory, {recursive: true, force: true});
  cpSync(copy, directory, {recursive: true});
}
