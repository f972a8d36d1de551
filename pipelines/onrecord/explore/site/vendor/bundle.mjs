// What the explorer takes from npm, written into the folder that is named: vendor/ is committed, engine/ is not.
import { gzipSync } from "node:zlib";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const to = process.argv[2];
const duckdb = "node_modules/@duckdb/duckdb-wasm";
const common = { bundle: true, minify: true, format: "esm", target: "es2022", legalComments: "none", charset: "utf8" };

mkdirSync(`${to}/vendor`, { recursive: true });
await build({
  ...common,
  stdin: {
    contents: 'export { forceSimulation, forceLink, forceManyBody, forceCollide, forceX, forceY } from "d3-force";',
    resolveDir: ".",
  },
  outfile: `${to}/vendor/d3-force.js`,
});
const licence = (name) => `${name}\n\n${readFileSync(`node_modules/${name}/LICENSE`, "utf8")}\n`;
const bundled = ["d3-force", "d3-dispatch", "d3-quadtree", "d3-timer"];
writeFileSync(`${to}/vendor/d3-force.LICENSE`, bundled.map(licence).join("\n"));

rmSync(`${to}/engine`, { recursive: true, force: true });
mkdirSync(`${to}/engine`, { recursive: true });
await build({ ...common, entryPoints: [`${duckdb}/dist/duckdb-browser.mjs`], outfile: `${to}/engine/duckdb.js` });
for (const name of ["duckdb-eh.wasm", "duckdb-browser-eh.worker.js"]) {
  writeFileSync(`${to}/engine/${name}.gz`, gzipSync(readFileSync(`${duckdb}/dist/${name}`), { level: 9 }));
}
// The package of duckdb-wasm states its licence, MIT, and carries no text of it.
const { version, license } = JSON.parse(readFileSync(`${duckdb}/package.json`, "utf8"));
const stated = `@duckdb/duckdb-wasm ${version}: ${license}, https://github.com/duckdb/duckdb-wasm\n\n`;
const arrow = `apache-arrow\n\n${readFileSync("node_modules/apache-arrow/LICENSE.txt", "utf8")}`;
writeFileSync(`${to}/engine/LICENSES`, stated + arrow);
