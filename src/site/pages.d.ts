import type {SiteOrder} from "./build.ts";

export const PAGES: readonly {readonly path: string; readonly name: string}[];
export function readSite(file: string | undefined, samples: string): SiteOrder;
export function header(site: SiteOrder, path: string): string;
/** Text as HTML. */
export function text(value: unknown): string;
