import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NOW } from '../support/forge.ts';
import { type Crowd, gather } from './crowd.ts';
import { killAll } from './kill.ts';
import { minter, type Presentation } from './mint.ts';
import { onDisk } from './place.ts';
import { randomFrom } from './random.ts';
import { killClerks } from './receipts.ts';
import { share } from './share.ts';
import { spend } from './spend.ts';
import { SORTS, seatsOf } from './torture.ts';

// The same as `npm run torture`, with fewer runs and kills.

const RUNS = 10;
const KILLS = 15;
const SEED = 20261122;
const READ = { action: 'read', resource: 'reports/q3.pdf' };

let crowd: Crowd;
beforeEach(() => {
  crowd = gather();
});
afterEach(() => crowd.disperse());

describe.each(SORTS)('%s, %i of them', (sort, count) => {
  test('T01 spend exactly the budget that is for fewer of them', async () => {
    const { exact, contended, violations } = await spend(
      onDisk(crowd),
      seatsOf(crowd, sort, count),
      RUNS,
      randomFrom(SEED),
    );
    expect(violations).toEqual([]);
    expect(exact).toBe(RUNS);
    expect(contended).toBeGreaterThan(0);
  });

  test('H19 present the same nonces at once, and exactly one is allowed each', async () => {
    const { requests, once, violations } = await share(onDisk(crowd), seatsOf(crowd, sort, count), RUNS);
    expect(violations).toEqual([]);
    expect(once).toBe(requests);
  });
});

test('T02 killed at random moments, a store grants what it should, and loses no more than a unit a kill', async () => {
  const { kills, allowed, unheard, violations } = await killAll(crowd, KILLS, randomFrom(SEED));
  expect(violations).toEqual([]);
  expect(kills).toBe(KILLS);
  expect(allowed).toBeGreaterThan(0);
  expect(unheard).toBeLessThanOrEqual(KILLS);
});

test('who records is killed at random moments, and no receipt that was acknowledged is lost', async () => {
  const { kills, acknowledged, violations } = await killClerks(crowd, KILLS, randomFrom(SEED));
  expect(violations).toEqual([]);
  expect(kills).toBe(KILLS);
  expect(acknowledged).toBeGreaterThan(0);
});

describe.each(['close', 'kill'] as const)('after a restart, by %s', (end) => {
  test('H08 a nonce that was allowed before is remembered', async () => {
    const address = await onDisk(crowd)();
    const request = minter(2, 'restart', [])(READ);
    expect(await presentBefore(end, address, request, NOW)).toEqual(['allowed']);
    const after = crowd.process();
    await after.open(address);
    expect(await after.present([request])).toEqual(['invocation.replay']);
  });

  test('H10 a clock that was set back denies', async () => {
    const address = await onDisk(crowd)();
    const mint = minter(2, 'clock', []);
    expect(await presentBefore(end, address, mint(READ), NOW + 31)).toEqual(['allowed']);
    const after = crowd.process();
    await after.open(address);
    expect(await after.present([mint(READ)])).toEqual(['store.clock']);
  });
});

/** What a process is answered that is gone then. */
async function presentBefore(
  end: 'close' | 'kill',
  address: string,
  request: Presentation,
  clock: number,
): Promise<string[]> {
  const before = crowd.process();
  await before.open(address, clock);
  const codes = await before.present([request]);
  await before[end]();
  await before.kill();
  return codes;
}
