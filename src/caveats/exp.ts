import { expectTime } from '../cbor/expect.ts';
import { formatTime } from '../time.ts';
import type { Caveat, CaveatForm } from './caveat.ts';

/** `exp`: the block holds while `now < exp` (spec §5.5.2). */
export const exp: Caveat<number> = {
  key: 4,
  parse: expectTime,
  check: (time, { now }) => (now < time ? [] : [{ code: 'exp.passed', expected: time, actual: now }]),
};

export const expForm: CaveatForm<number> = {
  enforcement: 'static',
  encode: (time) => time,
  contains: (outer, inner) => inner <= outer,
  meet: Math.min,
  describe: (time) => [`expires ${formatTime(time)}`],
};
