import { findBroad } from './broad.ts';
import { findRedundant, findWider } from './hops.ts';
import { findNever } from './never.ts';
import { findTimes } from './times.ts';
import type { Reviewed, Warning } from './warning.ts';
import { findWindows } from './windows.ts';

/** What the owner of a token would want to know of it: problems first, then advice. */
export function review(token: Reviewed): Warning[] {
  return [findNever, findWider, findTimes, findBroad, findWindows, findRedundant].flatMap((find) =>
    find(token),
  );
}
