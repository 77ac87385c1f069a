import { RequestError, StoreError } from '../errors.ts';
import { checkTimeout } from './deadline.ts';
import { checkNow } from './ledger.ts';
import { call, type PostgresClient } from './postgres/call.ts';
import {
  askCharge,
  askRemembered,
  askSettlement,
  readAnswer,
  readCount,
  readKeys,
  readOutcome,
  readStandings,
  toBytes,
} from './postgres/form.ts';
import { Known } from './postgres/known.ts';
import type { AcceptableStore, Charge, Outcome } from './store.ts';

export type { PostgresClient } from './postgres/call.ts';

/** Where a store in PostgreSQL is. */
export interface PostgresStoreOptions {
  /** A `pg.Pool`, or any client with such a `query`. The store neither connects nor ends it. */
  readonly client: PostgresClient;
  /** The schema that `postgres/001-store.sql` made, of lower case letters, digits and `_`; by default `writ`. */
  readonly schema?: string;
  /** Milliseconds for a whole call, waiting for a connection included; by default 2000. */
  readonly timeout?: number;
}

/** How many rows one call drops, so that charges do not wait long for it. */
const PRUNE = 1000;

/**
 * A store in PostgreSQL, 13 or later, which all replicas of a service share. What it answers is on the disk of the
 * server; each call is one statement, so that a pool that hands out connections by transaction serves too.
 *
 * The database needs the tables and functions of `writ/postgres/001-store.sql`. Where it is not the one that this
 * store was answered by, or an older copy of it, the store denies with `store.lost` or `store.older` until an operator
 * accepts it, in whatever process (spec §9.6.6).
 *
 * @throws TypeError where the schema is no plain identifier, or the timeout no whole number of milliseconds from 1
 * @example
 * const pool = new pg.Pool({ connectionString, connectionTimeoutMillis: 2000, query_timeout: 2000 })
 * pool.on('error', (error) => log(error.message)) // of connections that nobody uses at the moment
 * const verifier = createVerifier({ trust, audience, store: postgresStore({ client: pool }) })
 */
export function postgresStore(options: PostgresStoreOptions): AcceptableStore {
  const { client, schema = 'writ', timeout = 2000 } = options;
  if (typeof schema !== 'string' || !/^[a-z_][a-z0-9_]{0,62}$/.test(schema))
    throw new TypeError('schema is no plain identifier');
  checkTimeout(timeout);
  const known = new Known();

  async function ask<T>(
    name: string,
    asked: object,
    read: (answer: Readonly<Record<string, unknown>>) => T,
    chargedBy: (result: T) => Charge['operations'] = () => [],
  ): Promise<T> {
    const sent = known.remembered;
    const answer = readAnswer(
      await call(client, schema, name, { ...asked, ...askRemembered(sent) }, timeout),
    );
    const result = read(answer);
    known.learn(sent, answer.epoch, chargedBy(result));
    return result;
  }

  return {
    durable: true,
    async charge(charge) {
      checkNow(charge.now);
      return ask(
        'charge',
        askCharge(charge),
        (answer) => readOutcome(answer, charge),
        ({ refused }: Outcome) => (refused.length === 0 ? charge.operations : []),
      );
    },
    async settle(settlement) {
      checkNow(settlement.now);
      const settled = await ask('settle', askSettlement(settlement), (answer) => answer.settled);
      if (settled === null) throw new RequestError('cost.malformed');
      if (typeof settled !== 'boolean') throw new StoreError('store.damaged', { detail: 'answer' });
      return settled;
    },
    async look(charge) {
      checkNow(charge.now);
      return ask('look', askCharge(charge), ({ standing }) => readStandings(standing, charge.operations));
    },
    lift: (prefix, part) =>
      ask('lift', { prefix: toBytes(prefix), part: toBytes(part) }, ({ keys }) => readKeys(keys)),
    async prune(now) {
      checkNow(now);
      for (let dropped = 0; ; ) {
        const some = await ask('prune', { now, most: PRUNE }, (answer) => readCount(answer.dropped));
        dropped += some;
        if (some === 0) return dropped;
      }
    },
    async accept(now) {
      checkNow(now);
      const { epoch } = readAnswer(
        await call(client, schema, 'accept', { now, epoch: known.remembered.epoch }, timeout),
      );
      if (epoch === null) throw new StoreError('store.damaged', { detail: 'answer' });
      known.accept(epoch);
    },
  };
}
