import { readSync } from 'node:fs';

/** What the two pages at the start of a database say of it: the roots of its trees, and the last page in use. */
export interface Meta {
  readonly pageSize: number;
  readonly roots: readonly bigint[];
  readonly lastPage: number;
  readonly transaction: bigint;
}

const MAGIC = 0xbeefc0de;

/** The second version of LMDB's format; another has other offsets. */
const VERSION = 2;

/** A root of a tree without pages. */
const NONE = 0xffff_ffff_ffff_ffffn;

const HEADER = 24;

const NODE = 8;

const BRANCH = 1;
const LEAF = 2;
const LARGE = 1;

/** Reads the newer of the two pages at the start. @returns `undefined` where this is no database */
export function readMeta(file: number): Meta | undefined {
  const first = readOne(file, 0);
  const second = first && readOne(file, first.pageSize);
  return second && first.transaction < second.transaction ? second : first && second && first;
}

function readOne(file: number, at: number): Meta | undefined {
  const bytes = Buffer.alloc(160);
  if (readSync(file, bytes, 0, bytes.length, at) < bytes.length) return undefined;
  if (bytes.readUInt32LE(24) !== MAGIC || bytes.readUInt32LE(28) !== VERSION) return undefined;
  const pageSize = bytes.readUInt32LE(48);
  if (pageSize < bytes.length) return undefined;
  return {
    pageSize,
    roots: [bytes.readBigUInt64LE(88), bytes.readBigUInt64LE(136)],
    lastPage: Number(bytes.readBigUInt64LE(144)),
    transaction: bytes.readBigUInt64LE(152),
  };
}

/**
 * Whether all pages that a database uses lie in its file.
 *
 * The last page in use may be missing from a sound file: LMDB does not write a page that a transaction both took and
 * gave back.
 */
export function isWhole(file: number, meta: Meta, size: number): boolean {
  const { pageSize, lastPage, roots } = meta;
  if (size >= (lastPage + 1) * pageSize) return true;
  const left = roots.filter((root) => root !== NONE);
  const page = Buffer.alloc(pageSize);
  for (let number = left.pop(); number !== undefined; number = left.pop()) {
    if (readSync(file, page, 0, pageSize, Number(number) * pageSize) < pageSize) return false;
    const flags = page.readUInt16LE(18);
    if (page.readBigUInt64LE(0) !== number || (flags !== BRANCH && flags !== LEAF)) return false;
    for (const at of nodesOf(page)) {
      if (at + NODE > pageSize) return false;
      if (flags === BRANCH)
        left.push(BigInt(page.readUInt32LE(at)) + (BigInt(page.readUInt16LE(at + 4)) << 32n));
      else if (endOf(page, at) > size) return false;
    }
  }
  return true;
}

function nodesOf(page: Buffer): number[] {
  const count = Math.min(page.readUInt16LE(20), page.length - HEADER) >> 1;
  return Array.from({ length: count }, (_, i) => page.readUInt16LE(HEADER + 2 * i) + HEADER);
}

// Where in the file the pages of a large value end; 0 for a value within its page.
function endOf(page: Buffer, at: number): number {
  if ((page.readUInt16LE(at + 4) & LARGE) === 0) return 0;
  const data = at + NODE + page.readUInt16LE(at + 6);
  if (data + 8 > page.length) return Number.POSITIVE_INFINITY;
  return Number(page.readBigUInt64LE(data)) * page.length + HEADER + page.readUInt32LE(at);
}
