import {readFileSync} from "node:fs";
import {globSync} from "tinyglobby";
import {describe, expect, it} from "vitest";
import {parsePlaced} from "../../src/placed-yaml.ts";
import {keysOf, schemeJsonSchema} from "../../src/scheme/json-schema.ts";
import {KEY_NOTES} from "../../src/scheme/key-notes.ts";

const schema = schemeJsonSchema();
const paths = [...new Set(keysOf(schema).map(({path}) => path))];

describe("schemeJsonSchema", () => {
  it("has a note on every key, and no note on a key that is not there", () => {
    expect(paths.filter((path) => !KEY_NOTES[path])).toEqual([]);
    expect(Object.keys(KEY_NOTES).filter((path) => !paths.includes(path))).toEqual([]);
    for (const note of Object.values(KEY_NOTES)) expect(note).toMatch(/[\u4e00-\u9fff]/);
  });

  it("is the file beside the schemes", () => {
    expect(readFileSync("data/schemes/scheme.schema.json", "utf8")).toBe(`${JSON.stringify(schema, null, 2)}\n`);
  });

  it.each(globSync("data/schemes/*.yaml", {ignore: "**/*.cases.yaml"}).toSorted())("is named by the first line of %s", (file) => {
    expect(readFileSync(file, "utf8").split("\n")[0]).toBe("# yaml-language-server: $schema=scheme.schema.json");
  });

  it.each(globSync(["data/schemes/*.yaml", "test/input/rule-book/*.yaml"], {ignore: "**/*.cases.yaml"}).toSorted())(
    "knows every key of %s",
    (file) => {
      expect(writtenKeys(parsePlaced(readFileSync(file, "utf8"), file).value).filter((path) => !isKnown(path))).toEqual([]);
    }
  );
});

/** Paths of the keys in plain values, as keysOf writes them. */
function writtenKeys(value: unknown, path = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((entry) => writtenKeys(entry, `${path}[]`));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) => {
    const at = path === "" ? key : `${path}.${key}`;
    return [at, ...writtenKeys(below, at)];
  });
}

/** Keys of a table are values of a column, those of a map codes of the assessment: free. */
function isKnown(path: string): boolean {
  return paths.includes(path) || /\.(table|map)\.[^.]+$/.test(path) || /\.(table|map)\./.test(path);
}
