import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { SigningKey as Key, Status } from '../src/index.ts';
import {
  createVerifier,
  decodeEvidence,
  delegate,
  exportJwk,
  grant,
  importTrust,
  invoke,
  issueStatus,
  memoryStore,
  SigningKey,
} from './built.ts';
import { nameMachine } from './machine.ts';
import { measure } from './measure.ts';

// What a feed of many revoked ids costs a service: to load it, to hold it, to look a block up, to decide with it.

const { values: options } = parseArgs({
  options: { json: { type: 'boolean', default: false }, ids: { type: 'string', default: '100000' } },
});
const { gc } = globalThis;
if (gc === undefined) throw new Error('the bench needs --expose-gc');

const count = Number(options.ids);
const now = Math.floor(Date.now() / 1000);
const audience = 'https://pay.acme.example';
const grantor = 'mailto:cfo@acme.example';
const subject = `${grantor}#invoices`;
const [keeper, cfo, ...agents] = Array.from({ length: 7 }, () => SigningKey.generate()) as [
  Key,
  Key,
  ...Key[],
];

interface Timed<T> {
  readonly value: T;
  readonly ms: number;
}

function time<T>(task: () => T): Timed<T> {
  const begun = performance.now();
  const value = task();
  return { value, ms: performance.now() - begun };
}

/** Bytes in use, on the heap and beside it, of what is still referred to. */
async function weigh(): Promise<number> {
  // What is beside the heap is given back a while after it was collected.
  for (let i = 0; i < 3; i++) {
    gc?.();
    await sleep(50);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function idsOf(size: number): Uint8Array[] {
  return Array.from({ length: size }, () => Uint8Array.from(randomBytes(32)));
}

function load(text: string): Status {
  const [status] = decodeEvidence(text);
  if (status?.kind !== 'status') throw new Error('no status was loaded');
  return status;
}

/** The texts of requests, each sealed under a grant and four hops. */
function seal(size: number): string[] {
  let chain = grant({
    key: cfo,
    to: (agents[0] as Key).publicKey,
    grantor,
    delegate: 'agent:acme/0',
    mission: { id: 'invoices', purpose: 'Pay the invoices of October' },
    scope: [{ actions: ['pay'], resources: ['invoices/**'] }],
    delegation: { depth: 4 },
    aud: [audience],
    alive: [{ key: keeper.publicKey, within: 3600 }],
    exp: now + 3600,
  });
  for (let i = 0; i < 4; i++) {
    const [key, to] = [agents[i], agents[i + 1]] as [Key, Key];
    chain = delegate(chain, { key, to: to.publicKey, delegate: `agent:acme/${i + 1}`, task: `Step ${i}` });
  }
  const asked = { audience, action: 'pay', resource: 'invoices/7', lifetime: 300 };
  return Array.from({ length: size }, () => invoke(chain, { ...asked, key: agents[4] as Key }));
}

const listed = idsOf(count);
const issued = time(() => {
  const revoked = listed.map((id) => ({ id, until: now + 86_400 }));
  return issueStatus({ key: keeper, subjects: { [subject]: { state: 'active', revoked } }, goodFor: 3600 });
});
const presented = seal(600);
const trust = importTrust({
  keys: [{ ...exportJwk(cfo.publicKey), writ: { principal: grantor, kind: 'human' } }],
});

// As from a file: a text that was put together would be counted before, and not after, it is read.
const text = Buffer.from(issued.value, 'latin1').toString('latin1');
const before = await weigh();
const first = time(() => load(text));
const memory = (await weigh()) - before;
const status = first.value;
const again = Array.from({ length: 5 }, () => time(() => load(text)).ms).sort((a, b) => a - b);

const revoked = status.claims.subjects.get(subject)?.revoked;
if (revoked === undefined) throw new Error('the subject is missing');
const absent = idsOf(count);
const found = (ids: readonly Uint8Array[]) => ids.reduce((sum, id) => sum + Number(revoked.has(id)), 0);
const looked = [listed, absent].map((ids) => {
  found(ids);
  return time(() => found(ids));
});
if (looked[0]?.value !== count || looked[1]?.value !== 0) throw new Error('an id was not told');

const statuses = [status];
const verifier = createVerifier({ trust, audience, store: memoryStore(), statuses: () => statuses });
const authorize = async (text: string) => {
  const { code } = await verifier.authorize(text);
  if (code !== 'allowed') throw new Error(`denied: ${code}`);
};
const begun = performance.now();
await authorize(presented[0] as string);
const firstDecision = performance.now() - begun;
const speed = await measure(presented.slice(1), { warmUp: 99, inFlight: 1 }, authorize);

const figures = {
  ids: count,
  characters: text.length,
  issueMs: Math.round(issued.ms),
  loadFirstMs: Math.round(first.ms),
  loadMs: Math.round(again[2] as number),
  memoryBytes: memory,
  lookUpUs: Math.round((1000 * 100 * Math.max(...looked.map(({ ms }) => ms))) / count) / 100,
  authorizeFirstMs: Math.round(firstDecision),
  authorizeUs: speed.p50,
};
const machine = nameMachine();
if (options.json) console.log(JSON.stringify({ machine, ...figures }, null, 2));
else {
  const { cpu, cores, node, os, load: busy } = machine;
  console.log(`${cpu}, ${cores} cores, ${machine.memory}, Node ${node}, ${os}, load ${busy}`);
  console.log(`a feed of ${count} revoked ids, ${figures.characters} characters`);
  console.log(`issue     ${figures.issueMs} ms`);
  console.log(`load      ${figures.loadFirstMs} ms at first, then ${figures.loadMs} ms`);
  console.log(`hold      ${figures.memoryBytes} bytes, ${Math.round(memory / count)} an id`);
  console.log(`look up   ${figures.lookUpUs} µs a block`);
  console.log(
    `authorize ${figures.authorizeFirstMs} ms at first, then ${figures.authorizeUs} µs, five blocks`,
  );
}
