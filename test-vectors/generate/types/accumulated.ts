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
    tokens(1, 10, 'writ', 'e6f3c289a2bd2526842e0f0157c6f8d9e87396d9546082a88cb4fe53ba30865e'),
    tokens(2, 100, 'writ', '1b0ceb379d1d0e181d78f4cb7251cf0bbaa5c8946feaa60bf702cbfa343c0daf'),
    tokens(3, 1000, 'writ', 'efd10747895c4bbd6c12bff89fe84ed0bdb1209af06385c70e67d0ab5315bc4c'),
    tokens(4, 10_000, 'writ', '36d526d9ba3b2b4a82d96be882024a2af1caf7ae04ce1de17ab0bf9d6b0c2ad4'),
    tokens(5, 100, 'another', '6323e57c7b84308aeb995a68460b5be2add6c3a46ff5ec6f6de78234ecf1eff5'),
  ],
};
