import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Receipts, receiptLog } from '../../src/entry/receipts.ts';
import {
  approve,
  createVerifier,
  decode,
  delegate,
  grant,
  invoke,
  SigningKey,
  verify,
} from '../../src/index.ts';
import { hands, trust } from '../support/chains.ts';
import { sharedWorkplace } from '../support/cli.ts';
import { AUDIENCE, NOW, pair, stranger, trustFile } from '../support/forge.ts';
import { columnsOf } from '../support/nasty.ts';

const signer = pair('receipts');
const grantOf = (id: string) =>
  grant({
    key: hands.cfo,
    grantor: 'mailto:cfo@acme.example',
    delegate: 'agent:acme/research',
    to: hands.research.publicKey,
    mission: { id, purpose: 'Prepare the Q3 report' },
    scope: [{ actions: ['pay', 'read'], resources: ['invoices/*'] }],
    approval: [
      {
        unless: [{ actions: ['read'], resources: ['**'] }],
        keys: [hands.stranger.publicKey],
        need: 1,
        within: 60,
      },
    ],
    delegation: { depth: 1 },
    exp: NOW + 7200,
    now: NOW,
  });
const hop = delegate(grantOf('q3'), {
  key: hands.research,
  to: hands.lookup.publicKey,
  delegate: 'agent:acme/lookup',
  task: 'Pay invoice 7',
  scope: [{ actions: ['pay'], resources: ['invoices/7'] }],
});
const paying = { audience: AUDIENCE, action: 'pay', resource: 'invoices/7', args: { amount: 1 }, now: NOW };
const read = { audience: AUDIENCE, action: 'read', resource: 'invoices/7', now: NOW };
const pay = invoke(hop, { key: hands.lookup, ...paying });
const approval = approve(pay, { key: hands.stranger, approved: true, args: paying.args, now: NOW });

const place = sharedWorkplace();
const { writ, folder } = place;
const keep = (name: string, data: unknown) => writeFileSync(join(folder, name), JSON.stringify(data));

// Four receipts, a second apart: a denial for want of an approval, with it the payment, another mission, and a replay.
beforeAll(async () => {
  const receipts = receiptLog({ path: join(folder, 'log'), key: new SigningKey(signer.seed), name: 'pay' });
  let now = NOW;
  const verifier = createVerifier({ trust, audience: AUDIENCE, receipts, clock: () => now });
  for (const [i, text] of [
    pay,
    pay + approval,
    invoke(grantOf('q4'), { key: hands.research, ...read }),
    pay + approval,
  ].entries()) {
    now = NOW + i;
    await verifier.authorize(text, i === 2 ? {} : { args: paying.args });
  }
  await receipts.close();
  const { d: _, ...publicJwk } = signer.jwk;
  keep('pay.pub.jwk', publicJwk);
  keep('pay.jwk', signer.jwk);
  keep('other.pub.jwk', hands.stranger.publicKey);
  keep('trust.jwks', trustFile);
  keep('other.jwks', { keys: [{ ...trustFile.keys[0], x: stranger.jwk.x }] });
  for (const [name, change] of Object.entries(damages)) {
    cpSync(join(folder, 'log'), join(folder, name), { recursive: true });
    const path = join(folder, name, 'receipts.log');
    const lines = readFileSync(path, 'latin1').trimEnd().split('\n');
    writeFileSync(path, `${change(lines).join('\n')}\n`);
  }
});

const damages: Record<string, (lines: string[]) => string[]> = {
  cut: (lines) => lines.slice(0, 3),
  bare: (lines) => lines.slice(0, 3),
  removed: (lines) => lines.toSpliced(1, 1),
};

const audit = (command: string, ...more: readonly string[]) => {
  const [name = '', ...rest] = command.split(' ');
  return writ(['audit', name, ...rest, '--receipts', 'log', '--key', 'pay.pub.jwk', ...more]);
};
const numbersOf = (...filters: readonly string[]) =>
  audit('export', ...filters)
    .stdout.trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line).number);

