import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { signCheckpoint } from '../../src/audit/checkpoint.ts';
import { type ReceiptLog, type ReceiptLogOptions, receiptLog } from '../../src/audit/log.ts';
import { type LogEntry, verifyLog } from '../../src/audit/verify-log.ts';
import { textWith } from '../support/chains.ts';
import { hex, sha256, trustFile } from '../support/forge.ts';
import { recorder } from '../support/forge-log.ts';
import { evidenceOf, folder, linesOf, numbered, otherKey, recordedOf, recorderKey, writeLines, written } from '../support/receipts.ts'; // biome-ignore format: one line

const key = recorderKey.publicKey;

/** A log that is closed after the test. */
function open(path: string, options: Partial<ReceiptLogOptions> = {}): ReceiptLog {
  const log = receiptLog({ path, key: recorderKey, ...options });
  onTestFinished(() => log.close());
  return log;
}

const logOf = (path: string) => join(path, 'receipts.log');
const checkpointOf = (path: string) => join(path, 'checkpoint');
const sizeIn = (path: string) => readFileSync(checkpointOf(path), 'utf8').split('\n')[1];
const refusalOf = (log: ReceiptLog) =>
  log.record(numbered(99)).then(
    () => 'recorded',
    ({ code }) => code,
  );

/** What was recorded in a log that holds, in order. */
async function resourcesIn(path: string): Promise<(string | undefined)[]> {
  const entries: LogEntry[] = [];
  const { problem, unsealed } = await verifyLog(path, { key, onEntry: (entry) => entries.push(entry) });
  expect([problem, unsealed]).toEqual([undefined, 0]);
  return entries.map(({ summary }) => summary.request?.resource);
}

const reports = (...numbers: number[]) => numbers.map((n) => `reports/${n}`);

describe('record', () => {
  test('has the receipt and its checkpoint on the disk when it ends', async () => {
    const path = join(folder(), 'log');
    const log = open(path);
    await log.record(numbered(0));
    expect(await resourcesIn(path)).toEqual(reports(0));
    expect(sizeIn(path)).toBe('1');
  });

  test('keeps the order of those that come together', async () => {
    const path = join(folder(), 'log');
    const log = open(path);
    const numbers = Array.from({ length: 50 }, (_, n) => n);
    await Promise.all(numbers.map((n) => log.record(numbered(n))));
    expect(await resourcesIn(path)).toEqual(reports(...numbers));
  });

  test('writes more than fits into one go', async () => {
    const path = join(folder(), 'log');
    const log = open(path);
    const evidence = Array.from({ length: 40 }, () => evidenceOf(16_384));
    const numbers = [0, 1, 2, 3, 4];
    await Promise.all(numbers.map((n) => log.record({ ...numbered(n), evidence })));
    expect(await resourcesIn(path)).toEqual(reports(...numbers));
  });

  test('of what cannot be a receipt rejects, and the next is recorded', async () => {
    const path = join(folder(), 'log');
    const log = open(path);
    const large = { ...recordedOf(), evidence: [evidenceOf(16_385)] };
    await expect(log.record(large)).rejects.toMatchObject({ code: 'receipt.failed' });
    await log.record(numbered(1));
    expect(await resourcesIn(path)).toEqual(reports(1));
  });

  test('goes on in a log that was closed, in this process and in another object', async () => {
    const path = await written(2);
    const log = open(path);
    await log.record(numbered(2));
    await log.close();
    await log.record(numbered(3));
    expect(await resourcesIn(path)).toEqual(reports(0, 1, 2, 3));
  });

  test('signs checkpoints under the name of the log', async () => {
    const path = await written(1, { name: 'pay.acme.example' });
    expect(readFileSync(checkpointOf(path), 'utf8')).toMatch(
      /^pay\.acme\.example\n1\n.*\n\n— pay\.acme\.example /,
    );
  });

  test('makes no folder above its own, whose name may be misspelt', async () => {
    const above = join(folder(), 'misspelt');
    expect(await refusalOf(open(join(above, 'log')))).toBe('receipt.failed');
    expect(existsSync(above)).toBe(false);
  });

  test('makes folder and files for their owner alone', async () => {
    const path = await written(1);
    const modes = ['', 'receipts.log', 'checkpoint', 'key.jwk', 'lock.1'].map(
      (name) => statSync(join(path, name)).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o600, 0o600, 0o600, 0o600]);
  });
});

