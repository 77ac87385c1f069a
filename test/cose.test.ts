import { decode as cborgDecode } from 'cborg';
import { describe, expect, test } from 'vitest';
import { utf8 } from '../src/bytes.ts';
import { type Label, PROTECTED, PROTECTED_KID, signedBytes } from '../src/cose.ts';
import { verifyEd25519 } from '../src/crypto/ed25519.ts';
import { verifyHmac } from '../src/crypto/hmac.ts';
import { decode } from '../src/token/decode.ts';
import { codeOf } from './support/code-of.ts';
import { describeForeign } from './support/foreign.ts';
import { cbor, signedBytes as forgedBytes, headerOf, hex, sha256, textOf } from './support/forge.ts';
import { fromHex } from './support/hex.ts';
import { readPublished } from './support/published.ts';

const labels: Label[] = ['grant', 'hop', 'invocation', 'status', 'approval', 'consent', 'receipt'];
const suites = [
  ['hmac', 1],
  ['ed25519', 2],
] as const;

describe('signedBytes', () => {
  const rows = suites.flatMap(([suite, number]) => labels.map((label) => [suite, label, number] as const));

  test.each(rows)('in suite %s, of %s with a link, are those of another encoder', (suite, label, number) => {
    const [link, header, payload] = [sha256('link'), cbor(headerOf(number)), utf8('payload')];
    expect(hex(signedBytes(suite, label, link, header, payload))).toBe(
      hex(forgedBytes(number, label, link, header, payload)),
    );
  });

  test('of a root have an empty link', () => {
    expect(
      hex(signedBytes('ed25519', 'grant', new Uint8Array(), PROTECTED.ed25519, Uint8Array.of(0xa0))),
    ).toBe(
      // ["Signature1", h'a10132', h'826c777269742f31206772616e7440', h'a0']
      '846a5369676e61747572653143a101324f826c777269742f31206772616e744041a0',
    );
  });

  test('differ for every suite and label', () => {
    const all = rows.map(([suite, label]) =>
      hex(signedBytes(suite, label, sha256(''), PROTECTED[suite], utf8('x'))),
    );
    expect(new Set(all).size).toBe(14);
  });
});

describe('what is signed', () => {
  const expected = (
    context: string,
    label: string,
    link: Uint8Array,
    header: Uint8Array,
    payload: Uint8Array,
  ) => hex(cbor([context, header, cbor([label, link]), payload]));

  test.each([0, 1, 23, 24, 255, 256, 4095, 65_535, 65_536, 70_000])(
    'with parts of %i bytes is that of another encoder',
    (length) => {
      const part = new Uint8Array(length).fill(7);
      expect(hex(signedBytes('hmac', 'hop', part, part, part))).toBe(
        expected('MAC0', 'writ/1 hop', part, part, part),
      );
    },
  );

  test('with a payload of more than 2^24 bytes has all four bytes of its length', () => {
    const empty = new Uint8Array();
    const signed = signedBytes('ed25519', 'status', empty, empty, new Uint8Array(0x0102_0304));
    expect(hex(signed.subarray(0, -0x0102_0304)).slice(-10)).toBe('5a01020304');
  });
});

describe('the fixed headers', () => {
  test.each(suites)('of suite %s are the encoding of the algorithm', (suite, number) => {
    expect(hex(PROTECTED[suite])).toBe(hex(cbor(headerOf(number))));
  });

  test.each([
    ['hmac', 1, 16],
    ['ed25519', 2, 32],
  ] as const)('of suite %s with a key id are the encoding of both', (suite, number, length) => {
    const kid = new Uint8Array(length).fill(9);
    expect(hex(PROTECTED_KID[suite]) + hex(kid)).toBe(hex(cbor(headerOf(number, kid))));
  });
});

