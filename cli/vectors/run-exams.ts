import { type Difference, firstDifference } from './compare.ts';
import type { Implementation } from './drive.ts';
import type { Exam } from './line.ts';

/** A test that was not passed. */
export interface Failed extends Pick<Exam, 'id' | 'name'> {
  readonly difference: Difference;
}

/** What came of all tests. */
export interface Report {
  /** By type, in the order of the files. */
  readonly types: readonly { readonly type: string; readonly tests: number; readonly passed: number }[];
  readonly failed: readonly Failed[];
}

/**
 * Puts tests to an implementation and compares its answers with the ones that are expected.
 *
 * @throws CliError where a program ends, or writes what is no answer
 */
export async function runExams(
  exams: readonly Exam[],
  implementation: Implementation,
  tell: (done: number) => void = () => {},
): Promise<Report> {
  const failed: Failed[] = [];
  const counts = new Map<string, { tests: number; passed: number }>();
  let at = 0;
  for await (const answer of implementation(exams.map(({ line }) => line))) {
    const { id, name, type, expected } = exams[at] as Exam;
    const difference = firstDifference({ id, ...expected }, answer);
    const count = counts.get(type) ?? { tests: 0, passed: 0 };
    count.tests += 1;
    if (difference === undefined) count.passed += 1;
    else failed.push({ id, name, difference });
    counts.set(type, count);
    at += 1;
    tell(at);
  }
  return { types: [...counts].map(([type, count]) => ({ type, ...count })), failed };
}
