import { afterEach, beforeEach, expect, test } from 'vitest';
import { Server as Redis } from '../state/redis/server.ts';
import { describeWith } from '../support/services.ts';
import { type Crowd, gather } from './crowd.ts';
import { outlive } from './outage.ts';
import { inPostgres, inRedis } from './place.ts';
import { randomFrom } from './random.ts';
import { share } from './share.ts';
import { spend } from './spend.ts';
import { seatsOf } from './torture.ts';

// The same as `npm run torture`, with fewer runs and kills.

const RUNS = 6;
const KILLS = 4;
const SEED = 20261122;

let crowd: Crowd;
beforeEach(() => {
  crowd = gather();
});
afterEach(() => crowd.disperse());

describeWith('redis', 'in Redis, four processes', () => {
  test('spend exactly the budget that is for fewer of them', async () => {
    const seats = seatsOf(crowd, 'processes', 4);
    const { exact, violations } = await spend(inRedis(), seats, RUNS, randomFrom(SEED));
    expect(violations).toEqual([]);
    expect(exact).toBe(RUNS);
  });

  test('present the same nonces at once, and exactly one is allowed each', async () => {
    const { requests, once, violations } = await share(inRedis(), seatsOf(crowd, 'processes', 4), RUNS);
    expect(violations).toEqual([]);
    expect(once).toBe(requests);
  });

  test('outlive kills of the server, which grants no more than it should, and nothing twice', async () => {
    const server = await Redis.start();
    try {
      const outages = await outlive(
        crowd,
        { place: inRedis(server.url), kill: () => server.kill(), start: () => server.again() },
        KILLS,
        randomFrom(SEED),
      );
      expect(outages.violations).toEqual([]);
      expect(outages.kills).toBe(KILLS);
      expect(outages.allowed).toBeGreaterThan(0);
    } finally {
      await server.end();
    }
  });
});

describeWith('postgres', 'in PostgreSQL, four processes', () => {
  test('spend exactly the budget that is for fewer of them', async () => {
    const seats = seatsOf(crowd, 'processes', 4);
    const { exact, violations } = await spend(inPostgres(crowd), seats, RUNS, randomFrom(SEED));
    expect(violations).toEqual([]);
    expect(exact).toBe(RUNS);
  });

  test('present the same nonces at once, and exactly one is allowed each', async () => {
    const { requests, once, violations } = await share(
      inPostgres(crowd),
      seatsOf(crowd, 'processes', 4),
      RUNS,
    );
    expect(violations).toEqual([]);
    expect(once).toBe(requests);
  });
});
