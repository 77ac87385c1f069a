import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { ChainFile } from '../../cli/vectors/chain-format.ts';
import { toData } from '../../cli/vectors/to-data.ts';
import { type Host, startHost } from './host.ts';
import { mintStory, readStory, type Story } from './story.ts';

let host: Host;
beforeAll(async () => {
  host = await startHost();
});
afterAll(() => host?.close());

describe('the whole chain in a page', () => {
  const given = [mintStory('ed25519'), mintStory('hmac')];
  // biome-ignore lint/suspicious/noExplicitAny: JSON that the page made
  let told: { result: any; troubles: readonly string[] };
  beforeAll(async () => {
    told = await host.run('story', given);
  });

  test('violates no policy and raises no error', () => {
    expect(told.troubles).toEqual([]);
  });

  test('allows the request and denies another, with its codes', () => {
    const verdicts = told.result.own.map(({ decisions }: { decisions: { code: string }[] }) =>
      decisions.map(({ code }) => code),
    );
    expect(verdicts).toEqual([
      ['allowed', 'invocation.resource'],
      ['allowed', 'invocation.resource'],
    ]);
  });

  test.each([0, 1])('makes of tokens from Node what Node makes of them, suite %i', (suite) => {
    expect(told.result.given[suite]).toEqual(readStory(given[suite] as Story));
  });

  test.each([0, 1])('mints tokens of which Node makes the same, suite %i', (suite) => {
    expect(told.result.own[suite]).toEqual(readStory(told.result.minted[suite]));
  });
});

const folder = new URL('../../test-vectors/', import.meta.url);
const read = (name: string): ChainFile => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
// Sequences need a store, which `writ/verify` does not carry.
const names = readdirSync(folder).filter(
  (name) => name.endsWith('.json') && read(name).format === 'writ-vectors/1',
);

test.each(names)('every test vector of %s ends in a page as it is published', async (name) => {
  const file = read(name);
  const { result, troubles } = await host.run('vectors', file);
  const published = file.tests.map(({ id, stage, code, requests = [] }) => {
    const answers = stage === 'decide' || stage === null ? requests : [];
    return { id, stage, code, answers: answers.map(({ code, decision }) => toData({ code, decision })) };
  });
  expect(toData(result)).toEqual(published);
  expect(troubles).toEqual([]);
});

describe('loading and using the package', () => {
  // biome-ignore lint/suspicious/noExplicitAny: JSON that the page made
  let told: { result: any };
  beforeAll(async () => {
    told = await host.run('globals');
  });

  test('adds no global and patches none, down to the methods of prototypes', () => {
    expect(told.result.changed).toEqual([]);
  });

  test('could not hide a patch', () => {
    expect(told.result.patched).toEqual(['globalThis.Array.prototype.patched']);
  });
});

const TRUSTED = "trustedTypes.createPolicy('own', { createScript: (text) => text }).createScript('1')";

test.each([
  ["eval('1')", 'EvalError', 'require-trusted-types-for'],
  [`eval(${TRUSTED})`, 'EvalError', 'script-src'],
  ["document.body.innerHTML = '<p>'", 'TypeError', 'require-trusted-types-for'],
  ["await fetch('/')", 'TypeError', 'connect-src'],
])('the policy refuses %s, and the listener hears it', async (code, error, directive) => {
  const attempt = `(async () => ${code})()`;
  host.files.set('/violation.js', `export const result = await ${attempt}.then(() => null, (e) => e.name);`);
  const { result, troubles } = await host.run('violation');
  expect(result).toBe(error);
  expect(troubles).toContain(`violation: ${directive}`);
});

test('without Chromium, the error says where to get it', async () => {
  vi.stubEnv('CHROMIUM', '/nowhere/chromium');
  onTestFinished(() => void vi.unstubAllEnvs());
  await expect(startHost()).rejects.toThrow('no Chromium at /nowhere/chromium: run npm run tools');
});
