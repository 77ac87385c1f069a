import type { Denial } from './decision.ts';

/** Whether a denial of logic is none yet: a store decides it (spec §9.6). */
export function isLeftToStore({ code }: Pick<Denial, 'code'>): boolean {
  return code === 'limits.store' || code === 'plan.store';
}