describe('receiptLog', () => {
  test.each([
    ['a public key', { key }],
    ['a name with a space', { key: recorderKey, name: 'a b' }],
    ['an empty name', { key: recorderKey, name: '' }],
  ])('with %s throws', (_, options) => {
    expect(() => receiptLog({ path: 'log', ...options } as ReceiptLogOptions)).toThrow(TypeError);
  });

  test('opens nothing before it is asked', () => {
    const path = join(folder(), 'log');
    receiptLog({ path, key: recorderKey });
    expect(existsSync(path)).toBe(false);
  });
});

describe('a second writer', () => {
  test('is refused as long as the first is open', async () => {
    const path = await written(1);
    const [first, second] = [open(path), open(path)];
    await first.record(numbered(1));
    expect(await refusalOf(second)).toBe('receipt.locked');
    await first.close();
    await second.record(numbered(2));
    expect(await resourcesIn(path)).toEqual(reports(0, 1, 2));
  });

  test('that took the lock away stops the first before it writes', async () => {
    const path = await written(1);
    const first = open(path);
    await first.open();
    rmSync(join(path, 'lock.2'));
    const second = open(path);
    await second.record(numbered(1));
    expect(await refusalOf(first)).toBe('receipt.locked');
    expect(await resourcesIn(path)).toEqual(reports(0, 1));
  });
});

describe('on opening', () => {
  test.each<[string, (path: string) => void, string]>([
    [
      'the last receipts are gone',
      (path) => writeLines(path, linesOf(path).slice(0, -1)),
      'receipt.truncated',
    ],
    ['a part of the last one is gone', (path) => truncateSync(logOf(path), statSync(logOf(path)).size - 2), 'receipt.truncated'], // biome-ignore format: short
    ['the log is empty', (path) => writeLines(path, []), 'receipt.truncated'],
    ['the log is gone', (path) => rmSync(logOf(path)), 'receipt.truncated'],
    ['one in the middle is gone', (path) => writeLines(path, linesOf(path).filter((_, i) => i !== 1)), 'receipt.link'], // biome-ignore format: short
    ['a line is none', (path) => writeLines(path, linesOf(path).with(1, 'x')), 'receipt.shape'],
    ['the checkpoint is of another log', (path) => writeFileSync(checkpointOf(path), signCheckpoint({ size: 2, id: sha256('') }, 'a', recorderKey)), 'receipt.link'], // biome-ignore format: short
    ['the checkpoint is of another key', (path) => writeFileSync(checkpointOf(path), signCheckpoint({ size: 2, id: sha256('') }, 'a', otherKey)), 'receipt.key'], // biome-ignore format: short
    ['the checkpoint is none', (path) => writeFileSync(checkpointOf(path), ''), 'receipt.shape'],
    ['the key beside it is none', (path) => writeFileSync(join(path, 'key.jwk'), ''), 'receipt.key'],
  ])('where %s, nothing is recorded', async (_, spoil, code) => {
    const path = await written(4);
    spoil(path);
    const log = open(path);
    expect(await refusalOf(log)).toBe(code);
    expect(await refusalOf(log)).toBe(code);
  });

  test('with another key, nothing is recorded', async () => {
    expect(await refusalOf(open(await written(1), { key: otherKey }))).toBe('receipt.key');
  });

  test('with another key, and none beside the log, nothing is recorded', async () => {
    const path = await written(1);
    rmSync(checkpointOf(path));
    rmSync(join(path, 'key.jwk'));
    expect(await refusalOf(open(path, { key: otherKey }))).toBe('receipt.key');
  });

  test('a receipt that was changed is found by the signature of a later one, and named', async () => {
    const path = await written(4);
    const changed = (line: string) => {
      const bytes = Buffer.from(line, 'base64url');
      // In the JSON of the summary.
      bytes[bytes.indexOf('acme')] = 'b'.charCodeAt(0);
      return bytes.toString('base64url');
    };
    writeLines(
      path,
      linesOf(path).map((line, i) => (i === 1 ? changed(line) : line)),
    );
    rmSync(checkpointOf(path));
    await expect(open(path).open()).rejects.toMatchObject({
      ...{ code: 'receipt.signature', where: { path: 'line 2' } },
    });
  });

  test('a checkpoint elsewhere shows that the whole folder is gone', async () => {
    const checkpoint = join(folder(), 'checkpoint');
    const path = await written(2, { checkpoint });
    rmSync(path, { recursive: true });
    expect(await refusalOf(open(path, { checkpoint }))).toBe('receipt.truncated');
    expect(existsSync(logOf(path))).toBe(false);
  });

  test.each<[string, (path: string) => void]>([
    ['lost', (path) => rmSync(checkpointOf(path))],
    ['one of before', (path) => cpSync(join(path, 'kept'), checkpointOf(path))],
  ])('a checkpoint that is %s is made again from the log', async (_, spoil) => {
    const path = await written(2);
    cpSync(checkpointOf(path), join(path, 'kept'));
    const log = open(path);
    await log.record(numbered(2));
    await log.close();
    spoil(path);
    await open(path).record(numbered(3));
    expect(await resourcesIn(path)).toEqual(reports(0, 1, 2, 3));
    expect(sizeIn(path)).toBe('4');
  });

  test('that was refused, it is tried again when it is asked for', async () => {
    const path = await written(2);
    const [last = ''] = linesOf(path).slice(-1);
    writeLines(path, linesOf(path).slice(0, -1));
    const log = open(path);
    expect(await refusalOf(log)).toBe('receipt.truncated');
    appendFileSync(logOf(path), `${last}\n`);
    expect(await refusalOf(log)).toBe('receipt.truncated');
    await log.open();
    await log.record(numbered(2));
    expect(await resourcesIn(path)).toEqual(reports(0, 1, 2));
  });
});

