/**
 * How often a property is tried: as given in every run, XUNHENG_ROUNDS times that in the soak.
 * @example fc.assert(property, {numRuns: rounds(150)})
 */
export function rounds(few: number): number {
  return few * Number(process.env.XUNHENG_ROUNDS ?? 1);
}
