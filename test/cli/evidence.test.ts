import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { consentTo, grant, invoke, issueStatus } from '../../src/index.ts';
import { hands } from '../support/chains.ts';
import { sharedWorkplace } from '../support/cli.ts';
import { AUDIENCE, NOW, trustFile } from '../support/forge.ts';

const SUBJECT = 'mailto:cfo@acme.example#q3';
const open = grant({
  key: hands.cfo,
  grantor: 'mailto:cfo@acme.example',
  delegate: 'agent:acme/research',
  to: hands.research.publicKey,
  mission: { id: 'q3', purpose: 'x' },
  scope: [{ actions: ['read'], resources: ['**'] }],
  alive: [{ key: hands.lookup.publicKey, within: 60 }],
  consent: hands.cfo.publicKey,
  exp: NOW + 7200,
  now: NOW,
});
const sealed = invoke(open, {
  key: hands.research,
  audience: AUDIENCE,
  action: 'read',
  resource: 'a',
  now: NOW,
});
const status = (state: 'active' | 'completed' | 'suspended', issued = NOW) =>
  issueStatus({ key: hands.lookup, subjects: { [SUBJECT]: { state } }, issued, goodFor: 60 });
const consent = consentTo(open, { key: hands.cfo, now: NOW });

const { writ, folder } = sharedWorkplace();
const files = {
  'trust.jwks': JSON.stringify(trustFile),
  'active.status': `${status('active')}\n`,
  // A feed: a statement a line, of which the latest counts.
  'feed.status': `${status('active', NOW - 2)}\n${status('completed', NOW - 1)}\n`,
  'conflict.status': `${status('active')}\n${status('suspended')}\n`,
  'cfo.consent': consent,
  'empty.status': '',
};
beforeAll(() => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
});

const verify = (input: string, ...more: readonly string[]) =>
  writ(['verify', '-', '--trust', 'trust.jwks', '--audience', AUDIENCE, '--now', String(NOW), ...more], {
    input,
  });
const codeOf = (input: string, ...more: readonly string[]) =>
  JSON.parse(verify(input, '--json', ...more).stdout).code;

describe('verify', () => {
  test('takes statuses and consents from files, and says what it relies on', () => {
    const { exit, stdout } = verify(sealed, '--status', 'active.status', '--approval', 'cfo.consent');
    expect(stdout).toMatch(/^ {2}relies on {4}the status of \S+#q3, 0s old\n {4}block 0 {4}by key \S{43}$/m);
    expect(stdout).toContain('  relies on    the consent of ');
    expect(stdout).toContain('  not checked  order: ');
    expect(exit).toBe(0);
  });

  test('takes both behind the token too', () => {
    expect(codeOf(sealed + consent + status('active'))).toBe('allowed');
  });

  test('takes a feed of several, and the latest counts', () => {
    expect(codeOf(sealed + consent, '--status', 'active.status')).toBe('allowed');
    expect(codeOf(sealed + consent, '--status', 'feed.status')).toBe('alive.completed');
  });

  test('without any, says what is needed and where to get it, exit code 7', () => {
    const { exit, stdout, stderr } = verify(sealed);
    expect(stdout).toContain(`  needed       a status of ${SUBJECT}, at most 60 s old, for block 0`);
    expect(stderr).toBe(
      'writ: hint: load a status of the mission: --status FILE; its keeper prints one by writ mission\n',
    );
    expect(exit).toBe(7);
  });

  test('raises an alarm on standard error, with --json too', () => {
    const { stderr } = verify(sealed + consent, '--json', '--status', 'conflict.status');
    expect(stderr).toMatch(/^writ: alarm: two statuses of one time contradict each other: .*#q3, /m);
  });

  test.each([
    ['a consent behind --status', ['--status', 'cfo.consent'], 'cfo.consent: there is a consent in it'],
    ['a status behind --approval', ['--approval', 'active.status'], 'active.status: there is a status in it'],
    ['an empty file', ['--status', 'empty.status'], 'empty.status: text.prefix'],
    ['another file', ['--approval', 'trust.jwks'], 'trust.jwks: text.prefix'],
    ['no file', ['--status', 'none'], 'none: there is no such file'],
  ])('refuses %s, exit code 3', (_, flags, expected) => {
    const { exit, stdout, stderr } = verify(sealed, ...flags);
    expect(stderr).toContain(`writ: error: ${expected}`);
    expect(stderr).toMatch(/^writ: hint: ./m);
    expect([exit, stdout]).toEqual([3, '']);
  });
});

describe('inspect', () => {
  const inspect = (text: string, ...more: readonly string[]) =>
    writ(['inspect', '-', '--now', String(NOW), ...more], { input: text });

  test('shows the evidence and whose it is', () => {
    const { stdout, exit } = inspect(sealed + status('active'), '--trust', 'trust.jwks');
    expect(stdout).toContain('\nEvidence\n   status      issued 2027-01-15T08:00:00Z, good until');
    expect(stdout).toContain(`               ${SUBJECT}: active\n`);
    expect(stdout).toMatch(
      / {3}signed by {3}key \S+, named in alive\n {15}of block 0: the signature holds\n/,
    );
    expect(exit).toBe(0);
  });

  test.each([
    ['is none', '~AAAA', 4, 'cbor.trailing'],
    ['is for another grant', consentTo(grant({ key: hands.cfo, grantor: 'mailto:cfo@acme.example', delegate: 'agent:a/b', to: hands.research.publicKey, mission: { id: 'm', purpose: 'p' }, scope: [{ actions: ['read'], resources: ['**'] }], exp: NOW + 9, consent: hands.cfo.publicKey, now: NOW }), { key: hands.cfo, now: NOW }), 5, 'evidence.signature'],
  ])('shows what %s all the same, and fails', (_, evidence, code, expected) => {
    const { stdout, stderr, exit } = inspect(sealed + evidence);
    expect(stdout).toContain('\nEvidence\n');
    expect(stderr).toContain(`writ: error: ${expected}`);
    expect(exit).toBe(code);
  }); // biome-ignore format: a row a line

  test('--diag fails where evidence is none', () => {
    const { stderr, exit } = inspect(`${sealed}~${'A'.repeat(80)}`, '--diag');
    expect(stderr).toContain('writ: error: cbor.trailing');
    expect(exit).toBe(4);
  });
});
