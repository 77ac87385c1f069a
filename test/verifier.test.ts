import { describe, expect, test } from 'vitest';
import type { Facts } from '../src/facts.ts';
import { importTrust } from '../src/keys/import-trust.ts';
import { memoryStore } from '../src/state/memory.ts';
import type { Cost } from '../src/state/operations.ts';
import { createVerifier, type VerifierOptions } from '../src/verifier.ts';
import { type Change, type Changes, REQUEST, textWith, trust, withPart } from './support/chains.ts';
import { limited, nth, planned } from './support/counting.ts';
import { AUDIENCE, cfo, forge, type Item, NOW, scene, sha256, stranger } from './support/forge.ts';

const base = { trust, audience: AUDIENCE, clock: () => NOW };
const verifierWith = (options: Partial<VerifierOptions> = {}) => createVerifier({ ...base, ...options });
const sealed = (n: number, changes: Changes = {}, suite: 1 | 2 = 2): string =>
  textWith(suite, { ...changes, invocation: nth(n, changes.invocation ?? []) });
const observing = (...names: string[]): Change => [
  [14, new Map(names.map((name): [Item, Item] => [name, [1, 'x']]))],
];

/** Functions by name that give `value`, and what they were called with. */
function spies<T>(value: T, ...names: string[]) {
  const calls: [string, ...unknown[]][] = [];
  const spy =
    (name: string) =>
    (...given: unknown[]) => {
      calls.push([name, ...given]);
      return value;
    };
  return { calls, functions: Object.fromEntries(names.map((name) => [name, spy(name)])) };
}

describe('a chain that comes again', () => {
  test('is decided as if it came for the first time', async () => {
    const verifier = verifierWith();
    const decide = async (n: number, changes: Changes = {}) =>
      (await verifier.authorize(sealed(n, changes), REQUEST)).code;
    const over: Change = [[4, NOW]];
    expect([await decide(1), await decide(2), await decide(2), await decide(3, { hop: over })]).toEqual([
      'allowed',
      'allowed',
      'invocation.replay',
      'exp.passed',
    ]);
  });

  test('cannot be changed by what a decision of it was handed out with', async () => {
    const verifier = verifierWith();
    const other = { action: 'write', resource: 'reports/q3.pdf' };
    const denied = async (n: number) => verifier.authorize(sealed(n, { invocation: [[1, 'write']] }), other);
    await denied(1);
    const { denials, mission } = await denied(2);
    for (const { expected } of denials) (expected as { actions: string[] }[])[0]?.actions.push('write');
    Object.assign(mission, { id: 'another' });
    const again = await denied(3);
    expect([again.code, again.mission.id]).toEqual(['scope.action', 'q3-report']);
  });

  test('has hands whose keys nobody changes for the next request', async () => {
    const verifier = verifierWith();
    await verifier.authorize(sealed(1), REQUEST);
    const { chain } = await verifier.authorize(sealed(2), REQUEST);
    for (const { key } of chain) key?.bytes.set(stranger.publicKey);
    const forged = forge(withPart(2, 2, { signer: stranger })).text;
    await expect(verifier.authorize(forged, REQUEST)).rejects.toMatchObject({ code: 'signature.invalid' });
    expect((await verifier.authorize(sealed(3), REQUEST)).code).toBe('allowed');
  });

  test('has needs whose keys nobody changes for the next request', async () => {
    const verifier = verifierWith();
    const alive: Change = [[12, [[cfo.publicKey, 60]]]];
    const needs = async (n: number) => (await verifier.authorize(sealed(n, { root: alive }), REQUEST)).needs;
    const keyOf = ([need]: Awaited<ReturnType<typeof needs>>) =>
      need?.kind === 'status' ? need.key : undefined;
    await needs(1);
    keyOf(await needs(2))?.bytes.fill(0);
    expect(keyOf(await needs(3))?.bytes).toEqual(cfo.publicKey);
  });
});

