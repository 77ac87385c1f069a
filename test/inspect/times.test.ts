import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkBlocks } from '../../src/decide/decide.ts';
import { effectiveAuthority } from '../../src/decide/effective.ts';
import { findTimes } from '../../src/inspect/times.ts';
import { NOW } from '../support/forge.ts';
import { type Around, brief, claimed, reviewed, type Told } from '../support/reviewed.ts';
import { anchor, facts, hop, root } from '../support/worlds.ts';

const DAY = 86_400;

describe('the boundaries', () => {
  test.each<[string, Told, Told[], Around, string[]]>([
    ['a second before its end', { exp: NOW + 1 }, [], {}, []],
    ['at its end', { exp: NOW }, [], {}, ['expired exp 0']],
    ['a second after its end', { exp: NOW - 1 }, [], {}, ['expired exp 0']],
    ['at the end of a hop', {}, [{ exp: NOW }], {}, ['expired exp 1']],
    ['at the end of an ancestor', { exp: NOW }, [{ exp: NOW + 9 }], {}, ['expired exp 0']],
    ['a start within the skew', { nbf: NOW + 30 }, [], {}, []],
    ['a start beyond the skew', { nbf: NOW + 31 }, [], {}, ['not-yet nbf']],
    ['a start of a hop beyond the skew', {}, [{ nbf: NOW + 31 }], {}, ['not-yet nbf']],
    ['a grant dated within the skew', { iat: NOW + 30 }, [], {}, []],
    ['a grant dated beyond the skew', { iat: NOW + 31 }, [], {}, ['not-yet nbf']],
    ['what has ended and not begun', { exp: NOW, nbf: NOW + 99 }, [], {}, ['expired exp 0']],
    ['a request before its end', {}, [], { invocation: { exp: NOW + 1 } }, []],
    ['a request at its end', {}, [], { invocation: { exp: NOW } }, ['stale']],
    ['a request after its end', {}, [], { invocation: { exp: NOW - 1 } }, ['stale']],
    ['a request of an expired token', { exp: NOW }, [], { invocation: { exp: NOW - 1 } }, ['expired exp 0']],
    ['the last hour of more than a day', { iat: NOW + 3599 - DAY - 1, exp: NOW + 3599 }, [], {}, ['expiring-soon exp 0']],
    ['the last hour of a day', { iat: NOW + 3599 - DAY, exp: NOW + 3599 }, [], {}, []],
    ['an hour before the end', { iat: NOW - 9 * DAY, exp: NOW + 3600 }, [], {}, []],
    ['the last hour of a hop', { iat: NOW - 9 * DAY, exp: NOW + DAY }, [{ exp: NOW + 60 }], {}, ['expiring-soon exp 1']],
    ['the last hour of what is sealed', { iat: NOW - 9 * DAY, exp: NOW + 60 }, [], { invocation: { exp: NOW + 30 } }, []],
  ])('%s', (_, root, hops, around, expected) => {
    expect(brief(findTimes(reviewed(root, hops, around)))).toEqual(expected);
  }); // biome-ignore format: a row a line
});

test.each<[string, Told, Around, string]>([
  ['expired', { exp: NOW - 61 }, {}, 'it expired 1m 1s ago'],
  ['not-yet', { nbf: NOW + 90 }, {}, 'it begins in 1m'],
  ['stale', {}, { invocation: { exp: NOW - 5 } }, 'its request expired 5s ago'],
  ['expiring-soon', { iat: NOW - 9 * DAY, exp: NOW + 3599 }, {}, 'it expires in 59m 59s'],
])('%s says for how long', (code, root, around, detail) => {
  expect(findTimes(reviewed(root, [], around))).toMatchObject([{ code, detail }]);
});

test('a token is called expired or not begun just when the decision denies it for that', () => {
  const seen = { expired: 0, early: 0 };
  const law = fc.property(root, fc.array(hop, { maxLength: 3 }), facts, (first, rest, asked) => {
    const blocks = claimed(first, rest);
    const codes = checkBlocks({ blocks, anchor }, asked).map(({ code }) => code);
    const expired = codes.includes('exp.passed');
    const early = codes.includes('nbf.early') || codes.includes('iat.early');
    const found = findTimes({ blocks, authorities: effectiveAuthority(blocks), now: asked.now });
    seen.expired += Number(expired);
    seen.early += Number(early);
    expect(found.map(({ code }) => code)).toEqual(expired ? ['expired'] : early ? ['not-yet'] : []);
  });
  fc.assert(law, { numRuns: 2000 });
  expect(Math.min(seen.expired, seen.early)).toBeGreaterThan(100);
});
