import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {type Browser, chromium, type Page} from "playwright-core";

/** Chromium asks its maker for updates by itself; that is not the page's doing. */
const QUIET = [
  "--disable-features=AutofillServerCommunication,OptimizationHints,MediaRouter",
  "--disable-component-update",
  "--no-sandbox"
];

const FONT = join(import.meta.dirname, "../../node_modules/@fontsource/noto-sans-sc");

/**
 * A browser: the one named by CHROMIUM, the machine's, or the one that comes with the test packages.
 * Shape: null where there is none; with CI=true that is an error.
 */
export async function openChromium(): Promise<Browser | null> {
  try {
    const own = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"].find((p) => p && existsSync(p));
    if (own) return await chromium.launch({executablePath: own, args: QUIET});
    const {default: packed} = await import("@sparticuz/chromium");
    return await chromium.launch({executablePath: await packed.executablePath(), args: [...packed.args, ...QUIET]});
  } catch (error) {
    if (process.env.CI === "true") throw error;
    return null;
  }
}

/** What went wrong on a page, and every request it made. */
export interface Watched {
  readonly page: Page;
  readonly problems: string[];
  readonly requests: string[];
}

/**
 * A page that notes console errors, failed and foreign requests. The font of the test packages is served beside the site,
 * because bare machines have no Chinese font.
 */
export async function openPage(browser: Browser, origin: string, size = {width: 1366, height: 768}): Promise<Watched> {
  const page = await browser.newPage({viewport: size, locale: "zh-CN", timezoneId: "Asia/Shanghai"});
  const problems: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`控制台：${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`错误：${error.message}`));
  // A font of the tests' own that is still on its way when the next page opens is no problem of the page.
  page.on("requestfailed", (request) => {
    if (!request.url().includes("/__font/")) problems.push(`请求失败：${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}：${response.url()}`);
  });
  page.on("request", (request) => {
    requests.push(request.url());
    if (!request.url().startsWith(origin) && !request.url().startsWith("data:") && !request.url().startsWith("blob:"))
      problems.push(`外部请求：${request.url()}`);
  });
  await page.route("**/__font/**", (route) =>
    route.fulfill({body: readFileSync(join(FONT, new URL(route.request().url()).pathname.slice("/__font/".length)))})
  );
  await page.addInitScript(() => {
    addEventListener("DOMContentLoaded", () => {
      for (const weight of ["400", "700"]) {
        const link = document.createElement("link");
        link.rel = "stylesheet";
        link.href = `/__font/${weight}.css`;
        document.head.append(link);
      }
    });
  });
  return {page, problems, requests};
}

/** Opens an address and waits until everything is drawn. */
export async function visit({page, problems}: Watched, url: string): Promise<void> {
  await page.goto(url, {waitUntil: "networkidle"});
  await page.evaluate(() => document.fonts.ready);
  if ((await page.locator(".observablehq--error").count()) > 0)
    problems.push(`页面出错：${url} ${await page.locator(".observablehq--error").first().innerText()}`);
}
