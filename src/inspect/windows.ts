import type { Caveats } from '../caveats/all.ts';
import { formatDuration } from '../time.ts';
import type { Reviewed, Warning } from './warning.ts';

// From here on a window is called weak; what is usual for agents is far below.
const LIFE = 30 * 86_400;
const STATUS = 3600;
const APPROVAL = 86_400;

/** Windows of time that are so long that they protect little. */
export function findWindows({ blocks, authorities }: Reviewed): Warning[] {
  const { iat, exp } = blocks[0].claims;
  const end = authorities.at(-1)?.conditions.exp?.[0]?.value ?? exp;
  const long = exp - iat > LIFE;
  const grant: Warning[] = long
    ? [
        {
          code: 'weak-window',
          block: 0,
          caveat: 'exp',
          detail: `the grant lives ${formatDuration(exp - iat)}`,
        },
      ]
    : [];
  return [...grant, ...blocks.flatMap(({ claims }, block) => findInBlock(claims, block, end - iat))];
}

function findInBlock(
  { alive = [], approval = [], limits = [] }: Caveats,
  block: number,
  life: number,
): Warning[] {
  const weak = (caveat: 'alive' | 'approval' | 'limits', detail: string): Warning => ({
    code: 'weak-window',
    block,
    caveat,
    detail,
  });
  return [
    ...alive
      .filter(({ within }) => within > STATUS)
      .map(({ within }) => weak('alive', `an ended mission may go on for ${formatDuration(within)}`)),
    ...approval
      .filter(({ within }) => within > APPROVAL)
      .map(({ within }) => weak('approval', `an approval counts for ${formatDuration(within)}`)),
    ...limits
      .filter(({ window = 0 }) => window >= life && window > 0)
      .map(({ unit, window = 0 }) =>
        weak('limits', `${unit}: its window of ${formatDuration(window)} is no shorter than the token lives`),
      ),
  ];
}
