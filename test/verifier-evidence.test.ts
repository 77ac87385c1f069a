import { describe, expect, test } from 'vitest';
import { importTrust } from '../src/keys/import-trust.ts';
import { memoryStore } from '../src/state/memory.ts';
import { createVerifier } from '../src/verifier.ts';
import { type Change, suites, trust } from './support/chains.ts';
import {
  approvalText,
  auditor,
  boss,
  COMPLETED,
  consentText,
  entryOf,
  keeper,
  second,
  statusText,
} from './support/evidence.ts';
import {
  AUDIENCE,
  cfo,
  domain,
  forge,
  grantPayload,
  NOW,
  research,
  scene,
  stranger,
} from './support/forge.ts';
import { ALIVE, answer, answers, approvedBy, approvedText, sealed, serviceOf } from './support/serving.ts';

const at = (issued: number, entry = entryOf(), by = keeper) => statusText(by, NOW + issued, entry);

describe.each(suites)('a payment that needs approval, suite %i', (suite) => {
  const asking = (n = 1, more: object = {}) => sealed(suite, { root: approvedBy(), n, ...more });
  const again = (exp: number) => asking(1, { invocation: [[4, exp], [6, exp - 60]] }); // biome-ignore format: short

  test('says what an approver’s tool needs', async () => {
    const [need] = (await serviceOf()(asking().text + at(0))).needs;
    expect(need).toMatchObject({
      kind: 'approval',
      block: 0,
      need: 1,
      within: 600,
      presentation: asking().text,
    });
  });

  test('passes once, however often and by whomever it is approved', async () => {
    const approvals: Change[] = [[], [[6, NOW - 9]], [[4, NOW + 599]]];
    const clicked = [
      ...approvals.map((change) => approvedText(asking(), boss, change)),
      approvedText(asking(), second),
      approvedText(again(NOW + 90), boss),
      asking().text,
    ];
    expect(await answers(clicked)).toEqual([
      'allowed',
      ...Array(4).fill('invocation.replay'),
      'approval.required +',
    ]);
  });

  test('passes once, also when the invocation and the approval have long ended', async () => {
    const store = memoryStore();
    expect(await answer(approvedText(asking()), { store })).toBe('allowed');
    const later = NOW + 3600;
    const late = approvedText(again(later + 60), second, [[4, later + 600], [6, later]]); // biome-ignore format: short
    expect(await answer(late, { store, now: later })).toBe('invocation.replay');
  });

  test('passes once of eight at a time', async () => {
    const authorize = serviceOf();
    const texts = Array.from({ length: 8 }, (_, i) => approvedText(asking(), i % 2 ? boss : second));
    const codes = (await Promise.all(texts.map(authorize))).map(({ code }) => code);
    expect(codes.filter((code) => code === 'allowed')).toHaveLength(1);
    expect(codes.filter((code) => code === 'invocation.replay')).toHaveLength(7);
  });

  test('does not pass after a no, nor with it', async () => {
    const no = approvalText(asking(), second, [[10, false]]);
    const texts = [
      asking().text + no,
      approvedText(asking()),
      approvedText(again(NOW + 90)),
      approvedText(asking()) + no,
    ];
    expect(await answers(texts)).toEqual(texts.map(() => 'approval.refused'));
  });

  test('passes with an approval of another invocation after a no', async () => {
    const no = asking().text + approvalText(asking(), second, [[10, false]]);
    expect(await answers([no, approvedText(asking(2))])).toEqual(['approval.refused', 'allowed']);
  });

  test('does not need it where the exceptions admit the request, and then no answer counts', async () => {
    const root = approvedBy(1, [boss, second], [[['read'], ['reports/**']]]);
    const free = sealed(suite, { root });
    expect(await answer(free.text)).toBe('allowed');
    expect(await answer(free.text + approvalText(free, stranger))).toBe('allowed');
  });

  test('says that the one approval counted', async () => {
    const { relied } = await serviceOf()(approvedText(asking()));
    expect(relied).toMatchObject([{ kind: 'approval', block: 0, iat: NOW }]);
  });

  test('is denied without a store, which would have to remember it', async () => {
    const verifier = createVerifier({
      trust,
      audience: AUDIENCE,
      clock: () => NOW,
      store: null,
      replay: 'reported',
    });
    const { code, needs } = await verifier.authorize(approvedText(asking()));
    expect([code, needs]).toEqual(['approval.store', [{ kind: 'store', block: null }]]);
  });

  test('of two entries needs both, and one person can give both', async () => {
    const both = sealed(suite, { root: approvedBy(2), hops: [approvedBy(1, [second, auditor])] });
    expect(await answer(approvedText(both, boss))).toBe('approval.required +');
    expect(await answer(approvedText(both, boss) + approvalText(both, second))).toBe('allowed');
  });
});

