import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createClient } from 'redis';
import type { Store } from '../../src/index.ts';
import { migrationOf, run } from '../../test/support/migrate.ts';
import { postgresUrl, redisUrl } from '../../test/support/services.ts';
import { lmdbStore, memoryStore, postgresStore, redisStore } from '../built.ts';

export const kinds = ['memory', 'lmdb', 'redis', 'postgres'] as const;

export type Kind = (typeof kinds)[number];

/** A new store, and how many bytes it takes now: of memory, or of the disk. */
export interface Opened {
  readonly store: Store;
  weigh(): number | Promise<number>;
}

type With = <T>(dir: string, task: (opened: Opened) => Promise<T>) => Promise<T>;

/** Gives a task a new store of a kind, and takes the store away. Those on servers are of `npm run services`. */
export const withStore: Readonly<Record<Kind, With>> = {
  memory: (_, task) => task({ store: memoryStore(), weigh: weighHeap }),
  async lmdb(dir, task) {
    const folder = mkdtempSync(join(dir, 'writ-bench-'));
    const path = join(folder, 'store');
    const store = lmdbStore({ path });
    try {
      return await task({ store, weigh: () => weighFolder(path) });
    } finally {
      await store.close();
      rmSync(folder, { recursive: true });
    }
  },
  async redis(_, task) {
    const client = createClient({ url: redisUrl });
    await client.connect();
    const prefix = `bench-${randomBytes(4).toString('hex')}`;
    const weigh = async () =>
      Number(/^used_memory:(\d+)/m.exec(String(await client.sendCommand(['INFO', 'memory'])))?.[1]);
    try {
      return await task({ store: redisStore({ client, prefix, durable: true }), weigh });
    } finally {
      const keys = await client.keys(`{${prefix}}:*`);
      if (keys.length > 0) await client.del(keys);
      client.destroy();
    }
  },
  async postgres(_, task) {
    const schema = `bench_${randomBytes(4).toString('hex')}`;
    await run(postgresUrl, migrationOf(schema));
    const pool = new pg.Pool({ connectionString: postgresUrl, max: 10 });
    const weigh = async () => {
      const { rows } = await pool.query(
        'SELECT sum(pg_total_relation_size(oid))::float8 AS bytes FROM pg_class WHERE relnamespace = $1::regnamespace AND relkind = $2',
        [schema, 'r'],
      );
      return rows[0].bytes as number;
    };
    try {
      return await task({ store: postgresStore({ client: pool, schema }), weigh });
    } finally {
      await pool.query(`DROP SCHEMA ${schema} CASCADE`);
      await pool.end();
    }
  },
};

function weighHeap(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function weighFolder(path: string): number {
  const sizes = readdirSync(path, { recursive: true }).map((name) => statSync(join(path, String(name))));
  return sizes.reduce((sum, { blocks }) => sum + 512 * blocks, 0);
}

/** The folder of stores on disk by default. */
export const DIR: string = tmpdir();