describe('verify', () => {
  test('says that the log holds, and what of it is proven', () => {
    const { stdout, exit } = audit('verify', '--trust', 'trust.jwks');
    expect(stdout).toContain('The log holds: 4 receipts verified, each signed and behind the one before\n');
    expect(stdout).toContain('   checkpoint  signed, of 4 receipts\n');
    expect(stdout).toContain('   tokens      4 of 4 verified anew by your trust file\n');
    expect(exit).toBe(0);
  });

  test('says where the key was found beside the log', () => {
    const { stdout } = writ(['audit', 'verify', '--receipts', 'log']);
    expect(stdout).toContain('which lay beside the log');
  });

  test.each([
    ['a line that is missing', 'removed', 'line 2 of the log: receipt.link'],
    ['an end that is cut off', 'cut', 'the log: receipt.truncated'],
  ])('names %s, exit code 5', (_, name, expected) => {
    const { exit, stdout, stderr } = writ(['audit', 'verify', '--receipts', name, '--key', 'pay.pub.jwk']);
    expect(stdout).toContain('THE LOG DOES NOT HOLD');
    expect(stderr).toContain(`writ: error: ${expected}`);
    expect(stderr).toMatch(/^writ: hint: ./m);
    expect(exit).toBe(5);
  });

  test('refuses a log of another key, exit code 5', () => {
    const { exit, stderr } = writ(['audit', 'verify', '--receipts', 'log', '--key', 'other.pub.jwk']);
    expect(stderr).toContain('writ: error: the log: receipt.key');
    expect(exit).toBe(5);
  });

  test('finds what a checkpoint of elsewhere says is missing', () => {
    writeFileSync(join(folder, 'kept'), readFileSync(join(folder, 'log/checkpoint')));
    rmSync(join(folder, 'bare/checkpoint'));
    expect(writ(['audit', 'verify', '--receipts', 'bare']).exit).toBe(0);
    const { exit, stderr } = writ(['audit', 'verify', '--receipts', 'bare', '--checkpoint', 'kept']);
    expect(stderr).toContain('receipt.truncated');
    expect(exit).toBe(5);
  });

  test('says where to see why a token is not proven', () => {
    const { stdout } = audit('verify', '--trust', 'other.jwks');
    expect(stdout).toContain('   tokens      0 of 4 verified anew by your trust file\n');
    expect(stdout).toContain('writ audit list --trust says');
  });

  test('says of a file that is no checkpoint nothing about the log, exit code 3', () => {
    const { exit, stdout, stderr } = audit('verify', '--checkpoint', 'trust.jwks');
    expect(stderr).toContain('writ: error: trust.jwks: this is no checkpoint');
    expect(stdout).toBe('');
    expect(exit).toBe(3);
  });

  test('--json has the documented members', () => {
    expect(JSON.parse(audit('verify', '--json', '--trust', 'trust.jwks').stdout)).toEqual({
      key: { kty: 'OKP', crv: 'Ed25519', x: signer.jwk.x },
      pinned: true,
      size: 4,
      head: expect.stringMatching(/^[0-9a-f]{64}$/),
      unsealed: 0,
      checkpoint: 4,
      proven: 4,
      unproven: [],
    });
  });
});

describe('list', () => {
  test('has a line a receipt', () => {
    const { stdout } = audit('list');
    expect(stdout.trimEnd().split('\n')).toEqual([
      '     0  2027-01-15T08:00:00Z  approval.required     pay invoices/7  agent:acme/lookup for mailto:cfo@acme.example',
      '     1  2027-01-15T08:00:01Z  allowed               pay invoices/7  agent:acme/lookup for mailto:cfo@acme.example',
      '     2  2027-01-15T08:00:02Z  allowed               read invoices/7  agent:acme/research for mailto:cfo@acme.example',
      '     3  2027-01-15T08:00:03Z  invocation.replay     pay invoices/7  agent:acme/lookup for mailto:cfo@acme.example',
    ]);
  });

  test('says which tokens the auditor’s trust does not prove', () => {
    const { stdout } = audit('list', '--trust', 'other.jwks');
    expect(stdout.match(/NOT PROVEN: anchor\.unknown/g)).toHaveLength(4);
  });

  test('notes that nothing is of that kind, exit code 0', () => {
    const { exit, stdout, stderr } = audit('list', '--mission', 'q5');
    expect({ exit, stdout, stderr }).toEqual({
      exit: 0,
      stdout: '',
      stderr: 'writ: note: none of the 4 receipts is of this kind\n',
    });
  });

  test('shows what holds of a log that does not, exit code 5', () => {
    const { exit, stdout } = writ(['audit', 'list', '--receipts', 'removed']);
    expect(stdout.split('\n')).toHaveLength(2);
    expect(exit).toBe(5);
  });
});

test.each([
  ['--mission', ['--mission', 'q4'], [2]],
  ['--delegate', ['--delegate', 'agent:acme/lookup'], [0, 1, 3]],
  ['--grantor', ['--grantor', 'mailto:nobody@acme.example'], []],
  ['--decision', ['--decision', 'deny'], [0, 3]],
  ['--since and --until', ['--since', String(NOW + 1), '--until', String(NOW + 3)], [1, 2]],
])('%s filters', (_, filters, expected) => {
  expect(numbersOf(...filters)).toEqual(expected);
});

describe('export', () => {
  test('has the token and the evidence, with which the decision can be made again', async () => {
    const [, line = ''] = audit('export').stdout.split('\n');
    const { token, evidence, summary } = JSON.parse(line);
    expect(verify(decode(token), trust, { now: NOW }).blocks).toHaveLength(2);
    expect(evidence).toEqual([approval]);
    expect(summary).toMatchObject({ verdict: 'allow', request: { action: 'pay', resource: 'invoices/7' } });
  });

  test('--json is one object', () => {
    expect(JSON.parse(audit('export', '--json').stdout).receipts).toHaveLength(4);
  });
});

