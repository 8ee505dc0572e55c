import {mkdtempSync, readdirSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, expect, test} from "vitest";
import {parse} from "yaml";
import {loadSource, type Source} from "../../loaders/index.ts";
import {Fault} from "../../src/fault.ts";
import {contextOf, sourceOf} from "./read.ts";

const INPUT = new URL("../input/bad/", import.meta.url).pathname;
const scratch = mkdtempSync(join(tmpdir(), "xunheng-bad-"));

afterAll(() => rmSync(scratch, {recursive: true}));

/** Each directory holds a source and the file that is wrong; `source.yaml` is an entry of `sources:`. */
const directories = readdirSync(INPUT).filter((name) => name.startsWith("loader-"));

test.each(directories)("%s", async (name) => {
  const root = join(INPUT, name);
  const source = sourceOf(parse(readFileSync(join(root, "source.yaml"), "utf8")) as Partial<Source>);
  const context = contextOf(root, mkdtempSync(join(scratch, "x")), source);
  const error = await loadSource(source, context).then(
    () => null,
    (caught: unknown) => caught
  );
  expect(error).toBeInstanceOf(Fault);
  const {exit, message} = error as Fault;
  await expect(`${message}\nexit ${exit}\n`).toMatchFileSnapshot(`../output/bad/${name}.txt`);
});
