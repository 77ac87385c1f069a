import { openSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { createVerifier, decode, importTrust, lookUsage, verify } from 'writ';

// A service of its own, as a thread or as a process, at a store that it shares with others. It is told what to do by
// messages and answers each with one. What it says while it works goes to a file, which stays when it is killed.

// By the beginning of the store's address; each gives the store, and what ends it.
const openers = {
  async lmdb(address) {
    const { lmdbStore } = await import('writ/lmdb');
    const opened = lmdbStore({ path: address.slice('lmdb:'.length) });
    return [opened, () => opened.close()];
  },
  async redis(address) {
    const [{ createClient }, { redisStore }] = await Promise.all([import('redis'), import('writ/redis')]);
    const url = new URL(address);
    const client = createClient({ url: `redis://${url.host}`, disableOfflineQueue: true });
    client.on('error', () => {});
    await client.connect();
    const prefix = url.searchParams.get('prefix');
    return [redisStore({ client, prefix, durable: true }), () => client.destroy()];
  },
  async postgres(address) {
    const [{ default: pg }, { postgresStore }] = await Promise.all([import('pg'), import('writ/postgres')]);
    const url = new URL(address);
    const schema = url.searchParams.get('schema');
    url.search = '';
    const pool = new pg.Pool({ connectionString: url.href, max: 4 });
    pool.on('error', () => {});
    return [postgresStore({ client: pool, schema }), () => pool.end()];
  },
};

let store;
let end;
let verifier;
let trust;
let now;

const tasks = {
  async open({ address, jwkSet, audience, clock }) {
    await end?.();
    [store, end] = await openers[address.split(':')[0]](address);
    trust = importTrust(jwkSet);
    now = clock;
    // The resource says what a request costs: `pay/3`, or `pay/3/1` where three are reserved and one is due.
    const price = ({ resource }) => {
      const [, most, due] = resource.split('/').map(Number);
      return due === undefined ? most : { atMost: most };
    };
    verifier = createVerifier({ trust, audience, store, clock: () => now, costs: { 'usd-cent': price } });
  },

  /** Presents one after the other; what became of each is in the log before the next. Gives the codes. */
  async present({ presentations, log }) {
    const file = log === undefined ? undefined : openSync(log, 'a');
    const say = (word, number) => file !== undefined && writeSync(file, `${word} ${number}\n`);
    const codes = [];
    for (const { number, text, action, resource, due } of presentations) {
      say('try', number);
      const decision = await verifier.authorize(text, { action, resource });
      say(decision.code, number);
      codes.push(decision.code);
      // A server that is gone answers at once, and would be asked in vain a thousand times until it is back.
      if (decision.code.startsWith('store.')) await sleep(20);
      if (decision.reservation === undefined || due === undefined) continue;
      await verifier.settle(decision, { 'usd-cent': due });
      say('settled', number);
    }
    return codes;
  },

  /** Settles what others have reserved; gives which was still open. */
  async settle({ presentations }) {
    const open = [];
    for (const { number, reservation, due } of presentations) {
      try {
        await verifier.settle({ reservation: { id: reservation } }, { 'usd-cent': due });
        open.push(number);
      } catch (error) {
        if (error.code !== 'reservation.unknown') throw error;
      }
    }
    return open;
  },

  async usage({ text }) {
    const [{ limits, plan }] = await lookUsage(verify(decode(text), trust, { now }), store, now);
    return { used: limits[0]?.used, taken: plan?.steps.map(({ taken }) => taken) };
  },

  async close() {
    await end?.();
    end = undefined;
  },
};

const port = parentPort ?? process;
const answer = (message) => (parentPort ? parentPort.postMessage(message) : process.send(message));

port.on('message', async ({ task, given }) => {
  try {
    answer({ result: await tasks[task](given) });
  } catch (error) {
    answer({ error: error.code ?? error.stack });
  }
});
// Where the one who asks is gone, so is the reason to go on.
if (!parentPort) process.on('disconnect', () => process.exit());
