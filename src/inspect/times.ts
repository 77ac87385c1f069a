import type { Authority } from '../decide/effective.ts';
import * as limits from '../limits.ts';
import { formatDuration } from '../time.ts';
import type { Reviewed, Warning } from './warning.ts';

const HOUR = 3600;
const DAY = 86_400;

/** Whether a token is within its time, and for how long. */
export function findTimes({ blocks, invocation, authorities, now }: Reviewed): Warning[] {
  const { conditions } = authorities.at(-1) as Authority;
  const [exp, nbf] = [conditions.exp?.[0], conditions.nbf?.[0]];
  if (exp === undefined || nbf === undefined) return [];
  const at = { block: exp.blocks.at(-1) as number, caveat: 'exp' } as const;
  const left = exp.value - now;
  if (left <= 0) return [{ code: 'expired', ...at, detail: `it expired ${formatDuration(-left)} ago` }];
  const wait = nbf.value - limits.skew - now;
  if (wait > 0) return [{ code: 'not-yet', caveat: 'nbf', detail: `it begins in ${formatDuration(wait)}` }];
  if (invocation !== undefined) {
    const age = now - invocation.exp;
    return age < 0 ? [] : [{ code: 'stale', detail: `its request expired ${formatDuration(age)} ago` }];
  }
  // What was made for a day or less is not about to expire, it is as it should be.
  const lived = exp.value - blocks[0].claims.iat > DAY;
  return lived && left < HOUR
    ? [{ code: 'expiring-soon', ...at, detail: `it expires in ${formatDuration(left)}` }]
    : [];
}
