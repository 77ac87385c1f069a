import type { Denial } from '../decide/decision.ts';

/**
 * Whether a chain can never pass here, so that nothing which was said about it is to be kept (spec §9.7.4): whoever
 * once held it could else fill the store, by hops of their own.
 */
export function isOver(denials: readonly Denial[]): boolean {
  return denials.some(({ caveat }) => caveat === 'aud' || caveat === 'exp' || caveat === 'delegation');
}