describe('by default', () => {
  test('nonces are kept in memory, and a presentation is allowed once', async () => {
    const verifier = createVerifier({ trust, audience: AUDIENCE, clock: () => NOW });
    const first = await verifier.authorize(sealed(1), REQUEST);
    const second = await verifier.authorize(sealed(1), REQUEST);
    expect([first.code, first.notEstablished, second.code]).toEqual([
      'allowed',
      ['durability'],
      'invocation.replay',
    ]);
  });

  test('the clock is the system’s', async () => {
    const now = Math.floor(Date.now() / 1000);
    const token = sealed(1, {
      root: [[4, now + 90], [6, now - 9]],
      invocation: [[4, now + 60], [6, now - 9]],
    }); // biome-ignore format: claims in a row
    const decision = await createVerifier({ trust, audience: AUDIENCE }).authorize(token, REQUEST);
    expect(decision.verdict).toBe('allow');
  });

  test('costs that come later stay reserved for 300 seconds', async () => {
    const verifier = verifierWith({ costs: { usd: () => ({ atMost: 5 }) } });
    const { reservation } = await verifier.authorize(sealed(1, { root: limited(['usd', 9]) }), REQUEST);
    expect(reservation?.until).toBe(NOW + 300);
  });

  test('no context, cost or extension is known', async () => {
    const codes = async (root: Change) => (await verifierWith().authorize(sealed(1, { root }), REQUEST)).code;
    expect(await codes(observing('constructor'))).toBe('context.missing');
    expect(await codes(limited(['constructor', 5]))).toBe('limits.cost');
    expect(await codes([[18, new Map([['constructor', true]])]])).toBe('ext.unknown');
  });
});

describe('without a store', () => {
  test.each<[VerifierOptions['replay'], Changes, string]>([
    [undefined, {}, 'invocation.store'],
    ['required', {}, 'invocation.store'],
    ['reported', {}, 'allowed'],
    ['Reported' as 'reported', {}, 'invocation.store'],
    ['reported', { root: limited(['call', 1]) }, 'limits.store'],
    ['reported', { root: planned(['read', 0, 1]) }, 'plan.store'],
  ])('and replay %s, a token with %j ends in %s', async (replay, changes, code) => {
    const verifier = verifierWith({ store: null, ...(replay && { replay }) });
    expect((await verifier.authorize(sealed(1, changes), REQUEST)).code).toBe(code);
  });

  test('no reservation is known', async () => {
    const reservation = { id: 'x', until: NOW, costs: {} };
    const { settle } = verifierWith({ store: null });
    await expect(settle({ reservation }, {})).rejects.toMatchObject({ code: 'reservation.unknown' });
  });
});

describe('the clock', () => {
  test('is read once for a decision, whatever it asks', async () => {
    let read = 0;
    const clock = () => NOW + 7 * read++;
    const verifier = verifierWith({
      clock,
      costs: { usd: async () => 1 },
      context: { net: async () => 'x' },
    });
    const root = [...limited(['usd', 9], ['denial', 1]), ...observing('net')];
    const { now } = await verifier.authorize(sealed(1, { root }), REQUEST);
    expect([now, read]).toEqual([NOW, 1]);
  });

  test.each([NOW + 0.5, Number.NaN, String(NOW), Promise.resolve(NOW)])(
    'is refused where it reads %s',
    async (now) => {
      const verifier = verifierWith({ clock: () => now as number });
      await expect(verifier.authorize(sealed(1), REQUEST)).rejects.toBeInstanceOf(TypeError);
      const settled = verifier.settle({ reservation: { id: 'x', until: NOW, costs: {} } }, {});
      await expect(settled).rejects.toBeInstanceOf(TypeError);
    },
  );

  test('that is behind the store denies', async () => {
    let now = NOW;
    const verifier = verifierWith({ clock: () => now });
    await verifier.authorize(sealed(1), REQUEST);
    now -= 31;
    const token = sealed(2, { root: [[6, NOW - 60]], invocation: [[6, NOW - 60]] });
    expect((await verifier.authorize(token, REQUEST)).code).toBe('store.clock');
  });
});

