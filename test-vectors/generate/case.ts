import type { CaseFile, CaseVector } from '../../cli/vectors/case-format.ts';
import { casesOf } from '../../cli/vectors/cases.ts';
import { firstDifference } from '../../cli/vectors/compare.ts';
import type { Format, Setting } from '../../cli/vectors/format.ts';
import { type Code, codes } from '../../src/codes.ts';

/** What a type of cases declares: what they share, and each case with its code or its output. */
export interface Cases {
  readonly setting?: Partial<Setting>;
  readonly cases: readonly Case[];
}

/** One case; all of it is declared by hand or made without the implementation under test. */
export interface Case extends Pick<CaseVector, 'id' | 'name' | 'reason' | 'flags' | 'input' | 'output'> {
  readonly code?: Code;
}

/**
 * The file of a type of cases. Throws where this implementation disagrees with a declaration.
 *
 * @param brief whether long cases are taken at their word
 */
export async function makeCases(
  type: string,
  { setting = {}, cases }: Cases,
  brief: boolean,
): Promise<CaseFile> {
  const format = casesOf(type) as Format<CaseVector>;
  const tests = cases.map(makeCase);
  for (const test of tests.filter((one) => !(brief && isLong(one)))) {
    const answer = await format.answer(test, setting as Setting);
    const found = firstDifference(format.expect(test), answer);
    if (found !== undefined) throw new Error(`${test.id} (${test.name}): ${JSON.stringify(found)}`);
  }
  return { format: 'writ-cases/1', type, ...setting, tests };
}

/** Whether a case takes longer than all others together; `writ vectors run` does it, and no other check. */
export function isLong({ input: { count = 0 } }: Pick<CaseVector, 'input'>): boolean {
  return (count as number) > 100;
}

function makeCase({ id, name, reason, flags, input, code, output }: Case): CaseVector {
  const result = code === undefined ? 'valid' : 'invalid';
  const stage = code === undefined ? null : codes[code][0];
  return { id, name, result, reason, flags, input, stage, code: code ?? null, ...(output && { output }) };
}
