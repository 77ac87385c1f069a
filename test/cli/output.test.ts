import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CLOCK, makeGrant, makeKeys, SERVICE, workplace } from '../support/cli.ts';

test('grant --json gives the token and whether it is a secret', () => {
  const place = workplace();
  makeGrant(place, 'hmac');
  const json = place.ok('delegate', '@grant.writ', '--as', 'agent:acme/lookup', '--json', ...CLOCK);
  expect(JSON.parse(json)).toEqual({
    token: expect.stringMatching(/^writ_secret_/),
    secret: true,
    characters: expect.any(Number),
  });
});

test('--out --json names the file and does not print the token', () => {
  const place = workplace();
  makeGrant(place, 'hmac');
  const hop = ['delegate', '@grant.writ', '--as', 'agent:acme/lookup', '--out', 'x.writ', '--json', ...CLOCK];
  const { size } = { size: JSON.parse(place.ok(...hop)) };
  expect(size).toEqual({
    file: 'x.writ',
    secret: true,
    characters: statSync(join(place.folder, 'x.writ')).size - 1,
  });
});

test('keygen --json names suite, id and files', () => {
  const { ok } = workplace();
  expect(JSON.parse(ok('keygen', '--suite', 'ed25519', '--out', 'a', '--public', 'b', '--json'))).toEqual({
    suite: 'ed25519',
    kid: expect.stringMatching(/^[\w-]{43}$/),
    file: 'a',
    public: 'b',
  });
});

test('trust list --json shows the anchors without their keys', () => {
  const place = workplace();
  makeGrant(place, 'hmac');
  const window = ['--from', '2026-01-01T00:00:00Z', '--until', '1900000000'];
  makeKeys(place, 'ceo');
  place.ok(
    'trust',
    'add',
    '--trust',
    'trust.jwks',
    '--key',
    'ceo.jwk',
    '--principal',
    'mailto:ceo@acme.example',
    '--kind',
    'human',
    ...window,
  );
  const { anchors } = JSON.parse(place.ok('trust', 'list', '--trust', 'trust.jwks', '--json'));
  expect(anchors).toEqual([
    {
      kid: expect.any(String),
      suite: 'hmac',
      principal: 'https://iam.acme.example',
      kind: 'authority',
      speaksFor: ['mailto:*'],
    },
    {
      kid: expect.any(String),
      suite: 'ed25519',
      principal: 'mailto:ceo@acme.example',
      kind: 'human',
      from: 1_767_225_600,
      until: 1_900_000_000,
    },
  ]);
});

test('trust remove leaves the other anchors', () => {
  const place = workplace();
  makeGrant(place, 'ed25519');
  const [{ kid }] = JSON.parse(place.ok('trust', 'list', '--trust', 'trust.jwks', '--json')).anchors;
  place.ok('trust', 'remove', kid, '--trust', 'trust.jwks');
  expect(JSON.parse(place.ok('trust', 'list', '--trust', 'trust.jwks', '--json'))).toEqual({ anchors: [] });
});

test('verify --json is the decision', () => {
  const place = workplace();
  makeGrant(place, 'hmac');
  const request = ['--audience', SERVICE, '--action', 'read', '--resource', 'reports/q3.pdf'];
  const sealed = place.ok('invoke', '@grant.writ', ...request, ...CLOCK);
  const { stdout } = place.writ(['verify', '-', '--trust', 'trust.jwks', ...request, '--json', ...CLOCK], {
    input: sealed,
  });
  expect(JSON.parse(stdout)).toEqual({
    verdict: 'allow',
    code: 'allowed',
    denials: [],
    needs: [],
    notEstablished: ['replay'],
    suite: 'hmac',
    now: 1_795_356_000,
    audience: SERVICE,
    grantor: { principal: 'mailto:cfo@acme.example', known: 'attested', by: 'https://iam.acme.example' },
    mission: { id: 'q3-report', purpose: 'Prepare the Q3 report' },
    chain: [{ block: expect.stringMatching(/^[0-9a-f]{64}$/), delegate: 'agent:acme/research' }],
    request: { action: 'read', resource: 'reports/q3.pdf', args: {} },
  });
});

