import type { VectorFile } from '../../../test-vectors/generate/format.ts';
import { run } from '../../../test-vectors/generate/run.ts';
import { given } from '../given.ts';

const file = given as VectorFile;

/** What `writ/verify` and `writ/keys` make of each test of a vector file. */
export const result: unknown = file.tests.map((vector) => {
  const { stage, code, answers } = run(vector, file);
  return { id: vector.id, stage, code, answers };
});
