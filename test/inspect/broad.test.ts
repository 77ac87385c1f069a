import { expect, test } from 'vitest';
import { findBroad } from '../../src/inspect/broad.ts';
import { hands } from '../support/chains.ts';
import { type Around, brief, reviewed, type Told } from '../support/reviewed.ts';

const on = (actions: string[], ...resources: string[]): Told => ({ scope: [{ actions, resources }] });
const status = { key: hands.cfo.publicKey, within: 60 };

// Too many on both sides to be multiplied, so that two scopes stay two.
const letters = Array.from({ length: 17 }, (_, i) => `s${i}`);
const bounded = on(['read'], ...letters.map((name) => `${name}/*`));
const open = on(['read'], ...letters.map((name) => `*/${name}`));
const alsoOpen = on(['read'], ...letters.map((name) => `*/*/${name}`));

test.each<[string, Told, Told[], Around, string[]]>([
  ['a bounded scope', {}, [], {}, []],
  ['any action', on(['*'], 'reports/**'), [], {}, ['over-broad scope']],
  ['any resource', on(['read'], '**'), [], {}, ['over-broad scope']],
  ['any resource of one segment', on(['read'], '*'), [], {}, ['over-broad scope']],
  ['any first segment', on(['read'], '*/q3'), [], {}, ['over-broad scope']],
  ['anything of a scheme', on(['read'], 's://**'), [], {}, ['over-broad scope']],
  ['any host of a scheme', on(['read'], 'https://*/q3'), [], {}, ['over-broad scope']],
  ['one pattern of many', on(['read'], 'reports/**', '**'), [], {}, ['over-broad scope']],
  ['anything below a host', on(['read'], 'https://files.example/**'), [], {}, []],
  ['a later segment', on(['read'], 'reports/*'), [], {}, []],
  ['any resource of arguments that are bounded', { scope: [{ actions: ['read'], resources: ['**'], args: {} }] }, [], {}, ['over-broad scope']],
  ['any resource that a hop bounds', on(['read'], '**'), [on(['read'], 'reports/**')], {}, []],
  ['any resource that a hop asks for in vain', {}, [on(['*'], '**')], {}, []],
  ['any resource that a second scope beside it bounds', open, [bounded], {}, []],
  ['any resource that bounds a second scope beside it', bounded, [open], {}, []],
  ['any resource in two scopes beside each other', open, [alsoOpen], {}, ['over-broad scope']],
  ['nothing at all', on(['read'], 'a'), [on(['read'], 'b')], {}, []],
  ['no status', { alive: undefined }, [], {}, ['without-status']],
  ['a status of a hop', { alive: undefined }, [{ alive: [status] }], {}, []],
  ['a status of the anchor', { alive: undefined }, [], { anchor: { alive: status } }, []],
])('%s', (_, root, hops, around, expected) => {
  expect(brief(findBroad(reviewed(root, hops, around)))).toEqual(expected);
}); // biome-ignore format: a row a line

test('the permission that is too broad is named, and no other', () => {
  const scope = [
    { actions: ['read'], resources: ['reports/**'] },
    { actions: ['*'], resources: ['drafts/*'] },
  ];
  expect(findBroad(reviewed({ scope }))[0]?.detail).toBe('it may do anything on drafts/*');
});

test.each([
  [open, bounded],
  [bounded, open],
  [open, alsoOpen],
])('the scopes beside each other are two: %#', (root, hop) => {
  expect(reviewed(root, [hop]).authorities.at(-1)?.conditions.scope).toHaveLength(2);
});
