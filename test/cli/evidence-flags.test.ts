import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readCaveats } from '../../cli/caveats.ts';
import type { CliError } from '../../cli/exit.ts';
import { exportJwk, PublicKey } from '../../src/index.ts';
import { hands } from '../support/chains.ts';
import { CLOCK, makeGrant, makeKeys, sharedWorkplace } from '../support/cli.ts';
import { errorOf } from '../support/code-of.ts';
import { NOW } from '../support/forge.ts';
import { keeping, SUBJECT } from '../support/keeping.ts';

type Flags = Parameters<typeof readCaveats>[0];

const JWKS = Object.fromEntries(
  (['cfo', 'research', 'lookup'] as const).map((name) => [name, exportJwk(hands[name].publicKey)]),
);

/** What flags name, with keys as JWKs; files are those of the scene. */
function read(flags: (file: (name: string) => string) => Flags): unknown {
  const { folder } = keeping();
  const caveats = readCaveats(
    flags((name) => join(folder, name)),
    NOW,
  );
  const asJwk = (_name: string, value: unknown) => (value instanceof PublicKey ? exportJwk(value) : value);
  return JSON.parse(JSON.stringify(caveats, asJwk));
}

const failure = (flags: Parameters<typeof read>[0]) => errorOf(() => read(flags)) as CliError;

describe('--alive', () => {
  test.each<[string, string, object]>([
    ['a key and an age', 'cfo.pub.jwk,60s', { within: 60 }],
    ['another subject', `cfo.pub.jwk,5m,${SUBJECT}`, { within: 300, subject: SUBJECT }],
    ['a subject with commas', 'cfo.pub.jwk,60s,a,10s,b', { within: 60, subject: 'a,10s,b' }],
    ['a private key, as --to takes it', 'cfo.jwk,60s', { within: 60 }],
  ])('takes %s', (_name, text, entry) => {
    expect(read((file) => ({ alive: [file(text)] }))).toEqual({ alive: [{ key: JWKS.cfo, ...entry }] });
  });

  test('takes a file whose name holds a comma', () => {
    const { folder } = keeping();
    renameSync(join(folder, 'cfo.pub.jwk'), join(folder, 'a,b.jwk'));
    expect(readCaveats({ alive: [`${join(folder, 'a,b.jwk')},60s`] }, NOW).alive?.[0]?.within).toBe(60);
  });

  test('repeats', () => {
    const alive = ['cfo.pub.jwk,60s', 'lookup.pub.jwk,5m'];
    expect(read((file) => ({ alive: alive.map(file) }))).toMatchObject({
      alive: [{ within: 60 }, { within: 300 }],
    });
  });

  test.each([
    ['cfo.pub.jwk', '--alive: not a key and how old'],
    ['cfo.pub.jwk,60', '--alive: not a key and how old'],
    ['cfo.pub.jwk,60s,', '--alive: not a key and how old'],
    ['cfo.pub.jwk,60w', 'not a duration: 60w'],
    ['cfo.pub.jwk,0s', 'not a duration: 0s'],
  ])('%s is a usage error', (text, message) => {
    const error = failure((file) => ({ alive: [file(text)] }));
    expect(error.message).toContain(message);
    expect(error.exit).toBe(2);
  });

  test('a file that is not there is said', () => {
    expect(failure((file) => ({ alive: [file('no.jwk,60s')] })).exit).toBe(3);
  });
});

describe('the flags for approvals', () => {
  test('are one caveat together', () => {
    const caveats = read((file) => ({
      approveUnless: ['read reports/**', 'pay invoices/* {"amount":{"range":[0,500]}}'],
      approver: ['cfo.pub.jwk', 'lookup.pub.jwk'].map(file),
      approvals: '2',
      approvalWithin: '5m',
    }));
    const unless = [
      { actions: ['read'], resources: ['reports/**'] },
      { actions: ['pay'], resources: ['invoices/*'], args: { amount: { range: [0, 500] } } },
    ];
    expect(caveats).toEqual({ approval: [{ unless, keys: [JWKS.cfo, JWKS.lookup], need: 2, within: 300 }] });
  });

  test('are one approval of every request in ten minutes, unless they say more', () => {
    expect(read((file) => ({ approver: [file('cfo.pub.jwk')] }))).toEqual({
      approval: [{ unless: [], keys: [JWKS.cfo], need: 1, within: 600 }],
    });
  });

  test.each<[string, Flags]>([
    ['--approve-unless', { approveUnless: ['read a'] }],
    ['--approvals', { approvals: '1' }],
    ['--approval-within', { approvalWithin: '10m' }],
  ])('%s needs --approver', (flag, flags) => {
    const error = failure(() => flags);
    expect(error.message).toBe(`${flag} needs --approver`);
    expect(error.exit).toBe(2);
  });

  test.each([
    ['0', 'not a number of approvals: 0'],
    ['x', 'not a number of approvals: x'],
    ['2', '--approvals 2 needs as many approvers'],
  ])('--approvals %s of one approver is a usage error', (approvals, message) => {
    const error = failure((file) => ({ approver: [file('cfo.pub.jwk')], approvals }));
    expect(error.message).toBe(message);
    expect(error.exit).toBe(2);
  });

  test('a key that is named twice is a usage error', () => {
    const error = failure((file) => ({ approver: ['cfo.pub.jwk', 'cfo.jwk'].map(file) }));
    expect(error.message).toMatch(/^--approver names a key twice: .*cfo\.jwk$/);
    expect(error.exit).toBe(2);
  });

  test('a permission that is none is named with its flag', () => {
    const error = failure((file) => ({ approver: [file('cfo.pub.jwk')], approveUnless: ['read'] }));
    expect(error.message).toBe('--approve-unless: not a permission');
  });
});

