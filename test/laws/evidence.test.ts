import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256 as sha256OfBackend } from '#backend';
import { decide } from '../../src/decide/decide.ts';
import type { Evidence } from '../../src/evidence/read-evidence.ts';
import { weigh } from '../../src/evidence/weigh.ts';
import { type Change, chainOf, REQUEST, suites, trust } from '../support/chains.ts';
import {
  ACTIVE,
  approvalText,
  boss,
  COMPLETED,
  consentText,
  entryOf,
  keeper,
  REVOKED,
  readAll,
  SUBJECT,
  SUSPENDED,
  second,
  statusText,
} from '../support/evidence.ts';
import {
  AUDIENCE,
  cbor,
  cfo,
  type Forged,
  type Item,
  lookup,
  NOW,
  type Pair,
  sha256,
  stranger,
} from '../support/forge.ts';
import { sealed } from '../support/serving.ts';

const sorted = (items: readonly Item[]) => [...items].sort((a, b) => Buffer.compare(cbor(a), cbor(b)));
// On noble a signature takes milliseconds, so there fewer worlds are tried, and what is seen in them is not judged.
const full = sha256OfBackend !== nobleSha256;
const runs = (count: number) => (full ? count : count / 5);
const authorities = [keeper, stranger];

// Small worlds again: two authorities, two subjects, two approvers, a few seconds.
const anySubject = fc.constantFrom(SUBJECT, SUBJECT, 'other');
const alive = fc
  .tuple(
    fc.constantFrom(...authorities),
    fc.constantFrom(5, 60),
    fc.option(fc.constant('other'), { nil: undefined }),
  )
  .map(([key, within, subject]) =>
    subject === undefined ? [key.publicKey, within] : [key.publicKey, within, subject],
  );
const approval = fc
  .tuple(fc.constantFrom([boss], [boss, second]), fc.nat(1))
  .map(([keys, more]) => [
    [],
    sorted(keys.map(({ publicKey }) => publicKey)),
    Math.min(keys.length, 1 + more),
    600,
  ]);
const unlike = <T>(one: fc.Arbitrary<T>) =>
  fc.uniqueArray(one, { maxLength: 2, selector: (item) => Buffer.from(cbor(item)).toString('hex') });
const caveats = fc.record({
  alive: unlike(alive),
  approval: fc.oneof(fc.constant([]), unlike(approval)),
  consent: fc.boolean(),
});
const changeOf = (own: { alive: readonly Item[]; approval: readonly Item[]; consent?: boolean }): Change => [
  ...(own.alive.length > 0 ? [[12, sorted(own.alive)] as const] : []),
  ...(own.approval.length > 0 ? [[13, sorted(own.approval)] as const] : []),
  ...(own.consent ? [[17, cfo.publicKey] as const] : []),
];

/** A status: by whom, about what, how long ago, of which state, and which block of the chain it lists. */
const status = fc.record({
  by: fc.constantFrom(...authorities),
  subject: anySubject,
  ago: fc.constantFrom(-40, -1, 0, 0, 1, 1, 2, 4, 30, 99),
  state: fc.constantFrom(ACTIVE, ACTIVE, ACTIVE, ACTIVE, SUSPENDED, COMPLETED, REVOKED),
  lists: fc.option(fc.nat(3), { nil: undefined, freq: 1 }),
});
/** An answer: by whom, how long ago, and whether it is a yes. */
const answer = fc.record({
  by: fc.constantFrom(boss, boss, second, second, lookup),
  ago: fc.constantFrom(0, 1, 700),
  yes: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
});
const set = fc.record({
  statuses: fc.array(status, { maxLength: 4 }),
  answers: fc.array(answer, { maxLength: 3 }),
  consents: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
}); // biome-ignore format: a row a line reads better

interface StatusOf {
  readonly by: Pair;
  readonly subject: string;
  readonly ago: number;
  readonly state: number;
  readonly lists?: number | undefined;
}
type SetOf = typeof set extends fc.Arbitrary<infer T> ? T : never;

const made = new Map<string, string>();

/** The text of a status; signatures are slow to make, and there are few. */
function textOfStatus({ by, subject, ago, state, lists }: StatusOf, { blocks }: Forged): string {
  const listed = lists === undefined ? undefined : blocks[lists]?.id;
  const name = JSON.stringify([[...by.kid], subject, ago, state, listed && [...listed]]);
  const text =
    made.get(name) ?? statusText(by, NOW - ago, entryOf(state, ...(listed ? [listed] : [])), subject);
  made.set(name, text);
  return text;
}

/** The answers bind to the last block: the same people say the same of each chain. */
function evidenceFor(forged: Forged, listing: Forged, { statuses, answers, consents }: SetOf): Evidence[] {
  const answered = answers.map(({ by, ago, yes }) => approvalText(forged, by as Pair, [[4, NOW + 60], [6, NOW - ago], [10, yes]])); // biome-ignore format: short
  const consent = consents ? [consentText(forged, cfo)] : [];
  return readAll([...statuses.map((one) => textOfStatus(one, listing)), ...answered, ...consent].join(''));
}

