import { randomBytes } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { NOW } from '../support/forge.ts';
import { migrationOf, run } from '../support/migrate.ts';
import { describeWith, postgresUrl, redisUrl } from '../support/services.ts';
import { CLOCK, type Counting, counting } from '../support/spending.ts';

const nameOf = () => `cli_${randomBytes(6).toString('hex')}`;
const inRedis = async () => `${redisUrl}?prefix=${nameOf()}`;
const inPostgres = async () => {
  const schema = nameOf();
  await run(postgresUrl, migrationOf(schema));
  onTestFinished(() => run(postgresUrl, `DROP SCHEMA ${schema} CASCADE`));
  return `${postgresUrl}?schema=${schema}`;
};

const twoCalls = (store: string) => counting({ limits: [{ unit: 'call', amount: 2 }] }, 'writ', store);
const limits = (place: Counting, store: string, ...more: readonly string[]) =>
  place.writ(['limits', ...more, '--store', store, '--json']);
const shown = (place: Counting, store: string) =>
  JSON.parse(limits(place, store, '@grant.writ', ...CLOCK).stdout).blocks[0].limits;

describe.each([
  ['redis', inRedis],
  ['postgres', inPostgres],
] as const)('on a server of %s', (service, newStore) => {
  describeWith(service, 'the command line', () => {
    test('allows exactly the budget, and a sealed request once', async () => {
      const place = twoCalls(await newStore());
      const first = place.seal('read');
      expect([place.codeOf(first), place.codeOf(first), place.ask('read'), place.ask('read')]).toEqual([
        'allowed',
        'invocation.replay',
        'allowed',
        'limits.spent',
      ]);
    });

    test('shows what is used', async () => {
      const store = await newStore();
      const place = twoCalls(store);
      place.ask('read');
      expect(shown(place, store)).toMatchObject([{ unit: 'call', used: 1, left: 1 }]);
    });

    test('lifts what froze', async () => {
      const store = await newStore();
      const place = counting({ limits: [{ unit: 'denial', amount: 1 }] }, 'writ', store);
      expect([place.ask('write'), place.ask('read')]).toEqual(['scope.action', 'limits.frozen']);
      const { stdout } = limits(place, store, 'unfreeze', shown(place, store)[0].branch);
      expect(JSON.parse(stdout).lifted).toHaveLength(1);
      expect(place.ask('read')).toBe('allowed');
    });

    test('accepts a store that was ahead of the clock', async () => {
      const store = await newStore();
      const place = twoCalls(store);
      expect(limits(place, store, 'accept', '--now', String(NOW + 60)).exit).toBe(0);
      expect(place.ask('read')).toBe('store.clock');
      expect(limits(place, store, 'accept', ...CLOCK).exit).toBe(0);
      expect(place.ask('read')).toBe('allowed');
    });
  });
});

test.each([
  ['redis://127.0.0.1:1', 'without a server'],
  ['postgres://writ@127.0.0.1:1/writ', 'without a server'],
])('%s denies with store.failed %s, exit code 6', (store) => {
  const place = twoCalls(store);
  const { exit, stdout } = place.verify(place.seal('read'), '--store', store);
  expect(stdout).toContain('store.failed');
  expect(exit).toBe(6);
});

describeWith('postgres', 'without the migration', () => {
  test('the denial says to apply it', () => {
    const store = `${postgresUrl}?schema=${nameOf()}`;
    const place = twoCalls(store);
    const { exit, stdout } = place.verify(place.seal('read'), '--store', store);
    expect(stdout).toContain('apply postgres/001-store.sql');
    expect(exit).toBe(6);
  });
});
