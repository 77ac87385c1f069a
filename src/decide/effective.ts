import { type CaveatName, type Caveats, type CaveatValues, caveatNames, caveats } from '../caveats/all.ts';
import type { Caveat, CaveatForm } from '../caveats/caveat.ts';
import { checkDelegation } from '../caveats/delegation.ts';
import { forms } from '../caveats/forms.ts';
import type { Delegate, Facts, Finding, Place } from '../facts.ts';
import type { Anchor } from '../keys/trust.ts';
import { meetAudiences } from '../token/audience.ts';
import { defaultSubject } from '../token/claims.ts';
import type { Claimed } from '../token/model.ts';
import { claimsOf } from './decide.ts';

/** A caveat in force: the meet of what some blocks say. */
export interface InForce<V> {
  readonly value: V;
  /** The blocks that it comes from, from 0 at the root. */
  readonly blocks: readonly number[];
  /** The services that all blocks down to the last one that spoke of it leave; counters need exactly one. */
  readonly audiences: readonly string[] | undefined;
}

/** All caveats in force, by name; several of one name hold together, because one value cannot say it (spec §9.5). */
export type Conditions = { readonly [N in CaveatName]?: readonly InForce<CaveatValues[N]>[] };

/** What a chain may do, all blocks taken together (spec §9.5). */
export interface Authority {
  readonly conditions: Conditions;
  /** What forbids the chain itself, whatever is asked: more hops, or other delegates, than a block allows. */
  readonly broken: readonly (Finding & { readonly block: number })[];
  /** The default subject of statuses. */
  readonly subject: string;
}

/**
 * The effective authority after each block, root first (spec §9.5). It serves people: enforcement evaluates all blocks.
 *
 * @param anchor the trust anchor of a verified chain, which may demand a status
 * @example
 * effectiveAuthority(decode(text).blocks).at(-1) // what the holder may do
 */
export function effectiveAuthority(blocks: Claimed, anchor: Partial<Anchor> = {}): Authority[] {
  const [{ claims: root }] = blocks;
  const claims = claimsOf({ blocks, anchor });
  const subject = defaultSubject(root);
  let conditions: Conditions = {};
  const effort = { left: EFFORT };
  return claims.map((own, block) => {
    const so = claims.slice(0, block + 1);
    // A grant dated in the future holds no sooner than one with an `nbf` of that time.
    const dated = block === 0 ? { ...own, nbf: Math.max(root.iat, own.nbf ?? 0) } : own;
    conditions = addBlock(conditions, dated, { block, audiences: meetAudiences(so) }, effort);
    return { conditions, broken: findBroken(so), subject };
  });
}

/**
 * What denies a request, judged by the effective authority alone; nothing where it admits the request (spec §9.5).
 *
 * @example
 * checkAuthority(authority, { now, audience, action: 'read', resource: 'reports/q3.pdf', args: {}, context: {} })
 */
export function checkAuthority({ conditions, broken, subject }: Authority, facts: Facts): readonly Finding[] {
  const found = caveatNames(conditions).flatMap((name) =>
    (conditions[name] ?? []).flatMap(({ value, audiences }) => {
      const place: Place = { below: [], audiences, subject };
      return (caveats[name] as Caveat<unknown>).check(value, facts, place);
    }),
  );
  return [...broken, ...found];
}

// Merging stops here, and values stay apart: no chain of many scopes keeps its reader busy for longer than a second.
const EFFORT = 2 ** 19;

type Effort = { left: number };

type Source = Pick<InForce<unknown>, 'audiences'> & { readonly block: number };

function addBlock(conditions: Conditions, own: Caveats, source: Source, effort: Effort): Conditions {
  const names = caveatNames({ ...own, ...conditions });
  return Object.fromEntries(
    names.map((name) => {
      const form = forms[name] as CaveatForm<unknown>;
      const held = (conditions[name] ?? []) as readonly InForce<unknown>[];
      const left = held.map((one) => ({ ...one, value: form.below?.(one.value, 1) ?? one.value }));
      const value = own[name];
      const { block, audiences } = source;
      return [
        name,
        value === undefined ? left : add(form, left, { value, blocks: [block], audiences }, effort),
      ];
    }),
  );
}

// What two say together may in turn meet a third, so a met one goes through the list anew.
function add<V>(
  form: CaveatForm<V>,
  held: readonly InForce<V>[],
  own: InForce<V>,
  effort: Effort,
): InForce<V>[] {
  for (const [i, other] of held.entries()) {
    // What is light always merges: readers rely on one expiry.
    const cost = form.weigh === undefined ? 0 : form.weigh(other.value) * form.weigh(own.value);
    if (cost > effort.left) continue;
    effort.left -= cost;
    const value = form.meet(other.value, own.value);
    if (value === undefined) continue;
    // A meet that contains one of the two is no narrower: it is that one.
    const whole = [other, own].find((one) => form.contains(value, one.value));
    const blocks = whole?.blocks ?? [...new Set([...other.blocks, ...own.blocks])].sort((a, b) => a - b);
    return add(form, held.toSpliced(i, 1), { value, blocks, audiences: own.audiences }, effort);
  }
  return [...held, own];
}

function findBroken(claims: readonly (Caveats & Delegate)[]): Authority['broken'] {
  return claims.flatMap(({ delegation }, block) => {
    const findings = delegation === undefined ? [] : checkDelegation(delegation, claims.slice(block + 1));
    return findings.map((finding) => ({ ...finding, block }));
  });
}
