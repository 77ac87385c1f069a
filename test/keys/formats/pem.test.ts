import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pem, writePkcs8 } from '../../../src/keys/formats/pem.ts';
import type { Key } from '../../../src/keys/jwk.ts';
import { MacKey } from '../../../src/keys/mac-key.ts';
import { PublicKey } from '../../../src/keys/public-key.ts';
import { SigningKey } from '../../../src/keys/signing-key.ts';
import { codeOf, errorOf } from '../../support/code-of.ts';
import { beginnings, flips, outcomes } from '../../support/damage.ts';
import { cfo, domain, hex, research } from '../../support/forge.ts';
import { fromHex } from '../../support/hex.ts';
import { armour, pairs } from '../../support/key-files.ts';
import { nonCanonical, smallOrder } from '../../support/points.ts';

const [seed, x] = [hex(cfo.seed), hex(cfo.publicKey)];
const v1 = `302e 020100 3005 06032b6570 0422 0420 ${seed}`;
const v2 = `3051 020101 3005 06032b6570 0422 0420 ${seed} 812100 ${x}`;
const spki = `302a 3005 06032b6570 032100 ${x}`;

const privateCode = (digits: string) => codeOf(() => pem.read(armour('PRIVATE KEY', fromHex(digits))));
const publicCode = (digits: string) => codeOf(() => pem.read(armour('PUBLIC KEY', fromHex(digits))));
const seedOf = (key: Key) => hex((key as SigningKey).seed.expose());

