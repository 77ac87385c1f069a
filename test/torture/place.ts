import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { migrate } from '../support/migrate.ts';
import { postgresUrl, redisUrl } from '../support/services.ts';
import type { Crowd } from './crowd.ts';

/** Gives the address of a new store, each time of another one. */
export type Place = () => Promise<string>;

/** Stores on disk, each in a folder that is gone afterwards. */
export function onDisk(crowd: Crowd): Place {
  return async () => `lmdb:${join(crowd.folder(), 'store')}`;
}

/** Stores in a Redis, each with a prefix of its own. */
export function inRedis(url: string = redisUrl): Place {
  return async () => `${url}?prefix=${nameOf('torture')}`;
}

/** Stores in a PostgreSQL, each in a schema of its own. */
export function inPostgres(url: string = postgresUrl): Place {
  return async () => {
    const schema = nameOf('torture');
    await migrate(url, schema);
    return `${url}?schema=${schema}`;
  };
}

function nameOf(what: string): string {
  return `${what}_${randomBytes(6).toString('hex')}`;
}
