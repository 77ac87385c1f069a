import pg from 'pg';
import { beforeEach, describe, expect, test } from 'vitest';
import { describeWith, postgresUrl } from '../../support/services.ts';
import { codeLater, NOW, once, spend } from '../contract.ts';
import { attempt, database, messageOf, migrationOf } from './database.ts';

describeWith('postgres', 'postgres: as it is set up', () => {
  const db = database();
  beforeEach(() => db.clear());

  describe('the migration', () => {
    test('applied twice is refused, and changes nothing', async () => {
      await attempt(db.store(), once('a'));
      const client = await db.pool.connect();
      const code = await client.query(migrationOf(db.schema)).then(
        () => 'applied',
        (error: { code: string }) => error.code,
      );
      await client.query('ROLLBACK');
      client.release();
      const kept = await db.run(`SELECT count(*)::int FROM ${db.schema}.nonces`);
      expect([code, kept]).toEqual(['42P06', [{ count: 1 }]]);
    });

    test('says which it is', async () => {
      expect(await db.run(`SELECT version FROM ${db.schema}.migrations`)).toEqual([{ version: '001' }]);
    });

    test('that is missing is asked for', async () => {
      expect(await messageOf(db.pool, 'nowhere')).toBe(
        'store.failed, 3F000, apply postgres/001-store.sql (schema nowhere)',
      );
    });

    test('gives others no right', async () => {
      const role = `${db.schema}_other`;
      await db.run(`CREATE ROLE ${role}; GRANT USAGE ON SCHEMA ${db.schema} TO ${role}`);
      const as = db.another({ options: `-c role=${role}` });
      const message = await messageOf(as, db.schema);
      await db.run(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
      expect(message).toBe('store.failed, 42501');
    });

    test('a service needs no more than the rights that it names', async () => {
      const role = `${db.schema}_service`;
      const functions = ['charge', 'settle', 'look', 'lift', 'prune'].map((name) => `${db.schema}.${name}`);
      await db.run(`CREATE ROLE ${role}; GRANT USAGE ON SCHEMA ${db.schema} TO ${role};
        GRANT EXECUTE ON FUNCTION ${functions} TO ${role}`);
      const store = db.store(db.another({ options: `-c role=${role}` }));
      const charge = { now: NOW, operations: [once('a'), spend('s', 1, 1, { window: 5, unit: 'u' })] };
      await store.charge({ ...charge, reservation: { id: 'r', until: NOW + 9 } });
      const results = [
        await store.settle({ now: NOW, id: 'r', costs: { u: 0 } }),
        (await store.look(charge)).length,
        await store.lift('s', ''),
        await store.prune(NOW + 1000),
        await codeLater(() => store.accept(NOW)),
      ];
      await db.run(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
      expect(results).toEqual([true, 2, ['s'], 2, 'store.failed']);
    });
  });

  describe('a session', () => {
    test.each(['repeatable read', 'serializable'])('of isolation %s is refused', async (level) => {
      const options = `-c default_transaction_isolation=${level.replaceAll(' ', '\\ ')}`;
      expect(await messageOf(db.another({ options }), db.schema)).toBe(
        'store.failed, isolation is not read committed',
      );
    });

    test('that is read-only has failed', async () => {
      const client = db.another({ options: '-c default_transaction_read_only=on' });
      expect(await messageOf(client, db.schema)).toBe('store.failed, read-only');
    });

    test('that does not wait for the disk is made to', async () => {
      const client = new pg.Client({ connectionString: postgresUrl, options: '-c synchronous_commit=off' });
      await client.connect();
      await client.query('BEGIN');
      await attempt(db.store(client), once('a'));
      const { rows } = await client.query('SHOW synchronous_commit');
      await client.query('ROLLBACK');
      await client.end();
      expect(rows).toEqual([{ synchronous_commit: 'on' }]);
    });

    test('with tables and functions of the same names in its search path counts where it should', async () => {
      const client = new pg.Client({ connectionString: postgresUrl });
      await client.connect();
      await client.query(`
        CREATE TEMP TABLE nonces (key bytea PRIMARY KEY, until bigint);
        CREATE TEMP TABLE counters (LIKE ${db.schema}.counters);
        CREATE FUNCTION pg_temp.length(bytea) RETURNS integer LANGUAGE sql AS 'SELECT 0';
        CREATE FUNCTION pg_temp.sha256(bytea) RETURNS bytea LANGUAGE sql AS 'SELECT NULL::bytea';
        SET search_path = pg_temp, pg_catalog`);
      await attempt(db.store(client), once('a'), spend('s', 1, 1));
      const { refused } = await db.store().charge({ now: NOW, operations: [once('a'), spend('s', 1, 1)] });
      await client.end();
      expect(refused).toEqual([0, 1]);
    });

    test('that cannot be had has failed, with nothing of where it was to go', async () => {
      const client = db.another({ connectionString: 'postgres://writ:secret@127.0.0.1:15432/nowhere' });
      expect(await messageOf(client, db.schema)).toBe('store.failed, 3D000');
    });

    test('that a pool does not have in time is no answer in time', async () => {
      const client = db.another({ max: 1, connectionTimeoutMillis: 50 });
      const taken = await client.connect();
      const message = await messageOf(client, db.schema);
      taken.release();
      expect(message).toBe('store.timeout, driver');
    });
  });

  describe('damaged', () => {
    const use = spend('w', 9, 3, { window: 5 });
    const plan = (count: number) => {
      const steps = Array.from({ length: count }, () => ({ min: 0, max: 9, admits: true }));
      return { kind: 'step', key: 'p', until: NOW, steps } as const;
    };

    test('uses that are more than their counter', async () => {
      const store = db.store();
      await attempt(store, use);
      await db.run(`UPDATE ${db.schema}.uses SET cost = 4`);
      expect(await codeLater(() => store.charge({ now: NOW + 5, operations: [use] }))).toBe('store.damaged');
    });

    test('a plan of another length', async () => {
      const store = db.store();
      await attempt(store, plan(2));
      expect(await attempt(store, plan(3))).toBe('store.damaged');
    });

    test('an amount that no charge makes', async () => {
      const store = db.store();
      await attempt(store, use);
      await db.run(`UPDATE ${db.schema}.counters SET used = 9007199254740992`);
      expect(await attempt(store, use)).toBe('store.damaged');
    });

    test('an answer of another form', async () => {
      const other = `${db.schema}_other`;
      await db.run(`CREATE SCHEMA ${other};
        CREATE FUNCTION ${other}.charge(jsonb) RETURNS jsonb LANGUAGE sql AS 'SELECT ''{"epoch": null}''::jsonb'`);
      const message = await messageOf(db.pool, other);
      await db.run(`DROP SCHEMA ${other} CASCADE`);
      expect(message).toBe('store.damaged, answer');
    });
  });
});
