import { StoreError } from '../errors.ts';
import { checkTimeout, within } from './deadline.ts';
import { checkNow } from './ledger.ts';
import { type Answer, countOf, flagOf, keysOf, outcomeOf, readAnswer, standingsOf } from './redis/answer.ts';
import { chargeArgs, lookArgs, PRUNE, settleArgs } from './redis/ask.ts';
import { isUnknownScript, type RedisClient, runsOf } from './redis/client.ts';
import { isFull, toStoreError } from './redis/errors.ts';
import { Witness } from './redis/witness.ts';
import type { AcceptableStore } from './store.ts';

export type { IoredisClient, NodeRedisClient, RedisClient } from './redis/client.ts';

/** Which server counts, and what is promised of it. */
export interface RedisStoreOptions {
  /** A client of `redis` or of `ioredis`, for a server or a cluster; the service makes, connects and closes it. */
  readonly client: RedisClient;
  /** The name of the store, by default `writ`; all its keys are `{prefix}:…`, which a cluster keeps on one node. */
  readonly prefix?: string;
  /** Whether the server has `appendonly yes` and `appendfsync always`, and no replica that takes its place; by default not. */
  readonly durable?: boolean;
  /** The longest that a call takes, in milliseconds; by default 1000. For `prune`, each thousand rows. */
  readonly timeout?: number;
}

type Command = 'charge' | 'settle' | 'look' | 'lift' | 'prune' | 'accept';

/**
 * A store on a server of Redis 7 or Valkey, which verifiers on many machines share. Every call is one script.
 *
 * Each store is a witness of what its server told it: a server that lost that, or went back, is denied with `store.lost`
 * or `store.older` until an operator accepts it (spec §9.6.6). A server that may evict keys without an end
 * (`maxmemory-policy allkeys-*`) is refused. A client emits `error`, to which the service listens; it should neither
 * queue while it is not connected nor send again, since what was queued is charged late, and what is sent again, twice.
 *
 * @throws TypeError where the client is of neither package, or another option is none
 * @example
 * const client = createClient({ url, disableOfflineQueue: true }) // of ioredis: enableOfflineQueue: false, maxRetriesPerRequest: 0
 * client.on('error', (error) => log.warn(error.code))
 * await client.connect()
 * const verifier = createVerifier({ trust, audience, store: redisStore({ client, durable: true }) })
 */
export function redisStore(options: RedisStoreOptions): AcceptableStore {
  const { client, prefix = 'writ', durable = false, timeout = 1000 } = options;
  const runs = runsOf(client);
  if (typeof prefix !== 'string' || !/^[^{}]+$/.test(prefix))
    throw new TypeError('prefix is no text without braces');
  checkTimeout(timeout);
  const keys = ['mark', 'ends', 'rows', 'uses'].map((name) => `{${prefix}}:${name}`);
  const damaged = keys.map((key) => `${key}:damaged`);
  const witness = new Witness();
  let checked = false;

  async function ask(command: Command, now: number, args: string[], inTime: () => boolean): Promise<Answer> {
    const all = [command, ...witness.args(command === 'accept'), checked ? '0' : '1', String(now), ...args];
    const names = command === 'accept' ? [...keys, ...damaged] : keys;
    const answer = readAnswer(
      await runs.bySha(names, all).catch((error: unknown) => {
        if (!isUnknownScript(error) || !inTime()) throw error;
        return runs.inFull(names, all);
      }),
    );
    witness.learn(answer);
    checked = true;
    return answer;
  }

  async function use(command: Command, now: number, args: string[]): Promise<Answer> {
    if (command !== 'lift') checkNow(now);
    try {
      return await within(timeout, async (inTime) => {
        try {
          return await ask(command, now, args, inTime);
        } catch (error) {
          if (command !== 'charge' || !isFull(error) || !inTime()) throw error;
          // What is past its time makes room first.
          await ask('prune', now, [String(PRUNE)], inTime);
          if (!inTime()) throw new StoreError('store.timeout');
          return ask(command, now, args, inTime);
        }
      });
    } catch (error) {
      const failure = toStoreError(error);
      // Whatever failed may have been another server's answer than the next one's.
      if (failure.code !== 'cost.malformed' && failure.code !== 'store.clock') checked = false;
      throw failure;
    }
  }

  return {
    durable,
    async charge(charge) {
      const answer = await use('charge', charge.now, chargeArgs(charge));
      const outcome = outcomeOf(answer.body, charge.operations);
      if (outcome.refused.length === 0) witness.remember(answer, charge.operations);
      return outcome;
    },
    settle: async (settlement) => flagOf((await use('settle', settlement.now, settleArgs(settlement))).body),
    look: async ({ now, operations }) =>
      standingsOf((await use('look', now, lookArgs(operations))).body, operations),
    lift: async (start, part) => keysOf((await use('lift', 0, [start, part])).body),
    async prune(now) {
      for (let dropped = 0; ; ) {
        const [some] = (await use('prune', now, [String(PRUNE)])).body;
        dropped += countOf(some);
        if (countOf(some) < PRUNE) return dropped;
      }
    },
    async accept(now) {
      await use('accept', now, []);
    },
  };
}