test('--consent names a key', () => {
  expect(read((file) => ({ consent: file('cfo.pub.jwk') }))).toEqual({ consent: JWKS.cfo });
});

test.each<[string, (file: (name: string) => string) => Flags]>([
  ['alive', (file) => ({ alive: [file('cfo.pub.jwk,60s')] })],
  ['approval', (file) => ({ approver: [file('cfo.pub.jwk')] })],
  ['consent', (file) => ({ consent: file('cfo.pub.jwk') })],
])('the caveat %s comes from a flag or from --caveats, not from both', (name, flags) => {
  const { folder } = keeping();
  writeFileSync(join(folder, 'more.json'), JSON.stringify({ [name]: [] }));
  const given = { ...flags((file) => join(folder, file)), caveats: join(folder, 'more.json') };
  expect(errorOf(() => readCaveats(given, NOW)).message).toBe(
    `the caveat ${name} comes from a flag and from the file`,
  );
});

test('--alive of a trusted key is asked of all that it grants', () => {
  const place = keeping();
  place.ok('trust', 'add', '--trust', 't.jwks', '--key', 'cfo.pub.jwk', '--principal', 'mailto:cfo@acme.example',
    '--kind', 'human', '--alive', `keeper.pub.jwk,60s,${SUBJECT}`); // biome-ignore format: flags read as pairs
  expect(JSON.parse(place.ok('trust', 'list', '--trust', 't.jwks', '--json')).anchors[0].alive).toEqual({
    key: exportJwk(hands.stranger.publicKey),
    within: 60,
    subject: SUBJECT,
  });
});

describe('a token', () => {
  const place = sharedWorkplace();
  const claimsOf = (token: string) =>
    JSON.parse(place.ok('inspect', `@${token}`, '--json')).blocks.at(-1).claims;
  beforeAll(() => {
    makeKeys(place, 'keeper', 'boss', 'lookup');
    const flags = ['--alive', 'keeper.pub.jwk,60s', '--approver', 'boss.pub.jwk'];
    makeGrant(place, 'ed25519', ...flags, '--approve-unless', 'read reports/**', '--consent', 'cfo.jwk');
  });

  test('that is granted has them', () => {
    expect(claimsOf('grant.writ')).toMatchObject({
      alive: [{ within: 60 }],
      approval: [{ unless: [{ actions: ['read'], resources: ['reports/**'] }], need: 1, within: 600 }],
      consent: { kty: 'OKP' },
    });
  });

  test('that is delegated has them', () => {
    const hop = ['delegate', '@grant.writ', '--key', 'research.jwk', '--to', 'lookup.pub.jwk'];
    const flags = ['--alive', 'boss.pub.jwk,5m,the board', '--approver', 'boss.pub.jwk'];
    place.ok(...hop, '--as', 'agent:acme/lookup', ...flags, '--out', 'hop.writ', ...CLOCK);
    expect(claimsOf('hop.writ')).toMatchObject({
      alive: [{ within: 300, subject: 'the board' }],
      approval: [{ unless: [], need: 1, within: 600 }],
    });
  });

  test('that is delegated has no consent', () => {
    const { exit, stderr } = place.writ([
      'delegate',
      '@grant.writ',
      '--as',
      'agent:a/b',
      '--consent',
      'cfo.jwk',
    ]);
    expect(stderr).toContain("unknown option '--consent'");
    expect(exit).toBe(2);
  });
});
