import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, isJsonObject, type Json, parseJson } from '../src/json.ts';
import { codeOf } from './support/code-of.ts';
import { fromHex } from './support/hex.ts';

function canonical(value: unknown): string | undefined {
  return canonicalJson(value as Json);
}

/** The finite double of 16 hexadecimal digits. */
function double(digits: string): number {
  return new DataView(fromHex(digits).buffer).getFloat64(0);
}

function nest(depth: number): string {
  return '['.repeat(depth) + ']'.repeat(depth);
}

describe('numbers, RFC 8785 appendix B', () => {
  test.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('%s is %s', (digits, text) => {
    expect(canonical(double(digits))).toBe(text);
  });

  test.each([
    ['7fefffffffffffff', 'the largest'],
    ['ffefffffffffffff', 'the smallest'],
    ['4340000000000000', '2^53'],
    ['c340000000000000', '-2^53'],
    ['4430000000000000', '2^68'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['7fffffffffffffff', 'not a number'],
    ['7ff0000000000000', 'infinite'],
    ['fff0000000000000', 'negatively infinite'],
  ])('%s, %s, lies outside the profile', (digits) => {
    expect(codeOf(() => canonicalJson(double(digits)))).toBe('request.malformed');
  });

  test.each([2 ** 53 - 1, -(2 ** 53 - 1)])('%i is the last integer inside', (value) => {
    expect(canonical(value)).toBe(String(value));
  });
});

describe('canonicalJson', () => {
  test('the example of RFC 8785 §3.2.2, but for its 1E30', () => {
    const text =
      '{"numbers":[333333333.33333329,4.50,2e-3,0.000000000000000000000000001],' +
      '"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}';
    expect(canonical(parseJson(text))).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,4.5,0.002,1e-27],' +
        '"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  test('the bytes of the example of RFC 8785 §3.2.4 in UTF-8', () => {
    const bytes = canonicalJson('\u20ac$\u000f\nA\'B"\\\\"/');
    expect(Buffer.from(bytes).toString('hex')).toBe('22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f22');
  });

  test('names are in the order of UTF-16 units, as in RFC 8785 §3.2.3', () => {
    const names = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6'];
    const value = Object.fromEntries(names.map((name, i) => [name, i]));
    expect(canonical(value)).toBe(
      '{"\\r":1,"1":3,"\u0080":5,"\u00f6":6,"\u20ac":0,"\u{1f600}":4,"\ufb33":2}',
    );
  });

  test.each<[string, unknown, string]>([
    ['null', null, 'null'],
    ['an empty object', {}, '{}'],
    ['an empty array', [], '[]'],
    ['names that look like indices, as text', { 10: 1, 9: 2 }, '{"10":1,"9":2}'],
    ['nested names', { b: { d: 1, c: 2 }, a: [{ z: 1, y: 2 }] }, '{"a":[{"y":2,"z":1}],"b":{"c":2,"d":1}}'],
    ['every short escape', '\b\t\n\f\r"\\', '"\\b\\t\\n\\f\\r\\"\\\\"'],
    ['other controls in lower case', '\u0000\u001f', '"\\u0000\\u001f"'],
    ['DEL and line separators as they are', '\u007f\u2028', '"\u007f\u2028"'],
    ['a solidus as it is', '</a>', '"</a>"'],
    ['no normalisation', 'e\u0301', '"e\u0301"'],
    ['a member named __proto__', JSON.parse('{"__proto__":{"a":1}}'), '{"__proto__":{"a":1}}'],
  ])('%s', (_, value, text) => {
    expect(canonical(value)).toBe(text);
  });

  test.each<[string, unknown]>([
    ['a lone high surrogate', 'a\ud800'],
    ['a lone low surrogate', '\udc00a'],
    ['surrogates in the wrong order', '\ude00\ud83d'],
    ['a lone surrogate as a name', { '\ud800': 1 }],
    ['a lone surrogate in an array', ['\ud800']],
    ['undefined', undefined],
    ['an undefined member', { a: undefined }],
    ['a hole in an array', new Array(1)],
    ['a BigInt', 1n],
    ['a function', () => 1],
    ['a symbol', Symbol('a')],
    ['NaN in an object', { a: Number.NaN }],
  ])('%s is refused', (_, value) => {
    expect(codeOf(() => canonicalJson(value as Json))).toBe('request.malformed');
  });

  test('a value and what is parsed from its JSON are one', () => {
    const inside = fc
      .jsonValue()
      .filter((value) => codeOf(() => canonicalJson(value as Json)) === 'accepted');
    fc.assert(
      fc.property(inside, (value) => {
        const spaced = JSON.stringify(value, null, 2);
        expect(canonical(parseJson(spaced))).toBe(canonical(value));
      }),
      { numRuns: 500 },
    );
  });
});

