import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readForeign } from './foreign.ts';

/** A foreign JSON file whose SHA-256 is the one that a test relies on; to be called inside a test. */
export function readPublished<T>(file: string, sha256: string): T {
  const bytes = readFileSync(join(process.env.WRIT_EXTERNAL_VECTORS ?? '', file));
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) throw new Error(`${file} is not the file that was reviewed: SHA-256 ${found}`);
  return readForeign<T>(file);
}
