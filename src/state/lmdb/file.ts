import { type BigIntStats, closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from '../../errors.ts';

/** The file of a database, in its folder. */
export function fileOf(path: string): string {
  return join(path, 'data.mdb');
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
 * Looks at the two pages at the start of a database, since LMDB maps the file, and a process that reads past the end
 * of a mapped file is killed.
 *
 * @throws StoreError `store.damaged`
 */
export function checkFile(path: string): void {
  const file = openSync(path, 'r');
  try {
    const first = readMeta(file, 0);
    const second = readMeta(file, first.pageSize);
    const newest = first.transaction > second.transaction ? first : second;
    if (fstatSync(file).size < (newest.lastPage + 1) * newest.pageSize) throw damaged('truncated');
  } finally {
    closeSync(file);
  }
}

const MAGIC = 0xbeefc0de;

interface Meta {
  readonly pageSize: number;
  readonly lastPage: number;
  readonly transaction: number;
}

function readMeta(file: number, at: number): Meta {
  const bytes = Buffer.alloc(160);
  const read = readSync(file, bytes, 0, bytes.length, at);
  if (read < bytes.length || bytes.readUInt32LE(24) !== MAGIC) throw damaged('not a database');
  return {
    pageSize: bytes.readUInt32LE(48),
    lastPage: Number(bytes.readBigUInt64LE(144)),
    transaction: Number(bytes.readBigUInt64LE(152)),
  };
}

function damaged(detail: string): StoreError {
  return new StoreError('store.damaged', { detail });
}
