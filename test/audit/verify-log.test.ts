import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { signCheckpoint } from '../../src/audit/checkpoint.ts';
import { receiptLog } from '../../src/audit/log.ts';
import { contentOf, EMPTY, signReceipt } from '../../src/audit/receipt.ts';
import { type LogEntry, verifyLog } from '../../src/audit/verify-log.ts';
import { toHex, utf8 } from '../../src/bytes.ts';
import { exportJwk } from '../../src/keys/jwk.ts';
import { hex, NOW, sha256 } from '../support/forge.ts';
import { folder, lineOf, linesOf, numbered, otherKey, recorderKey, writeLines } from '../support/receipts.ts';

const COUNT = 4;
const key = recorderKey.publicKey;
let path: string;
beforeEach(async () => {
  path = folder();
  const log = receiptLog({ path, key: recorderKey, name: 'pay' });
  for (let n = 0; n < COUNT; n++) await log.record(numbered(n));
  await log.close();
});

const checkpointFile = () => join(path, 'checkpoint');
const note = () => readFileSync(checkpointFile(), 'utf8');

test('a log that holds is reported with its head and its checkpoint', async () => {
  const report = await verifyLog(path, { key });
  expect(report).toMatchObject({ size: COUNT, pinned: true, unsealed: 0 });
  expect(report.problem).toBeUndefined();
  expect(report.checkpoints.map(({ origin, size, id }) => [origin, size, toHex(id)])).toEqual([
    ['pay', COUNT, report.head],
  ]);
});

test('gives every entry, in order, with what was recorded', async () => {
  const entries: LogEntry[] = [];
  const { head } = await verifyLog(path, { key, onEntry: (entry) => entries.push(entry) });
  expect(entries.map(({ number, line, time, summary }) => [number, line, time, summary.request])).toEqual(
    Array.from({ length: COUNT }, (_, n) => [n, n + 1, NOW, { action: 'read', resource: `reports/${n}` }]),
  );
  expect(entries.at(-1)?.id).toBe(head);
  expect(hex(entries[0]?.token as Uint8Array)).toBe(hex(numbered(0).token as Uint8Array));
});

test('says how far it has come', async () => {
  const heard: (readonly [number, number])[] = [];
  await verifyLog(path, { key, onProgress: (bytes, of) => heard.push([bytes, of]) });
  const { length } = readFileSync(join(path, 'receipts.log'));
  expect(heard.at(-1)).toEqual([length, length]);
});

test('without a key takes the one beside the log, and says so', async () => {
  expect(await verifyLog(path)).toMatchObject({ pinned: false, size: COUNT });
});

test.each([
  ['that is gone', () => rmSync(join(path, 'key.jwk'))],
  ['that is private', () => writeFileSync(join(path, 'key.jwk'), JSON.stringify(exportJwk(recorderKey)))],
])('without a key, and with one beside the log %s, throws', async (_, spoil) => {
  spoil();
  await expect(verifyLog(path)).rejects.toMatchObject({ code: 'receipt.key' });
});

describe('a problem', () => {
  test.each<[string, (lines: string[]) => string[], string, number | undefined, number]>([
    ['a receipt that is removed', ([a = '', , c = '', d = '']) => [a, c, d], 'receipt.link', 2, 1],
    ['lines that were swapped', ([a = '', b = '', c = '', d = '']) => [a, c, b, d], 'receipt.link', 2, 1],
    ['a line that is none', ([a = '', b = '', ...rest]) => [a, b, 'x', ...rest], 'receipt.shape', 3, 2],
    ['the last ones removed', ([a = '', b = '']) => [a, b], 'receipt.truncated', undefined, 2],
    ['all removed', () => [], 'receipt.truncated', undefined, 0],
  ])('%s', async (_, alter, code, line, size) => {
    writeLines(path, alter(linesOf(path)));
    const report = await verifyLog(path, { key });
    expect(report.problem).toMatchObject({ code });
    expect([report.problem?.line, report.size]).toEqual([line, size]);
  });

  test('a log that is gone', async () => {
    rmSync(join(path, 'receipts.log'));
    expect((await verifyLog(path, { key })).problem?.code).toBe('receipt.truncated');
  });

  test('a log that another key signed', async () => {
    rmSync(checkpointFile());
    expect((await verifyLog(path, { key: otherKey.publicKey })).problem).toMatchObject({ code: 'receipt.key', line: 1 }); // biome-ignore format: short
  });

  test('a checkpoint that another key signed', async () => {
    writeFileSync(checkpointFile(), signCheckpoint({ size: 1, id: sha256('x') }, 'pay', otherKey));
    expect((await verifyLog(path, { key })).problem?.code).toBe('receipt.key');
  });

  test('a checkpoint that was changed', async () => {
    writeFileSync(checkpointFile(), note().replace(`\n${COUNT}\n`, '\n3\n'));
    expect((await verifyLog(path, { key })).problem?.code).toBe('receipt.signature');
  });

  test('a checkpoint of another log under the same key', async () => {
    writeFileSync(checkpointFile(), signCheckpoint({ size: 2, id: sha256('x') }, 'pay', recorderKey));
    const report = await verifyLog(path, { key });
    expect(report).toMatchObject({ size: 1, problem: { code: 'receipt.link', line: 2 } });
  });

  test.each([
    ['of another time than its receipt', { time: NOW + 1 }],
    ['none', { summary: utf8('{}') }],
  ])('a summary that is %s, behind a receipt that holds', async (_, changes) => {
    const content = contentOf(numbered(0));
    const first = signReceipt(content, recorderKey, EMPTY);
    const second = signReceipt({ ...content, ...changes }, recorderKey, first.head);
    rmSync(checkpointFile());
    writeLines(path, [lineOf(first.bytes), lineOf(second.bytes)]);
    expect(await verifyLog(path, { key })).toMatchObject({
      ...{ size: 1, head: toHex(first.head.id) },
      problem: { code: 'receipt.shape', line: 2 },
    });
  });
});

describe('a checkpoint that was kept elsewhere', () => {
  test('is found in a log that has grown since', async () => {
    const kept = note();
    const log = receiptLog({ path, key: recorderKey });
    await log.record(numbered(COUNT));
    await log.close();
    const report = await verifyLog(path, { key, checkpoints: [kept] });
    expect(report.problem).toBeUndefined();
    expect(report.checkpoints.map(({ size }) => size)).toEqual([COUNT, COUNT + 1]);
  });

  test('shows that a log and its own checkpoint were shortened together', async () => {
    const kept = note();
    rmSync(checkpointFile());
    writeLines(path, linesOf(path).slice(0, -1));
    expect((await verifyLog(path, { key })).problem).toBeUndefined();
    expect((await verifyLog(path, { key, checkpoints: [kept] })).problem?.code).toBe('receipt.truncated');
  });
});

test('bytes at the end that nothing has sealed are counted, and no problem', async () => {
  appendFileSync(join(path, 'receipts.log'), 'abc');
  const report = await verifyLog(path, { key });
  expect([report.size, report.unsealed, report.problem]).toEqual([COUNT, 3, undefined]);
});
