import { describe, expect, test } from 'vitest';
import {
  type Chain,
  type DecideOptions,
  type Decision,
  decide,
  decode,
  type Token,
  verify,
} from '../src/index.ts';
import { chainOf, REQUEST, textWith, trust } from './support/chains.ts';
import { errorOf } from './support/code-of.ts';
import { AUDIENCE, NOW } from './support/forge.ts';

// Every `@ts-expect-error` is checked by tsc: where the line compiles after all, tsc reports the directive.

const text = textWith(2);
const token: Token = decode(text);
const chain: Chain = chainOf(text);
const options: DecideOptions = { audience: AUDIENCE, request: REQUEST, now: NOW };

describe('the steps cannot be taken out of order', () => {
  test.each<[string, () => unknown]>([
    // @ts-expect-error a token is not verified
    ['a token is not decided', () => decide(token, options)],
    // @ts-expect-error a text is not decoded
    ['a text is not decided', () => decide(text, options)],
    // @ts-expect-error a text is not decoded
    ['a text is not verified', () => verify(text, trust)],
    // @ts-expect-error a chain is not a token
    ['a chain is not verified again', () => verify(chain, trust, { now: NOW })],
    // @ts-expect-error a copy of a token with its claims is no chain
    ['a token with an anchor is not decided', () => decide({ ...token, anchor: chain.anchor }, options)],
    // @ts-expect-error trust is imported and not a file
    ['a trust file is not trust', () => verify(token, { keys: [] })],
    // @ts-expect-error verification needs trust
    ['verification needs trust', () => verify(token)],
    // @ts-expect-error a decision needs the name of the service
    ['a decision needs options', () => decide(chain)],
  ])('%s', (_, call) => {
    expect(errorOf(call)).toBeInstanceOf(TypeError);
  });

  test('a copy of a chain compiles, since the brand is copied, and is refused when it runs', () => {
    expect(errorOf(() => decide({ ...chain }, options))).toBeInstanceOf(TypeError);
  });
});

test('a decision is read only', () => {
  const decision: Decision = decide(chain, options);
  const change = () => {
    // @ts-expect-error a verdict cannot be set
    decision.verdict = 'deny';
    // @ts-expect-error denials cannot be taken away
    decision.denials.pop();
    // @ts-expect-error what was decided may be null, for an open token
    return decision.request.action;
  };
  expect(change).toBeTypeOf('function');
  expect(decision.verdict).toBe('allow');
});

test('half a request does not compile, and is refused when it runs', () => {
  // @ts-expect-error an action without a resource
  const half: DecideOptions = { audience: AUDIENCE, request: { action: 'read' } };
  expect(errorOf(() => decide(chain, half))).toMatchObject({ code: 'request.malformed' });
});
