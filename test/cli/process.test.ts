import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { CLOCK, makeGrant, SERVICE, sharedWorkplace } from '../support/cli.ts';

// Most tests run their commands in one process; here it is seen that a process of its own does the same.

const place = sharedWorkplace();
const request = ['--audience', SERVICE, '--action', 'read', '--resource', 'reports/q3.pdf'];
const verify = ['verify', '-', '--trust', 'trust.jwks', ...request, ...CLOCK];
let sealed = '';

beforeAll(() => {
  makeGrant(place, 'ed25519');
  sealed = place.ok('invoke', '@grant.writ', '--key', 'research.jwk', ...request, ...CLOCK);
  writeFileSync(join(place.folder, 'broken.jwk'), '{');
});

const rows: readonly (readonly [name: string, args: readonly string[], exit: number])[] = [
  ['help', ['verify', '--help'], 0],
  ['the version', ['--version'], 0],
  ['nothing', [], 2],
  ['an unknown option', ['inspect', '@grant.writ', '--frob'], 2],
  ['an error as data', ['inspect', 'writ_ggKB', '--json'], 4],
  ['a file that is not there', ['inspect', '@nowhere.writ'], 3],
  ['a file that is no key', ['public', 'broken.jwk'], 3],
  ['an explanation', ['explain', 'limits.spent'], 0],
  ['a list', ['trust', 'list', '--trust', 'trust.jwks', '--json'], 0],
  ['a token, verified', ['inspect', '@grant.writ', '--trust', 'trust.jwks', ...CLOCK], 0],
  ['a request by standard input, allowed', verify, 0],
  ['a request by standard input, denied', [...verify, '--now', '2027-01-01T00:00:00Z'], 6],
  ['a request without its needs', [...verify, '--require-store'], 7],
  ['findings', ['lint', 'grant.writ', ...CLOCK], 0],
  ['the page of the manual', ['man'], 0],
  ['a script for a shell', ['completion', 'bash'], 0],
];

test.each(rows)('%s is the same by a process of its own', (_, args, exit) => {
  const alone = place.spawn(args, { input: sealed });
  expect(place.writ(args, { input: sealed })).toEqual(alone);
  expect(alone.exit).toBe(exit);
});

test('a new file is the same by a process of its own', () => {
  const convert = (out: string) => ['key', 'convert', 'cfo.jwk', '--to', 'pem', '--out', out];
  expect(place.writ(convert('shared.pem')).exit).toBe(place.spawn(convert('own.pem')).exit);
  const [shared, own] = ['shared.pem', 'own.pem'].map((name) => readFileSync(join(place.folder, name)));
  expect(shared).toEqual(own);
});

test('input that no buffer of a pipe holds at once is read to its end', () => {
  const long = `writ_${'A'.repeat(200_000)}`;
  const { exit, stderr } = place.spawn(['inspect', '-'], { input: long });
  expect(place.writ(['inspect', '-'], { input: long })).toEqual({ exit, stderr, stdout: '' });
  expect(exit).toBe(4);
});

test('the exit code of one command is not that of the next', () => {
  expect(place.writ(['inspect', 'writ_ggKB']).exit).toBe(4);
  expect(place.writ(['public', 'cfo.jwk']).exit).toBe(0);
});
