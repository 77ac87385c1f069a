import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import {
  type ArgumentRules,
  admitsArguments,
  admitsRequest,
  type Permission,
  parsePermission,
  ruleFor,
} from '../../src/scope/permission.ts';
import { checkArguments } from '../../src/token/arguments.ts';
import { codeOf } from '../support/code-of.ts';
import type { Item } from '../support/forge.ts';
import { wire } from '../support/wire.ts';

const parse = (item: Item): Permission => parsePermission(wire(item), 'permission');
const code = (item: Item): string => codeOf(() => parse(item));
const withRules = (...entries: [Item, Item][]): Item => [['read'], ['a'], new Map(entries)];
const own = (json: string): JsonObject => JSON.parse(json);
const admits = (args: ArgumentRules | undefined, values: JsonObject): boolean =>
  admitsArguments({ actions: ['read'], resources: ['a'], args }, values);

// Names that every object answers to.
const INHERITED = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];

describe('on the wire', () => {
  test('a permission has actions and resources', () => {
    const item = [
      ['pay', 'read'],
      ['b', 'a/**'],
    ];
    expect(parse(item)).toEqual({ actions: ['pay', 'read'], resources: ['b', 'a/**'] });
  });

  test('a permission without rules differs from one with an empty map of them', () => {
    expect([parse([['read'], ['a']]).args, parse(withRules()).args]).toEqual([undefined, {}]);
  });

  test('rules are read by name', () => {
    expect(parse(withRules(['x', [4, 1, 5]], ['?y', true], ['*', true])).args).toEqual({
      '*': true,
      x: { range: [1, 5] },
      '?y': true,
    });
  });

  test.each<[string, Item]>([
    ['any action', [['*'], ['a']]],
    ['any action beside one', [['*', 'read'], ['a']]],
    ['an action with every character', [['A-z.0_9:x'], ['a']]],
    ['an action of 64 characters', [['a'.repeat(64)], ['a']]],
    ['a rule that begins with a star', withRules(['*x', true])],
    ['a rule with a question mark inside', withRules(['x?', true])],
    ['a rule of 255 characters', withRules(['x'.repeat(255), true])],
    ['an optional rule of 255 characters', withRules([`?${'x'.repeat(255)}`, true])],
    ['one name with and without a star', withRules(['x', true], ['x*', true])],
  ])('may have %s', (_, item) => {
    expect(code(item)).toBe('accepted');
  });

  test.each<[string, Item]>([
    ['no list', 'read'],
    ['an object', new Map()],
    ['an empty list', []],
    ['actions alone', [['read']]],
    ['four elements', [['read'], ['a'], new Map(), 1]],
    ['no actions', [[], ['a']]],
    ['actions that are no list', ['read', ['a']]],
    ['an empty action', [[''], ['a']]],
    ['an action that starts with a dot', [['.read'], ['a']]],
    ['an action with a star in it', [['read*'], ['a']]],
    ['two stars as action', [['**'], ['a']]],
    ['an action with a space', [['read it'], ['a']]],
    ['an action of 65 characters', [['a'.repeat(65)], ['a']]],
    ['an action with the Kelvin sign', [['\u212aeep'], ['a']]],
    ['an action that is a number', [[1], ['a']]],
    ['no resources', [['read'], []]],
    ['resources that are no list', [['read'], 'a']],
    ['a resource with two dots', [['read'], ['a/../b']]],
    ['a resource with a trailing slash', [['read'], ['a/']]],
    ['a resource with an encoded slash', [['read'], ['a%2fb']]],
    ['rules that are no map', [['read'], ['a'], []]],
    ['rules that are false', [['read'], ['a'], false]],
    ['a rule by number', withRules([1, true])],
    ['a rule without a name', withRules(['', true])],
    ['an optional rule without a name', withRules(['?', true])],
    ['a rule that is optional twice', withRules(['??x', true])],
    ['a star that is optional', withRules(['?*', true])],
    ['a star with a predicate', withRules(['*', [1, 1]])],
    ['a rule with a space', withRules(['x y', true])],
    ['a rule with an umlaut', withRules(['\u00fc', true])],
    ['a rule of 256 characters', withRules(['x'.repeat(256), true])],
    ['a rule that is false', withRules(['x', false])],
    ['a rule that is no predicate', withRules(['x', [12, 1]])],
    ['a rule that is text', withRules(['x', 'any'])],
  ])('is refused with %s', (_, item) => {
    expect(code(item)).toBe('claim.value');
  });

  test.each<[string, Item]>([
    ['actions', [['read', 'pay'], ['a']]],
    ['repeated actions', [['read', 'read'], ['a']]],
    ['resources', [['read'], ['b', 'a']]],
    ['resources in the order of a dictionary', [['read'], ['a/b', 'b']]],
  ])('is refused with %s that are no set', (_, item) => {
    expect(code(item)).toBe('claim.set');
  });

  test.each<[string, Item]>([
    ['any arguments spelt out', withRules(['*', true])],
    ['an argument that is both required and optional', withRules(['x', true], ['?x', true])],
    ['both with predicates', withRules(['x', [1, 1]], ['?x', [1, 2]], ['*', true])],
  ])('is degenerate with %s', (_, item) => {
    expect(code(item)).toBe('claim.degenerate');
  });
});

