import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { codes } from '../src/codes.ts';
import { linkBlocks, linkObject } from '../src/token/links.ts';
import { type Intermediate, toData, type Vector, type VectorFile } from '../test-vectors/generate/format.ts';
import { expectedOf } from '../test-vectors/generate/log.ts';
import type { LogFile, LogVector } from '../test-vectors/generate/log-format.ts';
import { run } from '../test-vectors/generate/run.ts';
import { runLog } from '../test-vectors/generate/run-log.ts';
import { runSequence } from '../test-vectors/generate/run-sequence.ts';
import type { SequenceFile, SequenceVector, StepVector } from '../test-vectors/generate/sequence-format.ts';
import { hex } from './support/forge.ts';

type AnyFile = VectorFile | SequenceFile | LogFile;

const folder = new URL('../test-vectors/', import.meta.url);
const read = (path: string) => JSON.parse(readFileSync(new URL(path, folder), 'utf8'));
const names = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'flags.json');
const all = names.map((name): [string, AnyFile] => [name, read(name)]);
const filesOf = <F extends AnyFile>(format: F['format']) =>
  all.filter((entry): entry is [string, F] => entry[1].format === format);
const files = filesOf<VectorFile>('writ-vectors/1');
const sequences = filesOf<SequenceFile>('writ-sequences/1');
const logs = filesOf<LogFile>('writ-logs/1');
const flags = read('flags.json') as Record<string, unknown>;
const tests = all.flatMap(([, file]): readonly (Vector | SequenceVector | LogVector)[] => file.tests);

const ajv = new Ajv2020({ allErrors: true, strictTypes: false, strictRequired: false });
ajv.addSchema(read('schema/vectors.schema.json'));
ajv.addSchema(read('schema/sequences.schema.json'));
const errorsOf = (schema: string, data: unknown) => {
  const validate = ajv.getSchema(schema) ?? ajv.compile(read(`schema/${schema}`));
  return validate(data) ? [] : validate.errors;
};

test('there is a file for each type of tests', () => {
  expect(names).toEqual(
    expect.arrayContaining([
      'approval.json',
      'consent.json',
      'decision.json',
      'delegation.json',
      'invocation.json',
      'receipts.json',
      'state.json',
      'status.json',
      'token.json',
    ]),
  );
});

test.each(files)('%s keeps to its schema', (_, file) => {
  expect(errorsOf('vectors.schema.json', file)).toEqual([]);
});

test.each(sequences)('%s keeps to its schema', (_, file) => {
  expect(errorsOf('sequences.schema.json', file)).toEqual([]);
});

test.each(logs)('%s keeps to its schema', (_, file) => {
  expect(errorsOf('logs.schema.json', file)).toEqual([]);
});

test('the schema of logs refuses a member that it does not know', () => {
  const [[, file]] = logs as [[string, LogFile]];
  const [test] = file.tests.filter(({ receipts = [] }) => receipts.length > 0) as [LogVector];
  const receipts = test.receipts?.map((receipt) => ({ ...receipt, extra: 1 }));
  expect(errorsOf('logs.schema.json', { ...file, tests: [test] })).toEqual([]);
  expect(errorsOf('logs.schema.json', { ...file, tests: [{ ...test, extra: 1 }] })).not.toEqual([]);
  expect(errorsOf('logs.schema.json', { ...file, tests: [{ ...test, receipts }] })).not.toEqual([]);
});

test.each(['authorize', 'settle', 'lift'])(
  'the schema of sequences refuses a member of %s that it does not know',
  (kind) => {
    const file = sequences.find(([name]) => name === 'state.json')?.[1] as SequenceFile;
    const test = file.tests.find(({ steps }) => steps.some((step) => step.do === kind)) as SequenceVector;
    const steps = test.steps.map((step) => (step.do === kind ? { ...step, extra: 1 } : step));
    expect(errorsOf('sequences.schema.json', { ...file, tests: [test] })).toEqual([]);
    expect(errorsOf('sequences.schema.json', { ...file, tests: [{ ...test, steps }] })).not.toEqual([]);
  },
);

