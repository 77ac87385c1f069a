import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  createVerifier,
  type Decision,
  decode,
  decodeEvidence,
  grant,
  invoke,
  memoryStore,
} from '../../src/index.ts';
import { hands, trust } from '../support/chains.ts';
import { MAIN, sharedWorkplace } from '../support/cli.ts';
import { AUDIENCE, lookup, NOW, research, stranger, trustFile } from '../support/forge.ts';
import { columnsOf } from '../support/nasty.ts';
import { typeInto } from '../support/terminal.ts';

const CLOCK = ['--now', String(NOW)];
const ARGS = { amount: 120_000, 'to\u001b[2J': 'x' };
const REQUEST = { action: 'pay', resource: 'invoices/7', args: ARGS } as const;
const open = grant({
  key: hands.cfo,
  grantor: 'mailto:cfo@acme.example',
  delegate: 'agent:acme/research',
  to: hands.research.publicKey,
  mission: { id: 'q3-report', purpose: 'Prepare the Q3 report' },
  scope: [{ actions: ['pay'], resources: ['invoices/*'] }],
  approval: [
    { unless: [], keys: [hands.stranger.publicKey, hands.research.publicKey], need: 1, within: 600 },
  ],
  exp: NOW + 7200,
  now: NOW,
});
const sealed = invoke(open, {
  key: hands.research,
  audience: AUDIENCE,
  ...REQUEST,
  task: 'It is due',
  now: NOW,
});

const place = sharedWorkplace();
const { writ, folder } = place;
const keep = (name: string, data: unknown) =>
  writeFileSync(join(folder, name), typeof data === 'string' ? data : JSON.stringify(data));
let decision: Decision;

beforeAll(async () => {
  const verifier = createVerifier({ trust, audience: AUDIENCE, clock: () => NOW });
  decision = await verifier.authorize(sealed, REQUEST);
  keep('decision.json', decision);
  keep('need.json', decision.needs[0]);
  keep('trust.jwks', trustFile);
  keep('other.jwks', { keys: [{ ...trustFile.keys[0], x: stranger.jwk.x }] });
  for (const [name, { jwk }] of Object.entries({ stranger, research, lookup })) keep(`${name}.jwk`, jwk);
});

const approve = (...more: readonly string[]) =>
  writ(['approve', '@decision.json', '--key', 'stranger.jwk', ...CLOCK, ...more]);
const claimsOf = (text: string) => decodeEvidence(text)[0]?.claims;

describe('what is printed', () => {
  test('lets the request pass', async () => {
    const { stdout, exit } = approve('--yes');
    const verifier = createVerifier({ trust, audience: AUDIENCE, store: memoryStore(), clock: () => NOW });
    expect(await verifier.authorize(sealed + stdout.trim(), REQUEST)).toMatchObject({ code: 'allowed' });
    expect(exit).toBe(0);
  });

  test('of one need alone is the same', () => {
    const { stdout } = writ(['approve', '-', '--key', 'stranger.jwk', '--yes', ...CLOCK], {
      input: readFileSync(join(folder, 'need.json')),
    });
    expect(stdout).toBe(approve('--yes').stdout);
  });

  test('of a no refuses the request, exit code 0, and a note says that it is final', async () => {
    const { stdout, stderr, exit } = approve('--no');
    const verifier = createVerifier({ trust, audience: AUDIENCE, clock: () => NOW });
    expect(await verifier.authorize(sealed + stdout.trim(), REQUEST)).toMatchObject({
      code: 'approval.refused',
    });
    expect(stderr).toContain('writ: note: refused, which is final once the service has seen it');
    expect(exit).toBe(0);
  });

  test('is good for as long as --good-for says', () => {
    expect(claimsOf(approve('--yes', '--good-for', '30s').stdout)).toMatchObject({ iat: NOW, exp: NOW + 30 });
  });

  test('as JSON is the documented members, without prose about the request', () => {
    const { stdout, stderr } = approve('--yes', '--json', '--trust', 'trust.jwks');
    expect(JSON.parse(stdout)).toEqual({
      approval: expect.stringMatching(/^~/),
      approved: true,
      until: NOW + 600,
      request: { action: 'pay', resource: 'invoices/7', args: ARGS, audience: AUDIENCE },
      verification: { status: 'held', by: 'mailto:cfo@acme.example', kind: 'human' },
    });
    expect(stderr).toMatch(/^writ: note: approved, [^\n]*\n$/);
  });
});

