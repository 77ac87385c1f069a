import { describe, expect, test } from 'vitest';
import { Follower } from '../../src/audit/follow.ts';
import { contentOf, EMPTY, type Head, signReceipt, type Torn } from '../../src/audit/receipt.ts';
import { utf8 } from '../../src/bytes.ts';
import { codeOf, errorOf } from '../support/code-of.ts';
import { sha256 } from '../support/forge.ts';
import { lineOf, numbered, otherKey, recorderKey } from '../support/receipts.ts';

const content = contentOf(numbered(0));

/** Lines of receipts, each following the one before; `seals` says what they seal. */
function chain(count: number, seals: Readonly<Record<number, Torn>> = {}, key = recorderKey): string[] {
  let head: Head = EMPTY;
  return Array.from({ length: count }, (_, i) => {
    const receipt = signReceipt(content, key, head, seals[i]);
    head = receipt.head;
    return lineOf(receipt.bytes);
  });
}

const tornOf = (text: string): Torn => ({ length: text.length, sha256: sha256(text) });

function follow(lines: readonly string[], check = true): Follower {
  const follower = new Follower(recorderKey.publicKey);
  for (const line of lines) follower.take(utf8(line), check);
  return follower;
}

const refusal = (lines: readonly string[], check = true) => {
  const { code, where } = errorOf(() => follow(lines, check)) as Error & { code: string; where: object };
  return { code, ...where };
};

const lines = chain(4);
const [first = '', second = '', third = '', fourth = ''] = lines;

test('goes along a chain to its head', () => {
  const follower = follow(lines);
  expect(follower.head.size).toBe(4);
  expect(follower.line).toBe(4);
  expect(follower.torn).toBeUndefined();
});

test('without a check comes to the same head', () => {
  expect(follow(lines, false).head).toEqual(follow(lines).head);
});

describe('refuses', () => {
  test.each([
    ['a receipt that is removed', [first, third], 'receipt.link', 'line 2'],
    ['one that comes twice', [first, first], 'receipt.link', 'line 2'],
    ['another order', [first, third, second], 'receipt.link', 'line 2'],
    ['a chain without its beginning', [second], 'receipt.link', 'line 1'],
    ['one of another key', [first, chain(2, {}, otherKey)[1] ?? ''], 'receipt.key', 'line 2'],
    ['one of another chain', [first, chain(3, { 0: tornOf('') })[1] ?? ''], 'receipt.signature', 'line 2'],
    ['a line that is no receipt', [first, 'abc', second], 'receipt.shape', 'line 2'],
    ['a line that is cut', [first, second.slice(0, -4), third], 'receipt.shape', 'line 2'],
    ['an empty line', [first, '', second], 'receipt.shape', 'line 2'],
    ['a seal of bytes that are gone', chain(2, { 1: tornOf('abc') }), 'receipt.link', 'line 2'],
  ])('%s', (_, altered, code, path) => {
    expect(refusal(altered)).toMatchObject({ code, path });
  });

  test('a signature of which a bit is changed', () => {
    const [last = ''] = second.slice(-8);
    const altered = `${second.slice(0, -8)}${last === 'A' ? 'B' : 'A'}${second.slice(-7)}`;
    expect(refusal([first, altered])).toMatchObject({ code: 'receipt.signature', path: 'line 2' });
  });

  test('more torn bytes than are looked at', () => {
    const much = 'a'.repeat(4_000_000);
    expect(refusal([much, much, much, much, much])).toMatchObject({ code: 'receipt.shape', path: 'line 5' });
  });
});

describe('torn bytes', () => {
  test.each([
    ['a part of a line', ['abc']],
    ['several lines', ['abc', '', 'd']],
    ['nothing but a newline', ['']],
  ])('of %s are sealed by the receipt behind them', (_, torn) => {
    const [before = '', after = ''] = chain(2, { 1: tornOf(torn.join('\n')) });
    expect(follow([before, ...torn, after]).head.size).toBe(2);
  });

  test('at the end are what a next receipt has to seal', () => {
    expect(follow([first, 'abc', 'd']).torn).toEqual(tornOf('abc\nd'));
  });

  test('may be more lines than a function takes arguments', () => {
    expect(follow(Array(200_000).fill('')).torn).toEqual(tornOf('\n'.repeat(199_999)));
  });

  test('are not looked at for ever', () => {
    const follower = new Follower(recorderKey.publicKey);
    const code = codeOf(() => {
      for (let i = 0; i < 9; i++) follower.take(new Uint8Array(2 ** 21 - 1), true);
    });
    expect(code).toBe('receipt.shape');
  });

  test.each([
    ['changed', ['abd']],
    ['removed in part', ['ab']],
    ['gone but for a line', ['']],
    ['followed by more', ['abc', '']],
  ])('that are %s are noticed', (_, torn) => {
    const [before = '', after = ''] = chain(2, { 1: tornOf('abc') });
    expect(refusal([before, ...torn, after])).toMatchObject({ code: 'receipt.shape', path: 'line 2' });
  });
});

describe('checkLast', () => {
  test('vouches for all before it', () => {
    const changed = chain(4, { 0: tornOf('') })[0] ?? '';
    const follower = new Follower(recorderKey.publicKey);
    for (const line of ['', changed, second, third, fourth]) follower.take(utf8(line), false);
    expect((errorOf(() => follower.checkLast()) as Error & { code: string }).code).toBe('receipt.signature');
  });

  test('holds of a chain that does', () => {
    expect(() => follow(lines, false).checkLast()).not.toThrow();
  });

  test('holds where there is none', () => {
    expect(() => follow([]).checkLast()).not.toThrow();
  });
});

test('begins with a head that is known', () => {
  const known = follow([first, second]).head;
  const follower = new Follower(recorderKey.publicKey, known, 2);
  follower.take(utf8(third), true);
  expect(follower.head).toEqual(follow([first, second, third]).head);
  expect(follower.line).toBe(3);
});