test('inspect says NOT VERIFIED without a trust file, and VERIFIED with one that holds', () => {
  const place = workplace();
  makeGrant(place, 'ed25519');
  expect(place.ok('inspect', '@grant.writ')).toContain('NOT VERIFIED: no trust file was given');
  const held = place.ok('inspect', '@grant.writ', '--trust', 'trust.jwks', ...CLOCK);
  expect(held).toContain('VERIFIED back to mailto:cfo@acme.example, by their own key');
});

test('inspect says that every verifier of suite hmac could forge', () => {
  const place = workplace();
  makeGrant(place, 'hmac');
  expect(place.ok('inspect', '@grant.writ')).toContain(
    'every verifier holds the root secret and could forge',
  );
});

test('inspect --json holds the claims of every block', () => {
  const place = workplace();
  makeGrant(place, 'ed25519');
  const shown = JSON.parse(place.ok('inspect', '@grant.writ', '--json', '--trust', 'trust.jwks', ...CLOCK));
  expect(shown).toMatchObject({
    verification: { status: 'held', by: 'mailto:cfo@acme.example', kind: 'human' },
    suite: 'ed25519',
    sealed: false,
    secret: false,
    invocation: null,
  });
  expect(shown.blocks).toHaveLength(1);
  expect(shown.blocks[0]).toMatchObject({
    id: expect.stringMatching(/^[0-9a-f]{64}$/),
    from: 'mailto:cfo@acme.example',
    claims: {
      grantor: 'mailto:cfo@acme.example',
      delegate: 'agent:acme/research',
      key: { kty: 'OKP', crv: 'Ed25519', x: expect.any(String) },
      iat: 1_795_356_000,
      cti: expect.stringMatching(/^[0-9a-f]{32}$/),
      mission: { id: 'q3-report', purpose: 'Prepare the Q3 report' },
      exp: 1_795_363_200,
      scope: [{ actions: ['list', 'read'], resources: ['reports/**'] }],
      delegation: { depth: 3 },
    },
    changes: [],
  });
});

test('every caveat goes in by --caveats, and what inspect prints of it goes in again', () => {
  const place = workplace();
  makeKeys(place, 'approver');
  const key = JSON.parse(readFileSync(join(place.folder, 'approver.pub.jwk'), 'utf8'));
  const permission = {
    actions: ['read'],
    resources: ['reports/**'],
    args: { '?page': { range: [1, null] } },
  };
  const caveats = {
    nbf: 1_795_356_000,
    alive: [{ key, within: 60, subject: 'fleet' }],
    approval: [{ unless: [permission], keys: [key], need: 1, within: 600 }],
    context: { region: { in: ['de', 'fr'] } },
    limits: [{ unit: 'call', amount: 100 }],
    plan: [{ permission, min: 1, max: 3 }],
    consent: key,
    ext: { 'acme.example/tags': { a: [1, true, 'x'] } },
  };
  const roundTrip = (name: string, given: unknown): Record<string, unknown> => {
    const folder = join(place.folder, name);
    mkdirSync(folder);
    writeFileSync(join(folder, 'caveats.json'), JSON.stringify(given));
    const grant = [
      'grant',
      '--key',
      'secret.jwk',
      '--grantor',
      'mailto:cfo@acme.example',
      '--as',
      'agent:a/b',
    ];
    const mission = [
      '--mission',
      'm',
      '--purpose',
      'p',
      '--allow',
      'read x',
      '--expires',
      '2h',
      '--audience',
      SERVICE,
    ];
    place.ok(
      ...grant,
      ...mission,
      '--caveats',
      `${name}/caveats.json`,
      '--out',
      `${name}/grant.writ`,
      ...CLOCK,
    );
    const [block] = JSON.parse(place.ok('inspect', `@${name}/grant.writ`, '--json')).blocks;
    return Object.fromEntries(Object.keys(caveats).map((caveat) => [caveat, block.claims[caveat]]));
  };
  place.ok('keygen', '--suite', 'hmac', '--out', 'secret.jwk');
  const once = roundTrip('once', caveats);
  const { kid: _kid, ...jwk } = key;
  expect(once).toEqual(
    JSON.parse(JSON.stringify(caveats).replaceAll(JSON.stringify(key), JSON.stringify(jwk))),
  );
  expect(roundTrip('twice', once)).toEqual(once);
});

test('nothing is coloured where standard output is no terminal', () => {
  const place = workplace();
  makeGrant(place, 'ed25519');
  expect(place.ok('inspect', '@grant.writ')).not.toContain('\u001b');
});