const HASHES = {
  'eddsa-examples-eddsa-sig-01': 'fc5129133b9c7a892f4fd68b603828552a0e94750b54ce9fd666f2a853b4d543',
  'eddsa-examples-eddsa-sig-02': 'da1a720b57c68ad185483b4c404facf21df3ecd3739b62d21427f739399cdbb9',
  'hmac-examples-HMac-01': '8fe6f2ed871e964ebe2847a2265ee56a6c40a5df66fee162275db7186e638563',
  'hmac-examples-HMac-02': '52782c952c8cb8048ab2e3bb576a0c6c7578fc82c4bdf802a260624ae9d4845f',
  'hmac-examples-HMac-03': '5b75c89fa6c66f3f095d8cbba4c92008f41a47081d1443ba14a47abbaa7b135f',
  'hmac-examples-HMac-04': '905fa1daa5328ba13c5ef99d9c62dc731102d94d4ad5c291d32b860a7458c669',
  'hmac-examples-HMac-05': '4841f5e9949225039d404a35f67d1a0001f712ccb328829c02f44312783f486d',
  'mac0-tests-HMac-01': 'fdc699c29bf304e9137749a3347a52af3386cebeefbae50698e82955e774cc2b',
  'mac0-tests-mac-fail-01': 'd7ccb3769490b37038409ba7aa428021f50b02ae2afc778fdff6514d4b906567',
  'mac0-tests-mac-fail-02': '9dad2ef3618e1ea71457d99186dee45a83ceb710e2a67dc268ab2694dcce61ec',
  'mac0-tests-mac-fail-03': '55614ed8a8d53cb75a74833b2bd633718b2ff879b3784bf082e82d485394cb7f',
  'mac0-tests-mac-fail-04': '04f6eb97b2817c6992febdf0f3b6302190090567fabd6bf2d778da304108a993',
  'mac0-tests-mac-fail-06': '755a4f6b45364b95a76b405ca79b7a19b2fc7049a3a2b30089545a1afb80c83d',
  'mac0-tests-mac-fail-07': 'e9c60a17349f143e6b4eb8a0d5299d3844b66af83837b0fd03267eb9681397ad',
  'mac0-tests-mac-pass-01': '446eb6ccc23a13f1da1ea31729d0dee14a8a394bc98144f185402a1aef5685de',
  'mac0-tests-mac-pass-02': '4257ec25596ff9af4a6f733c9a7ad0d12c75e9f5843f053bb95cf98d922c6d57',
  'mac0-tests-mac-pass-03': '77ff5cf0f5db9cd29124c0523ef9b724ea653ec14960039b3f13b70d0a61f8db',
  'sign1-tests-sign-fail-01': 'cb4cad0b8d68bb33e8db82bf33e0aca7d1bbfc03e486752dd87abff6850fa6d1',
  'sign1-tests-sign-fail-02': 'ae40d945b904b92b856b26db3c1c81aa57169b363667283fcc822c8aa06bf069',
  'sign1-tests-sign-fail-03': '0f0f2eedaa4274bdb4934bc19df53b78d85820dee29c1dea0cf99e06daf3a5f5',
  'sign1-tests-sign-fail-04': '4cc4ce329750d723e1cd17c4d1ef92aeabe723386d045c2ca7275b0ff542153a',
  'sign1-tests-sign-fail-06': 'ba93671b1fc937535dfe8d6f0051aad5a27bbd54522b5b605c24d697a12ef3f6',
  'sign1-tests-sign-fail-07': 'ff887d921633c8a05737aac4312a7e074858ff848d6b06e85b27c312ebeb48a0',
  'sign1-tests-sign-pass-01': 'd3b0fb02f6ef8cfa2b69f22c4467d437f58da8943af4d5439225fb67641f6fe8',
  'sign1-tests-sign-pass-02': '503690ab89d97daa2e22808f2248c4934cef0f747799625e7687dd6b14f858c3',
  'sign1-tests-sign-pass-03': '509d60bde2cba0b8ef1e4b06b85b5d00fea4e5ced2026e607fa76f99b83eb7f2',
};

interface Example {
  readonly input: Record<string, { readonly external?: string; readonly key?: { readonly x_hex?: string } }>;
  readonly intermediates: {
    readonly ToBeSign_hex?: string;
    readonly ToMac_hex?: string;
    readonly CEK_hex?: string;
  };
  readonly output: { readonly cbor: string };
}

function load(name: keyof typeof HASHES): Example {
  return readPublished<Example>(`cose/${name}.json`, HASHES[name]);
}

/** The parts of a COSE_Sign1 or COSE_Mac0 of an example, read by another decoder. */
function partsOf({ output }: Example): [Uint8Array, unknown, Uint8Array, Uint8Array] {
  const untagged = (inner: () => unknown) => inner();
  return cborgDecode(fromHex(output.cbor), { useMaps: true, tags: { 17: untagged, 18: untagged } });
}

function toBeSigned(context: 'Signature1' | 'MAC0', example: Example): Uint8Array {
  const [header, , payload] = partsOf(example);
  const { external = '' } = example.input.sign0 ?? example.input.mac0 ?? {};
  return cbor([context, header, fromHex(external), payload]);
}

const NAMES = Object.keys(HASHES) as (keyof typeof HASHES)[];

describeForeign('COSE examples of others', () => {
  test.each([
    ['eddsa-examples-eddsa-sig-01', 'Signature1'],
    ['sign1-tests-sign-pass-02', 'Signature1'],
    ['mac0-tests-HMac-01', 'MAC0'],
    ['mac0-tests-mac-pass-02', 'MAC0'],
  ] as const)('%s: the signed bytes are the published intermediates', (name, context) => {
    const example = load(name);
    const { ToBeSign_hex, ToMac_hex } = example.intermediates;
    expect(hex(toBeSigned(context, example)).toUpperCase()).toBe(ToBeSign_hex ?? ToMac_hex);
  });

  test('eddsa-sig-01: the published signature verifies over them', () => {
    const example = load('eddsa-examples-eddsa-sig-01');
    const key = fromHex(example.input.sign0?.key?.x_hex ?? '');
    expect(verifyEd25519(key, toBeSigned('Signature1', example), partsOf(example)[3])).toBe(true);
  });

  test.each(['mac0-tests-HMac-01', 'mac0-tests-mac-pass-02'] as const)(
    '%s: the published tag verifies',
    (name) => {
      const example = load(name);
      const secret = fromHex(example.intermediates.CEK_hex ?? '');
      expect(verifyHmac(secret, toBeSigned('MAC0', example), partsOf(example)[3])).toBe(true);
    },
  );

  // Two of the examples have no tag in front; a writ has none at all.
  const untagged = ['mac0-tests-mac-pass-03', 'sign1-tests-sign-pass-03'];
  test.each(NAMES)('%s is no token', (name) => {
    const text = textOf(fromHex(load(name).output.cbor));
    expect(codeOf(() => decode(text))).toBe(untagged.includes(name) ? 'token.shape' : 'cbor.tag');
  });

  test.each(NAMES)('%s without its tag is no token', (name) => {
    const bytes = fromHex(load(name).output.cbor);
    const array = bytes.findIndex((byte) => byte >> 5 === 4);
    expect(codeOf(() => decode(textOf(bytes.subarray(array))))).toBe('token.shape');
  });
});
