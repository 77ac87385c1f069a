import { type Caveats, caveatNames } from '../caveats/all.ts';
import type { CaveatForm } from '../caveats/caveat.ts';
import { checkDelegation } from '../caveats/delegation.ts';
import { forms } from '../caveats/forms.ts';
import { MintError } from '../errors.ts';
import type { Token } from './model.ts';

/**
 * Refuses a last hop that asks for more than some block above it has (spec §5.4.2).
 *
 * It takes the finished token, so what is compared is what a verifier will read.
 *
 * @throws MintError `hop.wider`, with the caveat as its path
 */
export function checkNarrower({ blocks }: Token): void {
  const last = blocks.length - 1;
  const hop: Caveats = (blocks[last] as Token['blocks'][number]).claims;
  for (const [i, { claims }] of blocks.slice(0, last).entries()) {
    const below = blocks.slice(i + 1).map((block) => block.claims);
    const { delegation } = claims;
    if (delegation !== undefined && checkDelegation(delegation, below).length > 0)
      throw wider('delegation', i);
    for (const name of caveatNames(hop)) {
      const outer = (claims as Caveats)[name];
      const form = forms[name] as CaveatForm<unknown>;
      if (outer !== undefined && exceeds(form, outer, hop[name], last - i)) throw wider(name, i);
    }
  }
}

function wider(name: string, block: number): MintError {
  return new MintError('hop.wider', { path: name, detail: `${name} asks for more than block ${block} has` });
}

/** Whether a value asks for more than another of its kind, so many blocks above it, has. */
export function exceeds<V>(form: CaveatForm<V>, outer: V, inner: V, hops: number): boolean {
  const left = form.below?.(outer, hops) ?? outer;
  return !form.contains(left, inner) && (form.exceeds?.(left, inner) ?? true);
}
