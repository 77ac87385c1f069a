import { toData } from '../../cli/vectors/to-data.ts';
import * as writ from '../../src/index.ts';

// What is told in Node and in a page alike: the page gets the built package in place of the sources.

export const NOW = 1_800_000_000;
const SERVICE = 'https://files.acme.example';
const GRANTOR = 'mailto:cfo@acme.example';

/** A token after each step of its life, and the trust file to verify it with. */
export interface Story {
  readonly texts: readonly [grant: string, hop: string, request: string];
  readonly trust: unknown;
}

/** Makes keys, grants, delegates and invokes. */
export function mintStory(suite: writ.Suite): Story {
  const [research, lookup] = [newKey(), newKey()];
  const key = suite === 'hmac' ? reimport(writ.MacKey.generate()) : newKey();
  const anchor = key instanceof writ.MacKey
    ? { ...writ.exportJwk(key), writ: { principal: 'https://iam.acme.example', kind: 'authority', speaks_for: ['mailto:*'] } }
    : { ...writ.exportJwk(key.publicKey), writ: { principal: GRANTOR, kind: 'human' } }; // biome-ignore format: short
  const bound = (to: writ.SigningKey) => (suite === 'hmac' ? {} : { to: to.publicKey });
  const proof = (own: writ.SigningKey) => (suite === 'hmac' ? {} : { key: own });
  const grant = writ.grant({
    key,
    grantor: GRANTOR,
    delegate: 'agent:acme/research',
    ...bound(research),
    mission: { id: 'q3-report', purpose: 'Prüfe the Q3 report 📈' },
    scope: [{ actions: ['list', 'read'], resources: ['reports/**'], args: { '?limit': { range: [1, 50] } } }],
    aud: [SERVICE],
    exp: NOW + 7200,
    delegation: { depth: 1 },
    context: { ip: { cidr: '10.0.0.0/8' } },
    now: NOW,
  });
  const hop = writ.delegate(grant, {
    ...proof(research),
    delegate: 'agent:acme/lookup',
    ...bound(lookup),
    task: 'Find the Q3 revenue',
    scope: [{ actions: ['read'], resources: ['reports/q3/**'], args: { '?limit': { range: [1, 10] } } }],
  });
  const asked = { action: 'read', resource: 'reports/q3/revenue.pdf', args: { limit: 5 } };
  const request = writ.invoke(hop, { ...proof(lookup), audience: SERVICE, ...asked, now: NOW });
  return { texts: [grant, hop, request], trust: { keys: [anchor] } };
}

/** Everything that can be made of the texts, as JSON data. */
export function readStory({ texts, trust: file }: Story): unknown {
  const trust = writ.importTrust(file);
  const chain = writ.verify(writ.decode(texts[2]), trust, { now: NOW });
  const decisions = ['reports/q3/revenue.pdf', 'hr/salaries.xlsx'].map((resource) =>
    writ.decide(chain, {
      audience: SERVICE,
      request: { action: 'read', resource, args: { limit: 5 } },
      context: { ip: '10.1.2.3' },
      now: NOW,
    }),
  );
  return toData({
    decisions,
    explained: decisions.map(writ.explain),
    texts: texts.map((text) => ({
      untried: writ.inspect(text, { now: NOW }),
      held: writ.inspect(text, { trust, now: NOW }),
      failed: writ.inspect(text, { trust: new Map(), now: NOW }),
      annotated: writ.annotate(text),
      broken: writ.annotate(text.slice(0, -8)),
      authority: writ.effectiveAuthority(writ.decode(text).blocks, chain.anchor),
    })),
  });
}

function newKey(): writ.SigningKey {
  return reimport(writ.SigningKey.generate());
}

/** The same key, through its JWK as a file would hold it. */
function reimport<K extends writ.SigningKey | writ.MacKey>(key: K): K {
  return writ.importJwk(JSON.parse(JSON.stringify(writ.exportJwk(key)))) as K;
}
