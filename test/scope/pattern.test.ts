import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { containsPattern, isPattern, isResource, meetPatterns } from '../../src/scope/pattern.ts';
import { patterns, resourceOf, resources } from '../support/arbitraries.ts';

const printable = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));

describe('a resource', () => {
  test.each([
    'a',
    'reports/q3.pdf',
    'a/b/c/d/e/f',
    'https://acme.example/reports',
    'urn+x.y-z1://a',
    'a:b/c',
    'mailto:cfo@acme.example',
    '...',
    '.hidden/..name/name..',
    'a&b=c,d~e|f^g`h{i}[j](k)!"$\'+<>@_-',
    'x'.repeat(4096),
  ])('may be %s', (text) => {
    expect([isResource(text), isPattern(text)]).toEqual([true, true]);
  });

  test('has no other ASCII characters than those of the grammar', () => {
    const refused = printable.filter((character) => !isResource(`a${character}b`));
    expect(refused.join('')).toBe(' #%*;?\\');
  });

  test.each([
    ['nothing', ''],
    ['a slash alone', '/'],
    ['a leading slash', '/a'],
    ['a trailing slash', 'a/'],
    ['a double slash', 'a//b'],
    ['three slashes', 'a///b'],
    ['a dot', '.'],
    ['two dots', '..'],
    ['a dot in front', './a'],
    ['two dots in front', '../a'],
    ['a dot inside', 'a/./b'],
    ['two dots inside', 'a/../b'],
    ['a dot at the end', 'a/.'],
    ['two dots at the end', 'a/..'],
    ['a dot behind a scheme', 'https://.'],
    ['two dots behind a scheme', 'https://../a'],
    ['encoded dots', 'a/%2e%2e/b'],
    ['encoded dots, upper case', 'a/%2E%2E/b'],
    ['half-encoded dots', 'a/.%2e/b'],
    ['an encoded slash', 'a%2fb'],
    ['an encoded slash, upper case', 'a%2Fb'],
    ['an encoded back slash', 'a%5cb'],
    ['a slash that is encoded twice', 'a%252fb'],
    ['an encoded NUL', 'a%00'],
    ['an overlong slash', 'a%c0%afb'],
    ['a percent sign alone', '100%'],
    ['a back slash', 'a\\b'],
    ['dots between back slashes', 'a\\..\\b'],
    ['a query', 'a?x=1'],
    ['a fragment', 'a#b'],
    ['a path parameter', 'a;v=1/b'],
    ['dots with a path parameter', 'a/..;/b'],
    ['a space', 'a b'],
    ['a space at the end', 'a '],
    ['a tab', 'a\tb'],
    ['a line feed at the end', 'a\n'],
    ['a line feed behind a scheme', 'https://a\nb'],
    ['a carriage return', 'a\rb'],
    ['NUL', 'a\0b'],
    ['DEL', 'a\u007f'],
    ['an umlaut', 'b\u00fccher'],
    ['a decomposed umlaut', 'bu\u0308cher'],
    ['a fullwidth full stop', 'a/\uff0e\uff0e/b'],
    ['a fullwidth slash', 'a\uff0fb'],
    ['a Cyrillic letter', '\u0430dmin'],
    ['the Kelvin sign', '\u212aeys'],
    ['a zero-width joiner', 'a\u200db'],
    ['an override of direction', 'a\u202eb'],
    ['a character beyond the BMP', 'a\u{1f600}'],
    ['a scheme alone', 'https://'],
    ['a scheme and a slash', 'https:///a'],
    ['two schemes', 'a://b://c'],
    ['a scheme in upper case', 'HTTPS://a'],
    ['a scheme that starts with a digit', '1a://b'],
    ['a scheme of nothing', '://a'],
    ['a scheme with an underscore', 'a_b://c'],
    ['4097 characters', 'x'.repeat(4097)],
  ])('is refused with %s', (_, text) => {
    expect([isResource(text), isPattern(text)]).toEqual([false, false]);
  });

  test.each([undefined, null, 7, true, ['a'], {}])('is refused where it is no text: %j', (value) => {
    expect([isResource(value), isPattern(value)]).toEqual([false, false]);
  });
});

describe('a pattern', () => {
  test.each(['*', '**', '*/a', 'a/*/b', 'a/**', '*/*', '*/**', 'https://*', 'https://**', 'https://*/a/**'])(
    'that is no resource may be %s',
    (text) => {
      expect([isPattern(text), isResource(text)]).toEqual([true, false]);
    },
  );

  test.each(['**/a', 'a/**/b', '**/**', 'a*', '*a', 'a*b/c', '***', 'a/**b', '*://a', 'http*://a', '**/'])(
    'is refused as %s',
    (text) => {
      expect(isPattern(text)).toBe(false);
    },
  );
});

