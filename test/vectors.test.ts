import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { CaseFile, CaseVector } from '../cli/vectors/case-format.ts';
import type { ChainFile, ChainVector, Intermediate } from '../cli/vectors/chain-format.ts';
import { firstDifference } from '../cli/vectors/compare.ts';
import type { AnyFile } from '../cli/vectors/format.ts';
import { answerLine, type Exam, examsOf } from '../cli/vectors/line.ts';
import type { LogFile, LogVector } from '../cli/vectors/log-format.ts';
import type { SequenceFile, SequenceVector, StepVector } from '../cli/vectors/sequence-format.ts';
import { toData } from '../cli/vectors/to-data.ts';
import { codes } from '../src/codes.ts';
import type { Json, JsonObject } from '../src/json.ts';
import { decode } from '../src/token/decode.ts';
import { linkBlocks, linkObject } from '../src/token/links.ts';
import type { Token } from '../src/token/model.ts';
import { isLong } from '../test-vectors/generate/case.ts';

type Parts = NonNullable<ChainVector['intermediates']>;

const folder = new URL('../test-vectors/', import.meta.url);
const read = (path: string) => JSON.parse(readFileSync(new URL(path, folder), 'utf8'));
const names = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'flags.json');
const all = names.map((name): [string, AnyFile] => [name, read(name)]);
const filesOf = <F extends AnyFile>(format: F['format']) =>
  all.filter((entry): entry is [string, F] => entry[1].format === format);
const files = filesOf<ChainFile>('writ-vectors/1');
const sequences = filesOf<SequenceFile>('writ-sequences/1');
const logs = filesOf<LogFile>('writ-logs/1');
const cases = filesOf<CaseFile>('writ-cases/1');
const flags = read('flags.json') as Record<string, unknown>;
const tests = all.flatMap(
  ([, file]): readonly (ChainVector | SequenceVector | LogVector | CaseVector)[] => file.tests,
);

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
      'ed25519.json',
      'encoding.json',
      'hmac.json',
      'invocation.json',
      'keys.json',
      'receipts.json',
      'state.json',
      'status.json',
      'text.json',
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

test.each(cases)('%s keeps to its schema, and to that of cases', (_, file) => {
  expect(errorsOf('cases.schema.json', file)).toEqual([]);
  expect(errorsOf(`${file.type}.schema.json`, file)).toEqual([]);
});

test.each(cases)('the schema of %s refuses a member of input or output that it does not know', (_, file) => {
  const refuses = (test: object) => errorsOf(`${file.type}.schema.json`, { ...file, tests: [test] })?.length;
  for (const test of file.tests) {
    expect(refuses({ ...test, input: { ...test.input, extra: 1 } }), test.id).toBeGreaterThan(0);
    if (test.output === undefined) continue;
    expect(refuses({ ...test, output: { ...test.output, extra: 1 } }), test.id).toBeGreaterThan(0);
  }
});

test('the schema of keys refuses a member of an anchor, or of the status that it needs, that it does not know', () => {
  const file = cases.find(([name]) => name === 'keys.json')?.[1] as CaseFile;
  const errors = (anchor: object) => {
    const [test] = file.tests;
    return errorsOf('keys.schema.json', { ...file, tests: [{ ...test, output: { anchors: [anchor] } }] });
  };
  const alive = { key: '00'.repeat(32), within: 60 };
  const anchor = {
    id: '00'.repeat(32),
    principal: 'a:b',
    kind: 'human',
    speaksFor: [],
    from: 0,
    until: 1,
    alive,
  };
  expect(errors(anchor)).toEqual([]);
  expect(errors({ ...anchor, extra: 1 })).not.toEqual([]);
  expect(errors({ ...anchor, alive: { ...alive, extra: 1 } })).not.toEqual([]);
});

test.each(cases.filter(([, { type }]) => ['effective', 'presentation'].includes(type)))(
  'the schema of %s refuses a member that it does not know, however deep',
  (_, file) => {
    const [first] = file.tests as [CaseVector];
    const outputs = file.tests.flatMap((one) => (one.output === undefined ? [] : extendAll(one.output)));
    const passed = outputs.filter((output) => {
      const errors = errorsOf(`${file.type}.schema.json`, { ...file, tests: [{ ...first, output }] });
      return errors?.length === 0;
    });
    expect([outputs.length > 0, passed]).toEqual([true, []]);
  },
);

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
  const [[, file]] = files as [[string, ChainFile]];
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

describe.each(all)('%s', (_name, file) => {
  test.each(shortExamsOf(file).map((exam): [string, string, Exam] => [exam.id, exam.name, exam]))(
    '%s: %s',
    async (_id, _name, { line, expected }) => {
      expect(firstDifference({ id: line.id, ...expected }, await answerLine(line))).toBeUndefined();
    },
  );
});

const made = files.flatMap(([, { tests }]) =>
  tests.flatMap(({ id, stage, text, intermediates }): [string, string, Parts][] =>
    stage === 'decode' || stage === 'verify' || intermediates === undefined
      ? []
      : [[id, text, intermediates]],
  ),
);

test.each(made)(
  'the signed bytes and ids of %s are those that its maker signed',
  (_, text, intermediates) => {
    expect(toParts(decode(text))).toEqual(withoutProofs(intermediates));
  },
);

/** A value once for each object in it, with a member too many in that one; extensions are free. */
function extendAll(value: Json): Json[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value) ? [] : [{ ...value, extra: 1 }];
  const inner = Object.entries(value).flatMap(([name, item]) =>
    name === 'ext' ? [] : extendAll(item).map((changed) => replaced(value, name, changed)),
  );
  return [...own, ...inner];
}

function replaced(value: Json, name: string, item: Json): Json {
  if (Array.isArray(value)) return value.with(Number(name), item);
  return { ...(value as JsonObject), [name]: item };
}

/** The exams of a file that "writ vectors run" does not do alone. */
function shortExamsOf(file: AnyFile): Exam[] {
  const tests = file.tests.filter((test) => !('input' in test && isLong(test)));
  return examsOf({ ...file, tests } as AnyFile);
}

/** What a step refuses with: the code of an error, or those of all denials. */
function codesOf({ code, denials = [] }: StepVector): string[] {
  const denied = (denials as readonly { readonly code: string }[]).map((denial) => denial.code);
  return [code, ...denied].filter((code) => !['allowed', 'settled', 'lifted'].includes(code));
}

function toParts({ suite, blocks, invocation }: Token): unknown {
  const links = linkBlocks(suite, blocks);
  const last = links.at(-1)?.id as Uint8Array;
  const parts = blocks.map(({ header, payload }, i) => ({ header, payload, ...links[i] }));
  if (invocation === undefined) return toData({ blocks: parts });
  const { header, payload } = invocation;
  const seal = { header, payload, ...linkObject(suite, 'invocation', last, invocation) };
  return toData({ blocks: parts, invocation: seal });
}

function withoutProofs({ blocks, invocation }: Parts): unknown {
  const strip = ({ proof: _, ...rest }: Intermediate) => rest;
  return toData({ blocks: blocks.map(strip), invocation: invocation && strip(invocation) });
}
