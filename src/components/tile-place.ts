/** What has a place in the tile grid; null: nobody gave it one. */
export interface Placed {
  readonly tile_col: number | null;
  readonly tile_row: number | null;
}

/**
 * Where tiles stand, as CSS: counted from the first column and row in use. Unless all have a place of their own, they follow each other.
 * Shape: the units of one grid in; the style of the grid, and that of each tile out.
 * @example tilePlaces(units).place(units[0]) // "--place:1/1;"
 */
export function tilePlaces<Unit extends Placed>(
  units: readonly Unit[]
): {readonly grid: string; readonly place: (unit: Unit) => string} {
  const apart = new Set(units.map((u) => `${u.tile_col},${u.tile_row}`)).size === units.length;
  if (units.length === 0 || !apart || units.some((u) => u.tile_col === null || u.tile_row === null))
    return {grid: "", place: () => ""};
  const cols = units.map((u) => u.tile_col ?? 0);
  const left = Math.min(...cols);
  const top = Math.min(...units.map((u) => u.tile_row ?? 0));
  return {
    grid: `--columns:repeat(${Math.max(...cols) - left + 1},minmax(0,1fr))`,
    place: (unit) => `--place:${(unit.tile_row ?? 0) - top + 1}/${(unit.tile_col ?? 0) - left + 1};`
  };
}