describe('containsPattern', () => {
  test.each([
    ['john/**', 'johnathan/x', false],
    ['john/**', 'john/x', true],
    ['john/**', 'john/x/y/z', true],
    ['john/**', 'john', false],
    ['john/*', 'john/x/y', false],
    ['john/*', 'john', false],
    ['a', 'a-b', false],
    ['a', 'a/b', false],
    ['a/b', 'a', false],
    ['*', 'a', true],
    ['*', 'a/b', false],
    ['**', 'a/b/c', true],
    ['*/b', 'a/b', true],
    ['*/b', 'b', false],
    ['a', 'A', false],
    ['a.c', 'abc', false],
    ['(a+)+$', 'aaa', false],
    ['(a+)+$', '(a+)+$', true],
    ['[ab]', 'a', false],
    ['a|b', 'a', false],
    ['**', 'https://a', false],
    ['*', 'https://a', false],
    ['*/**', 'https://a/b', false],
    ['https:/**', 'https://a', false],
    ['https:/*', 'https://a', false],
    ['https://a/**', 'https://a/b', true],
    ['https://a/**', 'http://a/b', false],
    ['https://a/**', 'a/b', false],
    ['https://*', 'https://a', true],
    ['https://a.example/**', 'https://a.example.evil/x', false],
    ['**', '**', true],
    ['**', '*/**', true],
    ['*/**', '**', false],
    ['a/**', 'a/*', true],
    ['a/*', 'a/**', false],
    ['*', '**', false],
    ['a/*/c', 'a/b/c', true],
    ['a/b/c', 'a/*/c', false],
  ])('%s contains %s: %s', (outer, inner, expected) => {
    expect(containsPattern(outer, inner)).toBe(expected);
  });

  test('admits what a pattern is made to admit', () => {
    const pairs = patterns.chain((pattern) => fc.tuple(fc.constant(pattern), resourceOf(pattern)));
    fc.assert(
      fc.property(pairs, ([pattern, resource]) => containsPattern(pattern, resource)),
      { numRuns: 500 },
    );
  });

  test('is transitive down to resources', () => {
    fc.assert(
      fc.property(patterns, patterns, resources, (a, b, resource) => {
        fc.pre(containsPattern(a, b) && containsPattern(b, resource));
        expect(containsPattern(a, resource)).toBe(true);
      }),
      { numRuns: 200, maxSkipsPerRun: 1000 },
    );
  });
});

// An independent matcher, and every pattern and resource over a small alphabet, of which `c` is in no pattern.
describe('over a small alphabet', () => {
  const words = (letters: readonly string[], length: number): string[] =>
    length === 0 ? [''] : words(letters, length - 1).flatMap((word) => letters.map((l) => `${word}/${l}`));
  const both = (texts: readonly string[]): string[] =>
    texts.map((text) => text.slice(1)).flatMap((text) => [text, `s://${text}`]);

  const allResources = both([1, 2, 3, 4].flatMap((length) => words(['a', 'b', 'c'], length)));
  const exact = [0, 1, 2, 3].flatMap((length) => words(['a', 'b', '*'], length));
  const open = exact.filter((text) => text.length < 6).map((text) => `${text}/**`);
  const allPatterns = both([...exact.slice(1), ...open]);

  const admitted = (pattern: string): Set<string> => {
    const source = pattern.replace('**', '.+').replace(/\*/g, '[^/]+');
    const regexp = new RegExp(`^${source}$`);
    const scheme = pattern.startsWith('s://');
    return new Set(allResources.filter((r) => r.startsWith('s://') === scheme && regexp.test(r)));
  };
  const language = new Map(allPatterns.map((pattern) => [pattern, admitted(pattern)]));

  test('every text is in the grammar', () => {
    expect([allPatterns.every(isPattern), allResources.every(isResource)]).toEqual([true, true]);
  });

  test('a pattern admits what the matcher admits', () => {
    const wrong = allPatterns.flatMap((pattern) =>
      allResources
        .filter((r) => containsPattern(pattern, r) !== language.get(pattern)?.has(r))
        .map((r) => [pattern, r]),
    );
    expect(wrong).toEqual([]);
  });

  test('a pattern contains another exactly if it admits all that the other admits', () => {
    const wrong = [...language].flatMap(([outer, wide]) =>
      [...language]
        .filter(([inner, narrow]) => containsPattern(outer, inner) !== [...narrow].every((r) => wide.has(r)))
        .map(([inner]) => [outer, inner]),
    );
    expect(wrong).toEqual([]);
  });

  test('a meet admits exactly what both patterns admit', () => {
    const wrong = [...language].flatMap(([a, own]) =>
      [...language]
        .filter(([b, other]) => {
          const met = meetPatterns(a, b);
          const shared = [...own].filter((r) => other.has(r));
          if (met === undefined) return shared.length > 0;
          const alone = allResources.filter((r) => containsPattern(met, r));
          return !isPattern(met) || alone.length !== shared.length || !alone.every((r) => other.has(r));
        })
        .map(([b]) => [a, b]),
    );
    expect(wrong).toEqual([]);
  });
});

test.each([
  ['reports/**', 'reports/q3', 'reports/q3'],
  ['reports/**', '*/q3/**', 'reports/q3/**'],
  ['**', '**', '**'],
  ['*/**', '**', '*/**'],
  ['s://a/*', 's://*/b', 's://a/b'],
  ['a', 'b', undefined],
  ['a/**', 'a', undefined],
  ['a/b/**', 'a/*', undefined],
  ['s://**', '**', undefined],
  ['s://a', 't://a', undefined],
])('%s and %s meet in %s', (a, b, met) => {
  expect([meetPatterns(a, b), meetPatterns(b, a)]).toEqual([met, met]);
});
