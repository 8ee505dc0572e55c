import type {SiteOrder} from "./build.ts";

interface SitePage {
  readonly path: string;
  readonly name: string;
  readonly audiences: readonly string[];
}
export const PAGES: readonly SitePage[];
export function pagesFor(site: Pick<SiteOrder, "audience">): SitePage[];
export function readSite(file: string | undefined, samples: string): SiteOrder;
export function header(site: SiteOrder, path: string): string;
/** Text as HTML. */
export function text(value: unknown): string;