describe('while it is open', () => {
  test.each<[string, (path: string) => void, string]>([
    ['is removed', (path) => rmSync(logOf(path)), 'receipt.truncated'],
    ['is emptied', (path) => truncateSync(logOf(path), 0), 'receipt.truncated'],
    ['loses its last receipt', (path) => writeLines(path, linesOf(path).slice(0, -1)), 'receipt.truncated'],
    ['gets a receipt of another place', (path) => appendFileSync(logOf(path), `${linesOf(path)[0]}\n`), 'receipt.link'], // biome-ignore format: short
    ['goes with its folder', (path) => renameSync(path, `${path}-old`), 'receipt.truncated'],
  ])('a log that %s takes nothing more', async (_, spoil, code) => {
    const path = await written(2);
    const log = open(path);
    await log.record(numbered(2));
    spoil(path);
    expect(await refusalOf(log)).toBe(code);
  });

  test('a log to which somebody added torn bytes seals them', async () => {
    const path = await written(1);
    const log = open(path);
    await log.record(numbered(1));
    appendFileSync(logOf(path), 'abc');
    await log.record(numbered(2));
    expect(await resourcesIn(path)).toEqual(reports(0, 1, 2));
    expect(readFileSync(logOf(path), 'latin1')).toContain('\nabc\n');
  });

  test('a checkpoint that cannot be written rejects, and what was written already is kept', async () => {
    const path = await written(1);
    const log = open(path);
    await log.open();
    rmSync(checkpointOf(path));
    mkdirSync(checkpointOf(path));
    expect(await refusalOf(log)).toBe('receipt.failed');
    rmSync(checkpointOf(path), { recursive: true });
    await log.record(numbered(2));
    expect(await resourcesIn(path)).toEqual(reports(0, 99, 2));
  });
});

