import { statfsSync } from 'node:fs';
import { StoreError, WritError } from '../../errors.ts';

/** Of the system, and of LMDB. */
const FULL: readonly (string | number | undefined)[] = ['ENOSPC', 'EDQUOT', 'EFBIG', 28, 122, 27, -30792];

/** Of LMDB: a page that is not there, a page of another kind, not its file, a file of another version. */
const DAMAGED: readonly (string | number | undefined)[] = [-30797, -30796, -30794, -30793];

/** EIO, which LMDB also says where only a part of what it wrote found room. */
const IO = 5;

/** What the system or LMDB threw about a store at a path, as an error of the store; what this package threw stays. */
export function toStoreError(error: unknown, path: string): WritError {
  if (error instanceof WritError) return error;
  const { code, message } = error as { readonly code?: string | number; readonly message?: string };
  const detail = message ?? String(error);
  if (FULL.includes(code) || (code === IO && hasNoRoom(path)))
    return new StoreError('store.full', { detail });
  if (DAMAGED.includes(code)) return new StoreError('store.damaged', { detail });
  return new StoreError('store.failed', { detail });
}

// Less than a transaction of a few pages needs.
function hasNoRoom(path: string): boolean {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize < 65_536;
}
