import { describe, expect, test } from 'vitest';
import { createVerifier, decode, delegate, exportKey, grant, invoke, SigningKey } from '../../src/index.ts';
import { linkBlocks } from '../../src/token/links.ts';
import { hands, trust } from '../support/chains.ts';
import { AUDIENCE, NOW, sha256 } from '../support/forge.ts';
import { type Keeping, SUBJECT, started } from '../support/keeping.ts';

const FOR_GOOD = 2 ** 33 - 1;
const IN = ['--mission', SUBJECT];
const [worker, leaf] = [SigningKey.generate(), SigningKey.generate()];

/** An open token, and who holds it. */
interface Held {
  readonly text: string;
  readonly holder: SigningKey;
}

const ALIVE = [{ key: hands.stranger.publicKey, within: 60 }];
const granted: Held = {
  holder: hands.research,
  text: grant({
    key: hands.cfo,
    grantor: 'mailto:cfo@acme.example',
    delegate: 'agent:acme/research',
    to: hands.research.publicKey,
    mission: { id: 'q3-report', purpose: 'Prepare the Q3 report' },
    scope: [{ actions: ['read'], resources: ['reports/**'] }],
    exp: NOW + 7200,
    delegation: { depth: 4 },
    alive: ALIVE,
    now: NOW,
  }),
};

function hand({ text, holder }: Held, to: SigningKey, exp?: number): Held {
  const ends = exp === undefined ? {} : { exp };
  return {
    holder: to,
    text: delegate(text, { key: holder, delegate: 'agent:acme/x', to: to.publicKey, ...ends }),
  };
}

// Block by block: the grant and four hops; and a sibling of the first.
const first = hand(granted, hands.lookup, NOW + 3600);
const second = hand(first, worker, NOW + 600);
const third = hand(second, leaf);
const chain: readonly Held[] = [granted, first, second, third, hand(third, hands.lookup)];
const sibling = hand(granted, worker);
const DEEP = chain.at(-1)?.text as string;

const idOf = (text: string, block: number) => {
  const { suite, blocks } = decode(text);
  return Buffer.from(linkBlocks(suite, blocks)[block]?.id as Uint8Array).toString('hex');
};

const withToken = () => {
  const place = started();
  place.write('deep.writ', DEEP);
  return place;
};

/** The code that a service answers with, to a request with a token and a status. */
async function codeOf({ text, holder }: Held, status: string): Promise<string> {
  const sealed = invoke(text, {
    key: holder,
    audience: AUDIENCE,
    action: 'read',
    resource: 'reports/a',
    now: NOW,
  });
  const verifier = createVerifier({ trust, audience: AUDIENCE, clock: () => NOW });
  return (await verifier.authorize(sealed + status.trim(), { action: 'read', resource: 'reports/a' })).code;
}

const revoke = (place: Keeping, ...words: readonly string[]) => {
  const { exit, stdout, stderr } = place.keep(['revoke', ...words, ...IN]);
  if (exit !== 0) throw new Error(stderr);
  return stdout;
};
const listed = (place: Keeping) => JSON.parse(place.read('missions.json')).missions[0].revoked;

describe('four hops', () => {
  test('live while nothing is revoked', async () => {
    const { keep } = withToken();
    const { stdout } = keep(['mission', 'issue']);
    expect(await Promise.all(chain.map((held) => codeOf(held, stdout)))).toEqual(Array(5).fill('allowed'));
  });

  test('end below a block that is revoked; the grant and a sibling live', async () => {
    const status = revoke(withToken(), '@deep.writ', '--block', '1');
    const codes = await Promise.all([...chain, sibling].map((held) => codeOf(held, status)));
    expect(codes).toEqual(['allowed', ...Array(4).fill('alive.block'), 'allowed']);
  });

  test('end wherever a chain names a key that is revoked', async () => {
    const place = withToken();
    place.write('worker.pub', exportKey(worker.publicKey, 'jwk') as string);
    const status = revoke(place, 'worker.pub');
    const codes = await Promise.all([...chain, sibling].map((held) => codeOf(held, status)));
    expect(codes).toEqual(['allowed', 'allowed', ...Array(4).fill('alive.key')]);
  });

  test.each([
    ['complete', 'alive.completed'],
    ['revoke', 'alive.revoked'],
    ['suspend', 'alive.suspended'],
  ])('all end by mission %s', async (change, code) => {
    const { keep } = withToken();
    const { stdout } = keep(['mission', change, SUBJECT]);
    const codes = await Promise.all([...chain, sibling].map((held) => codeOf(held, stdout)));
    expect(codes).toEqual(Array(6).fill(code));
  });
});

