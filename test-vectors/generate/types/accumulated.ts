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
    tokens(1, 10, 'writ', 'cabf9101c2c2b86bc64b7824788de5435c0b63804ac886119b8f810046440675'),
    tokens(2, 100, 'writ', '80c8d5debb4432c4d4125afecd9a70d81e9c3aeb187c1f6aa4a71d293add6c62'),
    tokens(3, 1000, 'writ', '7161ebfcca1359406a7e91f52a09bc98a93dde6dd8b0164e808eabfd11a28d66'),
    tokens(4, 10_000, 'writ', '73f58b2e4ef65f0028b6b5b73cb9de26f2700e2d7feb016d402c8d60c77526c2'),
    tokens(5, 100, 'another', 'ba17d021da05987e58204cb2e12086118902b97785c2864800ce0ba173abd49c'),
  ],
};
