import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  containsPrincipal,
  isAction,
  isName,
  isPrincipal,
  isPrincipalPattern,
  isUnit,
  matchPrincipal,
} from '../src/names.ts';

// Spellings that look alike, or become alike, to people and to careless software.
const lookalikes = [
  ['a decomposed letter', 'e\u0301'],
  ['a composed letter', '\u00e9'],
  ['a fullwidth letter', '\uff41'],
  ['a ligature', '\ufb01'],
  ['a Cyrillic letter', '\u0430'],
  ['a Kelvin sign', '\u212a'],
  ['a dotless i', '\u0131'],
  ['a zero-width joiner', 'a\u200db'],
  ['a right-to-left override', 'a\u202eb'],
  ['a soft hyphen', 'a\u00adb'],
  ['a no-break space', 'a\u00a0b'],
  ['a byte order mark', '\ufeffa'],
] as const;

const controls = [
  ['a space', ' '],
  ['a tab', '\t'],
  ['a newline', '\n'],
  ['a NUL', '\0'],
  ['a DEL', '\x7f'],
] as const;

describe.each([
  ['isName', isName, 'a'],
  ['isPrincipal', isPrincipal, 'agent:a'],
  ['isPrincipalPattern', isPrincipalPattern, 'agent:a'],
  ['isUnit', isUnit, 'a'],
  ['isAction', isAction, 'a'],
] as const)('%s', (_, grammar, sound) => {
  test.each(lookalikes)('refuses %s', (_, spelling) => {
    expect([grammar(sound), grammar(`${sound}${spelling}`)]).toEqual([true, false]);
  });

  test.each(controls)('refuses %s in front, in the middle and behind', (_, character) => {
    const texts = [character + sound, sound + character + sound.slice(-1), sound + character];
    expect(texts.map((text) => grammar(text))).toEqual([false, false, false]);
  });

  test.each([undefined, null, 1, true, ['a'], new String('agent:a')])(
    'refuses %j, which is no text',
    (value) => {
      expect(grammar(value)).toBe(false);
    },
  );
});

describe('isName', () => {
  test.each(['!', '~', 'a', 'A', '*', '#', '"', '\\', 'https://files.acme.example', 'x'.repeat(255)])(
    'takes %s',
    (text) => {
      expect(isName(text)).toBe(true);
    },
  );

  test.each(['', 'x'.repeat(256), 'a b'])('refuses "%s"', (text) => {
    expect(isName(text)).toBe(false);
  });
});

describe('isPrincipal', () => {
  test.each([
    'mailto:cfo@acme.example',
    'agent:acme/research',
    'https://iam.acme.example/u?id=1&x=2',
    'a:b',
    'z0+.-:!',
    'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
    'a:~',
    'a:$',
    'a:)',
    'a:+',
    'a:"',
    `a:${'x'.repeat(255)}`,
  ])('takes %s', (text) => {
    expect(isPrincipal(text)).toBe(true);
  });

  test.each([
    '',
    'a',
    'a:',
    ':a',
    '1a:b',
    'A:b',
    'Agent:b',
    'a_b:c',
    'a:b#c',
    'a:#',
    'a:*',
    'agent:acme/*',
    'a:b*c',
    `a:${'x'.repeat(256)}`,
  ])('refuses "%s"', (text) => {
    expect(isPrincipal(text)).toBe(false);
  });
});

describe('isPrincipalPattern', () => {
  test.each([
    'agent:acme/research',
    'agent:acme/*',
    'agent:*',
    'agent:acme:*',
    'https://*',
    'a:/*',
    'a::*',
    `a:${'x'.repeat(253)}/*`,
  ])('takes %s', (text) => {
    expect(isPrincipalPattern(text)).toBe(true);
  });

  test.each([
    '*',
    ':*',
    '/*',
    'agent*',
    'agent:acme*',
    'agent:*/research',
    'agent:**',
    'agent:*/*',
    'agent:acme/**',
    'agent:#/*',
    `a:${'x'.repeat(254)}/*`,
  ])('refuses %s', (text) => {
    expect(isPrincipalPattern(text)).toBe(false);
  });
});

