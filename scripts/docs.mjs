// Runs the commands that stand in the documentation and puts in what they print, so that no output is typed by hand:
// every `console` block behind a line `<!-- generated -->`, in the folder of the demo's chain. With --check, it only
// compares.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const main = fileURLToPath(new URL('dist/cli/main.js', root));
const chain = fileURLToPath(new URL('examples/chain/', root));
const check = process.argv.includes('--check');
const BLOCK = /(<!-- generated -->\n```console\n)(.*?)(```\n)/gs;

/** The output of a command as a reader would see it, standard error behind standard output. */
function run(command) {
  const script = `writ() { "$NODE" "$MAIN" "$@"; }\n${command}`;
  const env = { ...process.env, NODE: process.execPath, MAIN: main, NO_COLOR: '1' };
  const { stdout, stderr, status, error } = spawnSync('sh', ['-c', script], {
    cwd: chain,
    encoding: 'utf8',
    env,
  });
  if (error) throw error;
  if (status === null || status === 2 || status > 7) throw new Error(`${command}\n${stderr}`);
  return stdout + stderr;
}

/** The commands of a block, with their continuation lines. */
function commandsOf(block) {
  return [...block.matchAll(/^\$ ((?:[^\n]*\\\n)*[^\n]*)$/gm)].map(([, command]) => command);
}

let stale = 0;
for (const name of ['README.md', 'cli/README.md']) {
  const path = new URL(name, root);
  const text = readFileSync(path, 'utf8');
  // A marker that is misspelt, or parted from its block, would leave the output unchecked.
  const markers = text.match(/<!--\s*generated/gi) ?? [];
  if (markers.length !== [...text.matchAll(BLOCK)].length)
    throw new Error(`${name}: a marker without its block`);
  const fresh = text.replace(BLOCK, (_, head, block, foot) => {
    const shown = commandsOf(block).map((command) => `$ ${command}\n${run(command)}`);
    return head + shown.join('') + foot;
  });
  if (fresh === text) continue;
  stale += 1;
  if (check) console.error(`${name}: the output shown is not what the commands print; run npm run docs`);
  else writeFileSync(path, fresh);
}
process.exitCode = check && stale > 0 ? 1 : 0;
console.log(
  stale === 0 ? 'documentation is up to date' : `${stale} files ${check ? 'are stale' : 'written'}`,
);
