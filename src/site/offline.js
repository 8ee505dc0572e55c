// Plain JavaScript: Framework loads its configuration, and what that imports, without a TypeScript loader.
import {existsSync, readFileSync, rmSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {build} from "esbuild";

const MODULES = join(dirname(fileURLToPath(import.meta.url)), "../../node_modules");

/** Packages that several others use whole: left as imports of their own, so that a page loads them once. */
const SHARED = ["htl", "isoformat"];

/**
 * Makes Framework build without a network: its questions for versions and code of packages are answered from
 * `node_modules`, telemetry is off, and what it remembers of earlier answers is removed (it never asks again after an
 * upgrade).
 * Errors: any other request throws `this build uses no network`.
 * @param {string} root Framework's source root
 */
export function workOffline(root) {
  process.env.OBSERVABLE_TELEMETRY_DISABLE = "1";
  for (const folder of ["_npm", "_node"]) rmSync(join(root, ".observablehq/cache", folder), {recursive: true, force: true});
  globalThis.fetch = answer;
}

/**
 * Answers one request from `node_modules`.
 * Shape: `/npm/NAME@VERSION/+esm` the package as one browser module; `/npm/NAME@VERSION/FILE` the file; `/NAME` and
 * `/NAME/TAG` the installed version, `0.0.0` for a package that is not installed.
 * @param {string | URL | Request} input
 * @returns {Promise<Response>}
 */
export async function answer(input) {
  const url = new URL(input instanceof Request ? input.url : input);
  const path = decodeURIComponent(url.pathname);
  const code = /^\/npm\/((?:@[^/]+\/)?[^/@]+)@[^/]+\/(.+)$/.exec(path);
  if (code) return codeOf(code[1], code[2], url);
  const version = /^\/((?:@[^/]+\/)?[^/@]+)(?:\/([^/]+))?$/.exec(path);
  if (version) return versionOf(version[1], version[2]);
  throw refusal(url);
}

function refusal(url) {
  return new Error(`this build uses no network: ${url}`);
}

function versionOf(name, tag) {
  const version = installed(name) ?? "0.0.0";
  return Response.json(tag ? {version} : {versions: {[version]: {}}});
}

function installed(name) {
  const file = join(MODULES, name, "package.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).version : undefined;
}

async function codeOf(name, path, url) {
  if (!installed(name)) throw refusal(url);
  if (path === "+esm") return javascript(await bundle(name));
  if (path.endsWith("/+esm")) return javascript(await bundle(`${name}/${path.slice(0, -"/+esm".length)}`));
  const file = join(MODULES, name, path);
  if (!existsSync(file)) throw refusal(url);
  const type = /\.m?js$/.test(path) ? "application/javascript" : "application/octet-stream";
  return new Response(readFileSync(file), {headers: {"content-type": type}});
}

function javascript(source) {
  return new Response(source, {headers: {"content-type": "application/javascript"}});
}

async function bundle(specifier) {
  const {outputFiles} = await build({
    entryPoints: [specifier],
    absWorkingDir: dirname(MODULES),
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    minify: true,
    charset: "utf8",
    legalComments: "none",
    logLevel: "silent",
    plugins: [shared(specifier)]
  });
  return outputFiles[0].text;
}

/** Keeps shared packages out of another's bundle. */
function shared(entry) {
  return {
    name: "shared",
    setup({onResolve}) {
      for (const name of SHARED) {
        if (name === entry) continue;
        onResolve({filter: new RegExp(`^${name}$`)}, () => ({path: `/npm/${name}@${installed(name)}/+esm`, external: true}));
      }
    }
  };
}
