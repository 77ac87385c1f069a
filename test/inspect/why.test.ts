import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkBlocks, decide } from '../../src/decide/decide.ts';
import type { Denial } from '../../src/decide/decision.ts';
import { type Question, why } from '../../src/inspect/why.ts';
import type { JsonObject } from '../../src/json.ts';
import { admitsAction } from '../../src/scope/permission.ts';
import { decode } from '../../src/token/decode.ts';
import { invoke } from '../../src/token/invoke.ts';
import {
  type Change,
  type Changes,
  chainOf,
  hands,
  longScene,
  REQUEST,
  suites,
  textWith,
  trust,
} from '../support/chains.ts';
import { codeOf } from '../support/code-of.ts';
import { AUDIENCE, cfo, forge, NOW } from '../support/forge.ts';
import { mintWorld, type Verdict, verdictOf } from '../support/reviewed.ts';
import { facts, hop, root } from '../support/worlds.ts';

const ask = (text: string, question: Partial<Question> = {}, options = {}) =>
  why(text, { ...REQUEST, ...question }, { now: NOW, ...options });

describe.each(suites)('in suite %i', (suite) => {
  const alive: Change = [[12, [[cfo.publicKey, 60]]]];
  const range: Change = [[14, new Map([['n', [4, 1, 5]]])]];

  test.each<[string, Changes, Partial<Question>, Verdict, string[]]>([
    ['what is granted', {}, {}, 'allow', []],
    ['another action', {}, { action: 'pay' }, 'deny', ['scope.action 0']],
    ['another resource, by the first block that forbids it', { hop: [[10, [[['read'], ['reports/q3/*']]]]] }, {}, 'deny', ['scope.resource 1']],
    ['what a status is needed for', { root: alive }, {}, 'need', ['alive.status 0']],
    ['what a status is needed for and is forbidden', { root: alive }, { action: 'pay' }, 'deny', ['scope.action 0', 'alive.status 0']],
    ['what is observed', { hop: range }, { context: { n: 5 } }, 'allow', []],
    ['what is observed and does not fit', { hop: range }, { context: { n: 6 } }, 'deny', ['context.mismatch 1']],
    ['what is not observed', { hop: range }, {}, 'deny', ['context.missing 1']],
    ['another service', { root: [[3, [AUDIENCE]]] }, { audience: 'https://b.example' }, 'deny', ['aud.other 0']],
    ['an argument', { root: [[10, [[['read'], ['reports/**'], new Map([['n', [1, 5]]])]]]] }, { args: { n: 5 } }, 'allow', []],
    ['a wrong argument', { root: [[10, [[['read'], ['reports/**'], new Map([['n', [1, 5]]])]]]] }, { args: { n: 6 } }, 'deny', ['scope.arguments 0']],
    ['a grant that has expired', { root: [[4, NOW]] }, {}, 'deny', ['exp.passed 0']],
  ])('%s', (_, changes, question, verdict, denials) => {
    const answer = ask(textWith(suite, { ...changes, invocation: null }), question);
    expect([answer.verdict, answer.denials.map(({ code, block }) => `${code} ${block}`)]).toEqual([verdict, denials]);
  }); // biome-ignore format: a row a line

  test('what is needed is named only where it would be enough', () => {
    const text = textWith(suite, { root: alive, invocation: null });
    const kinds = [{}, { action: 'pay' }].map((question) =>
      ask(text, question).needs.map(({ kind }) => kind),
    );
    expect(kinds).toEqual([['status'], []]);
  });

  test('no denial carries a need', () => {
    const [denial] = ask(textWith(suite, { root: alive, invocation: null })).denials;
    expect(Object.keys(denial as Denial).sort()).toEqual(['actual', 'block', 'caveat', 'code', 'expected']);
  });

  test('the service is the one asked for, else the first that all blocks name', () => {
    const text = textWith(suite, { root: [[3, ['a', 'b', 'c']]], hop: [[3, ['b', 'c', 'd']]], invocation: null });
    const of = (question: Partial<Question>) => [ask(text, question).request.audience, ask(text, question).verdict];
    expect([of({}), of({ audience: 'c' }), of({ audience: 'a' })]).toEqual([['b', 'allow'], ['c', 'allow'], ['a', 'deny']]);
  }); // biome-ignore format: one step

  test('where no service is left, none passes', () => {
    const { request, denials } = ask(
      textWith(suite, { root: [[3, ['a']]], hop: [[3, ['b']]], invocation: null }),
    );
    expect([request.audience, denials.map(({ code }) => code)]).toEqual([null, ['aud.other', 'aud.other']]);
  });

  test('a chain that does not hold is answered for still, and said not to hold', () => {
    const { verification, verdict } = ask(textWith(suite, { invocation: null }), {}, { trust: new Map() });
    expect([verification, verdict]).toEqual([{ status: 'failed', code: 'anchor.unknown' }, 'allow']);
  });

  test('the status that an anchor demands is needed, where the chain holds', () => {
    const demand = { key: hands.lookup.publicKey, within: 60 };
    const strict = new Map([...trust].map(([id, anchor]) => [id, { ...anchor, alive: demand }]));
    const text = textWith(suite, { invocation: null });
    expect([ask(text).verdict, ask(text, {}, { trust: strict }).verdict]).toEqual(['allow', 'need']);
  });

  test('the nearest permission of each scope in force is given, with the blocks that it comes from', () => {
    const letters = Array.from({ length: 17 }, (_, i) => `s${String(i).padStart(2, '0')}`);
    const scope = (pattern: string): Change => [[10, [[['read'], letters.map((name) => pattern.replace('?', name))]]]];
    const made = longScene(suite, [scope('*/?'), []], scope('?/*'));
    const { nearest } = ask(forge({ ...made, invocation: undefined } as never).text, { resource: 's01/x' });
    expect(nearest.map(({ blocks, changes }) => [blocks, changes.length])).toEqual([[[0], 0], [[1], 1]]);
  }); // biome-ignore format: steps

  test('nothing is near where the scopes have nothing in common', () => {
    const text = textWith(suite, { hop: [[10, [[['pay'], ['x']]]]], invocation: null });
    expect(ask(text).nearest).toEqual([]);
  });
});

