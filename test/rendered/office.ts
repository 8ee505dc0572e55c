import {execFileSync} from "node:child_process";
import {existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {delimiter, dirname, join} from "node:path";
import {pathToFileURL} from "node:url";

/** A document as LibreOffice lays it out. */
export interface Rendered {
  /** Text of each page, as it stands on it. */
  readonly pages: readonly string[];
  /** Width and height of each page in points. */
  readonly sizes: readonly (readonly [width: number, height: number])[];
}

/** Why nothing can be rendered here; null: it can. LibreOffice without Writer opens tables only. */
export function missing(): string | null {
  const programs = (process.env.PATH ?? "").split(delimiter);
  const found = (name: string) => programs.map((path) => join(path, name)).find((path) => existsSync(path));
  const office = found("soffice");
  if (office === undefined) return "LibreOffice (soffice) is not installed";
  if (!existsSync(join(dirname(realpathSync(office)), "libswlo.so"))) return "LibreOffice Writer is not installed";
  return found("pdftotext") ? null : "pdftotext (poppler-utils) is not installed";
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
