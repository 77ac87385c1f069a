import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openssh } from '../../../src/keys/formats/openssh.ts';
import { MacKey } from '../../../src/keys/mac-key.ts';
import { SigningKey } from '../../../src/keys/signing-key.ts';
import { codeOf, errorOf } from '../../support/code-of.ts';
import { beginnings, flips, outcomes } from '../../support/damage.ts';
import { cfo, domain, hex, research } from '../../support/forge.ts';
import { armour, pairs } from '../../support/key-files.ts';
import { nonCanonical, smallOrder } from '../../support/points.ts';

const LABEL = 'OPENSSH PRIVATE KEY';
const { seed, publicKey: x } = cfo;
const other = research.publicKey;
const code = (text: string) => codeOf(() => openssh.read(text));

/** A `string` of SSH. */
function string(value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value as string);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

const blob = (key: Uint8Array, type = 'ssh-ed25519') => Buffer.concat([string(type), string(key)]);
const line = (bytes: Uint8Array) => `ssh-ed25519 ${Buffer.from(bytes).toString('base64')}\n`;

const parts = {
  magic: 'openssh-key-v1\0',
  cipher: 'none',
  kdf: 'none',
  options: '',
  count: 1,
  outer: blob(x),
  checks: [7, 7],
  type: 'ssh-ed25519',
  x,
  pair: Buffer.concat([seed, x]),
  comment: 'cfo@acme',
  padding: [1, 2, 3, 4, 5],
  after: [] as number[],
};

/** A private key in openssh-key-v1, made without the code under test, with some of its parts replaced. */
function file(changes: Partial<typeof parts> = {}): Buffer {
  const p = { ...parts, ...changes };
  const uint32 = (...values: number[]) =>
    Buffer.concat(
      values.map((value) => {
        const bytes = Buffer.alloc(4);
        bytes.writeUInt32BE(value);
        return bytes;
      }),
    );
  const inner = [
    uint32(...p.checks),
    blob(p.x, p.type),
    string(p.pair),
    string(p.comment),
    Buffer.from(p.padding),
  ];
  const head = [Buffer.from(p.magic), string(p.cipher), string(p.kdf), string(p.options), uint32(p.count)];
  return Buffer.concat([...head, string(p.outer), string(Buffer.concat(inner)), Buffer.from(p.after)]);
}

const privateText = (changes: Partial<typeof parts> = {}) => armour(LABEL, file(changes), 70);

test('keys are read as they were written, for every seed', () => {
  fc.assert(
    fc.property(pairs, (one) => {
      expect((openssh.read(openssh.write(one)) as SigningKey).seed.expose()).toEqual(one.seed.expose());
      expect(openssh.read(openssh.write(one.publicKey))).toEqual(one.publicKey);
    }),
    { numRuns: 25 },
  );
});

test('a private key is written as others lay it out, without a comment and with equal check numbers', () => {
  expect(openssh.write(new SigningKey(seed))).toBe(
    privateText({ checks: [0, 0], comment: '', padding: [1, 2, 3, 4, 5] }),
  );
});

describe('a line', () => {
  const good = line(blob(x));
  const digits = good.slice(12, -1);

  test.each([
    ['without a comment', good],
    ['with one', good.replace('\n', ' cfo@acme laptop\n')],
    ['with CRLF', good.replace('\n', '\r\n')],
    ['without a newline', good.trimEnd()],
  ])('%s is read', (_, text) => {
    expect(openssh.read(text)).toEqual(new SigningKey(seed).publicKey);
  });

  test.each([
    ['of the type alone', 'ssh-ed25519\n', 'key.format'],
    ['with two keys', good + good, 'key.format'],
    ['with an empty line behind it', `${good}\n`, 'key.format'],
    ['with a tab', good.replace(' ', '\t'), 'key.format'],
    ['with two spaces', good.replace(' ', '  '), 'key.format'],
    ['without padding', `ssh-ed25519 ${digits.slice(0, -1)}`, 'key.format'],
    ['of an RSA key', good.replace('ssh-ed25519', 'ssh-rsa'), 'key.algorithm'],
    ['of a certificate', good.replace('ssh-ed25519', 'ssh-ed25519-cert-v01@openssh.com'), 'key.algorithm'],
    ['of another type inside', line(blob(x, 'ssh-ed448')), 'key.algorithm'],
    ['with bytes behind the key', line(Buffer.concat([blob(x), Buffer.of(0)])), 'key.format'],
    ['of 31 bytes', line(blob(x.slice(1))), 'key.length'],
    ['of 33 bytes', line(blob(Buffer.concat([x, Buffer.of(0)]))), 'key.length'],
  ])('%s is refused', (_, text, expected) => {
    expect(code(text)).toBe(expected);
  });

  test.each([...smallOrder, ...nonCanonical])('of a key that is %s is refused', (_, encoding) => {
    expect(code(line(blob(Buffer.from(encoding, 'hex'))))).toBe('key.weak');
  });

  test('that is cut short anywhere is refused', () => {
    const cut = [...beginnings(good.trimEnd()), ...beginnings(blob(x)).map(line)];
    expect(outcomes(cut, code)).toEqual(['key.format']);
  });

  test('with any bit before its key flipped is refused', () => {
    const found = outcomes(flips(blob(x), 0, 19).map(line), code);
    expect(found).toEqual(['key.algorithm', 'key.format']);
  });
});