test('a chain that names no service has none to ask', () => {
  const { request, verdict } = ask(textWith(2, { invocation: null }));
  expect([request.audience, verdict]).toEqual([null, 'allow']);
});

describe('what is refused', () => {
  const text = textWith(2, { invocation: null });
  const odd = (value: unknown) => ({ context: value as JsonObject });

  test.each<[string, Partial<Question>, string]>([
    ['any action', { action: '*' }, 'request.malformed'],
    ['no action', { action: undefined as never }, 'request.malformed'],
    ['a pattern', { resource: 'reports/*' }, 'request.malformed'],
    ['a way up', { resource: 'reports/../hr' }, 'request.malformed'],
    ['a service with a space', { audience: 'a b' }, 'request.malformed'],
    ['a service without a name', { audience: '' }, 'request.malformed'],
    ['an argument of a reserved name', { args: { '?n': 1 } }, 'request.malformed'],
    ['arguments that are a list', { args: [] as never }, 'request.malformed'],
    ['a context that is a list', odd([]), 'context.malformed'],
    ['a context that is nothing', odd(null), 'context.malformed'],
    ['a context with no number', odd({ other: Number.NaN }), 'context.malformed'],
    ['a context with a big integer', odd({ other: 1n }), 'context.malformed'],
    ['a context with half a character', odd({ other: '\ud800' }), 'context.malformed'],
    ['a context with nothing in it', odd({ other: undefined }), 'context.malformed'],
    ['an empty context', odd({}), 'accepted'],
  ])('%s: %#', (_, question, code) => {
    expect(codeOf(() => ask(text, question))).toBe(code);
  });

  test('what is no token', () => {
    expect(codeOf(() => ask('writ_'))).toBe(codeOf(() => decode('writ_')));
  });

  test.each([1.5, Number.NaN, '1' as never, 2 ** 53])('a clock that says %s', (now) => {
    expect(() => ask(text, {}, { now })).toThrow(TypeError);
  });
});

describe('laws', () => {
  const chain = fc.tuple(root, fc.array(hop, { maxLength: 3 }), facts);

  test('the verdict and the denials are those of the blocks, the first of them first', () => {
    const seen: Record<Verdict, number> = { allow: 0, need: 0, deny: 0 };
    const law = fc.property(chain, ([first, rest, asked]) => {
      const text = mintWorld(1, first, rest);
      const found = checkBlocks({ blocks: decode(text).blocks, anchor: {} }, asked);
      const answer = why(text, asked, { now: asked.now });
      seen[answer.verdict] += 1;
      expect(answer.verdict).toBe(verdictOf(found));
      expect(answer.denials).toEqual(found.map(({ need: _, ...denial }) => denial));
      expect(answer.needs.length).toBe(answer.verdict === 'need' ? found.length : 0);
    });
    fc.assert(law, { numRuns: 800 });
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(30);
  });

  test.each(suites)('in suite %i the holder who seals the request gets the answer as the decision', (suite) => {
    const seen = { allow: 0, deny: 0 };
    const law = fc.property(chain, ([first, rest, asked]) => {
      const text = mintWorld(suite, first, rest);
      const { action, resource, args, audience, context } = asked;
      const request = { action, resource, args };
      const sealed = invoke(text, { ...request, audience, now: NOW, ...(suite === 2 && { key: hands.research }) });
      const decision = decide(chainOf(sealed), { audience, request, context, now: NOW });
      const answer = why(text, { ...request, audience, context }, { trust, now: NOW });
      seen[decision.verdict] += 1;
      expect(answer.denials).toEqual(decision.denials);
      expect(answer.needs).toEqual(decision.needs);
      expect(answer.verdict === 'allow' ? 'allow' : 'deny').toBe(decision.verdict);
    });
    fc.assert(law, { numRuns: suite === 2 ? 100 : 300 });
    expect(Math.min(seen.allow, seen.deny)).toBeGreaterThan(5);
  });

  test('with the action and the resource of the nearest permission, no block denies them any more', () => {
    let seen = 0;
    const law = fc.property(chain, ([first, rest, asked]) => {
      const text = mintWorld(1, first, rest);
      const { nearest } = why(text, asked, { now: NOW });
      const [{ permission, changes } = {}] = nearest;
      fc.pre(nearest.length === 1 && permission !== undefined && changes !== undefined && changes.length > 0);
      seen += 1;
      const { actions, resources } = permission as NonNullable<typeof permission>;
      const fits = admitsAction(permission as never, asked.action);
      const resource = changes?.some((change) => change.startsWith('name a resource'))
        ? resources[0]?.replaceAll('**', 'a/b').replaceAll('*', 'a')
        : asked.resource;
      const again = { ...asked, action: fits ? asked.action : (actions[0] as string), resource: resource as string };
      const codes = why(text, again, { now: NOW }).denials.map(({ code }) => code);
      expect(codes.filter((code) => code === 'scope.action' || code === 'scope.resource')).toEqual([]);
    });
    fc.assert(law, { numRuns: 300 });
    expect(seen).toBeGreaterThan(50);
  });
}); // biome-ignore format: steps
