import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  CLOCK,
  makeGrant,
  makeKeys,
  SERVICE,
  sharedWorkplace,
  type Workplace,
  workplace,
} from '../support/cli.ts';

const REPORT = ['--action', 'read', '--resource', 'reports/q3/revenue.pdf'];
const VERIFY = ['verify', '@request.writ', '--trust', 'trust.jwks', '--audience', SERVICE, ...CLOCK];

/** A grant, two hops and a sealed request in `request.writ`, by the command line alone. */
function makeRequest(place: Workplace, suite: 'ed25519' | 'hmac'): void {
  makeGrant(place, suite);
  const { ok, folder } = place;
  if (suite === 'ed25519') makeKeys(place, 'lookup', 'reader');
  const hop = (from: string, holder: string, to: string) =>
    suite === 'ed25519'
      ? ['delegate', `@${from}.writ`, '--key', `${holder}.jwk`, '--to', `${to}.pub.jwk`]
      : ['delegate', `@${from}.writ`];
  const narrow = ['--allow', 'read reports/q3/**', '--expires', '10m', '--task', 'Find the Q3 revenue'];
  ok(
    ...hop('grant', 'research', 'lookup'),
    '--as',
    'agent:acme/lookup',
    ...narrow,
    '--out',
    'lookup.writ',
    ...CLOCK,
  );
  ok(...hop('lookup', 'lookup', 'reader'), '--as', 'agent:acme/reader', '--out', 'reader.writ', ...CLOCK);
  const key = suite === 'ed25519' ? ['--key', 'reader.jwk'] : [];
  const request = ok('invoke', '@reader.writ', ...key, '--audience', SERVICE, ...REPORT, ...CLOCK);
  writeFileSync(join(folder, 'request.writ'), `${request}\n`);
}

describe.each(['ed25519', 'hmac'] as const)('a chain of three hands in suite %s', (suite) => {
  const place = sharedWorkplace();
  beforeAll(() => {
    makeRequest(place, suite);
    makeKeys(place, 'other');
    const other = ['--principal', 'mailto:other@acme.example', '--kind', 'human', '--trust', 'other.jwks'];
    place.ok('trust', 'add', '--key', 'other.jwk', ...other);
  });

  test('verifies and is allowed', () => {
    const { exit, stdout } = place.writ([...VERIFY, ...REPORT]);
    expect(stdout).toContain('allowed  read reports/q3/revenue.pdf');
    expect(stdout).toContain(
      'agent:acme/research → agent:acme/lookup (“Find the Q3 revenue”) → agent:acme/reader',
    );
    expect(exit).toBe(0);
  });

  test('is decided without a request, and the answer says that none was compared', () => {
    const { exit, stdout } = place.writ(VERIFY);
    expect(stdout).toContain('not checked  request');
    expect(exit).toBe(0);
  });

  test('is denied for another request with exit code 6', () => {
    const { exit, stdout } = place.writ([
      ...VERIFY,
      '--action',
      'read',
      '--resource',
      'reports/q3/other.pdf',
    ]);
    expect(stdout).toContain('invocation.resource');
    expect(exit).toBe(6);
  });

  test('is denied for another audience with exit code 6', () => {
    const { exit, stdout } = place.writ([...VERIFY, '--audience', 'https://mail.acme.example']);
    expect(stdout).toContain('invocation.audience');
    expect(exit).toBe(6);
  });

  test('is denied after its expiry with exit code 6', () => {
    const { exit, stdout } = place.writ([...VERIFY, '--now', '2026-11-22T16:00:00Z']);
    expect(stdout).toContain('exp.passed, block 0');
    expect(exit).toBe(6);
  });

  test('is not verified by a trust file without the anchor, exit code 5', () => {
    const { exit, stderr } = place.writ([...VERIFY, '--trust', 'other.jwks']);
    expect(stderr).toContain('anchor.unknown');
    expect(exit).toBe(5);
  });

  test('cannot be delegated or invoked once it is sealed, exit code 2', () => {
    const { exit, stderr } = place.writ(['delegate', '@request.writ', '--as', 'agent:acme/x']);
    expect(stderr).toContain('mint.sealed');
    expect(exit).toBe(2);
  });
});