describe('the examples of RFC 8410, section 10', () => {
  const known = 'd4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842';
  const body = 'MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC';
  const attributed = `-----BEGIN PRIVATE KEY-----
MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
oB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrB
Z9w7lshQhqowtrbLDFw4rXAxZuE=
-----END PRIVATE KEY-----
`;
  const publicText = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
-----END PUBLIC KEY-----
`;
  const privateText = `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----\n`;

  test('10.3, version 1, is read and written', () => {
    expect(seedOf(pem.read(privateText))).toBe(known);
    expect(pem.write(pem.read(privateText))).toBe(privateText);
  });

  test('10.3, version 2 with an attribute and the public key, is read', () => {
    expect(seedOf(pem.read(attributed))).toBe(known);
  });

  test('10.1, the public key, is read, belongs to the private one, and is written', () => {
    const publicKey = pem.read(publicText) as PublicKey;
    expect(publicKey).toEqual((pem.read(privateText) as SigningKey).publicKey);
    expect(pem.write(publicKey)).toBe(publicText);
  });
});

test('a key is read as it was written, for every seed', () => {
  fc.assert(
    fc.property(pairs, (pair) => {
      expect(seedOf(pem.read(pem.write(pair)))).toBe(hex(pair.seed.expose()));
      expect(pem.read(pem.write(pair.publicKey))).toEqual(pair.publicKey);
    }),
    { numRuns: 25 },
  );
});

test('a public key is read as one', () => {
  expect(pem.read(armour('PUBLIC KEY', fromHex(spki)))).toBeInstanceOf(PublicKey);
});

test('writePkcs8 writes version 1', () => {
  expect(hex(writePkcs8(new SigningKey(cfo.seed)))).toBe(v1.replaceAll(' ', ''));
});

describe('a private key', () => {
  test.each([
    ['version 1', v1],
    ['version 2', v2],
    ['empty attributes', `3030 020100 3005 06032b6570 0422 0420 ${seed} a000`],
  ])('of %s is accepted', (_, digits) => {
    expect(privateCode(digits)).toBe('accepted');
  });

  test.each([
    ['nothing but a sequence', '3000', 'key.format'],
    ['a public key under this label', spki, 'key.format'],
    ['version 1 with a public key', v2.replace('020101', '020100'), 'key.format'],
    ['version 2 without one', v1.replace('020100', '020101'), 'key.format'],
    ['version 3', v2.replace('020101', '020102'), 'key.format'],
    ['a version in two bytes', `302f 02020000 3005 06032b6570 0422 0420 ${seed}`, 'key.format'],
    ['parameters that are null', `3030 020100 3007 06032b6570 0500 0422 0420 ${seed}`, 'key.format'],
    ['no algorithm', `3027 020100 0422 0420 ${seed}`, 'key.format'],
    ['the algorithm X25519', v1.replace('2b6570', '2b656e'), 'key.algorithm'],
    ['the algorithm Ed448', v1.replace('2b6570', '2b6571'), 'key.algorithm'],
    ['a seed that is not wrapped twice', `302c 020100 3005 06032b6570 0420 ${seed}`, 'key.format'],
    ['a seed of 31 bytes', `302d 020100 3005 06032b6570 0421 041f ${seed.slice(2)}`, 'key.length'],
    ['a seed of 33 bytes', `302f 020100 3005 06032b6570 0423 0421 ${seed}00`, 'key.length'],
    [
      'a seed with its public key behind it',
      `304e 020100 3005 06032b6570 0442 0440 ${seed}${x}`,
      'key.length',
    ],
    ['bytes behind the seed', `302f 020100 3005 06032b6570 0423 0420 ${seed}00`, 'key.format'],
    ['bytes behind all', `${v1}00`, 'key.format'],
    ['two keys in one block', v1 + v1, 'key.format'],
    ['a length in the long form', v1.replace('302e', '30812e'), 'key.format'],
    ['an indefinite length', `${v1.replace('302e', '3080')}0000`, 'key.format'],
    ['attributes twice', `3032 020100 3005 06032b6570 0422 0420 ${seed} a000 a000`, 'key.format'],
    ['attributes behind the public key', `${v2.replace('3051', '3053')} a000`, 'key.format'],
    [
      'the public key in an explicit tag',
      `3053 020101 3005 06032b6570 0422 0420 ${seed} a1230321 00${x}`,
      'key.format',
    ],
    ['a public key with an unused bit', v2.replace('812100', '812101'), 'key.format'],
    [
      'a public key of 31 bytes',
      `3050 020101 3005 06032b6570 0422 0420 ${seed} 812000 ${x.slice(2)}`,
      'key.length',
    ],
    ['another public key', v2.replace(x, hex(research.publicKey)), 'key.mismatch'],
    ['a public key of small order', v2.replace(x, `01${'00'.repeat(31)}`), 'key.weak'],
  ])('with %s is refused', (_, digits, code) => {
    expect(privateCode(digits)).toBe(code);
  });

  test('with any bit of its headers flipped is refused', () => {
    const damaged = [
      ...flips(fromHex(v1), 0, 16),
      ...flips(fromHex(v2), 0, 16),
      ...flips(fromHex(v2), 48, 51),
    ];
    const found = outcomes(damaged, (bytes) => codeOf(() => pem.read(armour('PRIVATE KEY', bytes))));
    expect(found).toEqual(['key.algorithm', 'key.format']);
  });

  test('of version 2 with any bit of its keys flipped is refused', () => {
    const damaged = [...flips(fromHex(v2), 16, 48), ...flips(fromHex(v2), 51)];
    const found = outcomes(damaged, (bytes) => codeOf(() => pem.read(armour('PRIVATE KEY', bytes))));
    expect(found).toEqual(['key.mismatch']);
  });

  test('that is cut short anywhere, in its bytes or its text, is refused', () => {
    const cut = beginnings(fromHex(v2)).map((bytes) => armour('PRIVATE KEY', bytes));
    const texts = beginnings(armour('PRIVATE KEY', fromHex(v2)).trimEnd());
    expect(outcomes([...cut, ...texts], (text) => codeOf(() => pem.read(text)))).toEqual(['key.format']);
  });
});

describe('a public key', () => {
  test.each([
    ['a private key under this label', v1, 'key.format'],
    ['the algorithm X25519', spki.replace('2b6570', '2b656e'), 'key.algorithm'],
    ['an unused bit', spki.replace('032100', '032101'), 'key.format'],
    ['no bytes', '3009 3005 06032b6570 0300', 'key.format'],
    ['31 bytes', `3029 3005 06032b6570 032000 ${x.slice(2)}`, 'key.length'],
    ['33 bytes', `302b 3005 06032b6570 032200 ${x}00`, 'key.length'],
    ['an octet string', spki.replace('032100', '042100'), 'key.format'],
    ['one element more', `302c 3005 06032b6570 032100 ${x} 0500`, 'key.format'],
    ['bytes behind it', `${spki}00`, 'key.format'],
  ])('with %s is refused', (_, digits, code) => {
    expect(publicCode(digits)).toBe(code);
  });

  test.each([...smallOrder, ...nonCanonical])('that is %s is refused', (_, encoding) => {
    expect(publicCode(spki.replace(x, encoding))).toBe('key.weak');
  });

  test('with any bit of its headers flipped is refused', () => {
    const found = outcomes(flips(fromHex(spki), 0, 12), (bytes) =>
      codeOf(() => pem.read(armour('PUBLIC KEY', bytes))),
    );
    expect(found).toEqual(['key.algorithm', 'key.format']);
  });

  test('that is cut short anywhere is refused', () => {
    const cut = beginnings(fromHex(spki)).map((bytes) => armour('PUBLIC KEY', bytes));
    expect(outcomes(cut, (text) => codeOf(() => pem.read(text)))).toEqual(['key.format']);
  });
});

describe('the label', () => {
  test.each(['ED25519 PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY', 'CERTIFICATE'])(
    '%s is refused',
    (label) => {
      expect(codeOf(() => pem.read(armour(label, fromHex(v1))))).toBe('key.format');
    },
  );

  test('ENCRYPTED PRIVATE KEY is refused, and the error says what to do', () => {
    const error = errorOf(() => pem.read(armour('ENCRYPTED PRIVATE KEY', fromHex(v1))));
    expect(error.message).toContain('decrypt it first');
  });
});

test('an RSA key is refused for its algorithm', () => {
  // The head of a real key: a sequence with two octets of length, the version, rsaEncryption, and 300 bytes more.
  const body = `020100 300d 06092a864886f70d010101 0500 0482012c ${'00'.repeat(300)}`;
  expect(privateCode(`30820142 ${body}`)).toBe('key.algorithm');
});

test('an HMAC secret is not written', () => {
  expect(codeOf(() => pem.write(new MacKey(domain.secret, domain.kid)))).toBe('key.format');
});