describe('a request', () => {
  const permission: Permission = {
    actions: ['pay', 'read'],
    resources: ['a/*', 'b'],
    args: { '?x': { eq: 1 } },
  };
  const request = { action: 'read', resource: 'a/1', args: { x: 1 } };
  test.each([
    ['as asked for', {}, true],
    ['with another of the actions', { action: 'pay' }, true],
    ['with another of the resources', { resource: 'b' }, true],
    ['without what is optional', { args: {} }, true],
    ['with another action', { action: 'write' }, false],
    ['with an action in another case', { action: 'Read' }, false],
    ['with the beginning of an action', { action: 'rea' }, false],
    ['with another resource', { resource: 'a/1/2' }, false],
    ['with other arguments', { args: { x: 2 } }, false],
  ])('%s is admitted: %s', (_, changes, expected) => {
    expect(admitsRequest(permission, { ...request, ...changes })).toBe(expected);
  });

  test('with any action is admitted by the star', () => {
    expect(admitsRequest({ ...permission, actions: ['*'] }, { ...request, action: 'write' })).toBe(true);
  });
});

describe('arguments', () => {
  const rules: ArgumentRules = { x: { range: [1, 5] }, '?y': { eq: 'a' } };
  test.each<[string, ArgumentRules | undefined, JsonObject, boolean]>([
    ['any, where there are no rules', undefined, { x: 1, z: [null] }, true],
    ['none, where there are no rules', undefined, {}, true],
    ['none, where the map of rules is empty', {}, {}, true],
    ['one, where the map of rules is empty', {}, { x: 1 }, false],
    ['all that are listed', rules, { x: 1, y: 'a' }, true],
    ['without the optional one', rules, { x: 1 }, true],
    ['without the required one', rules, { y: 'a' }, false],
    ['without any', rules, {}, false],
    ['a required one out of range', rules, { x: 6 }, false],
    ['a required one that is null', rules, { x: null }, false],
    ['an optional one with another value', rules, { x: 1, y: 'b' }, false],
    ['an optional one that is null', rules, { x: 1, y: null }, false],
    ['one that is not listed', rules, { x: 1, z: 1 }, false],
    ['one that is not listed and null', rules, { x: 1, z: null }, false],
    ['one in another case', rules, { x: 1, Y: 'a' }, false],
    ['one that is not listed, beside a star', { ...rules, '*': true }, { x: 1, z: 1 }, true],
    ['a listed one out of range, beside a star', { ...rules, '*': true }, { x: 6 }, false],
    ['an optional one with another value, beside a star', { ...rules, '*': true }, { x: 1, y: 'b' }, false],
    ['without the required one, beside a star', { ...rules, '*': true }, { z: 1 }, false],
    ['any value, by a rule that is true', { x: true }, { x: null }, true],
    ['missing, by a rule that is true', { x: true }, {}, false],
  ])('%s: %j', (_, args, values, expected) => {
    expect(admits(args, values)).toBe(expected);
  });

  describe.each(INHERITED)('named %s', (name) => {
    const read = (rule: Item, optional = ''): ArgumentRules | undefined =>
      parse(withRules([optional + name, rule])).args;
    const given = own(`{"${name}": 7}`);

    test('are denied where they are not listed', () => {
      expect(admits({}, given)).toBe(false);
    });

    test('are missing where they are not given', () => {
      expect(admits(read(true), {})).toBe(false);
    });

    test('may be missing where they are optional', () => {
      expect(admits(read([1, 8], '?'), {})).toBe(true);
    });

    test('are held to their rule', () => {
      expect([admits(read([1, 7]), given), admits(read([1, 8]), given)]).toEqual([true, false]);
    });

    test('are held to their rule where they are optional', () => {
      expect([admits(read([1, 7], '?'), given), admits(read([1, 8], '?'), given)]).toEqual([true, false]);
    });

    test('have no rule where none was read', () => {
      expect(ruleFor({}, name)).toBeUndefined();
    });
  });

  test('of a prototype do not stand in for missing ones', () => {
    expect(admits({ x: { eq: 1 } }, Object.create({ x: 1 }))).toBe(false);
  });
});

describe('a request is refused with an argument named', () => {
  test.each(['*', '?x', '?', '?*'])('%s', (name) => {
    expect(codeOf(() => checkArguments({ args: { [name]: 1 } }))).toBe('request.malformed');
  });
});
