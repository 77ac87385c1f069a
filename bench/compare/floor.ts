import {
  createHmac,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign as signBytes,
  verify as verifyBytes,
} from 'node:crypto';
import { caseName } from './cases.ts';
import { chainOf } from './chain.ts';
import type { Case } from './interleave.ts';
import type { Party } from './peer.ts';
import { LENGTHS, LONGEST, REQUEST } from './scenario.ts';

/** How the floors are called among the peers. */
export const FLOORS = { ed25519: 'floor, Ed25519', hmac: 'floor, HMAC' } as const;

/**
 * The least that a chain and its invocation can cost: bare calls of node:crypto, with keys that are imported, on messages
 * of the sizes that this package signs; one for each block and one for the invocation, and for the latter alone where
 * the chain is known.
 *
 * @param party of this package, which says the sizes
 */
export async function floorCases(suite: keyof typeof FLOORS, party: Party): Promise<Case[]> {
  const chain = await chainOf(party, LONGEST, true);
  const sent = await party.seal(chain[LONGEST - 1], REQUEST);
  const sizes = party.sizesSigned?.(sent) ?? [];
  const invocation = sizes.length - 1;
  const checks = sizes.map(suite === 'ed25519' ? signature : tag);
  const name = (what: string) => caseName(FLOORS[suite], what);
  const calls = (what: string, list: readonly (() => boolean)[]): Case => ({
    name: name(what),
    prepare: (count) => Array(count).fill(undefined),
    run: () => list.every((check) => check()),
  });
  const last = checks[invocation] as () => boolean;
  return [
    ...LENGTHS.map((blocks) => calls(`cold${blocks}`, [...checks.slice(0, blocks), last])),
    calls('warm4', [last]),
    calls('mint', [making(suite, sizes[0] ?? 0)]),
    calls('attenuate', [making(suite, sizes[3] ?? 0)]),
  ];
}

// As many of each as a service meets different ones: a processor learns one that comes again and again.
const DIFFERENT = 16;

function inTurn(make: () => () => boolean): () => boolean {
  const all = Array.from({ length: DIFFERENT }, make);
  let turn = 0;
  return () => (all[turn++ % DIFFERENT] as () => boolean)();
}

function signature(size: number): () => boolean {
  return inTurn(() => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const message = randomBytes(size);
    const signed = signBytes(null, message, privateKey);
    return () => verifyBytes(null, message, publicKey, signed);
  });
}

const mac = (key: Uint8Array, message: Uint8Array) => createHmac('sha256', key).update(message).digest();

function tag(size: number): () => boolean {
  return inTurn(() => {
    const [key, message] = [randomBytes(32), randomBytes(size)];
    return () => mac(key, message).length === 32;
  });
}

/** One signature or one MAC: the least that minting or attenuating costs. */
function making(suite: keyof typeof FLOORS, size: number): () => boolean {
  if (suite === 'hmac') return tag(size);
  const key: KeyObject = generateKeyPairSync('ed25519').privateKey;
  const message = randomBytes(size);
  return () => signBytes(null, message, key).length === 64;
}
