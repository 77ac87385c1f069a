import type { Caveats } from '../caveats/all.ts';
import { MintError } from '../errors.ts';

/** The services that blocks leave: the meet of all their `aud`; `undefined` where none names any. */
export function meetAudiences(blocks: readonly Caveats[]): readonly string[] | undefined {
  return blocks.reduce<readonly string[] | undefined>(narrowAudiences, undefined);
}

/** The services that a further block leaves of those that the blocks above it leave. */
export function narrowAudiences(
  left: readonly string[] | undefined,
  { aud }: Caveats,
): readonly string[] | undefined {
  if (aud === undefined || left === undefined) return aud ?? left;
  const own = new Set(aud);
  return left.filter((name) => own.has(name));
}

/**
 * Refuses limits and plans of a block whose chain does not leave exactly one audience: counters are per audience,
 * so several would multiply them (spec §5.5.9).
 *
 * @throws MintError `mint.input`
 */
export function checkAudience({ limits, plan }: Caveats, audiences: readonly string[] | undefined): void {
  if ((limits === undefined && plan === undefined) || audiences?.length === 1) return;
  throw new MintError('mint.input', {
    path: `${limits === undefined ? 'plan' : 'limits'}, aud`,
    detail: 'counters need exactly one audience in the blocks down to theirs',
  });
}
