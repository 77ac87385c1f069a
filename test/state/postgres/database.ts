import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { StoreError } from '../../../src/errors.ts';
import { type PostgresClient, postgresStore } from '../../../src/state/postgres.ts';
import type { AcceptableStore, Charge, Operation } from '../../../src/state/store.ts';
import { postgresUrl } from '../../support/services.ts';
import { codeLater, NOW, once } from '../contract.ts';

const migration = readFileSync(new URL('../../../postgres/001-store.sql', import.meta.url), 'utf8');
const tables = ['store', 'nonces', 'counters', 'uses', 'plans', 'kept', 'reservations'];

/** The migration for a schema of another name, by what it says of itself. */
export function migrationOf(schema: string): string {
  return migration.replaceAll(/\bwrit\b/g, schema);
}

/** A schema with the store's tables and functions, and a pool; both are gone when the tests of the file are. */
export interface Database {
  readonly schema: string;
  readonly pool: pg.Pool;
  /** Another pool, ended with it. */
  another(config?: pg.PoolConfig): pg.Pool;
  /** Empties all tables. */
  clear(): Promise<void>;
  store(client?: PostgresClient, timeout?: number): AcceptableStore;
  run(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
}

let schemas = 0;

export function database(connectionString = postgresUrl): Database {
  const schema = `test_${process.pid}_${schemas++}`;
  const pools: pg.Pool[] = [];
  const another = (config: pg.PoolConfig = {}) => {
    const pool = new pg.Pool({ connectionString, max: 10, ...config });
    pool.on('error', () => {});
    pools.push(pool);
    return pool;
  };
  const pool = another();
  const run = async (text: string, values: unknown[] = []) => (await pool.query(text, values)).rows;
  beforeAll(async () => {
    await pool.query(migrationOf(schema));
  });
  afterAll(async () => {
    await pool.query(`DROP SCHEMA ${schema} CASCADE`);
    for (const each of pools) await each.end();
  });
  return {
    schema,
    pool,
    another,
    run,
    clear: async () => {
      await pool.query(tables.map((table) => `DELETE FROM ${schema}.${table}`).join(';'));
    },
    store: (client: PostgresClient = pool, timeout = 30_000) => postgresStore({ client, schema, timeout }),
  };
}

/** The code of a charge; `accepted` where nothing failed, whether or not an operation refused. */
export function attempt(store: AcceptableStore, ...operations: Operation[]): Promise<string> {
  const charge: Charge = { now: NOW, operations };
  return codeLater(() => store.charge(charge));
}

/** The text of the error of a charge; `accepted` where there is none. */
export async function messageOf(client: PostgresClient, schema: string): Promise<string> {
  try {
    await postgresStore({ client, schema }).charge({ now: NOW, operations: [once('a')] });
  } catch (error) {
    if (error instanceof StoreError) return error.message;
    throw error;
  }
  return 'accepted';
}
