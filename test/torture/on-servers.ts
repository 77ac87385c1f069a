import { Server as Postgres } from '../state/postgres/server.ts';
import { Server as Redis } from '../state/redis/server.ts';
import { type Crowd, gather } from './crowd.ts';
import { type Outages, outlive, type Server } from './outage.ts';
import { inPostgres, inRedis, type Place } from './place.ts';
import { type Random, randomFrom } from './random.ts';
import { type Shared, share } from './share.ts';
import { type Spent, spend } from './spend.ts';
import { seatsOf, type Torment } from './torture.ts';

/** What a kind of server came to. */
export interface Endured {
  readonly spent: Spent;
  readonly shared: Shared;
  readonly outages: Outages;
}

/** Servers of a test's own, which may be killed; each is gone when the work is done. */
export const own = {
  async redis<T>(_: Crowd, work: (server: Server) => Promise<T>): Promise<T> {
    const server = await Redis.start();
    const place = inRedis(server.url);
    try {
      return await work({ place, start: () => server.again(), kill: () => server.kill() });
    } finally {
      await server.end();
    }
  },
  async postgres<T>(crowd: Crowd, work: (server: Server) => Promise<T>): Promise<T> {
    const server = await Postgres.make();
    try {
      await server.start();
      const place = inPostgres(crowd, server.url);
      return await work({ place, start: () => server.start(), kill: () => server.stop('SIGKILL') });
    } finally {
      await server.remove();
    }
  },
} as const;

/** Where stores of a kind are: on the servers of `npm run services`. */
export const shared: Readonly<Record<keyof typeof own, (crowd: Crowd) => Place>> = {
  redis: () => inRedis(),
  postgres: (crowd) => inPostgres(crowd),
};

/** Spenders over four processes, then kills of a server while four processes spend in it. */
export async function tortureServer(
  kind: keyof typeof own,
  { runs, kills, seed, tell }: Torment,
): Promise<Endured> {
  const crowd = gather();
  const random: Random = randomFrom(seed);
  const hear = (what: string) => (run: number) => tell(`${kind}, ${what}: run ${run} of ${runs}`);
  try {
    const seats = seatsOf(crowd, 'processes', 4);
    const place = shared[kind](crowd);
    const endured = {
      spent: await spend(place, seats, runs, random, hear('one budget')),
      shared: await share(place, seats, runs, hear('the same nonces')),
    };
    await Promise.all(seats.map((seat) => seat.kill()));
    const count = (done: number) => tell(`${kind}: kill ${done} of ${kills}`);
    const outages = await own[kind](crowd, (server) => outlive(crowd, server, kills, random, count));
    return { ...endured, outages };
  } finally {
    await crowd.disperse();
  }
}