describe('parseJson', () => {
  test.each<[string, Json]>([
    ['{"a":1,"b":[true,null,"x"]}', { a: 1, b: [true, null, 'x'] }],
    ['{"a":":","b:":"\\":\\""}', { a: ':', 'b:': '":"' }],
    ['{"a\\\\":1,"a":":"}', { 'a\\': 1, a: ':' }],
    ['{"a":{"a":1},"b":{"a":1}}', { a: { a: 1 }, b: { a: 1 } }],
    ['{"a":1,"A":2}', { a: 1, A: 2 }],
    ['{"":1}', { '': 1 }],
    [' { "a" : 1 } ', { a: 1 }],
    ['"\\u0022:\\u0022"', '":"'],
    ['12.5', 12.5],
    ['[]', []],
  ])('%s', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  test('a member named __proto__ is a member and no prototype', () => {
    const value = parseJson('{"__proto__":{"admin":true}}') as Record<string, Json>;
    expect([Object.keys(value), value.admin]).toEqual([['__proto__'], undefined]);
  });

  test.each([
    ['one name twice', '{"a":1,"a":2}'],
    ['one name twice with one value', '{"a":1,"a":1}'],
    ['an escaped spelling', '{"a":1,"\\u0061":2}'],
    ['two escaped spellings', '{"\\u00e9":1,"\\u00E9":2}'],
    ['an escaped solidus', '{"a/b":1,"a\\/b":2}'],
    ['the empty name', '{"":1,"":2}'],
    ['the name __proto__', '{"__proto__":1,"__proto__":2}'],
    ['names that hold a colon', '{"a:b":1,"a:b":2}'],
    ['names that end in a backslash', '{"a\\\\":1,"a\\\\":2}'],
    ['a name in an inner object', '{"a":{"b":1,"b":2}}'],
    ['a name in an object in an array', '[1,{"b":1,"c":":","b":2}]'],
    ['a name whose first value is dropped with what it holds', '{"a":{"x":1},"a":":"}'],
    ['names far apart', `{"a":1,${Array.from({ length: 100 }, (_, i) => `"k${i}":${i}`).join()},"a":2}`],
  ])('%s twice is refused', (_, text) => {
    expect(codeOf(() => parseJson(text))).toBe('request.malformed');
  });

  test.each([
    ['no text', ''],
    ['no JSON', 'a'],
    ['single quotes', "{'a':1}"],
    ['a trailing comma', '{"a":1,}'],
    ['a comment', '{"a":1}//'],
    ['two values', '1 2'],
    ['a control character in a text', '"\n"'],
    ['a byte order mark', '\ufeff{}'],
    ['NaN', 'NaN'],
    ['a number too large', '1e400'],
    ['an integer beyond 2^53 - 1', '9007199254740993'],
    ['an integer in another spelling', '1E30'],
    ['an escaped lone surrogate', '"\\ud800"'],
    ['a lone surrogate in a name', '{"\\udc00":1}'],
  ])('%s is refused', (_, text) => {
    expect(codeOf(() => parseJson(text))).toBe('request.malformed');
  });

  test('nesting of 16 is accepted', () => {
    expect(parseJson(nest(16))).toEqual(JSON.parse(nest(16)));
  });

  test('a scalar inside nesting of 16 is accepted', () => {
    expect(codeOf(() => parseJson(`${'['.repeat(16)}1${']'.repeat(16)}`))).toBe('accepted');
  });

  test.each([17, 1000, 100_000])('nesting of %i is refused', (depth) => {
    expect(codeOf(() => parseJson(nest(depth)))).toBe('request.malformed');
  });

  test('nesting of 17 objects is refused', () => {
    expect(codeOf(() => parseJson(`${'{"a":'.repeat(17)}1${'}'.repeat(17)}`))).toBe('request.malformed');
  });

  test.each([
    ['a text', '"', 'a', '"'],
    ['a text of escapes', '"', '\\n', '"'],
  ])('%s of twenty million characters does not exhaust the stack', (_, before, unit, after) => {
    expect(codeOf(() => parseJson(before + unit.repeat(20_000_000 / unit.length) + after))).toBe('accepted');
  });

  test('duplicates are found wherever another reader finds fewer members than were written', () => {
    const name = fc.constantFrom('a', 'b', 'a:', '\\u0061', '"'.replace('"', '\\"'));
    const text = fc.array(fc.tuple(name, fc.constantFrom('1', '":"', '{"a":1}', '[]')), { maxLength: 5 });
    fc.assert(
      fc.property(text, (members) => {
        const json = `{${members.map(([key, value]) => `"${key}":${value}`).join()}}`;
        const distinct = Object.keys(JSON.parse(json)).length === members.length;
        expect(codeOf(() => parseJson(json))).toBe(distinct ? 'accepted' : 'request.malformed');
      }),
      { numRuns: 1000 },
    );
  });
});

describe('isJsonObject', () => {
  test.each<[string, unknown, boolean]>([
    ['an object', {}, true],
    ['null', null, false],
    ['an array', [], false],
    ['a text', 'a', false],
    ['undefined', undefined, false],
  ])('%s: %s', (_, value, expected) => {
    expect(isJsonObject(value)).toBe(expected);
  });
});
