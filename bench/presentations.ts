import {
  delegate,
  exportJwk,
  grant,
  importTrust,
  invoke,
  type Limit,
  MacKey,
  SigningKey,
  type Suite,
  type Trust,
} from '../src/index.ts';

export const AUDIENCE = 'https://pay.acme.example';

/** Three counters, all too wide to deny: for the grant's life, over a window, and of a cost. */
export const LIMITS: readonly Limit[] = [
  { unit: 'call', amount: 1e9 },
  { unit: 'call', amount: 1e9, window: 10 },
  { unit: 'usd-cent', amount: 1e12 },
];

/** Presentations of one chain of two blocks, each good for one request, and the trust that they verify under. */
export interface Presentations {
  readonly trust: Trust;
  readonly sealed: readonly string[];
}

const granted = {
  grantor: 'mailto:cfo@acme.example',
  delegate: 'agent:acme/pay',
  mission: { id: 'invoices', purpose: 'Pay the invoices of October' },
  scope: [{ actions: ['pay'], resources: ['invoices/**'] }],
  delegation: { depth: 1 },
  aud: [AUDIENCE],
  limits: LIMITS,
};
const narrowed = { delegate: 'agent:acme/clerk', task: 'Pay invoice 7' };
const asked = {
  audience: AUDIENCE,
  action: 'pay',
  resource: 'invoices/7',
  args: { amount: 12 },
  lifetime: 300,
};

/** Seals requests of one chain, by Ed25519 or HMAC. */
export function present(suite: Suite, count: number): Presentations {
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const seal = (chain: string, key?: SigningKey) =>
    Array.from({ length: count }, () => invoke(chain, { ...asked, ...(key && { key }) }));
  if (suite === 'hmac') {
    const key = MacKey.generate();
    const anchor = {
      ...exportJwk(key),
      writ: { principal: 'https://iam.acme.example', kind: 'authority', speaks_for: ['mailto:*'] },
    };
    return {
      trust: importTrust({ keys: [anchor] }),
      sealed: seal(delegate(grant({ ...granted, key, exp }), narrowed)),
    };
  }
  const [cfo, agent, clerk] = [SigningKey.generate(), SigningKey.generate(), SigningKey.generate()];
  const root = grant({ ...granted, key: cfo, to: agent.publicKey, exp });
  const chain = delegate(root, { ...narrowed, key: agent, to: clerk.publicKey });
  const anchor = { ...exportJwk(cfo.publicKey), writ: { principal: granted.grantor, kind: 'human' } };
  return { trust: importTrust({ keys: [anchor] }), sealed: seal(chain, clerk) };
}
