import { createHash, createHmac, createPrivateKey, randomBytes, sign } from 'node:crypto';
import { encode } from 'cborg';
import type { MacKey as MacSecret, SigningKey as SigningSecret } from '../../src/index.ts';
import { decode, delegate, exportJwk, grant, invoke, MacKey, SigningKey } from '../built.ts';

export type Suite = 'ed25519' | 'hmac';

/** How long each request is good for, in seconds, and its nonce kept. */
export const LIFETIME = 60;
export const AUDIENCE = 'https://files.acme.example';

/** An endless source of tokens that verify under one trust file. */
export interface Mint {
  readonly trust: object;
  /** The next token, made at that Unix second: a root block, a hop and a request that no other token has. */
  next(now: number): string;
}

/** One signed object of the first token: what is signed, and where its parts stand there and in the token. */
interface Part {
  readonly signed: Buffer;
  /** Where the id of the block before it stands in `signed`. */
  readonly link: number;
  /** How far what is signed is before its place in the token, behind the link. */
  readonly shift: number;
  /** Where the proof stands in the token; -1 where a block of suite HMAC has none. */
  readonly proof: number;
  readonly prove: (key: Uint8Array, signed: Uint8Array) => Uint8Array;
}

const LINK = createHash('sha256').update('the place of a link').digest();

/**
 * Makes the first token by the package and all others from its bytes: another id in the root block, another nonce and
 * other times in the request, and proofs over them. To make each by the package would take longer than to verify it.
 */
export function createMint(suite: Suite, start: number): Mint {
  const { text, trust, secrets } = first(suite, start);
  const token = decode(text);
  const bytes = Buffer.from(text.slice('writ_'.length), 'base64url');
  const signers = secrets.map(signerOf);
  const objects = [...token.blocks, token.invocation as NonNullable<typeof token.invocation>];
  const parts = objects.map((object, i): Part => {
    const label = i === 0 ? 'grant' : i < objects.length - 1 ? 'hop' : 'invocation';
    const external = encode([`writ/1 ${label}`, i === 0 ? new Uint8Array() : LINK]);
    const context = suite === 'hmac' ? 'MAC0' : 'Signature1';
    const signed = Buffer.from(encode([context, object.header, external, object.payload]));
    return {
      signed,
      link: signed.indexOf(LINK),
      shift: bytes.indexOf(object.payload) - signed.indexOf(object.payload),
      proof: object.proof === undefined ? -1 : bytes.indexOf(object.proof),
      prove: signers[i] ?? ((key, data) => createHmac('sha256', key).update(data).digest()),
    };
  });
  const root = parts[0] as Part;
  const request = parts.at(-1) as Part;
  const put = (part: Part, at: number, value: Uint8Array) => {
    part.signed.set(value, at);
    bytes.set(value, at + part.shift);
  };
  const { claims } = token.invocation as NonNullable<typeof token.invocation>;
  const places = {
    cti: root.signed.indexOf(token.blocks[0].claims.cti),
    nonce: request.signed.indexOf(claims.nonce),
    exp: request.signed.indexOf(seconds(claims.exp)),
    iat: request.signed.indexOf(seconds(claims.iat)),
  };
  return {
    trust,
    next(now) {
      const random = randomBytes(32);
      put(root, places.cti, random.subarray(0, 16));
      put(request, places.nonce, random.subarray(16));
      put(request, places.exp, seconds(now + LIFETIME));
      put(request, places.iat, seconds(now));
      let id: Uint8Array = new Uint8Array();
      // Each tag is the key of the next one (spec §6); a signature needs none.
      let key: Uint8Array = secrets[0] instanceof MacKey ? secrets[0].secret.expose() : id;
      for (const part of parts) {
        if (part.link >= 0) part.signed.set(id, part.link);
        key = part.prove(key, part.signed);
        if (part.proof >= 0) bytes.set(key, part.proof);
        id = createHash('sha256').update(part.signed).digest();
      }
      return `writ_${bytes.toString('base64url')}`;
    },
  };
}

function seconds(time: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(time);
  return bytes;
}

function signerOf(secret: SigningSecret | MacSecret): Part['prove'] | undefined {
  if (secret instanceof MacKey) return undefined;
  const key = createPrivateKey({ key: { ...exportJwk(secret) }, format: 'jwk' });
  return (_, data) => sign(null, data, key);
}

const granted = {
  grantor: 'mailto:cfo@acme.example',
  delegate: 'agent:acme/research',
  mission: { id: 'q3-report', purpose: 'Prepare the Q3 report' },
  scope: [{ actions: ['read', 'list'], resources: ['reports/**'] }],
  delegation: { depth: 1 },
  aud: [AUDIENCE],
};
const asked = { audience: AUDIENCE, action: 'read', resource: 'reports/q3.pdf', lifetime: LIFETIME };

function first(suite: Suite, now: number) {
  const exp = now + 86_400;
  const narrowed = {
    delegate: 'agent:acme/reader',
    scope: [{ actions: ['read'], resources: ['reports/**'] }],
  };
  if (suite === 'hmac') {
    const key = MacKey.generate();
    const speaks = { principal: 'https://iam.acme.example', kind: 'authority', speaks_for: ['mailto:*'] };
    const chain = delegate(grant({ ...granted, key, exp, now }), { ...narrowed, exp: exp - 1 });
    const trust = { keys: [{ ...exportJwk(key), writ: speaks }] };
    return { text: invoke(chain, { ...asked, now }), trust, secrets: [key] };
  }
  const [cfo, research, reader] = [SigningKey.generate(), SigningKey.generate(), SigningKey.generate()];
  const root = grant({ ...granted, key: cfo, to: research.publicKey, exp, now });
  const chain = delegate(root, { ...narrowed, key: research, to: reader.publicKey, exp: exp - 1 });
  const trust = {
    keys: [{ ...exportJwk(cfo.publicKey), writ: { principal: granted.grantor, kind: 'human' } }],
  };
  return { text: invoke(chain, { ...asked, key: reader, now }), trust, secrets: [cfo, research, reader] };
}
