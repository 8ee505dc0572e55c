import {expect, test} from "vitest";
import {TextStore} from "../../../loaders/xlsx/text-store.ts";

test("gives back every text by its number, however many and however long", () => {
  const text = (i: number) => (i === 70_000 ? "长".repeat(40_000) : `第${i}号𠮷${i % 7 === 0 ? "秘密★" : ""}`);
  const store = new TextStore();
  for (let i = 0; i < 80_000; i++) store.push(text(i));
  for (let i = 0; i < 80_000; i += 37) expect(store.at(i)).toBe(text(i));
  expect(store.at(70_000)).toBe(text(70_000));
  expect(store.at(80_000)).toBeUndefined();
  expect(store.at(-1)).toBeUndefined();
  expect([...store].length).toBe(80_000);
  expect([...store.holding("秘密★")].length).toBe(Math.ceil(80_000 / 7) - 1);
});