describe('what a service observes', () => {
  const root = [...observing('net', 'zone'), ...limited(['usd', 9])];

  test('is computed where a chain asks for it, from the checked values and the request as it was given', async () => {
    const context = spies('x', 'net', 'zone', 'other');
    const costs = spies(2, 'usd', 'tokens');
    const verifier = createVerifier({ ...base, context: context.functions, costs: costs.functions });
    const request = { ...REQUEST, session: { user: 7 } };
    await verifier.authorize(sealed(1, { root }), request);
    const asked = { ...REQUEST, args: {} };
    expect(context.calls).toEqual([
      ['net', asked, request],
      ['zone', asked, request],
    ]);
    expect(costs.calls).toEqual([['usd', asked, request]]);
    expect(costs.calls[0]?.[2]).toBe(request);
  });

  test('has the arguments of a raw body', async () => {
    const body = new TextEncoder().encode('{ "amount": 3 }');
    const costs = spies(3, 'usd');
    const invocation: Change = [[8, [2, sha256(body)]]];
    const token = sealed(1, { root: limited(['usd', 9]), invocation });
    const { verdict, request } = await verifierWith({ costs: costs.functions }).authorize(token, {
      ...REQUEST,
      body,
    });
    expect([verdict, request?.args, costs.calls[0]?.[1]]).toEqual([
      'allow',
      { amount: 3 },
      { ...REQUEST, args: { amount: 3 } },
    ]);
  });

  test('is of the invocation where no request is given, and the decision says so', async () => {
    const context = spies('x', 'net');
    const verifier = verifierWith({ context: context.functions });
    const { verdict, notEstablished } = await verifier.authorize(sealed(1, { root: observing('net') }));
    expect(context.calls).toEqual([['net', { ...REQUEST, args: {} }, {}]]);
    expect([verdict, notEstablished]).toEqual(['allow', ['request', 'durability']]);
  });

  test.each<[string, string]>([
    ['does not verify', forge(scene(2, { root: stranger })).text],
    ['is open', textWith(2, { root: [...observing('net'), ...limited(['usd', 9])], invocation: null })],
    ['has no context or limit', sealed(1)],
  ])('is not computed where a chain %s', async (_, text) => {
    const { calls, functions } = spies('x', 'net', 'usd');
    const verifier = createVerifier({ ...base, context: functions, costs: functions as never });
    await verifier.authorize(text, REQUEST).catch(() => {});
    expect(calls).toEqual([]);
  });

  test.each<[string, Change, Changes]>([
    ['outside of scope', limited(['usd', 9]), { invocation: [[1, 'write']] }],
    ['in no step of a plan', [...planned(['pay', 0, 1]), ...limited(['usd', 9])], {}],
    ['of a chain that leaves two services', [...limited(['usd', 9]), [3, [AUDIENCE, `${AUDIENCE}.uk`]]], {}],
  ])('costs nothing where a request is denied anyway: %s', async (_, own, changes) => {
    const { calls, functions } = spies(1, 'usd');
    const token = sealed(1, { ...changes, root: own });
    const action = changes.invocation ? 'write' : 'read';
    const { verdict } = await verifierWith({ costs: functions }).authorize(token, { ...REQUEST, action });
    expect([verdict, calls]).toEqual(['deny', []]);
  });

  test('costs what was decided, and not what the request has become', async () => {
    const args = { amount: 1 };
    const digest = sha256('{"amount":9}');
    const token = sealed(1, {
      root: [...limited(['usd', 5]), ...observing('net')],
      invocation: [[8, [1, digest]]],
    });
    const verifier = verifierWith({
      context: { net: async () => Promise.resolve('x').finally(() => { args.amount = 9; }) },
      costs: { usd: ({ args: { amount } }) => Number(amount) },
    }); // biome-ignore format: short
    expect((await verifier.authorize(token, { ...REQUEST, args })).code).toBe('limits.spent');
  });

  test.each<[string, Partial<VerifierOptions>, string]>([
    ['a context, by an error', { context: { net: () => { throw new RangeError('net'); } } }, 'net'],
    ['a context, later', { context: { net: () => Promise.reject(new RangeError('net')) } }, 'net'],
    ['a cost, by an error', { context: { net: () => 'x' }, costs: { usd: () => { throw new RangeError('usd'); } } }, 'usd'],
    ['an extension', { ext: { geo: () => { throw new RangeError('geo'); } }, context: { net: () => 'x' } }, 'geo'],
  ])('fails as its function does: %s', async (_, options, message) => {
    const own = [...observing('net'), ...limited(['usd', 9]), [18, new Map([['geo', 1]])]] as Change;
    const failed = verifierWith({ ...options, store: memoryStore() }).authorize(
      sealed(1, { root: message === 'geo' ? own : own.slice(0, -1) }),
      REQUEST,
    );
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toBeInstanceOf(RangeError);
  }); // biome-ignore format: a row a line

  test.each<[string, () => unknown, string]>([
    ['undefined', () => undefined, 'context.malformed'],
    ['a function', () => () => 1, 'context.malformed'],
    ['a lone surrogate', () => '\ud800', 'context.malformed'],
  ])('is refused where a function gives %s', async (_, give, code) => {
    const verifier = verifierWith({ context: { net: give as () => string } });
    const decided = verifier.authorize(sealed(1, { root: observing('net') }), REQUEST);
    await expect(decided).rejects.toMatchObject({ code });
  });

  test('is a cost outside the grammar, and the nonce is not spent', async () => {
    let cost: unknown = '1';
    const verifier = verifierWith({ costs: { usd: () => cost as Cost } });
    const token = sealed(1, { root: limited(['usd', 9]) });
    await expect(verifier.authorize(token, REQUEST)).rejects.toMatchObject({ code: 'cost.malformed' });
    cost = 1;
    expect((await verifier.authorize(token, REQUEST)).verdict).toBe('allow');
  });
});

