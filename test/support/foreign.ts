import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';

// Data that others published is read in place and is no part of the project. In CI it is always there.
const folder = process.env.WRIT_EXTERNAL_VECTORS;

if (folder === undefined && process.env.CI !== undefined) {
  throw new Error('WRIT_EXTERNAL_VECTORS is not set: in CI the foreign vectors are never skipped');
}

/** A suite over foreign vectors; skipped, and named so, where `WRIT_EXTERNAL_VECTORS` is not set. */
export function describeForeign(name: string, suite: () => void): void {
  if (folder === undefined) {
    process.stderr.write(`SKIPPED ${name}: WRIT_EXTERNAL_VECTORS is not set\n`);
    describe.skip(`${name} [skipped: WRIT_EXTERNAL_VECTORS is not set]`, suite);
  } else {
    describe(name, suite);
  }
}

/** A foreign JSON file, or `undefined` where the folder is not set. */
export function readForeign<T>(file: string): T {
  if (folder === undefined) return undefined as T;
  const path = join(folder, file);
  if (!existsSync(path)) throw new Error(`WRIT_EXTERNAL_VECTORS has no ${file}`);
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
