import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { migrationOf, run } from '../support/migrate.ts';
import { postgresUrl, redisUrl } from '../support/services.ts';
import type { Crowd } from './crowd.ts';

/** Gives the address of a new store, each time of another one. */
export type Place = () => Promise<string>;

/** Stores on disk, each in a folder that is gone afterwards. */
export function onDisk(crowd: Crowd): Place {
  return async () => `lmdb:${join(crowd.folder(), 'store')}`;
}

/** Stores in a Redis, each with a prefix of its own; a server of a test's own is gone with it. */
export function inRedis(url: string = redisUrl): Place {
  return async () => `${url}?prefix=${nameOf()}`;
}

/** Stores in a PostgreSQL, each in a schema of its own that is gone afterwards. */
export function inPostgres(crowd: Crowd, url: string = postgresUrl): Place {
  return async () => {
    const schema = nameOf();
    await run(url, migrationOf(schema));
    // A server of a test's own is gone with all that is in it.
    if (url === postgresUrl) crowd.finally(() => run(url, `DROP SCHEMA ${schema} CASCADE`));
    return `${url}?schema=${schema}`;
  };
}

function nameOf(): string {
  return `torture_${randomBytes(6).toString('hex')}`;
}
