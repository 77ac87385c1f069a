import { expectTime } from '../cbor/expect.ts';
import * as limits from '../limits.ts';
import { formatTime } from '../time.ts';
import type { Caveat, CaveatForm } from './caveat.ts';

/** `nbf`: the block does not hold before this time, less the allowed skew (spec §5.5.3). */
export const nbf: Caveat<number> = {
  key: 5,
  parse: expectTime,
  check: (time, { now }) =>
    time <= now + limits.skew ? [] : [{ code: 'nbf.early', expected: time, actual: now }],
};

export const nbfForm: CaveatForm<number> = {
  enforcement: 'static',
  encode: (time) => time,
  contains: (outer, inner) => outer <= inner,
  meet: Math.max,
  describe: (time) => [`not before ${formatTime(time)}`],
};
