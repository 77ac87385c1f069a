import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createVerifier, grant, importTrust, inspect, invoke } from '../../src/index.ts';
import { hands } from '../support/chains.ts';
import { sharedWorkplace } from '../support/cli.ts';
import { AUDIENCE, cfo, lookup, NOW, stranger } from '../support/forge.ts';
import { columnsOf } from '../support/nasty.ts';
import { typeInto } from '../support/terminal.ts';

const CLOCK = ['--now', String(NOW)];
const anchor = (x: string, writ: object) => ({ kty: 'OKP', crv: 'Ed25519', x, writ });
// The authority grants by stranger's key in the name of the human, whose own key is cfo's.
const trustFile = {
  keys: [
    anchor(cfo.jwk.x, { principal: 'mailto:cfo@acme.example', kind: 'human' }),
    anchor(stranger.jwk.x, {
      principal: 'https://iam.acme.example',
      kind: 'authority',
      speaks_for: ['mailto:*'],
    }),
  ],
};
const open = grant({
  key: hands.stranger,
  grantor: 'mailto:cfo@acme.example',
  delegate: 'agent:acme/research',
  to: hands.research.publicKey,
  mission: { id: 'q3-report', purpose: 'Prepare the Q3 report' },
  scope: Array.from({ length: 20 }, (_, i) => ({ actions: ['read'], resources: [`reports/${i}`] })),
  consent: hands.cfo.publicKey,
  exp: NOW + 7200,
  now: NOW,
});

const place = sharedWorkplace();
const { writ, folder } = place;
beforeAll(() => {
  for (const [name, data] of Object.entries({
    'cfo.jwk': cfo.jwk,
    'lookup.jwk': lookup.jwk,
    'trust.jwks': trustFile,
  }))
    writeFileSync(join(folder, name), JSON.stringify(data));
  writeFileSync(join(folder, 'open.writ'), open);
});
const consent = (...more: readonly string[]) =>
  writ(['consent', '@open.writ', '--key', 'cfo.jwk', ...CLOCK, ...more]);

test('what is printed proves the grant at a service', async () => {
  const { stdout, exit } = consent('--yes');
  const request = {
    key: hands.research,
    audience: AUDIENCE,
    action: 'read',
    resource: 'reports/1',
    now: NOW,
  };
  const trust = importTrust(trustFile);
  const verifier = createVerifier({ trust, audience: AUDIENCE, clock: () => NOW });
  const decision = await verifier.authorize(invoke(open, request) + stdout.trim());
  expect(decision).toMatchObject({ code: 'allowed', grantor: { known: 'consent' } });
  expect(exit).toBe(0);
});

test('--json has the documented members', () => {
  const { stdout } = consent('--yes', '--json', '--trust', 'trust.jwks');
  expect(JSON.parse(stdout)).toEqual({
    consent: expect.stringMatching(/^~/),
    grant: inspect(open).blocks[0].id,
    verification: { status: 'held', by: 'https://iam.acme.example', kind: 'authority' },
  });
});

test('all that the grant says is shown, at most 80 columns wide', () => {
  const { stderr } = consent('--yes', '--trust', 'trust.jwks');
  const lines = stderr.slice(0, stderr.indexOf('writ: note')).split('\n');
  expect(lines[0]).toBe('A grant in your name waits for your consent');
  expect(lines.filter((line) => line.includes('may read on reports/'))).toHaveLength(20);
  expect(lines.filter((line) => columnsOf(line) > 80)).toEqual([]);
});

describe('nothing is signed', () => {
  test('by a key whose consent the grant does not ask for', () => {
    const { exit, stdout, stderr } = writ(['consent', '@open.writ', '--key', 'lookup.jwk', '--yes']);
    expect(stderr).toContain(
      'mint.input: what is to be minted is malformed: the grant does not ask for its consent',
    );
    expect(stderr).toContain('writ: hint: writ inspect shows whose consent the grant asks for');
    expect([exit, stdout]).toEqual([2, '']);
  });

  test('where the answer is no, exit code 6', async () => {
    const args = ['consent', '@open.writ', '--key', 'cfo.jwk', ...CLOCK];
    const { screen, exit } = await typeInto(folder, args, ['n\r']);
    expect(screen).toContain('writ: error: you did not consent');
    expect(screen).not.toContain('~');
    expect(exit).toBe(6);
  });
});
