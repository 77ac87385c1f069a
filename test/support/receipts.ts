import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type ReceiptLogOptions, receiptLog } from '../../src/audit/log.ts';
import type { Recorded } from '../../src/audit/receipts.ts';
import { decide } from '../../src/decide/decide.ts';
import type { Decision } from '../../src/decide/decision.ts';
import { SigningKey } from '../../src/keys/signing-key.ts';
import { parseText } from '../../src/text.ts';
import { chainOf, REQUEST, textWith } from './chains.ts';
import { AUDIENCE, base64url, cbor, NOW, pair } from './forge.ts';
import { recorder } from './forge-log.ts';

export const recorderKey: SigningKey = new SigningKey(recorder.seed);
export const otherKey: SigningKey = new SigningKey(pair('another recorder').seed);

/** A decision about the scene, as a verifier records it; `changes` are spread over the decision. */
export function recordedOf(changes: Partial<Decision> = {}, text: string = textWith(2)): Recorded {
  const decision = decide(chainOf(text), { audience: AUDIENCE, request: REQUEST, now: NOW });
  const { token, secret, attachments } = parseText(text);
  return {
    decision: { ...decision, ...changes },
    token: secret ? null : token,
    evidence: secret ? [] : attachments,
  };
}

/** What tells one record from the others. */
export function numbered(n: number): Recorded {
  return recordedOf({ request: { action: 'read', resource: `reports/${n}`, args: {} } });
}

/** A folder that is gone after the test; on request in memory, where there is such a place, so that flushes cost nothing. */
export function folder(where: 'disk' | 'memory' = 'disk'): string {
  const memory = where === 'memory' && existsSync('/dev/shm') ? '/dev/shm' : undefined;
  const path = mkdtempSync(join(memory ?? tmpdir(), 'writ-receipts-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A folder with a log of some receipts, which is closed. */
export async function written(count: number, options: Partial<ReceiptLogOptions> = {}): Promise<string> {
  const path = join(folder(), 'log');
  const log = receiptLog({ path, key: recorderKey, ...options });
  for (let n = 0; n < count; n++) await log.record(numbered(n));
  await log.close();
  return path;
}

/** The lines of the log in a folder, without what follows the last newline. */
export function linesOf(path: string): string[] {
  return readFileSync(join(path, 'receipts.log'), 'latin1').split('\n').slice(0, -1);
}

/** Replaces the log in a folder by these lines. */
export function writeLines(path: string, lines: readonly string[]): void {
  writeFileSync(join(path, 'receipts.log'), lines.map((line) => `${line}\n`).join(''));
}

/** The line of a receipt. */
export function lineOf(bytes: Uint8Array): string {
  return base64url(bytes);
}

/** An item of evidence of a size, of at least 30 bytes; nobody has signed it. */
export function evidenceOf(size: number): Uint8Array {
  const head = cbor([1, [new Uint8Array(size)]]).length - size;
  return cbor([1, [new Uint8Array(size - head)]]);
}
