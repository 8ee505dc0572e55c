/**
 * How often a property is tried: as given in every run, XUNHENG_ROUNDS times that in the soak. `npm test` tries those that score an
 * office a few times only, with the same seeds each time: .ci/run and the soak try the same properties far more often.
 * @example fc.assert(property, {numRuns: rounds(150)})
 */
export function rounds(few: number): number {
  return few * Number(process.env.XUNHENG_ROUNDS ?? 1);
}
