import { join } from 'node:path';
import type { Crowd } from './crowd.ts';

/** Gives the address of a new store, each time of another one. */
export type Place = () => Promise<string>;

/** Stores on disk, each in a folder that is gone afterwards. */
export function onDisk(crowd: Crowd): Place {
  return async () => `lmdb:${join(crowd.folder(), 'store')}`;
}