describe('what is revoked', () => {
  test.each<[string, readonly string[], number, number]>([
    ['the last block of a token', ['@deep.writ'], 4, NOW + 600],
    ['a block of it, while that lives', ['@deep.writ', '--block', '1'], 1, NOW + 3600],
    ['its root', ['@deep.writ', '--block', '0'], 0, NOW + 7200],
    ['a token as it stands', [DEEP], 4, NOW + 600],
    ['a block until another time', ['@deep.writ', '--until', '2030-01-01T00:00:00Z'], 4, 1893456000],
    ['an id, for good', [idOf(DEEP, 2)], 2, FOR_GOOD],
    ['an id in capitals', [idOf(DEEP, 2).toUpperCase()], 2, FOR_GOOD],
    ['an id until a time', [idOf(DEEP, 2), '--until', String(NOW + 9)], 2, NOW + 9],
  ])('%s', (_name, words, block, until) => {
    const place = withToken();
    revoke(place, ...words);
    expect(listed(place)).toEqual({ [idOf(DEEP, block)]: until });
  });

  test('a token from standard input', () => {
    const place = withToken();
    place.keep(['revoke', '-', ...IN], { input: `${DEEP}\n` });
    expect(listed(place)).toEqual({ [idOf(DEEP, 4)]: NOW + 600 });
  });

  test.each(['jwk', 'pem', 'did', 'openssh'])(
    'a public key as %s, and the private one, for good',
    (format) => {
      const place = withToken();
      place.ok('key', 'convert', 'lookup.jwk', '--public-only', '--to', format, '--out', 'key');
      revoke(place, 'key', 'lookup.jwk');
      const id = Buffer.from(sha256(hands.lookup.publicKey.bytes)).toString('hex');
      expect(listed(place)).toEqual({ [id]: FOR_GOOD });
    },
  );

  test('several at once, in one status', () => {
    const place = withToken();
    revoke(place, idOf(DEEP, 2), 'lookup.pub.jwk', '@deep.writ', '--block', '1');
    expect(Object.keys(listed(place))).toHaveLength(3);
  });

  test('the same again is no error, and a later status', () => {
    const place = withToken();
    revoke(place, '@deep.writ');
    const { claims } = place.state(['revoke', '@deep.writ', ...IN]);
    expect(claims.issued).toBe(NOW + 2);
    expect(Object.keys(listed(place))).toHaveLength(1);
  });

  test('is dropped when it is over, and said so', () => {
    const place = withToken();
    revoke(place, '@deep.writ');
    const { stderr } = place.keep(['mission', 'issue'], { now: NOW + 630 });
    expect(stderr).toContain('writ: dropped 1 revoked id, which could not be used any more');
    expect(listed(place)).toEqual({});
  });

  test('is told in words, and as JSON', () => {
    const { stdout, stderr } = withToken().keep(['revoke', '@deep.writ', '--block', '1', ...IN, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      revoked: [{ id: idOf(DEEP, 1), until: NOW + 3600 }],
      missions: [{ subject: SUBJECT, state: 'active', revoked: 1 }],
    });
    expect(stderr).toContain('writ: revoked block 1, agent:acme/x, and all below it, listed until ');
  });

  test.each([
    [SUBJECT, false],
    ['other', true],
  ])('notes whether a token asks for the mission %s: %s', (mission, noted) => {
    const place = withToken();
    place.state(['mission', 'start', 'other']);
    const { stderr } = place.keep(['revoke', '@deep.writ', '--mission', mission]);
    expect(stderr.includes('writ: note: no block of the token asks for this mission')).toBe(noted);
  });
});

describe('refused, with what to do, and nothing changes', () => {
  const SECRET = `writ_secret_${'A'.repeat(40)}`;
  test.each<[string, readonly string[], number, string]>([
    ['an id that is too short', ['ab'.repeat(31), ...IN], 2, '64 hexadecimal digits'],
    ['a block that the token has not', ['@deep.writ', '--block', '5', ...IN], 2, 'it has blocks 0 to 4'],
    ['a block that is no number', ['@deep.writ', '--block', '-1', ...IN], 2, 'it has blocks 0 to 4'],
    ['a block of a key', ['lookup.jwk', '--block', '1', ...IN], 2, '--block is of one token'],
    [
      'a block of two tokens',
      ['@deep.writ', '@deep.writ', '--block', '1', ...IN],
      2,
      '--block is of one token',
    ],
    ['a time that has passed', ['lookup.jwk', '--until', String(NOW), ...IN], 2, 'nothing would be revoked'],
    ['the file of a token without @', ['deep.writ', ...IN], 2, 'put an @ before it: @deep.writ'],
    ['a secret on the command line', [SECRET, ...IN], 2, 'pass it as @file'],
    ['a file that is not there', ['no.jwk', ...IN], 3, 'no.jwk: there is no such file'],
    [
      'a mission that is not known',
      ['lookup.jwk', '--mission', 'mailto:x'],
      2,
      'writ mission start begins it',
    ],
  ])('%s', (_name, words, exit, advice) => {
    const place = withToken();
    const before = place.read('missions.json');
    const run = place.keep(['revoke', ...words]);
    expect(run.stderr).toContain(advice);
    expect(run.stderr).not.toContain(SECRET);
    expect(run.exit).toBe(exit);
    expect(place.read('missions.json')).toBe(before);
  });

  test('where the mission has ended: mission.final', () => {
    const place = withToken();
    place.state(['mission', 'complete', SUBJECT]);
    const { exit, stdout } = place.keep(['revoke', 'lookup.jwk', ...IN, '--json']);
    expect(JSON.parse(stdout).error.code).toBe('mission.final');
    expect(exit).toBe(2);
  });
});