describe('a consent', () => {
  const { kty, crv, x } = cfo.jwk;
  const speaker = {
    kty: 'oct',
    k: Buffer.from(domain.secret).toString('base64url'),
    kid: Buffer.from(domain.kid).toString('base64url'),
    writ: { principal: 'https://iam.acme.example', kind: 'authority', speaks_for: ['mailto:*'] },
  };
  const authority = { kty, crv, x: stranger.jwk.x, writ: speaker.writ };
  const human = { kty, crv, x, writ: { principal: 'mailto:cfo@acme.example', kind: 'human' } };
  const anchors = importTrust({ keys: [authority, human] } as never);
  const byAuthority = (key: Uint8Array) =>
    forge(
      scene(2, { root: stranger, blocks: [{ payload: grantPayload(2, [[17, key]]) }], holders: [research] }),
    );

  test('proves what an authority granted, and the decision says so', async () => {
    const forged = byAuthority(cfo.publicKey);
    const { code, grantor, relied } = await serviceOf({ anchors })(forged.text + consentText(forged, cfo));
    expect([code, grantor]).toEqual([
      'allowed',
      { principal: 'mailto:cfo@acme.example', known: 'consent', by: 'https://iam.acme.example' },
    ]);
    expect(relied).toMatchObject([{ kind: 'consent', block: 0, iat: NOW }]);
  });

  test('is needed where the grant says so', async () => {
    expect(await answer(byAuthority(cfo.publicKey).text, { anchors })).toBe('consent.proof +');
  });

  test.each([
    ['its own', stranger],
    ['that nobody trusts', boss],
  ])('by a key of the authority’s choice, %s, is refused', async (_, by) => {
    const forged = byAuthority(by.publicKey);
    expect(await answer(forged.text + consentText(forged, by), { anchors })).toBe('consent.key');
  });

  test('by the grantor’s own key leaves it known by that', async () => {
    const forged = sealed(2, { root: [[17, cfo.publicKey]] });
    const { grantor } = await serviceOf()(forged.text + consentText(forged, cfo));
    expect(grantor.known).toBe('own-key');
  });
});

describe('all together', () => {
  const root: Change = [...ALIVE, ...approvedBy(), [17, cfo.publicKey]];

  test('all needs are told at once, in the order of the checks', async () => {
    const { needs, denials } = await serviceOf()(sealed(2, { root }).text);
    expect(needs.map(({ kind }) => kind)).toEqual(['status', 'approval', 'consent']);
    expect(denials.map(({ code }) => code)).toEqual(['alive.status', 'approval.required', 'consent.proof']);
  });

  test('with all of it the request passes', async () => {
    const forged = sealed(2, { root });
    const { code, relied } = await serviceOf({ feed: at(0) })(
      approvedText(forged) + consentText(forged, cfo),
    );
    expect([code, relied?.map(({ kind }) => kind)]).toEqual(['allowed', ['status', 'approval', 'consent']]);
  });

  test('nobody is asked for anything where a denial stays', async () => {
    const { needs, code } = await serviceOf({ feed: at(0, entryOf(COMPLETED)) })(sealed(2, { root }).text);
    expect([code, needs]).toEqual(['alive.completed', []]);
  });
});

describe('what outsiders bring', () => {
  test('evidence by keys that the chain does not name changes nothing', async () => {
    const forged = sealed(2);
    const all =
      at(0, entryOf(COMPLETED)) + approvalText(forged, boss, [[10, false]]) + consentText(forged, boss);
    expect(await answer(forged.text + all)).toBe('allowed');
  });

  test('a chain that ended, or has too many hops, leaves nothing in the store', async () => {
    const stuffed: Change = [
      [12, Array.from({ length: 200 }, (_, i) => [stranger.publicKey, 2 ** 33, `s${100 + i}`])],
    ];
    const all = (n: number, root: Change) => {
      const subjects = Array.from({ length: 200 }, (_, i) =>
        statusText(stranger, NOW, entryOf(), `s${100 + i}`),
      );
      return sealed(2, { root, hops: [stuffed], n }).text + subjects.slice(0, 16).join('');
    };
    // Room for what one request would leave, and no more.
    const store = memoryStore({ rows: 17 });
    expect(await answers([all(1, [[11, undefined]]), all(2, [[4, NOW]])], { store })).toEqual([
      'delegation.depth',
      'exp.passed',
    ]);
    expect(await answer(sealed(2, { n: 3 }).text, { store })).toBe('allowed');
  });
});
