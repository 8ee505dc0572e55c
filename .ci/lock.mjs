// What the lock file lacks. The registry of some build machines serves linux-x64 builds only, and `npm install` then
// leaves the optional packages of other platforms out of the lock, which `npm ci` refuses.
import {readFileSync} from "node:fs";

const SYSTEMS = /^(aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)$/;
const PROCESSORS = {
  arm: /^(arm|arm-gnueabihf|arm-musleabihf|arm-eabi)$/,
  arm64: /^arm64/,
  ia32: /^ia32/,
  loong64: /^loong64/,
  mips64el: /^mips64el/,
  ppc64: /^ppc64/,
  riscv64: /^riscv64/,
  s390x: /^s390x/,
  x64: /^x64/
};

/**
 * Reads a lock file.
 * @param {string} path
 */
export function readLock(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

/**
 * Optional packages that are named and not locked, each as the entry that completes the lock.
 * Shape: path in the lock → entry, in order of path.
 * Errors: a name without a known system and processor throws, for its entry would install everywhere.
 * @example missingOptional(readLock("package-lock.json")) // {"node_modules/@esbuild/darwin-x64": {version: "0.28.2", …}}
 */
export function missingOptional({packages}) {
  const missing = {};
  for (const [path, {optionalDependencies = {}}] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const found = resolve({...packages, ...missing}, path, name);
      if (found && (found.version === version || !/^\d/.test(version))) continue;
      missing[`${found ? `${path}/` : ""}node_modules/${name}`] = {version, optional: true, ...platform(name)};
    }
  }
  return Object.fromEntries(Object.entries(missing).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The entry that a package required at `path` gets: there or in a folder above, as Node finds it. */
function resolve(packages, path, name) {
  for (let at = path; ; at = at.slice(0, Math.max(at.lastIndexOf("/node_modules/"), 0))) {
    const found = packages[`${at}${at && "/"}node_modules/${name}`];
    if (found || at === "") return found;
  }
}

/**
 * System, processor and C library that a package's name ends with.
 * @example platform("@rollup/rollup-linux-x64-musl") // {cpu: ["x64"], os: ["linux"], libc: ["musl"]}
 */
export function platform(name) {
  const words = name.split("/").at(-1).split("-");
  const at = words.findIndex((word) => SYSTEMS.test(word));
  const rest = words.slice(at + 1).join("-");
  const cpu = Object.keys(PROCESSORS).find((key) => PROCESSORS[key].test(rest));
  if (at < 0 || !cpu)
    throw new Error(`${name}: its name does not say which system and processor it is for; complete the lock by hand`);
  const os = words[at];
  if (os !== "linux") return {cpu: [cpu], os: [os]};
  return {cpu: [cpu], os: [os], libc: [/musl/.test(rest) ? "musl" : "glibc"]};
}

/**
 * Everything wrong with a lock, a sentence each: packages left out, exact versions not kept, addresses of registries.
 * @example faultsOf(readLock("package-lock.json")) // []
 */
export function faultsOf(lock) {
  const faults = Object.keys(missingOptional(lock)).map((path) => `${path} is missing; run node .ci/complete-lock.mjs`);
  const root = lock.packages[""];
  for (const [name, version] of Object.entries({...root.dependencies, ...root.devDependencies})) {
    const locked = lock.packages[`node_modules/${name}`]?.version;
    if (locked !== version)
      faults.push(`${name} is ${version} in package.json and ${locked} in the lock; write exact versions in both`);
  }
  for (const [path, {resolved}] of Object.entries(lock.packages)) {
    if (resolved) faults.push(`${path} names ${resolved}; a lock without addresses serves every registry (.npmrc sees to it)`);
  }
  return faults;
}
