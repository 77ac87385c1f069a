import pg from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import { type PostgresClient, postgresStore } from '../../src/state/postgres.ts';
import { describeWith, postgresUrl } from '../support/services.ts';
import { contract } from './contract.ts';
import { lawOfMemory } from './law-of-memory.ts';
import { database } from './postgres/database.ts';

const nothing: PostgresClient = { query: async () => ({ rows: [] }) };

/** A client that first waits until all is empty, since a store is opened at once. */
function after(ready: Promise<unknown>, client: PostgresClient): PostgresClient {
  return { query: (text, values) => ready.then(() => client.query(text, values)) };
}

describeWith('postgres', 'postgres', () => {
  const db = database();
  const single = new pg.Client({ connectionString: postgresUrl });
  const connected = single.connect();
  afterAll(() => single.end());

  contract('postgres, by a pool', () => ({
    store: db.store(after(db.clear(), db.pool)),
    close: async () => {},
  }));
  contract('postgres, by one connection', () => ({
    store: db.store(
      after(
        connected.then(() => db.clear()),
        single,
      ),
    ),
    close: async () => {},
  }));
  lawOfMemory(async () => {
    await db.clear();
    return db.store();
  });
});

describe('postgres: options', () => {
  test.each(['Writ', 'a b', '"', 'a;b', '', '1a', 'a'.repeat(64), 7])('schema %s is none', (schema) => {
    expect(() => postgresStore({ client: nothing, schema: schema as string })).toThrow(TypeError);
  });

  test.each([0, -1, 1.5, Number.NaN, 2 ** 31, '9'])('timeout %s is none', (timeout) => {
    expect(() => postgresStore({ client: nothing, timeout: timeout as number })).toThrow(TypeError);
  });
});
