import {readdirSync} from "node:fs";
import {expect, test} from "vitest";
import {CHECKS} from "../../src/regime/check-names.ts";

const FOLDER = new URL("../../src/models/check/", import.meta.url);
/** Rows worth a second look; it is asked by `doubt`, and no document prescribes it. */
const UNPRESCRIBED = ["suspicious"];

test("every check has a model and every model a check", () => {
  const models = readdirSync(FOLDER)
    .filter((name) => name.endsWith(".sql"))
    .map((name) => name.replace(/\.sql$/, ""));
  expect(models.toSorted()).toEqual([...CHECKS.map(({id}) => id), ...UNPRESCRIBED].toSorted());
});