describe('a writer that was killed', () => {
  // The checkpoint is past what is written only afterwards, so the one before is what it left.
  test('in the last two receipts leaves a log that goes on', async () => {
    // Short ones, for as many times.
    const short = (n: number) =>
      recordedOf({ chain: [], request: { action: 'a', resource: `reports/${n}`, args: {} } });
    const base = join(folder('memory'), 'log');
    const log = receiptLog({ path: base, key: recorderKey });
    for (const n of [0, 1]) await log.record({ ...short(n), token: null });
    cpSync(checkpointOf(base), join(base, 'kept'));
    await Promise.all([2, 3].map((n) => log.record({ ...short(n), token: null })));
    await log.close();
    cpSync(join(base, 'kept'), checkpointOf(base));
    const whole = readFileSync(logOf(base));
    const ends = [...whole.keys()].filter((i) => whole[i] === 10).map((i) => i + 1);
    const [, start = 0, middle = 0, end = 0] = ends;
    const path = join(folder('memory'), 'log');
    // Near the ends of lines each byte, between them some: there one is as good as another.
    const near = (cut: number) => [start, middle, end].some((at) => Math.abs(at - cut) < 8);
    for (let cut = start; cut <= end; cut += near(cut + 1) || near(cut + 12) ? 1 : 11) {
      // A receipt without its newline is whole.
      const kept = cut >= end - 1 ? [0, 1, 2, 3] : cut >= middle - 1 ? [0, 1, 2] : [0, 1];
      const torn = ![start, middle - 1, middle, end - 1, end].includes(cut);
      cpSync(base, path, { recursive: true });
      writeFileSync(logOf(path), whole.subarray(0, cut));
      const again = receiptLog({ path, key: recorderKey });
      await again.record(numbered(4));
      await again.close();
      const entries: LogEntry[] = [];
      const { problem } = await verifyLog(path, { key, onEntry: (entry) => entries.push(entry) });
      const found = entries.map(({ summary }) => summary.request?.resource);
      expect([cut, problem, found]).toEqual([cut, undefined, reports(...kept, 4)]);
      expect([cut, entries.at(-1)?.torn !== undefined]).toEqual([cut, torn]);
      // Nothing that was there is gone.
      expect(readFileSync(logOf(path)).subarray(0, cut).equals(whole.subarray(0, cut))).toBe(true);
      rmSync(path, { recursive: true });
    }
  }, 180_000);

  test('again and again leaves parts of lines, which one receipt seals', async () => {
    const path = await written(1);
    appendFileSync(logOf(path), 'abc\n\nde');
    await open(path).record(numbered(1));
    const entries: LogEntry[] = [];
    await verifyLog(path, { key, onEntry: (entry) => entries.push(entry) });
    expect(entries.map(({ torn }) => torn)).toEqual([undefined, { length: 7, sha256: sha256('abc\n\nde') }]);
    expect(await resourcesIn(path)).toEqual(reports(0, 1));
  });

  test('by a disk without room is told so, and the log goes on when there is some', async () => {
    const path = join(folder(), 'log');
    const clerk = fileURLToPath(new URL('../torture/clerk.mjs', import.meta.url));
    const given = { path, text: textWith(2), trust: trustFile, seed: hex(recorder.seed), first: 0, bytes: 0 };
    // In units of 1 KiB; a file may not grow beyond.
    const child = spawn('bash', ['-c', `ulimit -f 9; exec "${process.execPath}" "${clerk}"`], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child.stdin.write(`${JSON.stringify(given)}\n`);
    const lines: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      lines.push(line);
      if (line.startsWith('receipt.')) child.kill('SIGKILL');
    }
    expect(lines.at(-1)).toBe('receipt.failed');
    await open(path).record(numbered(99));
    const found = await resourcesIn(path);
    const heard = lines.slice(1, -1).map((number) => `reports/${number}`);
    expect(found).toEqual(expect.arrayContaining([...heard, 'reports/99']));
    expect(heard.length).toBeLessThan(found.length);
  });

  test('leaves a lock that the next one takes', async () => {
    const path = join(folder(), 'log');
    const entry = fileURLToPath(new URL('../../dist/src/audit/lock.js', import.meta.url));
    const script = `
      import { lock } from ${JSON.stringify(entry)};
      lock(${JSON.stringify(join(path, 'lock'))});
      process.kill(process.pid, 'SIGKILL');
    `;
    mkdirSync(path);
    const { signal } = spawnSync(process.execPath, ['--input-type=module', '-e', script]);
    expect(signal).toBe('SIGKILL');
    await open(path).record(numbered(0));
    expect(await resourcesIn(path)).toEqual(reports(0));
  });
});
