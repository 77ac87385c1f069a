import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { textWith } from '../support/chains.ts';
import { sharedWorkplace } from '../support/cli.ts';
import { AUDIENCE, NOW, research, trustFile } from '../support/forge.ts';

const { writ, folder } = sharedWorkplace();
beforeAll(() => {
  writeFileSync(join(folder, 'trust.jwks'), JSON.stringify(trustFile));
  writeFileSync(join(folder, 'nobody.jwks'), '{"keys":[]}');
});

const READ = ['--action', 'read', '--resource', 'reports/q3.pdf'];
const ask = (text: string, ...more: string[]) =>
  writ(['why', '-', '--now', `${NOW}`, ...more], { input: text });

const open = textWith(2, { invocation: null });
const alive = textWith(2, { root: [[12, [[research.publicKey, 60]]]], invocation: null });

describe('the exit code is the answer', () => {
  const rows: [number, string, string, readonly string[]][] = [
    [0, 'a request that would be allowed', open, READ],
    [6, 'one that would be denied', open, ['--action', 'write', '--resource', 'reports/q3.pdf']],
    [7, 'one that would be denied without a status', alive, READ],
    [5, 'a chain that does not hold', open, [...READ, '--trust', 'nobody.jwks']],
    [4, 'what is no token', 'writ_A', READ],
    [2, 'a request that no token can name', open, ['--action', 'read', '--resource', '../x']],
    [2, 'a request without a resource', open, ['--action', 'read']],
  ];
  test.each(rows)('%d for %s', (code, _name, text, options) => {
    expect(ask(text, ...options).exit).toBe(code);
  });
});

test('a denial is followed by a hint', () => {
  const { stderr } = ask(open, '--action', 'write', '--resource', 'reports/q3.pdf');
  expect(stderr).toBe('writ: hint: writ explain scope.action tells more\n');
});

test('of a sealed token it says that the request in it is left aside', () => {
  const { exit, stderr } = ask(textWith(2), ...READ);
  expect(stderr).toBe(
    'writ: note: the token is sealed; this is about its chain, and not about the request in it\n',
  );
  expect(exit).toBe(0);
});

test('--json has the documented members', () => {
  const { stdout } = ask(alive, '--json', '--trust', 'trust.jwks', '--audience', AUDIENCE, ...READ);
  expect(JSON.parse(stdout)).toEqual({
    verdict: 'need',
    denials: [{ code: 'alive.status', block: 0, caveat: 'alive', expected: expect.anything(), actual: null }],
    needs: [{ kind: 'status', block: 0, key: expect.any(Object), within: 60, subject: expect.any(String) }],
    request: { action: 'read', resource: 'reports/q3.pdf', args: {}, audience: AUDIENCE },
    nearest: [{ permission: { actions: ['read'], resources: ['reports/**'] }, changes: [], blocks: [0] }],
    verification: { status: 'held', by: 'mailto:cfo@acme.example', kind: 'human' },
    now: NOW,
  });
});
