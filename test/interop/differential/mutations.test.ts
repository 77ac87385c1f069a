import { expect, test } from 'vitest';
import { answerLine } from '../../../cli/vectors/line.ts';
import { alterationsOf } from '../../../interop/differential/alterations.ts';
import { readBases } from '../../../interop/differential/bases.ts';
import { corpusOf } from '../../../interop/differential/corpus.ts';
import { mutationAt } from '../../../interop/differential/mutations.ts';
import { readSigners } from '../../../interop/differential/signers.ts';

const bases = readBases();
const corpus = corpusOf(bases);
const signers = readSigners();
const mutation = (index: number, seed: number) => mutationAt(index, seed, corpus, signers).line;

test('a mutation is the same for the same seed', () => {
  expect(mutation(7, 1)).toEqual(mutation(7, 1));
});

test('and another for another seed or number', () => {
  const texts = [mutation(7, 1), mutation(7, 2), mutation(8, 1)].map(({ test }) => JSON.stringify(test));
  expect(new Set(texts).size).toBe(3);
});

test('most mutations get past the signatures', async () => {
  const answers = await Promise.all(Array.from({ length: 300 }, (_, i) => answerLine(mutation(i, 1))));
  const decided = answers.filter(
    (answer) => 'requests' in answer || JSON.stringify(answer).includes('denials'),
  );
  expect(decided.length).toBeGreaterThan(100);
});

test('every bit of a token is turned, and every byte is where it is cut', () => {
  const base = bases.filter(({ valid, step }) => valid && step === undefined).slice(0, 1);
  const { length } = (base[0] as (typeof bases)[0]).token;
  const { count, at } = alterationsOf(base);
  const texts = Array.from({ length: count }, (_, i) => (at(i).line.test as { text: string }).text);
  expect([count, new Set(texts).size]).toEqual([9 * length, 9 * length]);
});