describe('an extension', () => {
  const root: Change = [[18, new Map([['acme/geo', ['de']]])]];

  test.each<[string, unknown, string]>([
    ['true', true, 'allowed'],
    ['false', false, 'ext.refused'],
    ['a promise of true', Promise.resolve(true), 'ext.refused'],
    ['1', 1, 'ext.refused'],
    ['nothing', undefined, 'ext.refused'],
  ])('whose handler gives %s', async (_, answer, code) => {
    const verifier = verifierWith({ ext: { 'acme/geo': () => answer as boolean } });
    expect((await verifier.authorize(sealed(1, { root }), REQUEST)).code).toBe(code);
  });

  test('is handed its value and the facts of the decision', async () => {
    const seen: unknown[] = [];
    const geo = (value: unknown, { now, audience, action, args }: Facts) => {
      seen.push(value, now, audience, action, args);
      return true;
    };
    await verifierWith({ ext: { 'acme/geo': geo } }).authorize(sealed(1, { root }), REQUEST);
    expect(seen).toEqual([['de'], NOW, AUDIENCE, 'read', {}]);
  });
});

describe('an error and no decision is', () => {
  test.each<[string, string, object, string]>([
    ['a text that is no token', 'writ_', REQUEST, 'cbor.truncated'],
    ['a text of another prefix', 'Bearer x', REQUEST, 'text.prefix'],
    ['an anchor that is unknown', forge(scene(2, { root: stranger })).text, REQUEST, 'anchor.unknown'],
    ['a request outside the grammar', sealed(1), { action: 'read', resource: '../x' }, 'request.malformed'],
    ['half a request', sealed(1), { action: 'read' }, 'request.malformed'],
    ['arguments of a reserved name', sealed(1), { ...REQUEST, args: { '*': 1 } }, 'request.malformed'],
    ['a body that is no object', sealed(1), { ...REQUEST, body: Uint8Array.of(49) }, 'request.malformed'],
  ])('%s', async (_, text, request, code) => {
    const decided = verifierWith().authorize(text, request as typeof REQUEST);
    await expect(decided).rejects.toMatchObject({ code });
  });

  test('a signature that does not verify, and its request spends nothing', async () => {
    const store = memoryStore();
    const forged = forge(scene(2, { holders: [stranger, stranger] })).text;
    const decided = verifierWith({ store }).authorize(forged, REQUEST);
    await expect(decided).rejects.toMatchObject({ name: 'VerifyError', code: 'signature.invalid' });
    expect(await store.prune(NOW + 999)).toBe(0);
  });

  test('trust in nobody', async () => {
    const verifier = createVerifier({ ...base, trust: importTrust({ keys: [] } as never) });
    await expect(verifier.authorize(sealed(1), REQUEST)).rejects.toMatchObject({ code: 'anchor.unknown' });
  });
});

test.each([1, 2] as const)('tokens of suite %i are counted alike', async (suite) => {
  const verifier = verifierWith();
  const codes = [];
  for (const n of [1, 2, 3, 1]) {
    codes.push((await verifier.authorize(sealed(n, { root: limited(['call', 2]) }, suite), REQUEST)).code);
  }
  expect(codes).toEqual(['allowed', 'allowed', 'limits.spent', 'invocation.replay']);
});
