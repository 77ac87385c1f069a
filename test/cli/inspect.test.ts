import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { textWith } from '../support/chains.ts';
import { CLOCK, MAIN, makeGrant, sharedWorkplace } from '../support/cli.ts';
import { base64url, forge, hex, lookup, NOW, scene, trustFile } from '../support/forge.ts';

const place = sharedWorkplace();
const { writ, folder } = place;
const { invocation: _, ...unsealed } = scene(2);
const bundle = `writ_secret_${base64url(forge(unsealed).bytes)}~${base64url(lookup.seed)}`;
beforeAll(() => {
  makeGrant(place, 'ed25519');
  writeFileSync(join(folder, 'scene.jwks'), JSON.stringify(trustFile));
});

const at = (seconds: number) => ['--now', `${NOW + seconds}`];
const inspect = (text: string, ...more: string[]) => writ(['inspect', '-', ...more], { input: text });

test('a chain that does not hold is shown all the same, exit code 5', () => {
  const { exit, stdout, stderr } = inspect(textWith(2), '--trust', 'trust.jwks', ...at(0));
  expect(stdout).toContain('NOT VERIFIED: anchor.unknown; all of this is what somebody wrote\n');
  expect(stdout).toContain('└─▶ agent:acme/lookup');
  expect(stderr).toBe(
    [
      'writ: error: anchor.unknown: the root block names a key that is no trust anchor',
      'writ: hint: if the grantor is to be trusted, add their key with writ trust add',
      '',
    ].join('\n'),
  );
  expect(exit).toBe(5);
});

test('--json of a chain that does not hold is the inspection alone, exit code 5', () => {
  const { exit, stdout } = inspect(textWith(2), '--trust', 'trust.jwks', '--json', ...at(0));
  expect(JSON.parse(stdout).verification).toEqual({ status: 'failed', code: 'anchor.unknown' });
  expect(exit).toBe(5);
});

test.each([
  ['2027-01-15T09:00:00Z', 'expires 2027-01-15T10:00:00Z, in 1h'],
  ['2027-01-15T11:00:00Z', 'expired 2027-01-15T10:00:00Z, 1h ago'],
])('--now %s is the time that is reckoned from', (now, words) => {
  expect(inspect(textWith(2), '--now', now).stdout).toContain(words);
});

describe('--json', () => {
  const json = (text: string) =>
    JSON.parse(inspect(text, '--json', '--trust', 'scene.jwks', ...at(0)).stdout);

  test('has the documented members', () => {
    const shown = json(textWith(2, { hop: [[10, [[['read'], ['reports/*']]]]] }));
    expect(shown).toEqual({
      suite: 'ed25519',
      sealed: true,
      secret: false,
      now: NOW,
      verification: { status: 'held', by: 'mailto:cfo@acme.example', kind: 'human' },
      blocks: [expect.any(Object), expect.any(Object)],
      invocation: { claims: expect.any(Object), size: expect.any(Object) },
      evidence: [],
      notes: [expect.any(String)],
      warnings: [{ code: 'without-status', detail: expect.any(String) }],
      size: { characters: expect.any(Number), bytes: expect.any(Number) },
    });
    expect(shown.blocks[1]).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{64}$/),
      from: 'agent:acme/research',
      claims: {
        delegate: 'agent:acme/lookup',
        key: { kty: 'OKP', crv: 'Ed25519', x: lookup.jwk.x },
        scope: [{ actions: ['read'], resources: ['reports/*'] }],
      },
      caveats: [{ name: 'scope', words: ['may read on reports/*'], enforcement: 'request', notes: [] }],
      changes: [
        { caveat: 'scope', removed: ['may read on reports/**'], added: ['may read on reports/*'] },
        {
          caveat: 'delegation',
          removed: ['may be delegated 4 hops deep'],
          added: ['may be delegated 3 hops deep'],
        },
      ],
      authority: expect.arrayContaining([
        {
          caveat: 'scope',
          value: [{ actions: ['read'], resources: ['reports/*'] }],
          words: ['may read on reports/*'],
          blocks: [1],
        },
      ]),
      size: { total: expect.any(Number), header: 3, payload: expect.any(Number), proof: 64 },
    });
  });

  test.each([
    ['an open HMAC token', textWith(1, { invocation: null }), forge(scene(1)).blocks.at(-1)?.proof],
    ['a bundle', bundle, lookup.seed],
  ])('of %s says that it is a secret, and shows none', (_name, text, secret) => {
    const { stdout } = inspect(text, '--json');
    const part = (secret as Uint8Array).subarray(0, 6);
    expect(JSON.parse(stdout)).toMatchObject({ sealed: false, secret: true });
    expect(stdout).not.toContain(hex(part));
    expect(stdout).not.toContain(base64url(part));
  });
});

describe('on a terminal', () => {
  const screen = (env: NodeJS.ProcessEnv) => {
    const command = `'${process.execPath}' '${MAIN}' inspect @grant.writ --trust trust.jwks ${CLOCK.join(' ')}`;
    const { stdout } = spawnSync('script', ['-qec', command, '/dev/null'], {
      cwd: folder,
      encoding: 'utf8',
      // Nothing else of the environment: Node leaves colours out under CI, too.
      env: { PATH: process.env.PATH, TERM: 'xterm', SHELL: '/bin/sh', ...env },
    });
    return stdout;
  };

  test('names and what holds have a colour', () => {
    const shown = screen({});
    expect(shown).toContain('\u001b[32mVERIFIED back to ');
    expect(shown).toContain('\u001b[1magent:acme/research\u001b[22m');
  });

  test('nothing has one where NO_COLOR is set', () => {
    const shown = screen({ NO_COLOR: '1' });
    expect(shown).toContain('VERIFIED back to ');
    expect(shown).not.toContain('\u001b');
  });
});
