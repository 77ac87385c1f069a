import { outcomesOf } from '../../../cli/vectors/cases/accumulated.ts';
import type { Setting } from '../../../cli/vectors/format.ts';
import { AUDIENCE, NOW } from '../../../test/support/forge.ts';
import type { Case, Cases } from '../case.ts';
import { keys, trust } from '../scene.ts';
import { tables } from '../tables.ts';

// The hashes are what two implementations make of the same description; a change of one is a change of behaviour.

const setting = { clock: NOW, audience: AUDIENCE, trust, keys, tables } as unknown as Setting;

function tokens(id: number, count: number, seed: string, sha256: string): Case {
  return {
    id: `accumulated-00${id}`,
    name: `${count} tokens drawn from the seed ${seed}`,
    reason: 'each of them has the code and the denials that every implementation gives',
    flags: ['accumulated'],
    input: { seed, count },
    output: { first: outcomesOf(seed, 2, setting), sha256 },
  };
}

/** Hashes over what becomes of many tokens. */
export const cases: Cases = {
  setting,
  cases: [
    tokens(1, 10, 'writ', ''),
    tokens(2, 100, 'writ', ''),
    tokens(3, 1000, 'writ', ''),
    tokens(4, 10_000, 'writ', ''),
    tokens(5, 100, 'another', ''),
  ],
};
