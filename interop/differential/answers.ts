import { firstDifference } from '../../cli/vectors/compare.ts';
import { answerOrError, programOf } from '../../cli/vectors/drive.ts';
import type { Line } from '../../cli/vectors/line.ts';
import type { Question } from './question.ts';

/** Two answers that are not the same. */
export interface Disagreement {
  readonly question: Question;
  readonly where: string;
}

/** What came out of a run. */
export interface Tally {
  asked: number;
  /** How often a code was the outcome of a question or of a request in it, by code; and in a decision, beside others. */
  readonly outcomes: Map<string, number>;
  readonly denials: Map<string, number>;
  readonly disagreements: Disagreement[];
}

export function emptyTally(): Tally {
  return { asked: 0, outcomes: new Map(), denials: new Map(), disagreements: [] };
}

/** Puts questions to this implementation and to a program, and counts. */
export async function ask(questions: readonly Question[], command: string, tally: Tally): Promise<void> {
  const lines = questions.map(({ line }) => line);
  let at = 0;
  for await (const theirs of programOf(command)(lines)) {
    const question = questions[at] as Question;
    const ours = await answerOrError(lines[at] as Line);
    const difference = firstDifference(ours, theirs);
    if (difference !== undefined || 'error' in ours) {
      const { path, expected, actual } = difference ?? { path: 'error', expected: ours, actual: theirs };
      const where = `${path}: ${JSON.stringify(expected)} here, ${JSON.stringify(actual)} there`;
      tally.disagreements.push({ question, where });
    }
    count(ours as Answer, tally);
    tally.asked += 1;
    at += 1;
  }
}

interface Outcome {
  readonly code?: string | null;
  readonly decision?: { readonly denials: readonly { readonly code: string }[] };
  readonly denials?: readonly { readonly code: string }[];
}

interface Answer extends Outcome {
  readonly requests?: readonly Outcome[];
  readonly steps?: readonly Outcome[];
}

function count(answer: Answer, { outcomes, denials }: Tally): void {
  const parts = answer.requests ?? answer.steps ?? [];
  for (const { code } of parts.length === 0 ? [answer] : parts) add(outcomes, code ?? 'verified');
  for (const denial of parts.flatMap((part) => part.decision?.denials ?? part.denials ?? []))
    add(denials, denial.code);
}

function add(counts: Map<string, number>, code: string): void {
  counts.set(code, (counts.get(code) ?? 0) + 1);
}
