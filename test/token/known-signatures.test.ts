import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ChainFile } from '../../cli/vectors/chain-format.ts';
import { importTrust } from '../../src/keys/import-trust.ts';
import { PublicKey } from '../../src/keys/public-key.ts';
import type { Trust } from '../../src/keys/trust.ts';
import { decode } from '../../src/token/decode.ts';
import { KnownSignatures } from '../../src/token/known-signatures.ts';
import { verify } from '../../src/token/verify.ts';
import { classOf, textWith, trust, withPart } from '../support/chains.ts';
import { cfo, forge, NOW, research, scene, sha256, stranger, textOf } from '../support/forge.ts';

const [id, proof] = [sha256('a block'), new Uint8Array(64).fill(1)];
const [by, next] = [new PublicKey(cfo.publicKey), new PublicKey(research.publicKey)];

describe('KnownSignatures', () => {
  const known = new KnownSignatures(2);
  known.add(id, by, proof, next);

  test('tells the key that a block hands on to', () => {
    expect(known.find(id, by, proof)).toEqual(next);
  });

  test.each<[string, Parameters<KnownSignatures['find']>]>([
    ['other bytes', [sha256('another block'), by, proof]],
    ['another key', [id, new PublicKey(stranger.publicKey), proof]],
    ['another algorithm', [id, new PublicKey(cfo.publicKey, -8), proof]],
    ['another signature', [id, by, new Uint8Array(64).fill(2)]],
    ['a part of the signature', [id, by, proof.subarray(0, 63)]],
  ])('does not know %s', (_, asked) => {
    expect(known.find(...asked)).toBeUndefined();
  });

  test('keeps copies, which later changes do not reach', () => {
    const changing = [new PublicKey(by.bytes), Uint8Array.from(proof), new PublicKey(next.bytes)] as const;
    const own = new KnownSignatures(1);
    own.add(id, ...changing);
    for (const { bytes } of [changing[0], { bytes: changing[1] }, changing[2]]) bytes[0] = 9;
    expect(own.find(id, changing[0], changing[1])).toBeUndefined();
    expect(own.find(id, by, proof)).toEqual(next);
  });

  test('forgets the oldest', () => {
    const own = new KnownSignatures(2);
    const ids = ['a', 'b', 'c'].map((name) => sha256(name));
    const [a, b, c] = ids as [Uint8Array, Uint8Array, Uint8Array];
    own.add(a, by, proof, next);
    own.add(b, by, proof, next);
    own.add(c, by, proof, next);
    expect(ids.map((name) => own.find(name, by, proof) !== undefined)).toEqual([false, true, true]);
  });
});

describe('a verification with known signatures', () => {
  const known = new KnownSignatures(100);
  const text = textWith(2);
  const outcome = (text: string, anchors: Trust, now: number, options: { known?: KnownSignatures }) =>
    classOf(() => {
      verify(decode(text), anchors, { now, ...options });
      return 'verified';
    });
  const warm = (text: string, anchors: Trust = trust, now = NOW) => outcome(text, anchors, now, { known });
  warm(text);

  test('of an anchor that is trusted no more fails', () => {
    expect(warm(text, new Map())).toBe('VerifyError anchor.unknown');
  });

  test('of an anchor whose window is over fails', () => {
    const over = new Map([...trust].map(([kid, anchor]) => [kid, { ...anchor, until: NOW }]));
    expect(warm(text, over)).toBe('VerifyError anchor.window');
  });

  test('of an anchor with another key under the same id fails', () => {
    const swapped = new Map([...trust].map(([kid, anchor]) => [kid, { ...anchor, key: next }]));
    expect(warm(text, swapped)).toBe('VerifyError signature.invalid');
  });

  test.each([0, 1])('of block %i with another signature fails, and goes on failing', (block) => {
    const forged = forge(withPart(2, block, { signer: stranger })).text;
    expect([warm(forged), warm(text), warm(forged)]).toEqual([
      'VerifyError signature.invalid',
      'verified',
      'VerifyError signature.invalid',
    ]);
  });

  test('of an invocation with another signature fails', () => {
    expect(warm(forge(withPart(2, 2, { signer: stranger })).text)).toBe('VerifyError signature.invalid');
  });

  test('ends as one without, whichever bit of the token is flipped', () => {
    const { bytes } = forge(scene(2));
    const flipped = Array.from({ length: Math.floor((bytes.length * 8) / 11) }, (_, i) => {
      const changed = Uint8Array.from(bytes);
      changed[(i * 11) >> 3] = (changed[(i * 11) >> 3] as number) ^ (1 << ((i * 11) & 7));
      return textOf(changed);
    });
    const cold = flipped.map((changed) => outcome(changed, trust, NOW, {}));
    expect(new Set(cold)).not.toContain('verified');
    expect(flipped.map((changed) => warm(changed))).toEqual(cold);
  });

  test('ends as one without for all published tokens, again and again', () => {
    const folder = new URL('../../test-vectors/', import.meta.url);
    const files = readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name): ChainFile => JSON.parse(readFileSync(new URL(name, folder), 'utf8')))
      .filter(({ format }) => format === 'writ-vectors/1');
    const shared = new KnownSignatures(10_000);
    const round = (options: { known?: KnownSignatures }) =>
      files.flatMap(({ trust, clock, tests }) =>
        tests.map((vector) => outcome(vector.text, importTrust(trust), clock, options)),
      );
    const cold = round({});
    expect(cold.length).toBeGreaterThan(250);
    expect(round({ known: shared })).toEqual(cold);
    expect(round({ known: shared })).toEqual(cold);
  });
});
