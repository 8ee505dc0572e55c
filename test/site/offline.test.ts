import {expect, test} from "vitest";
import {answer} from "../../src/site/offline.js";

const ask = (path: string) => answer(`https://registry.invalid${path}`);

test("answers for versions from what is installed", async () => {
  expect(await (await ask("/@observablehq/plot/latest")).json()).toEqual({version: expect.stringMatching(/^0\.6\./)});
  expect(await (await ask("/leaflet/latest")).json()).toEqual({version: "0.0.0"});
  expect(Object.keys(((await (await ask("/d3")).json()) as {versions: object}).versions)).toHaveLength(1);
});

test("bundles a package as one module for browsers that imports nothing of Node", async () => {
  const response = await ask("/npm/arquero@8.0.3/+esm");
  expect(response.headers.get("content-type")).toBe("application/javascript");
  const code = await response.text();
  expect(code).toMatch(/export\s*\{/);
  expect(code).not.toMatch(/from\s*"node:/);
});

test("refuses every other request", async () => {
  await expect(ask("/cli/events/deeply")).rejects.toThrow("this build uses no network");
  await expect(ask("/npm/left-pad@1.0.0/+esm")).rejects.toThrow("this build uses no network");
});