test('a hop that asks for more is refused with exit code 6, and made with --force', () => {
  const place = workplace();
  makeGrant(place, 'hmac');
  const wider = ['delegate', '@grant.writ', '--as', 'agent:acme/lookup', '--allow', 'write reports/**'];
  const refused = place.writ(wider);
  expect(refused.stderr).toContain('hop.wider');
  expect(refused.exit).toBe(6);
  expect(place.writ([...wider, '--force']).exit).toBe(0);
});

test('a bundle carries its own key', () => {
  const place = workplace();
  makeGrant(place, 'ed25519');
  const hop = ['delegate', '@grant.writ', '--key', 'research.jwk', '--bundle', '--as', 'agent:acme/child'];
  const bundle = place.ok(...hop, ...CLOCK);
  expect(bundle).toMatch(/^writ_secret_/);
  const sealed = place.writ(['invoke', '-', '--audience', SERVICE, ...REPORT, ...CLOCK], { input: bundle });
  const verified = place.writ(['verify', '-', '--trust', 'trust.jwks', '--audience', SERVICE, ...CLOCK], {
    input: sealed.stdout,
  });
  expect(verified.exit).toBe(0);
});

test('a caveat that needs a store is denied with exit code 7 and the need', () => {
  const place = workplace();
  writeFileSync(join(place.folder, 'more.json'), '{"limits":[{"unit":"call","amount":100}]}');
  makeGrant(place, 'hmac', '--caveats', 'more.json');
  const sealed = place.ok('invoke', '@grant.writ', '--audience', SERVICE, ...REPORT, ...CLOCK);
  const { exit, stdout } = place.writ(
    ['verify', '-', '--trust', 'trust.jwks', '--audience', SERVICE, '--json', ...CLOCK],
    { input: sealed },
  );
  expect(JSON.parse(stdout).needs).toEqual([{ kind: 'store', block: 0 }]);
  expect(exit).toBe(7);
});

test('arguments are sealed, and others than those are denied', () => {
  const place = workplace();
  makeGrant(place, 'hmac', '--allow', 'pay invoices/* {"amount":{"range":[1,500]}}');
  writeFileSync(join(place.folder, 'args.json'), '{"amount": 120}');
  const pay = ['--action', 'pay', '--resource', 'invoices/7'];
  const sealed = place.ok(
    'invoke',
    '@grant.writ',
    '--audience',
    SERVICE,
    ...pay,
    '--args',
    '@args.json',
    ...CLOCK,
  );
  const verify = ['verify', '-', '--trust', 'trust.jwks', '--audience', SERVICE, ...CLOCK, ...pay];
  expect(place.writ([...verify, '--args', '{"amount":120}'], { input: sealed }).exit).toBe(0);
  const other = place.writ([...verify, '--args', '{"amount":121}'], { input: sealed });
  expect(other.stdout).toContain('invocation.arguments');
  expect(other.exit).toBe(6);
});

test('context that the service did not observe is denied', () => {
  const place = workplace();
  makeGrant(place, 'hmac', '--context', '{"region":{"in":["de","fr"]}}');
  const sealed = place.ok('invoke', '@grant.writ', '--audience', SERVICE, ...REPORT, ...CLOCK);
  const verify = ['verify', '-', '--trust', 'trust.jwks', '--audience', SERVICE, ...CLOCK];
  expect(place.writ([...verify, '--context', '{"region":"de"}'], { input: sealed }).exit).toBe(0);
  expect(place.writ(verify, { input: sealed }).stdout).toContain('context.missing');
});

test('--instruction keeps the digest of a file in the grant', () => {
  const place = workplace();
  writeFileSync(join(place.folder, 'prompt.txt'), 'Prepare the report.');
  makeGrant(place, 'hmac', '--instruction', 'prompt.txt', '--reference', 'ticket 7');
  const { mission } = JSON.parse(place.ok('inspect', '@grant.writ', '--json')).blocks[0].claims;
  expect(mission).toEqual({
    id: 'q3-report',
    purpose: 'Prepare the Q3 report',
    reference: 'ticket 7',
    instruction: '8706f6776061d7cdddb8b01a56da7c3cd27ae745e55b600cfb51d98370b27832',
  });
  expect(readFileSync(join(place.folder, 'grant.writ'), 'utf8')).toMatch(/^writ_secret_/);
});
