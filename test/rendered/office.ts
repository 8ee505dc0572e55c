import {execFileSync, spawnSync} from "node:child_process";
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {pathToFileURL} from "node:url";

/** A document as LibreOffice lays it out. */
export interface Rendered {
  /** Text of each page, as it stands on it. */
  readonly pages: readonly string[];
  /** Width and height of each page in points. */
  readonly sizes: readonly (readonly [width: number, height: number])[];
}

/** Why nothing can be rendered here; null: it can. */
export function missing(): string | null {
  const has = (command: string, ...args: string[]) => spawnSync(command, args, {stdio: "ignore"}).error === undefined;
  if (!has("soffice", "--version")) return "LibreOffice (soffice) is not installed";
  return has("pdftotext", "-v") ? null : "pdftotext (poppler-utils) is not installed";
}

/** LibreOffice with a profile of its own, so that one that is open does not matter. */
export class Office {
  readonly directory = mkdtempSync(join(tmpdir(), "xunheng-rendered-"));

  /** Renders several documents in one start of LibreOffice. Errors: what it said when a file does not become a PDF. */
  render(documents: Readonly<Record<string, Uint8Array>>): Record<string, Rendered> {
    const out = join(this.directory, "pdf");
    mkdirSync(out, {recursive: true});
    const names = Object.keys(documents);
    for (const name of names) writeFileSync(join(this.directory, `${name}.docx`), documents[name] as Uint8Array);
    const profile = `-env:UserInstallation=${pathToFileURL(join(this.directory, "profile"))}`;
    const files = names.map((name) => join(this.directory, `${name}.docx`));
    execFileSync("soffice", [profile, "--headless", "--convert-to", "pdf", "--outdir", out, ...files], {
      stdio: "pipe",
      timeout: 240_000
    });
    return Object.fromEntries(names.map((name) => [name, read(join(out, `${name}.pdf`))]));
  }

  remove(): void {
    rmSync(this.directory, {recursive: true, force: true});
  }
}

function read(file: string): Rendered {
  const text = execFileSync("pdftotext", ["-layout", file, "-"], {encoding: "utf8"});
  const info = execFileSync("pdfinfo", ["-f", "1", "-l", "999", file], {encoding: "utf8"});
  const sizes = [...info.matchAll(/size:\s+([\d.]+) x ([\d.]+)/g)].map(([, w, h]) => [Number(w), Number(h)] as const);
  return {pages: text.split("\f").slice(0, -1), sizes};
}
