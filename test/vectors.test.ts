import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { codes } from '../src/codes.ts';
import { linkBlocks, linkObject } from '../src/token/links.ts';
import { type Intermediate, toData, type Vector, type VectorFile } from '../test-vectors/generate/format.ts';
import { run } from '../test-vectors/generate/run.ts';
import { hex } from './support/forge.ts';

const folder = new URL('../test-vectors/', import.meta.url);
const read = (path: string) => JSON.parse(readFileSync(new URL(path, folder), 'utf8'));
const names = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'flags.json');
const files = names.map((name): [string, VectorFile] => [name, read(name)]);
const flags = read('flags.json') as Record<string, unknown>;
const tests = files.flatMap(([, file]) => file.tests);

const ajv = new Ajv2020({ allErrors: true, strictTypes: false, strictRequired: false });
const errorsOf = (schema: string, data: unknown) => {
  const validate = ajv.getSchema(schema) ?? ajv.compile(read(`schema/${schema}`));
  return validate(data) ? [] : validate.errors;
};

test('there is a file for each type of tests', () => {
  expect(names).toEqual(
    expect.arrayContaining(['decision.json', 'delegation.json', 'invocation.json', 'token.json']),
  );
});

test.each(files)('%s keeps to its schema', (_, file) => {
  expect(errorsOf('vectors.schema.json', file)).toEqual([]);
});

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
  const named = tests.flatMap(({ code }) => (code === null ? [] : [code]));
  expect(named.filter((code) => !Object.hasOwn(codes, code))).toEqual([]);
});

describe.each(files)('%s', (name, file) => {
  test('its ids begin with its type', () => {
    expect([`${file.type}.json`, file.tests.filter(({ id }) => !id.startsWith(`${file.type}-`))]).toEqual([
      name,
      [],
    ]);
  });

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
