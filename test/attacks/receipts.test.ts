import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { type ReceiptLogOptions, receiptLog } from '../../src/audit/log.ts';
import { type LogEntry, verifyLog } from '../../src/audit/verify-log.ts';
import { SigningKey } from '../../src/keys/signing-key.ts';
import { delegate } from '../../src/token/delegate.ts';
import { hands, textWith } from '../support/chains.ts';
import { base64url, cfo, domain, forge, hex, lookup, research, scene, trustFile } from '../support/forge.ts';
import { recorder } from '../support/forge-log.ts';
import { folder, linesOf, numbered, recordedOf, recorderKey, writeLines, written } from '../support/receipts.ts'; // biome-ignore format: one line

const key = recorderKey.publicKey;
const CLERK = fileURLToPath(new URL('../torture/clerk.mjs', import.meta.url));

const problemOf = async (path: string, checkpoints: string[] = []) =>
  (await verifyLog(path, { key, checkpoints })).problem?.code;

async function codeIn(path: string, options: Partial<ReceiptLogOptions> = {}): Promise<string> {
  const log = receiptLog({ path, key: recorderKey, ...options });
  try {
    await log.record(numbered(99));
    return 'recorded';
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await log.close();
  }
}

/** A process that records in a log, and says each number that is acknowledged. */
async function clerk(path: string): Promise<{ child: ChildProcess; lines: AsyncIterator<string> }> {
  const child = spawn(process.execPath, [CLERK], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const given = { path, text: textWith(2), trust: trustFile, seed: hex(recorder.seed), first: 0, bytes: 0 };
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  await lines.next();
  child.stdin.write(`${JSON.stringify(given)}\n`);
  return { child, lines };
}

test.each([1, 3])(
  'A01 the last %i receipts are deleted: the log is refused, and its verification says so',
  async (count) => {
    const path = await written(4);
    writeLines(path, linesOf(path).slice(0, -count));
    expect(await problemOf(path)).toBe('receipt.truncated');
    expect(await codeIn(path)).toBe('receipt.truncated');
  },
);

test('A01 the last receipts and the checkpoint beside them are deleted: a checkpoint elsewhere says so', async () => {
  const checkpoint = join(folder(), 'checkpoint');
  const path = await written(4, { checkpoint });
  writeLines(path, linesOf(path).slice(0, -2));
  expect(await problemOf(path, [readFileSync(checkpoint, 'utf8')])).toBe('receipt.truncated');
  expect(await codeIn(path, { checkpoint })).toBe('receipt.truncated');
});

test('A02 the log is deleted: nothing is recorded in its place', async () => {
  const path = await written(2);
  rmSync(join(path, 'receipts.log'));
  expect(await problemOf(path)).toBe('receipt.truncated');
  expect(await codeIn(path)).toBe('receipt.truncated');
});

test('A02 the whole folder is deleted: a checkpoint elsewhere says so', async () => {
  const checkpoint = join(folder(), 'checkpoint');
  const path = await written(2, { checkpoint });
  rmSync(path, { recursive: true });
  expect(await problemOf(path, [readFileSync(checkpoint, 'utf8')])).toBe('receipt.truncated');
  expect(await codeIn(path, { checkpoint })).toBe('receipt.truncated');
});

test('A04 two processes append to one log: the second is refused, and there is no fork', async () => {
  const path = join(folder(), 'log');
  const first = await clerk(path);
  expect((await first.lines.next()).value).toBe('0');
  const second = await clerk(path);
  expect((await second.lines.next()).value).toBe('receipt.locked');
  expect(Number((await first.lines.next()).value)).toBeGreaterThan(0);
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  expect(await problemOf(path)).toBeUndefined();
});

test('A04 two processes open one log at the same moment, again and again: one writes', async () => {
  const path = join(folder(), 'log');
  for (let round = 0; round < 4; round++) {
    const clerks = await Promise.all([clerk(path), clerk(path)]);
    const answers = await Promise.all(clerks.map(async ({ lines }) => (await lines.next()).value));
    expect(answers.filter((answer) => answer === 'receipt.locked').length).toBe(1);
    const ends = clerks.map(({ child }) => once(child, 'exit'));
    for (const { child } of clerks) child.kill('SIGKILL');
    await Promise.all(ends);
    expect(await problemOf(path)).toBeUndefined();
  }
});

test.each<[string, (path: string) => void]>([
  ['lost', (path) => rmSync(join(path, 'checkpoint'))],
  ['rewound', (path) => cpSync(join(path, 'kept'), join(path, 'checkpoint'))],
])('A05 a checkpoint that is %s never makes the log begin anew', async (_, spoil) => {
  const path = await written(1);
  cpSync(join(path, 'checkpoint'), join(path, 'kept'));
  expect(await codeIn(path)).toBe('recorded');
  spoil(path);
  expect(await codeIn(path)).toBe('recorded');
  const numbers: number[] = [];
  const report = await verifyLog(path, { key, onEntry: ({ number }) => numbers.push(number) });
  expect([report.problem, report.checkpoints.at(-1)?.size, numbers]).toEqual([undefined, 3, [0, 1, 2]]);
});

test('A06 a decision is on the disk before anybody is told of it', async () => {
  const path = join(folder(), 'log');
  const { child, lines } = await clerk(path);
  const { value } = await lines.next();
  child.kill('SIGKILL');
  await once(child, 'exit');
  const found: LogEntry[] = [];
  await verifyLog(path, { key, onEntry: (entry) => found.push(entry) });
  expect(found.map(({ summary }) => summary.request?.resource)).toContain(`reports/${value}`);
});

test.each<[string, (path: string) => void]>([
  ['read', (path) => replaceByFolder(join(path, 'receipts.log'))],
  ['checked against its checkpoint', (path) => replaceByFolder(join(path, 'checkpoint'))],
  [
    'made',
    (path) => {
      rmSync(path, { recursive: true });
      writeFileSync(path, '');
    },
  ],
])('A06 a log that cannot be %s records nothing, and says so', async (_, spoil) => {
  const path = await written(1);
  spoil(path);
  expect(await codeIn(path)).toBe('receipt.failed');
});

function replaceByFolder(path: string): void {
  rmSync(path);
  mkdirSync(path);
}

test.each<[string, string, (readonly [string, Uint8Array])[]]>([
  ['a sealed token of suite 2', textWith(2), seeds()],
  ['a sealed token of suite 1', textWith(1), [...seeds(), ...tags(), ['root secret', domain.secret]]],
  [
    'an open token of suite 1',
    textWith(1, { invocation: null }),
    [...tags(), ['root secret', domain.secret]],
  ],
  ['a bundle', ...bundle()],
])('A13 no secret of %s is in a receipt', async (_, text, secrets) => {
  const path = join(folder(), 'log');
  const log = receiptLog({ path, key: recorderKey });
  const { decision, token, evidence } = recordedOf({}, text);
  const reservation = { id: 'id', until: decision.now, costs: {} };
  await log.record({ decision: { ...decision, reservation }, token, evidence });
  await log.close();
  const files = readdirSync(path).map((name) => readFileSync(join(path, name)));
  const receipt = Buffer.from(linesOf(path)[0] ?? '', 'base64url');
  const held = (secret: Uint8Array) =>
    [...files, receipt].some(
      (bytes) =>
        bytes.includes(Buffer.from(secret)) ||
        bytes.includes(hex(secret)) ||
        bytes.includes(base64url(secret)),
    );
  // What is known to be in it is found by the same search.
  expect(receipt.includes(decision.chain[0]?.block ?? '')).toBe(true);
  expect(secrets.length).toBeGreaterThan(0);
  const found = [...secrets, ['recorder', recorder.seed] as const].filter(([, secret]) => held(secret));
  expect(found.map(([name]) => name)).toEqual([]);
});

test('A13 an open token of suite 1 is refused as a part of a receipt', async () => {
  const { bytes } = forge({ ...scene(1), invocation: undefined as never });
  const log = receiptLog({ path: join(folder(), 'log'), key: recorderKey });
  await expect(log.record({ ...recordedOf(), token: bytes })).rejects.toMatchObject({
    code: 'receipt.failed',
  });
});

function seeds(): (readonly [string, Uint8Array])[] {
  return Object.entries({ cfo, research, lookup }).map(([name, { seed }]) => [name, seed] as const);
}

/** The last tag of an open token of suite 1, and those before it. */
function tags(): (readonly [string, Uint8Array])[] {
  const { blocks } = forge(scene(1));
  return blocks.map(({ proof }, i) => [`tag ${i}`, proof] as const);
}

/** An open token of suite 2 with the seed of its holder. */
function bundle(): [string, (readonly [string, Uint8Array])[]] {
  const child = new SigningKey(lookup.seed);
  const open = delegate(textWith(2, { invocation: null }), {
    ...{ key: hands.lookup, delegate: 'agent:acme/child', to: child.publicKey },
  });
  const text = `${open.replace('writ_', 'writ_secret_')}~${base64url(lookup.seed)}`;
  return [text, seeds()];
}
