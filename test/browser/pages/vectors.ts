import type { ChainFile } from '../../../cli/vectors/chain-format.ts';
import { runChain } from '../../../cli/vectors/run-chain.ts';
import { given } from '../given.ts';

const file = given as ChainFile;

/** What `writ/verify` and `writ/keys` make of each test of a vector file. */
export const result: unknown = file.tests.map((vector) => {
  const { stage, code, answers } = runChain(vector, file);
  return { id: vector.id, stage, code, answers };
});
