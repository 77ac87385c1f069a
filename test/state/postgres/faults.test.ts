import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { postgresStore } from '../../../src/state/postgres.ts';
import type { AcceptableStore } from '../../../src/state/store.ts';
import { describeWith } from '../../support/services.ts';
import { NOW, once } from '../contract.ts';
import { attempt, messageOf, migrationOf } from './database.ts';
import { Server } from './server.ts';

// A server beside that of the other tests, where one has PostgreSQL.
describeWith('postgres', 'postgres: a server that fails', () => {
  let server: Server;
  let pool: pg.Pool;
  let store: AcceptableStore;

  beforeAll(async () => {
    server = await Server.make();
    await server.start();
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    await client.query(migrationOf('writ'));
    await client.end();
    await server.stop();
  });
  afterAll(() => server.remove());

  beforeEach(async () => {
    await server.start();
    pool = new pg.Pool({ connectionString: server.url });
    pool.on('error', () => {});
    store = postgresStore({ client: pool, timeout: 10_000 });
    await pool.query('DELETE FROM writ.store; DELETE FROM writ.nonces');
    await attempt(store, once('first'));
  });
  afterEach(async () => {
    await pool.end();
    await server.stop();
  });

  const impatient = () => postgresStore({ client: pool, timeout: 400 });
  const refusedOf = async (key: string) =>
    (await store.charge({ now: NOW, operations: [once(key)] })).refused;

  test('that is stopped has failed', async () => {
    await server.stop();
    expect(await attempt(store, once('a'))).toBe('store.failed');
  });

  test('that is started again is right again', async () => {
    await server.stop();
    await attempt(store, once('a'));
    await server.start();
    expect(await attempt(store, once('a'))).toBe('accepted');
  });

  test('that was killed has all that it answered', async () => {
    await attempt(store, once('a'));
    await server.stop('SIGKILL');
    await server.start();
    expect(await refusedOf('a')).toEqual([0]);
  });

  test('that stands still does not answer in time, and is right again when it goes on', async () => {
    const waiting = impatient();
    server.signal('SIGSTOP');
    const still = await attempt(waiting, once('a'));
    server.signal('SIGCONT');
    expect([still, await attempt(store, once('b'))]).toEqual(['store.timeout', 'accepted']);
  });

  test('T03 that has an older copy is older', async () => {
    await server.stop();
    const restore = server.copy();
    await server.start();
    await attempt(store, once('a'));
    await server.stop();
    restore();
    await server.start();
    expect(await attempt(store, once('b'))).toBe('store.older');
  });

  test('without fsync is refused', async () => {
    await server.stop();
    await server.start('fsync=off');
    expect(await messageOf(pool, 'writ')).toBe('store.failed, fsync is off');
  });

  const many = (count: number) => Array.from({ length: count }, (_, i) => once(`n${i}`));

  test('without memory for the locks of a charge is full', async () => {
    const holder = await pool.connect();
    // What it got before it failed, its session keeps.
    const all = holder.query('SELECT pg_advisory_lock(i) FROM generate_series(1, 100000) AS i');
    await expect(all).rejects.toMatchObject({ code: '53200' });
    const code = await attempt(store, ...many(60));
    holder.release(true);
    expect(code).toBe('store.full');
  });

  test('takes no lock for each of very many operations, whose room all databases share', async () => {
    expect(await attempt(store, ...many(20_000))).toBe('accepted');
  });

  /** Another session with the lock of all. */
  async function holding<T>(body: () => Promise<T>): Promise<T> {
    const holder = await pool.connect();
    await holder.query('BEGIN; SET LOCAL search_path = writ');
    await holder.query("SELECT pg_advisory_xact_lock(lock_of('store', ''))");
    try {
      return await body();
    } finally {
      await holder.query('ROLLBACK');
      holder.release();
    }
  }

  async function waiting(): Promise<number[]> {
    const text = "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
    return (await pool.query(text)).rows.map(({ pid }) => pid);
  }

  test('whose lock another holds does not answer in time', async () => {
    expect(await holding(() => attempt(impatient(), once('a')))).toBe('store.timeout');
  });

  test('does not do what was given up, when the lock is free', async () => {
    await holding(async () => {
      await attempt(impatient(), once('a'));
      while ((await waiting()).length > 0) await sleep(20);
    });
    expect(await refusedOf('a')).toEqual([]);
  });

  test('that ends a connection in the middle of a call has failed, and charged nothing', async () => {
    const code = await holding(async () => {
      const charge = attempt(store, once('a'));
      let pids: number[] = [];
      while (pids.length === 0) pids = await waiting();
      await pool.query('SELECT pg_terminate_backend($1)', [pids[0]]);
      return await charge;
    });
    expect([code, await refusedOf('a')]).toEqual(['store.failed', []]);
  });
});