test('the schema refuses a member that it does not know', () => {
  const [[, file]] = files as [[string, VectorFile]];
  expect(errorsOf('vectors.schema.json', { ...file, tests: [{ ...file.tests[0], extra: 1 }] })).not.toEqual(
    [],
  );
});

test('the flags keep to their schema', () => {
  expect(errorsOf('flags.schema.json', flags)).toEqual([]);
});

test('the flags of the tests are those of the dictionary', () => {
  expect([...new Set(tests.flatMap((vector) => vector.flags))].sort()).toEqual(Object.keys(flags).sort());
});

test('no two tests have one id', () => {
  expect(new Set(tests.map(({ id }) => id)).size).toBe(tests.length);
});

test('every code is one of the registry', () => {
  const named = tests.flatMap((test) => ('steps' in test ? test.steps.flatMap(codesOf) : (test.code ?? [])));
  expect(named.filter((code) => !Object.hasOwn(codes, code))).toEqual([]);
});

test.each(all)('the ids of %s begin with its type', (name, { type, tests }) => {
  const others = tests.map(({ id }) => id).filter((id) => !id.startsWith(`${type}-`));
  expect([`${type}.json`, others]).toEqual([name, []]);
});

describe.each(sequences)('%s', (_name, file) => {
  test.each(
    file.tests.map((sequence): [string, string, SequenceVector] => [sequence.id, sequence.name, sequence]),
  )('%s: %s', async (_id, _name, sequence) => {
    expect(await runSequence(sequence, file)).toEqual(sequence.steps.map(answerOf));
  });
});

describe.each(logs)('%s', (_name, file) => {
  test.each(file.tests.map((log): [string, string, LogVector] => [log.id, log.name, log]))(
    '%s: %s',
    async (_id, _name, log) => {
      expect(await runLog(log, file)).toEqual(toData(expectedOf(log)));
    },
  );
});

describe.each(files)('%s', (_file, file) => {
  test.each(file.tests.map((vector): [string, string, Vector] => [vector.id, vector.name, vector]))(
    '%s: %s',
    (_id, _name, vector) => {
      const { stage, code, token, chain, answers } = run(vector, file);
      expect([stage, code]).toEqual([vector.stage, vector.code]);
      expect(answers).toEqual(
        (vector.requests ?? []).map(({ code, decision }) => toData({ code, decision })),
      );
      if (token !== undefined && chain !== undefined && vector.intermediates !== undefined) {
        expect(chain.blocks.map(({ id }) => hex(id))).toEqual(
          vector.intermediates.blocks.map(({ id }) => id),
        );
        expect(toParts(token)).toEqual(withoutProofs(vector.intermediates));
      }
    },
  );
});

function answerOf(step: StepVector): unknown {
  const { code, denials, needs, notEstablished, relied, alarms, known, reservation, usage } = step;
  return toData({ code, denials, needs, notEstablished, relied, alarms, known, reservation, usage });
}

/** What a step refuses with: the code of an error, or those of all denials. */
function codesOf({ code, denials = [] }: StepVector): string[] {
  const denied = (denials as readonly { readonly code: string }[]).map((denial) => denial.code);
  return [code, ...denied].filter((code) => !['allowed', 'settled', 'lifted'].includes(code));
}

function toParts({ suite, blocks, invocation }: NonNullable<ReturnType<typeof run>['token']>): unknown {
  const links = linkBlocks(suite, blocks);
  const last = links.at(-1)?.id as Uint8Array;
  const parts = blocks.map(({ header, payload }, i) => ({ header, payload, ...links[i] }));
  if (invocation === undefined) return toData({ blocks: parts });
  const { header, payload } = invocation;
  const seal = { header, payload, ...linkObject(suite, 'invocation', last, invocation) };
  return toData({ blocks: parts, invocation: seal });
}

function withoutProofs({ blocks, invocation }: NonNullable<Vector['intermediates']>): unknown {
  const strip = ({ proof: _, ...rest }: Intermediate) => rest;
  return toData({ blocks: blocks.map(strip), invocation: invocation && strip(invocation) });
}