describe('show', () => {
  test('says who authorised it, within which scope, and what is proven', () => {
    const shown = audit('show 1', '--trust', 'trust.jwks').stdout;
    for (const line of [
      'Receipt 1: allowed  pay invoices/7',
      '   grantor     mailto:cfo@acme.example, with their own key',
      '   task        “Pay invoice 7”',
      '   request     - may pay, read on invoices/*',
      '               + may pay on invoices/7',
      '   receipt     signed, and number 1 of 4 in an unbroken chain, line 2',
      '   checkpoint  signed, of 4 receipts, this one among them',
      '   token       VERIFIED back to mailto:cfo@acme.example, by their own key, by',
      '   signed      the approval of this very request, by key',
    ])
      expect(shown.split('\n')).toContain(line);
    expect(shown.split('\n').filter((line) => columnsOf(line) > 80)).toEqual([]);
  });

  test('without a trust file says what is not proven', () => {
    const shown = audit('show 1').stdout;
    expect(shown).toContain('   token       kept, and not verified anew: no trust file was given\n');
    expect(shown).toContain(
      '   not proven  who granted, and that the holder asked: name your own trust file',
    );
  });

  test('takes an id too', () => {
    const [first = ''] = audit('export').stdout.split('\n');
    expect(audit(`show ${JSON.parse(first).id}`).stdout).toContain('Receipt 0: denied  pay invoices/7');
  });

  test('--json has the receipt, its proof and the log', () => {
    expect(JSON.parse(audit('show 1', '--json', '--trust', 'trust.jwks').stdout)).toMatchObject({
      number: 1,
      proof: { proven: true, differs: [], evidence: [{ kind: 'approval', by: { x: stranger.jwk.x } }] },
      log: { size: 4, pinned: true },
    });
  });

  test.each([
    ['a number that there is not', '4', 3],
    ['what is neither number nor id', 'first', 2],
  ])('refuses %s', (_, wanted, code) => {
    const { exit, stderr } = audit(`show ${wanted}`);
    expect(stderr).toMatch(/^writ: hint: writ audit list shows/m);
    expect(exit).toBe(code);
  });
});

describe('of a service that lies', () => {
  const no = approve(pay, { key: hands.stranger, approved: false, args: paying.args, now: NOW });

  beforeAll(async () => {
    const receipts = receiptLog({
      path: join(folder, 'lies'),
      key: new SigningKey(signer.seed),
      name: 'lies',
    });
    const record: Receipts['record'] = ({ decision, ...rest }) =>
      receipts.record({
        ...rest,
        decision: { ...decision, verdict: 'allow', code: 'x\u001b[2J' as 'allowed', denials: [] },
      });
    const verifier = createVerifier({ trust, audience: AUDIENCE, receipts: { record }, clock: () => NOW });
    const decision = await verifier.authorize(pay + no, { args: paying.args });
    await receipts.record({ decision, token: Uint8Array.of(0x82, 2, 0x80), evidence: [] });
    await receipts.close();
  });
  const shown = (...more: readonly string[]) =>
    writ(['audit', ...more, '--receipts', 'lies', '--key', 'pay.pub.jwk', '--trust', 'trust.jwks']).stdout;

  test('a no is shown as a no', () => {
    const lines = shown('show', '0').split('\n');
    expect(lines.some((line) => line.startsWith('   signed      THE REFUSAL of this very request, by'))).toBe(
      true,
    );
    expect(JSON.parse(shown('show', '0', '--json')).proof.evidence).toMatchObject([{ approved: false }]);
  });

  test('what is no token is shown to be none', () => {
    expect(shown('show', '1')).toContain('   token       NONE: what was recorded as one does not decode\n');
  });

  test('nothing reaches the terminal as a command', () => {
    expect(shown('list')).toContain('x\\u{1b}[2J');
  });
});

test('a folder without a log is refused, exit code 3', () => {
  const { exit, stderr } = writ(['audit', 'list', '--receipts', 'nowhere']);
  expect(stderr).toContain('writ: error: nowhere: there is no log of receipts');
  expect(exit).toBe(3);
});

describe('verify --receipts', () => {
  const decide = (...more: readonly string[]) =>
    writ(['verify', '-', '--trust', 'trust.jwks', '--audience', AUDIENCE, '--now', String(NOW), ...more], {
      input: invoke(grantOf('q5'), { key: hands.research, ...read }),
    });

  test('records the decision, which audit shows', () => {
    expect(decide('--receipts', 'new', '--receipt-key', 'pay.jwk').exit).toBe(0);
    const { stdout } = writ(['audit', 'list', '--receipts', 'new']);
    expect(stdout).toBe(
      '     0  2027-01-15T08:00:00Z  allowed               read invoices/7  agent:acme/research for mailto:cfo@acme.example\n',
    );
  });

  test('decides nothing where the log is not what it was', () => {
    const { exit, stdout, stderr } = decide('--receipts', 'cut', '--receipt-key', 'pay.jwk');
    expect(stderr).toContain('writ: error: receipt.truncated');
    expect([exit, stdout]).toEqual([6, '']);
  });

  test('takes both flags or none', () => {
    const { exit, stderr } = decide('--receipts', 'new');
    expect(stderr).toContain('--receipts and --receipt-key come together');
    expect(exit).toBe(2);
  });
});