describe('matchPrincipal', () => {
  test.each([
    ['agent:acme/lookup', 'agent:acme/lookup', true],
    ['agent:acme/lookup', 'agent:acme/lookup2', false],
    ['agent:acme/lookup', 'agent:acme/looku', false],
    ['agent:acme/lookup', 'Agent:acme/lookup', false],
    ['agent:acme/*', 'agent:acme/lookup', true],
    ['agent:acme/*', 'agent:acme/team/lookup', true],
    ['agent:acme/*', 'agent:acme/', false],
    ['agent:acme/*', 'agent:acme', false],
    ['agent:acme/*', 'agent:acmeX/lookup', false],
    ['agent:acme/*', 'agent:other/lookup', false],
    ['agent:*', 'agent:acme', true],
    ['agent:*', 'agent:', false],
    ['agent:*', 'mailto:a', false],
  ])('%s admits %s: %s', (pattern, principal, expected) => {
    expect(matchPrincipal(pattern, principal)).toBe(expected);
  });
});

describe('containsPrincipal', () => {
  // Few letters, so that patterns and principals often meet.
  const tail = fc.string({ unit: fc.constantFrom('a', 'b', '/', ':'), minLength: 1, maxLength: 5 });
  const principal = tail.map((text) => `x:${text}`);
  const pattern = fc.oneof(
    principal,
    principal.map((text) => `${text.replace(/[^/:]$/, '/')}*`),
    fc.constant('x:*'),
  );

  test('what the inner pattern admits, the outer one that contains it admits', () => {
    let contained = 0;
    fc.assert(
      fc.property(pattern, pattern, principal, (outer, inner, name) => {
        if (!containsPrincipal(outer, inner) || !matchPrincipal(inner, name)) return;
        contained += 1;
        expect(matchPrincipal(outer, name)).toBe(true);
      }),
      { numRuns: 5000 },
    );
    expect(contained).toBeGreaterThan(50);
  });

  test('an outer pattern that does not contain misses something', () => {
    fc.assert(
      fc.property(pattern, pattern, (outer, inner) => {
        const samples = inner.endsWith('*')
          ? ['a', 'b', 'c'].map((end) => inner.slice(0, -1) + end)
          : [inner];
        const all = samples.every((sample) => matchPrincipal(outer, sample));
        expect(containsPrincipal(outer, inner)).toBe(all);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['agent:*', 'agent:acme/*', true],
    ['agent:acme/*', 'agent:acme/*', true],
    ['agent:acme/*', 'agent:acme/team/*', true],
    ['agent:acme/*', 'agent:acme/lookup', true],
    ['agent:acme/lookup', 'agent:acme/lookup', true],
    ['agent:acme/*', 'agent:*', false],
    ['agent:acme/lookup', 'agent:acme/*', false],
    ['agent:acme/lookup', 'agent:acme/lookup/*', false],
  ])('%s contains %s: %s', (outer, inner, expected) => {
    expect(containsPrincipal(outer, inner)).toBe(expected);
  });
});

describe('isUnit', () => {
  test.each(['call', 'denial', '0', 'eur.cent', 'a_b-c', `a${'x'.repeat(63)}`])('takes %s', (text) => {
    expect(isUnit(text)).toBe(true);
  });

  test.each(['', 'Call', '.a', '_a', '-a', 'a:b', 'a/b', 'a*', `a${'x'.repeat(64)}`])(
    'refuses "%s"',
    (text) => {
      expect(isUnit(text)).toBe(false);
    },
  );
});

describe('isAction', () => {
  test.each(['read', 'Read', '0', 'files.read', 'mcp:tool-call', 'a_b', `a${'x'.repeat(63)}`])(
    'takes %s',
    (text) => {
      expect(isAction(text)).toBe(true);
    },
  );

  test.each(['', '*', 'read*', '.a', ':a', '_a', '-a', 'a/b', 'a#b', `a${'x'.repeat(64)}`])(
    'refuses "%s"',
    (text) => {
      expect(isAction(text)).toBe(false);
    },
  );
});
