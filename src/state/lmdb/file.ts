import { type BigIntStats, closeSync, fstatSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from '../../errors.ts';
import { isWhole, readMeta } from './pages.ts';

/** The file of a database, in its folder. */
export function fileOf(path: string): string {
  return join(path, 'data.mdb');
}

/** The file of a witness that stands beside its folder. */
export function witnessOf(path: string): string {
  return `${path}.witness`;
}

/** Which file stands at a path, to notice that it was replaced; `undefined` where there is none, or nothing in it. */
export function identify(path: string): string | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found === undefined || found.size === 0n ? undefined : identityOf(found);
}

/** Which file it is, whatever its name. */
export function identityOf({ dev, ino }: BigIntStats): string {
  return `${dev} ${ino}`;
}

/**
 * Looks at a database before LMDB maps it, since a process that reads past the end of a mapped file is killed.
 *
 * @throws StoreError `store.damaged`
 */
export function checkFile(path: string): void {
  const file = openSync(path, 'r');
  try {
    // What another process commits meanwhile reuses pages, so only what did not change says anything.
    for (;;) {
      const meta = readMeta(file);
      if (meta === undefined) throw new StoreError('store.damaged', { detail: 'not a database' });
      const whole = isWhole(file, meta, fstatSync(file).size);
      if (whole) return;
      if (readMeta(file)?.transaction === meta.transaction)
        throw new StoreError('store.damaged', { detail: 'truncated' });
    }
  } finally {
    closeSync(file);
  }
}