describe('what is shown', () => {
  test('is the request and the chain, and what the key is asked for', () => {
    const { stderr } = approve('--yes', '--trust', 'trust.jwks');
    expect(stderr.split('\n')).toEqual(
      expect.arrayContaining([
        'A request waits for your approval',
        '  request     pay invoices/7',
        '  arguments   amount = 120000',
        `  service     ${AUDIENCE}`,
        '  why         “It is due”, says the holder',
        '  chain       VERIFIED back to mailto:cfo@acme.example, by their own key',
        '  granted by  mailto:cfo@acme.example',
        '  mission     q3-report: “Prepare the Q3 report”',
        '  through     agent:acme/research',
        '  asks for    block 0 needs the approval of your key, at most 600 s old; 1 of 2',
      ]),
    );
  });

  test('says where nothing is verified', () => {
    expect(approve('--yes').stderr).toContain('  chain       NOT VERIFIED: no trust file was given');
  });

  test('is at most 80 columns wide, and nothing that a terminal obeys', () => {
    const { stderr } = approve('--yes');
    expect(stderr).toContain('"to\\u001b[2J" = "x"');
    const shown = stderr.slice(0, stderr.indexOf('writ: note'));
    expect(shown.split('\n').filter((line) => columnsOf(line) > 80)).toEqual([]);
  });
});

describe('nothing is printed', () => {
  const refused = (args: readonly string[], input?: string): [number | null, string | undefined] => {
    const { stdout, stderr, exit } = writ(
      ['approve', ...args, ...CLOCK],
      input === undefined ? {} : { input },
    );
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^writ: hint: ./m);
    return [exit, stderr.split('\n')[0]];
  };
  const changed = (change: object) => JSON.stringify({ ...decision, ...change });

  test.each([
    ['a key that no block names', 'lookup.jwk', 'no block of the chain asks for its approval'],
    ['the key of a delegate', 'research.jwk', 'a delegate of the chain cannot approve its requests'],
  ])('for %s, before anybody is asked', (_, key, expected) => {
    const [exit, error] = refused(['@decision.json', '--key', key]);
    expect(error).toContain(`mint.input: what is to be minted is malformed: ${expected}`);
    expect(exit).toBe(2);
  });

  test.each<[string, () => string, number, string]>([
    ['other arguments than were sealed', () => changed({ needs: [{ ...decision.needs[0], args: { amount: 1 } }] }), 2, 'they are not the ones that the holder sealed'],
    ['another action than was sealed', () => changed({ request: { ...decision.request, action: 'read' } }), 5, 'about another action than'],
    ['another service than was sealed', () => changed({ audience: 'https://x.example' }), 5, 'about another audience than'],
    ['a decision that needs no approval', () => changed({ needs: [], code: 'exp.passed' }), 2, 'it is denied by exp.passed'],
    ['a key', () => JSON.stringify(stranger.jwk), 2, 'this is neither a decision nor a need'],
    ['a need for something else', () => '{"kind":"store"}', 2, 'this need is for no approval'],
    ['the need of a preview', () => '{"kind":"approval"}', 2, 'the need carries no sealed token'],
    ['an open token', () => JSON.stringify({ kind: 'approval', presentation: open }), 2, 'the token in the need is open'],
    ['what is no JSON', () => sealed, 2, 'the need is not JSON'],
    ['a list', () => '[]', 2, 'the need is no JSON object'],
  ])('for %s', (_, input, code, expected) => {
    const [exit, error] = refused(['-', '--key', 'stranger.jwk', '--yes'], input());
    expect(error).toContain(expected);
    expect(exit).toBe(code);
  }); // biome-ignore format: a row a line

  test.each([
    ['a chain that the trust file does not know', ['--yes', '--trust', 'other.jwks'], 5, 'anchor.unknown'],
    ['both answers', ['--yes', '--no'], 2, '--yes and --no exclude each other'],
  ])('for %s', (_, more, code, expected) => {
    const [exit, error] = refused(['@decision.json', '--key', 'stranger.jwk', ...more]);
    expect(error).toContain(expected);
    expect(exit).toBe(code);
  });

  test('for the name of a file without its @', () => {
    expect(refused(['decision.json', '--key', 'stranger.jwk'])).toEqual([
      2,
      'writ: error: a need is given as - or @file',
    ]);
  });

  // A session of its own has no terminal.
  test('where there is neither an answer nor a terminal, exit code 2', () => {
    const args = ['-w', process.execPath, MAIN, 'approve', '@decision.json', '--key', 'stranger.jwk'];
    const { status, stderr, stdout } = spawnSync('setsid', args, { cwd: folder, encoding: 'utf8' });
    expect(stderr).toContain('writ: error: there is no terminal to ask at');
    expect([status, stdout]).toEqual([2, '']);
  });
});

describe('at a terminal', () => {
  const ask = (answers: readonly string[], redirect = '> answer 2> err') =>
    typeInto(folder, ['approve', '@decision.json', '--key', 'stranger.jwk', ...CLOCK], answers, { redirect });
  const answered = () => readFileSync(join(folder, 'answer'), 'utf8');

  test.each([
    ['y', ['y\r'], true],
    ['no', ['no\r'], false],
    ['YES, behind what is neither', ['\r', 'perhaps\r', 'YES\r'], true],
  ])(
    '%s is asked for, and the request is shown there, wherever the streams lead',
    async (_, answers, approved) => {
      const { screen, exit } = await ask(answers);
      expect(screen).toContain('request     pay invoices/7');
      expect(claimsOf(answered())).toMatchObject({ approved });
      expect(exit).toBe(0);
    },
  );

  test('control and C answers nothing', async () => {
    const { exit } = await ask(['\u0003']);
    expect(answered()).toBe('');
    expect(exit).toBe(130);
  });

  test('the end of input answers nothing', async () => {
    const { exit } = await ask(['\u0004']);
    expect(answered()).toBe('');
    expect(exit).toBe(130);
  });
});

