import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeWith } from '../support/services.ts';
import { type Crowd, gather } from './crowd.ts';
import { own, shared } from './on-servers.ts';
import { outlive } from './outage.ts';
import { randomFrom } from './random.ts';
import { share } from './share.ts';
import { spend } from './spend.ts';
import { seatsOf } from './torture.ts';

// The same as `npm run torture -- --on redis,postgres`, with fewer runs and kills.

const RUNS = 6;
const KILLS = 4;
const SEED = 20261122;

let crowd: Crowd;
beforeEach(() => {
  crowd = gather();
});
afterEach(() => crowd.disperse());

describe.each(['redis', 'postgres'] as const)('on servers of %s, four processes', (kind) => {
  describeWith(kind, 'at one store', () => {
    test('spend exactly the budget that is for fewer of them', async () => {
      const seats = seatsOf(crowd, 'processes', 4);
      const { exact, violations } = await spend(shared[kind](crowd), seats, RUNS, randomFrom(SEED));
      expect(violations).toEqual([]);
      expect(exact).toBe(RUNS);
    });

    test('present the same nonces at once, and exactly one is allowed each', async () => {
      const seats = seatsOf(crowd, 'processes', 4);
      const { requests, once, violations } = await share(shared[kind](crowd), seats, RUNS);
      expect(violations).toEqual([]);
      expect(once).toBe(requests);
    });

    test('outlive kills of the server, which grants what it should, and nothing twice', async () => {
      const killing = (server: Parameters<typeof outlive>[1]) =>
        outlive(crowd, server, KILLS, randomFrom(SEED));
      const { kills, allowed, violations } = await own[kind](crowd, killing);
      expect(violations).toEqual([]);
      expect(kills).toBe(KILLS);
      expect(allowed).toBeGreaterThan(0);
    });
  });
});
