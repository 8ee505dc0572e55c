import type {World} from "./world.ts";

/** A file of a sample: its path in the workspace and its bytes, in pieces where it may be long. */
export interface SampleFile {
  readonly path: string;
  readonly bytes: () => Promise<Uint8Array> | Iterable<Uint8Array>;
}

/** One office: what it knows and how it writes it down. */
export interface Office {
  /** Workspace id, which is the regime's. */
  readonly id: string;
  /** Findings when the command line asks for no number. */
  readonly findings: number;
  readonly world: (findings: number) => World;
  /** What the office had handed in before: rows missing or different since. */
  readonly earlier: (now: World) => World;
  readonly files: (world: World) => readonly SampleFile[];
  /** Files that the earlier world differs in. */
  readonly earlierFiles: readonly string[];
  /** The text of xunheng.yaml. */
  readonly yaml: string;
}