describe('invoke --retry', () => {
  const retry = (...more: readonly string[]) => {
    const args = [
      'invoke',
      '-',
      '--key',
      'research.jwk',
      '--retry',
      '@decision.json',
      '--now',
      String(NOW + 300),
    ];
    return writ([...args, ...more], { input: open });
  };

  test('seals the same request with the same nonce, anew', () => {
    const { stdout } = retry();
    const [before, after] = [sealed, stdout.trim()].map((text) => decode(text).invocation?.claims);
    expect(after).toEqual({ ...before, iat: NOW + 300, exp: NOW + 360 });
  });

  test('makes a request that the approval of the first one lets pass', async () => {
    const { stdout } = retry();
    const approval = approve('--yes').stdout.trim();
    const verifier = createVerifier({ trust, audience: AUDIENCE, clock: () => NOW + 300 });
    expect(await verifier.authorize(stdout.trim() + approval, REQUEST)).toMatchObject({ code: 'allowed' });
  });

  test('keeps the evidence of the open token', () => {
    const approval = approve('--yes').stdout.trim();
    const args = ['invoke', '-', '--key', 'research.jwk', '--retry', '@decision.json', ...CLOCK];
    const { stdout } = writ(args, { input: open + approval });
    expect(stdout.trim().endsWith(approval)).toBe(true);
  });

  test.each([
    ['--action', 'read'],
    ['--resource', 'invoices/8'],
    ['--audience', 'https://x.example'],
    ['--args', '{"amount":1}'],
  ])('refuses another %s than the need is for', (flag, value) => {
    const { exit, stderr, stdout } = retry(flag, value);
    expect(stderr).toMatch(new RegExp(`^writ: error: ${flag} (is|are) not`));
    expect([exit, stdout]).toEqual([2, '']);
  });

  test('takes flags that say the same', () => {
    expect(retry('--action', 'pay', '--args', JSON.stringify(ARGS)).exit).toBe(0);
  });

  test('refuses the need of another chain', () => {
    const other = grant({ key: hands.cfo, grantor: 'mailto:cfo@acme.example', delegate: 'agent:acme/x', to: hands.research.publicKey, mission: { id: 'm', purpose: 'p' }, scope: [{ actions: ['pay'], resources: ['**'] }], exp: NOW + 9, now: NOW }); // biome-ignore format: one step
    const args = ['invoke', '-', '--key', 'research.jwk', '--retry', '@decision.json', ...CLOCK];
    const { exit, stderr } = writ(args, { input: other });
    expect(stderr).toContain('writ: error: the need is of another chain than the token');
    expect(exit).toBe(2);
  });

  test('seals nothing that the holder did not seal before, whatever the need of a service says', () => {
    const other = { key: hands.research, audience: 'https://pay.example', action: 'pay', resource: 'invoices/9', now: NOW }; // biome-ignore format: one step
    const text = invoke(open, other);
    // Its last byte is one of the signature's, which nobody but the holder can make.
    const forged = `${text.slice(0, -4)}${text.endsWith('AAAA') ? 'AAAB' : 'AAAA'}`;
    keep('forged.json', { kind: 'approval', presentation: forged });
    const { exit, stderr, stdout } = retry('--retry', '@forged.json');
    expect(stderr).toContain('writ: error: the request in the need was not sealed by the holder');
    expect([exit, stdout]).toEqual([5, '']);
  });

  test('seals the same request of an hmac token', () => {
    const shared = grant({ key: hands.domain, grantor: 'mailto:cfo@acme.example', delegate: 'agent:acme/x', mission: { id: 'm', purpose: 'p' }, scope: [{ actions: ['pay'], resources: ['**'] }], aud: [AUDIENCE], exp: NOW + 9, now: NOW }); // biome-ignore format: one step
    const text = invoke(shared, { audience: AUDIENCE, ...REQUEST, now: NOW });
    keep('shared.json', { kind: 'approval', presentation: text, args: ARGS });
    const { stdout } = writ(['invoke', '-', '--retry', '@shared.json', ...CLOCK], { input: shared });
    expect(decode(stdout.trim()).invocation?.claims).toEqual(decode(text).invocation?.claims);
  });

  test('or all of audience, action and resource are needed', () => {
    const { exit, stderr } = writ(['invoke', '-', '--key', 'research.jwk', '--action', 'pay'], {
      input: open,
    });
    expect(stderr).toContain('writ: error: still needed: --audience, --resource');
    expect(exit).toBe(2);
  });
});
