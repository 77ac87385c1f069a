import fc from 'fast-check';
import { type Change, longScene } from './chains.ts';
import { cbor, forge, NOW, research, sha256 } from './forge.ts';

// What somebody may write who wants to spoil what a person reads: characters of no, one or two columns, that reorder or
// combine, and words that no line holds. The reader refuses controls and what it knows to reorder; the rest gets through.

const pieces = ['a', ' ', '  ', '深', 'ｗ', '\u0301', '👩🏽', '🇩🇪', 'אב', 'ع', '\u{e000}', '\u00ad', '\ufe0f', '\u3164', '\u{1d173}', '“', '\\u{', 'x'.repeat(90)]; // biome-ignore format: one alphabet

/** Texts of all of that. */
export const nastyText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 40 })
  .map((parts) => parts.join(''));

const long = (prefix: string, max: number) =>
  fc.integer({ min: 1, max: max - prefix.length }).map((n) => prefix + 'x'.repeat(n));
const principal = long('agent:', 255);
const pattern = fc
  .tuple(long('r/', 400), fc.constantFrom('', '/**', '/*'))
  .map(([path, end]) => `${path}${end}`);

/** A list in the order of the wire, without repetition. */
function setOf(items: readonly unknown[]): unknown[] {
  const byBytes = new Map(items.map((item) => [Buffer.from(cbor(item)).toString('hex'), item] as const));
  return [...byBytes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

const permission = fc
  .tuple(fc.constantFrom(['*'], ['list', 'read']), pattern, fc.option(nastyText, { nil: undefined }))
  .map(([actions, own, value]) => [
    actions,
    [own],
    ...(value === undefined ? [] : [new Map([['?memo', [1, value]]])]),
  ]);
const scope = (maxLength: number) => fc.array(permission, { minLength: 1, maxLength }).map(setOf);

const sometimes = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const task = fc
  .tuple(nastyText, nastyText)
  .map(([own, reference]) => new Map<number, unknown>([[2, own], [3, reference], [4, sha256('x')]])); // biome-ignore format: pairs read as pairs

const caveats: fc.Arbitrary<Change> = fc
  .tuple(
    sometimes(fc.integer({ min: NOW - 99_999, max: NOW + 99_999_999 })),
    sometimes(scope(20)),
    sometimes(long('p', 255)),
    sometimes(nastyText),
    sometimes(long('u', 64)),
    sometimes(long('e', 255)),
    sometimes(nastyText),
  )
  .map(([exp, own, to, region, unit, name, subject]) => [
    ...(exp === undefined ? [] : [[4, exp] as const]),
    ...(own === undefined ? [] : [[10, own] as const]),
    ...(to === undefined ? [] : [[11, [9, [`agent:${to}`.slice(0, 255)]]] as const]),
    ...(subject === undefined ? [] : [[12, [[research.publicKey, 60, subject]]] as const]),
    ...(region === undefined ? [] : [[14, new Map([['region', [1, region]]])] as const]),
    ...(unit === undefined ? [] : [[7, sha256('cti').slice(0, 16)] as const, [15, [[unit, 9]]] as const]),
    ...(name === undefined ? [] : [[18, new Map([[name, 1]])] as const]),
  ]);

/** Sealed and open tokens of both suites, of up to five hops and any caveats, with nasty texts in every place. */
export const nastyTokens: fc.Arbitrary<string> = fc
  .record({
    suite: fc.constantFrom(1 as const, 2 as const),
    sealed: fc.boolean(),
    mission: fc.tuple(nastyText, nastyText, nastyText),
    name: principal,
    root: fc.tuple(scope(20), caveats),
    hops: fc.array(fc.tuple(principal, task, caveats), { maxLength: 5 }),
  })
  .map(({ suite, sealed, mission: [id, purpose, reference], name, root: [own, more], hops }) => {
    const mission = new Map([[1, id], [2, purpose], [3, reference]]); // biome-ignore format: pairs read as pairs
    const { invocation, ...open } = longScene(
      suite,
      hops.map(([delegate, why, narrower]) => [[2, delegate], [9, why], ...narrower]),
      [[2, name], [10, own], ...more, [9, mission]],
    );
    return forge(sealed && invocation !== undefined ? { ...open, invocation } : open).text;
  });

/** The columns that lines take, reckoned by the blocks of Unicode. */
export function columnsOf(line: string): number {
  const wide =
    /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}]/gu;
  return Array.from(line.replace(wide, 'xx')).length;
}
