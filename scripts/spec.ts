import { readFileSync, writeFileSync } from 'node:fs';
import { fill, unmarked } from './spec/marks.ts';

// Fills the marked places of the specification from the test vectors and the grammar, so that no example is typed by
// hand. With --check, it only compares.

const path = new URL('../spec/writ.md', import.meta.url);
const text = readFileSync(path, 'utf8');
const filled = fill(text);
const failures = unmarked(filled).map((line) => `an example that nothing fills: ${line.slice(0, 100)}`);

if (process.argv.includes('--check')) {
  const [have, want] = [text, filled].map((all) => all.split('\n'));
  const at = want?.findIndex((line, i) => line !== have?.[i]) ?? -1;
  if (at !== -1) failures.push(`line ${at + 1} differs, run "npm run docs": ${have?.[at]?.slice(0, 100)}`);
} else writeFileSync(path, filled);

for (const failure of failures) process.stderr.write(`spec/writ.md: ${failure}\n`);
if (failures.length > 0) process.exitCode = 1;