function allows(forged: Forged, evidence: readonly Evidence[]): boolean {
  const chain = chainOf(forged.text);
  const logic = decide(chain, { audience: AUDIENCE, request: REQUEST, now: NOW });
  return weigh(chain, logic, { evidence, trust, presentation: forged.text }).decision.verdict === 'allow';
}

describe.each(suites)('evidence, suite %i', (suite) => {
  test('monotone: what evidence lets a chain with one more hop do, it lets the chain do', () => {
    const seen = { longer: 0, shorter: 0, runs: 0 };
    const any = fc.tuple(caveats, fc.array(caveats, { maxLength: 1 }), caveats, set);
    const law = fc.property(any, ([root, rest, last, all]) => {
      const hops = rest.map((own) => changeOf({ ...own, consent: false }));
      const short = sealed(suite, { root: changeOf(root), hops });
      const long = sealed(suite, {
        root: changeOf(root),
        hops: [...hops, changeOf({ ...last, consent: false })],
      });
      const longer = allows(long, evidenceFor(long, long, all));
      const shorter = allows(short, evidenceFor(short, long, all));
      seen.runs += 1;
      seen.longer += Number(longer);
      seen.shorter += Number(shorter);
      return shorter || !longer;
    });
    fc.assert(law, { numRuns: runs(suite === 2 ? 200 : 500) });
    if (full) expect(seen.longer / seen.runs).toBeGreaterThan(0.01);
    if (full) expect(seen.shorter).toBeGreaterThan(seen.longer);
  });

  test('what ended by one status no further status lets on', () => {
    const seen = { ended: 0, runs: 0 };
    const forged = sealed(suite, { root: changeOf({ alive: [[keeper.publicKey, 60]], approval: [] }) });
    const end = fc.record({
      by: fc.constant(keeper),
      subject: fc.constant(SUBJECT),
      ago: fc.constantFrom(-30, 0, 1, 59, 60),
      state: fc.constantFrom(COMPLETED, REVOKED),
      lists: fc.constant(undefined),
    });
    const law = fc.property(end, fc.array(status, { maxLength: 6 }), fc.nat(6), (last, others, at) => {
      const statuses: StatusOf[] = [...others.slice(0, at), last, ...others.slice(at)];
      const without = allows(forged, readAll(others.map((one) => textOfStatus(one, forged)).join('')));
      seen.runs += 1;
      seen.ended += Number(without);
      return !allows(forged, readAll(statuses.map((one) => textOfStatus(one, forged)).join('')));
    });
    fc.assert(law, { numRuns: runs(300) });
    // It says something only where the others alone would have allowed.
    if (full) expect(seen.ended / seen.runs).toBeGreaterThan(0.1);
  });

  test('what the latest status of a pair denies no older one allows, in whatever order they come', () => {
    const seen = { denied: 0, allowed: 0 };
    const forged = sealed(suite, { root: changeOf({ alive: [[keeper.publicKey, 60]], approval: [] }) });
    const own = status.map((one) => ({ ...one, by: keeper, subject: SUBJECT }));
    const law = fc.property(own, fc.array(own, { maxLength: 5 }), ({ ...latest }, others) => {
      fc.pre(latest.ago >= -30);
      const older = others.filter(({ ago }) => ago > latest.ago).map((one) => textOfStatus(one, forged));
      const alone = allows(forged, readAll(textOfStatus(latest, forged)));
      const after = allows(forged, readAll([textOfStatus(latest, forged), ...older].join('')));
      const before = allows(forged, readAll([...older, textOfStatus(latest, forged)].join('')));
      seen[alone ? 'allowed' : 'denied'] += 1;
      return before === after && (alone || !after);
    });
    fc.assert(law, { numRuns: runs(300) });
    if (full) expect(Math.min(seen.allowed, seen.denied)).toBeGreaterThan(5);
  });

  test('evidence that the chain does not ask for changes nothing', () => {
    const seen = { allowed: 0, denied: 0 };
    const law = fc.property(caveats, set, fc.array(status, { maxLength: 3 }), (root, all, more) => {
      const forged = sealed(suite, { root: changeOf(root) });
      const evidence = evidenceFor(forged, forged, all);
      const foreign = more.map((one) => statusText({ ...boss, kid: sha256('nobody') }, NOW - one.ago, entryOf(one.state), one.subject));
      const verdict = allows(forged, evidence);
      seen[verdict ? 'allowed' : 'denied'] += 1;
      return allows(forged, [...readAll(foreign.join('')), ...evidence]) === verdict;
    }); // biome-ignore format: short
    fc.assert(law, { numRuns: runs(100) });
    if (full) expect(Math.min(seen.allowed, seen.denied)).toBeGreaterThan(2);
  });
});