describe('a private key', () => {
  test.each([
    ['as ssh-keygen writes it', privateText()],
    ['with a comment that is not UTF-8', privateText({ comment: Buffer.alloc(8, 0xff) as never })],
    ['without padding', privateText({ comment: '12345', padding: [] })],
    ['with CRLF', privateText().replaceAll('\n', '\r\n')],
  ])('%s is read', (_, text) => {
    expect(hex((openssh.read(text) as SigningKey).seed.expose())).toBe(hex(seed));
  });

  test.each<[string, Partial<typeof parts>, string]>([
    ['another magic', { magic: 'openssh-key-v2\0' }, 'key.format'],
    ['a cipher', { cipher: 'aes256-ctr' }, 'key.format'],
    ['a derivation without a cipher', { kdf: 'bcrypt' }, 'key.format'],
    ['options of a derivation', { options: 'x' }, 'key.format'],
    ['no keys', { count: 0 }, 'key.format'],
    ['two keys', { count: 2 }, 'key.format'],
    ['unequal check numbers', { checks: [7, 8] }, 'key.format'],
    ['another type', { type: 'ssh-ed448' }, 'key.algorithm'],
    ['another type of its public key', { outer: blob(x, 'ssh-rsa') }, 'key.algorithm'],
    ['another padding', { padding: [1, 2, 3, 4, 6] }, 'key.format'],
    ['zeros for padding', { padding: [0, 0, 0, 0, 0] }, 'key.format'],
    ['too little padding', { padding: [1, 2, 3, 4] }, 'key.format'],
    ['a block too much of padding', { padding: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13] }, 'key.format'],
    ['bytes behind all', { after: [0] }, 'key.format'],
    ['another public key outside', { outer: blob(other) }, 'key.mismatch'],
    ['another public key inside', { x: other }, 'key.mismatch'],
    ['another public key behind the seed', { pair: Buffer.concat([seed, other]) }, 'key.mismatch'],
    [
      'another public key inside and behind the seed',
      { x: other, pair: Buffer.concat([seed, other]) },
      'key.mismatch',
    ],
    ['another seed', { pair: Buffer.concat([research.seed, x]) }, 'key.mismatch'],
    ['a seed alone', { pair: Buffer.from(seed) }, 'key.length'],
    ['a public key of small order', { outer: blob(new Uint8Array(32)) }, 'key.weak'],
  ])('with %s is refused', (_, changes, expected) => {
    expect(code(privateText(changes))).toBe(expected);
  });

  test('in lines of 64 is refused', () => {
    expect(code(armour(LABEL, file(), 64))).toBe('key.format');
  });

  test('that is encrypted is refused with the way to decrypt it', () => {
    const error = errorOf(() => openssh.read(privateText({ cipher: 'aes256-ctr', kdf: 'bcrypt' })));
    expect(error.message).toContain('ssh-keygen -p');
  });

  test('that is cut short anywhere, in its bytes or its text, is refused', () => {
    const cut = beginnings(new Uint8Array(file())).map((bytes) => armour(LABEL, bytes, 70));
    expect(outcomes([...cut, ...beginnings(privateText().trimEnd())], code)).toEqual(['key.format']);
  });

  test('with any bit flipped, but for its comment, is refused', () => {
    const bare = new Uint8Array(file({ comment: '', padding: [1, 2, 3, 4, 5] }));
    const found = outcomes(flips(bare), (bytes) => code(armour(LABEL, bytes, 70)));
    expect(found).toEqual(['key.algorithm', 'key.format', 'key.mismatch']);
  });
});

test('an HMAC secret is not written', () => {
  expect(codeOf(() => openssh.write(new MacKey(domain.secret, domain.kid)))).toBe('key.format');
});
