// Bundles what the pages load into catalogue/static/catalogue/build: scripts, one stylesheet, fonts, icons.
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { PurgeCSS } from "purgecss";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const out = join(here, "..", "static", "catalogue", "build");
const icons = join(root, "node_modules", "@tabler", "icons", "icons", "outline");
const SCRIPTS_WE_WRITE_IN = /-(latin|latin-ext|cyrillic|cyrillic-ext)-/;

// Of each font the Latin and Cyrillic subsets; the others would be files that no page ever asks for.
const ourSubsets = {
  name: "our-subsets",
  setup(on) {
    on.onLoad({ filter: /@fontsource.*\.css$/ }, async ({ path }) => {
      const faces = (await readFile(path, "utf8")).match(/@font-face\s*\{[^}]*\}/g);
      const ours = faces.filter((face) => SCRIPTS_WE_WRITE_IN.test(face)).join("\n");
      return { contents: ours.replace(/, url\([^)]*\.woff\) format\('woff'\)/g, ""), loader: "css" };
    });
  },
};

// Of Tabler's 640 KB the rules whose classes and elements a page, a script or a form names.
const ourRules = {
  name: "our-rules",
  setup(on) {
    on.onLoad({ filter: /tabler\.min\.css$/ }, async ({ path }) => {
      const content = ["templates/**/*.html", "web/**/*.py", "templatetags/*.py", "frontend/*.js"].map((glob) => join(here, "..", glob));
      const raw = await readFile(path, "utf8");
      const [kept] = await new PurgeCSS().purge({ content, css: [{ raw }], keyframes: true, dynamicAttributes: ["data-bs-theme"] });
      return { contents: kept.css, loader: "css" };
    });
  },
};

// <svg><use href="icons.svg#NAME"> draws an icon in the colour of the text around it.
async function sprite() {
  const names = JSON.parse(await readFile(join(here, "icons.json"), "utf8"));
  const symbols = await Promise.all(
    names.map(async (name) => {
      const drawing = await readFile(join(icons, `${name}.svg`), "utf8");
      const lines = drawing.match(/<(path|circle|line|rect|polyline)\b[^>]*>/g).filter((line) => !line.includes("M0 0h24v24H0z"));
      return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${lines.join("")}</symbol>`;
    }),
  );
  await writeFile(join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`);
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const shared = { bundle: true, minify: true, legalComments: "none", outdir: out, target: "es2022", logLevel: "warning" };
await build({ ...shared, entryPoints: [join(here, "app.js")], format: "esm" });
await build({ ...shared, entryPoints: [join(here, "account.js"), join(here, "account_passkeys.js")], format: "esm" });
await build({ ...shared, entryPoints: [join(here, "recording.js")], format: "esm" });
await build({ ...shared, entryPoints: [join(here, "photograph.js"), join(here, "viewer.js")], format: "esm" });
await build({ ...shared, entryPoints: [join(here, "bench.js"), join(here, "bench.css")], format: "esm" });
await build({ ...shared, entryPoints: [join(here, "bulk.js")], format: "esm" });
await build({ ...shared, entryPoints: [join(here, "research.js"), join(here, "research_choose.js")], format: "esm" });
await build({ ...shared, entryPoints: [join(here, "theme.js")], format: "iife" });
await build({
  ...shared,
  entryPoints: [join(here, "app.css")],
  assetNames: "fonts/[name]",
  loader: { ".woff2": "file" },
  plugins: [ourSubsets, ourRules],
});
await sprite();
console.log(`      Bundled ${(await readdir(out)).filter((name) => name !== "fonts").join(", ")}.`);
