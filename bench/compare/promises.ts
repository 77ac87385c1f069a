import { caseName } from './cases.ts';
import { FLOORS } from './floor.ts';
import type { Samples } from './interleave.ts';
import type { PeerFigures, Promised } from './report.ts';
import { type Spread, spreadOf } from './statistics.ts';
import { perHop } from './weigh.ts';

/** A quotient of two cases, and the most that it may be. */
interface Ratio {
  readonly key: string;
  readonly says: string;
  readonly of: string;
  readonly over: string;
  readonly atMost?: number;
}

const writ = {
  ed25519: 'writ, Ed25519',
  hmac: 'writ, HMAC',
  sodium: 'writ, Ed25519, sodium-native',
} as const;
const UCANS = { IsoUcan: 'iso-ucan', Ucanto: '@ucanto/validator', Ucans: '@ucans/ucans' };
const MACAROONS = { Macaroon: 'macaroon', MacaroonsJs: 'macaroons.js' };
const BISCUIT = 'biscuit-wasm';

function overFloor(
  key: string,
  suite: keyof typeof writ,
  what: string,
  says: string,
  atMost?: number,
  over: string = what,
): Ratio {
  const floor = FLOORS[suite === 'hmac' ? 'hmac' : 'ed25519'];
  return {
    key,
    says,
    of: caseName(writ[suite], what),
    over: caseName(floor, over),
    ...(atMost !== undefined && { atMost }),
  };
}

function overPeers(
  key: string,
  suite: keyof typeof writ,
  [what, over]: readonly [string, string],
  peers: Readonly<Record<string, string>>,
  atMost?: number,
): Ratio[] {
  return Object.entries(peers).map(([short, peer]) => ({
    key: `${key}Over${short}`,
    says: `${writ[suite]}, ${what}, over ${peer}, ${over}`,
    of: caseName(writ[suite], what),
    over: caseName(peer, over),
    ...(atMost !== undefined && { atMost }),
  }));
}

const RATIOS: readonly Ratio[] = [
  overFloor('coldEd25519x4', 'ed25519', 'cold4', 'Ed25519, cold, 4 blocks, over 5 bare verifications', 1.25),
  overFloor(
    'coldEd25519x16',
    'ed25519',
    'cold16',
    'Ed25519, cold, 16 blocks, over 17 bare verifications',
    1.2,
  ),
  overFloor('warmEd25519', 'ed25519', 'warm4', 'Ed25519, warm, 4 blocks, over 1 bare verification', 1.3),
  overFloor(
    'coldEd25519x4Sodium',
    'sodium',
    'cold4',
    'Ed25519, cold, 4 blocks, sodium-native, over 5 bare verifications of node:crypto',
    0.75,
  ),
  // Without the store, which no macaroon library has; with it, beside what is promised.
  overFloor('coldHmacx4', 'hmac', 'pure4', 'HMAC, text to decision, 4 blocks, over 5 bare HMACs', 3, 'cold4'),
  ...overPeers('coldHmacx4', 'hmac', ['pure4', 'cold4'], MACAROONS, 1),
  ...overPeers('coldEd25519x4', 'ed25519', ['cold4', 'cold4'], { Biscuit: BISCUIT }, 1),
  ...overPeers('coldEd25519x16', 'ed25519', ['cold16', 'cold16'], { Biscuit: BISCUIT }, 1),
  ...overPeers('warmEd25519x4', 'ed25519', ['warm4', 'cold4'], { Biscuit: BISCUIT }, 1 / 5),
  ...overPeers('warmEd25519x16', 'ed25519', ['warm16', 'cold16'], { Biscuit: BISCUIT }, 1 / 5),
  ...overPeers('coldEd25519x4', 'ed25519', ['cold4', 'cold4'], UCANS, 1 / 10),
  ...overPeers('coldEd25519x16', 'ed25519', ['cold16', 'cold16'], UCANS, 1 / 10),
  // Beside what is promised.
  overFloor('coldEd25519x1', 'ed25519', 'cold1', 'Ed25519, cold, 1 block'),
  overFloor('pureEd25519x4', 'ed25519', 'pure4', 'Ed25519, pure functions, 4 blocks', undefined, 'cold4'),
  overFloor('pureEd25519x16', 'ed25519', 'pure16', 'Ed25519, pure functions, 16 blocks', undefined, 'cold16'),
  overFloor('warmEd25519x16', 'ed25519', 'warm16', 'Ed25519, warm, 16 blocks', undefined, 'warm4'),
  overFloor('coldEd25519x16Sodium', 'sodium', 'cold16', 'Ed25519, cold, 16 blocks, sodium-native'),
  overFloor('warmEd25519Sodium', 'sodium', 'warm4', 'Ed25519, warm, sodium-native'),
  overFloor('authorizeHmacx1', 'hmac', 'cold1', 'HMAC, cold, 1 block'),
  overFloor('authorizeHmacx4', 'hmac', 'cold4', 'HMAC, cold, 4 blocks'),
  overFloor('authorizeHmacx16', 'hmac', 'cold16', 'HMAC, cold, 16 blocks'),
  ...overPeers('authorizeHmacx4', 'hmac', ['cold4', 'cold4'], MACAROONS),
  overFloor('warmHmac', 'hmac', 'warm4', 'HMAC, warm, 4 blocks'),
];

/** Every quotient whose two cases were timed: the middle of the quotients within each round. */
export function ratiosOf(samples: Samples): Map<string, Spread> {
  const ratios = new Map<string, Spread>();
  for (const { key, of, over } of RATIOS) {
    const [upper, lower] = [samples.get(of), samples.get(over)];
    if (upper === undefined || lower === undefined) continue;
    ratios.set(key, spreadOf(upper.map((took, round) => took / (lower[round] as number))));
  }
  return ratios;
}

/** What is promised of speed and size, as far as the run measured it. */
export function promisesOf(ratios: ReadonlyMap<string, Spread>, peers: readonly PeerFigures[]): Promised[] {
  const fast = RATIOS.flatMap(({ key, says, atMost }) => {
    const measured = ratios.get(key)?.median;
    return measured === undefined || atMost === undefined
      ? []
      : [{ says, atMost, measured, kept: measured <= atMost }];
  });
  return [...fast, ...promisesOfBytes(peers)];
}

function promisesOfBytes(peers: readonly PeerFigures[]): Promised[] {
  const own = peers.find(({ name }) => name === writ.ed25519);
  if (own === undefined) return [];
  const measured = perHop(own.bytes.bare);
  const others = peers.filter(({ name }) => /biscuit|ucan|tenuo/i.test(name));
  return others.map(({ name, bytes }) => {
    const atMost = perHop(bytes.bare);
    return {
      says: `bytes per hop without names, Ed25519, below ${name}`,
      atMost,
      measured,
      kept: measured < atMost,
    };
  });
}
