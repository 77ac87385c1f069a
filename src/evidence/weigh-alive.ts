import { toHex } from '../bytes.ts';
import type { Code } from '../codes.ts';
import { sha256 } from '../crypto/sha256.ts';
import type { OpenNeed } from '../decide/decision.ts';
import type { Alive } from '../keys/trust.ts';
import * as limits from '../limits.ts';
import type { Chain } from '../token/chain.ts';
import { isSigner } from './authentic.ts';
import type { Finding, Said, Wanting } from './finding.ts';
import { digestSubject, isFinal, type Status, type SubjectStatus } from './status.ts';

/** A status of the key that is asked, and what it says of the subject. */
interface Statement {
  readonly status: Status;
  readonly entry: SubjectStatus;
}

/** Where an entry of `alive` stands, and when it is asked. */
interface Place {
  readonly blocks: Chain['blocks'];
  readonly block: number;
  readonly now: number;
}

/**
 * Weighs the statuses at hand for one entry of `alive`: the latest counts, and must say that the mission is active and
 * list nothing of the chain (spec §9.7.1).
 *
 * @param asked with the subject filled in
 * @param statuses those that the chain names no key for are told apart by their key here
 */
export function weighAlive(
  asked: Required<Pick<Alive, 'key' | 'within'>> & { readonly subject: string },
  statuses: readonly Status[],
  place: Place,
): Finding {
  const { key, within, subject } = asked;
  const { block, now } = place;
  const need: OpenNeed = { kind: 'status', block, key, within, subject };
  const none = (wanting: readonly Wanting[]): Finding => ({ wanting, relied: [], said: [], alarms: [] });
  const deny = (code: Code, expected: unknown, actual: unknown, mendable = true): Wanting => ({
    denial: { code, block, caveat: 'alive', expected, actual },
    ...(mendable && { need }),
  });

  const own = statuses.filter((status) => isSigner(status, key));
  const statements = own.flatMap((status): Statement[] => {
    const entry = status.claims.subjects.get(subject);
    return entry === undefined ? [] : [{ status, entry }];
  });
  if (statements.length === 0) {
    if (own.length > 0) return none([deny('alive.subject', subject, null)]);
    const others = statuses.some(({ claims }) => claims.subjects.has(subject));
    return none([deny(others ? 'alive.authority' : 'alive.status', 'active', null)]);
  }
  const present = statements.filter(({ status }) => status.claims.issued <= now + limits.skew);
  if (present.length === 0) {
    const [{ status }] = statements as [Statement];
    return none([deny('alive.early', status.claims.issued, now)]);
  }

  const counting = pickCounting(present, now - within);
  const [{ status, entry }] = counting as [Statement];
  const { issued, exp } = status.claims;
  // What is older than that, nothing that is older still can stand in for; and two that differ say that all do.
  const remembered = issued + within >= now ? counting.slice(0, 2) : [];
  const said = remembered.map((one): Said => ({ ...asked, block, issued, entry: one.entry }));
  if (counting.length > 1) {
    const alarm = { kind: 'conflict', key, subject, issued } as const;
    const ended = counting.some((one) => isFinal(one.entry.state));
    return { wanting: [deny('alive.conflict', issued, null, !ended)], relied: [], said, alarms: [alarm] };
  }
  const judge = (): Wanting[] => {
    if (isFinal(entry.state)) return [deny(`alive.${entry.state}` as Code, 'active', entry.state, false)];
    if (now - issued > within || now >= exp) return [deny('alive.stale', { within, exp }, { issued, now })];
    if (entry.state === 'suspended') return [deny('alive.suspended', 'active', entry.state, false)];
    return findRevoked(place.blocks, entry).map(([code, at]) => deny(code, null, at, false));
  };
  const wanting = judge();
  const relied = { kind: 'status', block, key, subject, issued, age: Math.max(0, now - issued) } as const;
  // Of what ended, something else of its time or later can be at hand, which does not count.
  const contrary = present.filter((one) => !isFinal(one.entry.state) && one.status.claims.issued >= issued);
  const last = Math.max(...contrary.map((one) => one.status.claims.issued));
  const alarm = { kind: last > issued ? 'revived' : 'conflict', key, subject, issued: last } as const;
  const alarms = isFinal(entry.state) && contrary.length > 0 ? [alarm] : [];
  return { wanting, relied: wanting.length === 0 ? [relied] : [], said, alarms };
}

// The latest; several where they differ. A mission that ended stays so, for as long as older statements could pass.
function pickCounting(statements: readonly Statement[], oldest: number): Statement[] {
  const ended = statements.filter(
    ({ status, entry }) => isFinal(entry.state) && status.claims.issued >= oldest,
  );
  const pool = ended.length > 0 ? ended : statements;
  const issued = Math.max(...pool.map(({ status }) => status.claims.issued));
  const latest = pool.filter(({ status }) => status.claims.issued === issued);
  const seen = new Set<string>();
  return latest.filter(({ entry }) => seen.size < seen.add(toHex(digestSubject(entry))).size);
}

type Revoked = readonly (readonly [Code, unknown])[];

// Every block with an `alive` asks the same, so the last answer is kept: hops are looked up once, not once for each hop.
const answers = new WeakMap<SubjectStatus, { readonly blocks: Chain['blocks']; readonly found: Revoked }>();

function findRevoked(blocks: Chain['blocks'], entry: SubjectStatus): Revoked {
  const last = answers.get(entry);
  if (last?.blocks === blocks) return last.found;
  const found = lookUp(blocks, entry);
  answers.set(entry, { blocks, found });
  return found;
}

/** What of a chain a status lists: blocks by their ids, delegates by SHA-256 of their keys. */
function lookUp(blocks: Chain['blocks'], { revoked }: SubjectStatus): Revoked {
  if (revoked.size === 0) return [];
  return blocks.flatMap(({ id, claims }, block): [Code, unknown][] => {
    const found: [Code, unknown][] = revoked.has(id) ? [['alive.block', { block, id: toHex(id) }]] : [];
    if (claims.key === undefined) return found;
    const keyId = sha256(claims.key.bytes);
    return revoked.has(keyId) ? [...found, ['alive.key', { block, id: toHex(keyId) }]] : found;
  });
}
