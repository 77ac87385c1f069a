import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  type Chain,
  createVerifier,
  type DecideOptions,
  type Decision,
  decide,
  decode,
  delegate,
  grant,
  invoke,
  type MacKey,
  type Signer,
  type SigningKey,
  type Token,
  type VerifierOptions,
  verify,
} from '../src/index.ts';
import { chainOf, hands, REQUEST, textWith, trust } from './support/chains.ts';
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

describe('a verifier', () => {
  const verifier = createVerifier({ trust, audience: AUDIENCE, clock: () => NOW });

  test('gives a promise of a decision, and an allow is a verdict and not a truth', () => {
    expectTypeOf(() => verifier.authorize(text, REQUEST)).returns.toEqualTypeOf<Promise<Decision>>();
    // @ts-expect-error a promise has no verdict
    const forgotten = () => verifier.authorize(text, REQUEST).verdict;
    expect(forgotten).toBeTypeOf('function');
  });

  test('hands its functions the request with whatever else the service put into it', () => {
    type Own = typeof REQUEST & { readonly user: string };
    const own: VerifierOptions<Own> = {
      trust,
      audience: AUDIENCE,
      context: { user: (_, { user }) => user },
      costs: { usd: async ({ args }) => ({ atMost: Number(args.amount) }) },
    };
    // @ts-expect-error what the functions read must be given
    const short = () => createVerifier(own).authorize(text, REQUEST);
    expect(short).toBeTypeOf('function');
  });

  test.each<[string, () => unknown]>([
    // @ts-expect-error a cost is a number, or at most one
    ['a cost that is a text', () => createVerifier({ trust, audience: AUDIENCE, costs: { usd: '5' } })],
    // @ts-expect-error an extension answers at once
    ['a handler that is a value', () => createVerifier({ trust, audience: AUDIENCE, ext: { geo: true } })],
    // @ts-expect-error a verifier has a name
    ['no audience', () => createVerifier({ trust })],
  ])('does not compile with a wrong option, and is refused when it runs: %s', (_, call) => {
    expect(errorOf(call)).toBeInstanceOf(TypeError);
  });

  test('does not compile with a handler that answers later', () => {
    // @ts-expect-error a promise is no answer
    const later: VerifierOptions = { trust, audience: AUDIENCE, ext: { geo: async () => true } };
    expect(later).toBeTypeOf('object');
  });
});

test('half a request does not compile, and is refused when it runs', () => {
  // @ts-expect-error an action without a resource
  const half: DecideOptions = { audience: AUDIENCE, request: { action: 'read' } };
  expect(errorOf(() => decide(chain, half))).toMatchObject({ code: 'request.malformed' });
});

describe('what minting gives is told by the key', () => {
  const granted = {
    grantor: 'mailto:cfo@acme.example',
    delegate: 'agent:acme/research',
    to: hands.research.publicKey,
    mission: { id: 'q3-report', purpose: 'Prepare the Q3 report' },
    exp: NOW + 60,
    scope: [{ actions: ['read'], resources: ['reports/**'] }],
  };
  const handed = { delegate: 'agent:acme/lookup' };
  const asked = { ...REQUEST, audience: AUDIENCE };

  test('a key or a secret: a text', () => {
    expectTypeOf((key: SigningKey) => grant({ ...granted, key })).returns.toEqualTypeOf<string>();
    expectTypeOf((key: MacKey) => grant({ ...granted, key })).returns.toEqualTypeOf<string>();
    expectTypeOf((key: SigningKey) => delegate(text, { ...handed, key })).returns.toEqualTypeOf<string>();
    expectTypeOf((key: SigningKey) => invoke(text, { ...asked, key })).returns.toEqualTypeOf<string>();
  });

  test('none: a text', () => {
    expectTypeOf(() => delegate(text, handed)).returns.toEqualTypeOf<string>();
    expectTypeOf(() => invoke(text, asked)).returns.toEqualTypeOf<string>();
  });

  test('a signer: a promise', () => {
    expectTypeOf((key: Signer) => grant({ ...granted, key })).returns.toEqualTypeOf<Promise<string>>();
    expectTypeOf((key: Signer) => delegate(text, { ...handed, key })).returns.toEqualTypeOf<
      Promise<string>
    >();
    expectTypeOf((key: Signer) => invoke(text, { ...asked, key })).returns.toEqualTypeOf<Promise<string>>();
  });

  test('one or the other, or perhaps none: either', () => {
    type Either = string | Promise<string>;
    const byAny = (key: SigningKey | MacKey | Signer) => grant({ ...granted, key });
    expectTypeOf(byAny).returns.toEqualTypeOf<Either>();
    const byHolder = (key: SigningKey | Signer | undefined) => invoke(text, { ...asked, key });
    expectTypeOf(byHolder).returns.toEqualTypeOf<Either>();
    const bySome = (key: Signer | undefined) => delegate(text, { ...handed, key });
    expectTypeOf(bySome).returns.toEqualTypeOf<Either>();
  });

  test('a signer that may be left out does not compile, since without it there is no promise', () => {
    // @ts-expect-error the key is optional
    const mint = (options: { readonly key?: Signer }) => delegate(text, { ...handed, ...options });
    expect(mint).toBeTypeOf('function');
  });

  test.each<[string, () => unknown]>([
    // @ts-expect-error a misspelt caveat, beside a key
    ['grant', () => grant({ ...granted, key: hands.cfo, limit: [] })],
    // @ts-expect-error a misspelt caveat, beside a key
    ['delegate', () => delegate(text, { ...handed, key: hands.lookup, limit: [] })],
    // @ts-expect-error a misspelt option, beside a key
    ['invoke', () => invoke(text, { ...asked, key: hands.lookup, life: 5 })],
  ])('an option that nobody reads does not compile, and is refused when it runs: %s', (_, call) => {
    expect(errorOf(call)).toMatchObject({ code: 'mint.input' });
  });
});
