import { type CaveatName, type Caveats, caveatNames } from '../caveats/all.ts';
import type { CaveatForm } from '../caveats/caveat.ts';
import { forms } from '../caveats/forms.ts';
import type { InForce } from '../decide/effective.ts';
import { exceeds } from '../token/narrower.ts';
import type { Reviewed, Warning } from './warning.ts';

/** Caveats of hops that ask for more than some block above has, which changes nothing. */
export function findWider(token: Reviewed): Warning[] {
  return eachCaveat(token, (name, block) => {
    const above = widerThan(token, name, block);
    const detail = `${name} of block ${block} asks for more than block ${above} has, and gains nothing`;
    return above === undefined ? [] : [{ code: 'wider', block, caveat: name, detail }];
  });
}

/** Caveats of hops that remove nothing, though they ask for no more. */
export function findRedundant(token: Reviewed): Warning[] {
  return eachCaveat(token, (name, block, own) => {
    // A plan counts the uses of its own block: of the same plan above, others may have taken the steps already.
    if (name === 'plan' || widerThan(token, name, block) !== undefined) return [];
    const form = forms[name] as CaveatForm<unknown>;
    const held = (token.authorities[block - 1]?.conditions[name] ?? []) as readonly InForce<unknown>[];
    const strict = held.some(({ value }) => form.contains(own, form.below?.(value, 1) ?? value));
    const detail = `${name} of block ${block} removes nothing`;
    return strict ? [{ code: 'redundant', block, caveat: name, detail }] : [];
  });
}

type Finder = (name: CaveatName, block: number, own: unknown) => Warning[];

function eachCaveat({ blocks }: Reviewed, find: Finder): Warning[] {
  return blocks.flatMap(({ claims }, block) => {
    const own: Caveats = block === 0 ? {} : claims;
    return caveatNames(own).flatMap((name) => find(name, block, own[name]));
  });
}

/** The first block above whose caveat a hop's goes beyond. */
function widerThan({ blocks }: Reviewed, name: CaveatName, block: number): number | undefined {
  const form = forms[name] as CaveatForm<unknown>;
  const values = blocks.map(({ claims }): unknown => (claims as Caveats)[name]);
  const above = values
    .slice(0, block)
    .findIndex((outer, i) => outer !== undefined && exceeds(form, outer, values[block], block - i));
  return above === -1 ? undefined : above;
}
