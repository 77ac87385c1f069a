import { createHash, createHmac, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { encode, rfc8949EncodeOptions } from 'cborg';

// Builds tokens, right and wrong ones, from the spec and not from src: its own encoder, its own signed bytes. What it
// is given it signs and encodes as it is, so every field of a token can be made wrong on purpose.

/** Anything that cborg encodes; maps with integer keys are `Map`s. */
export type Item = unknown;

/** An Ed25519 key pair that is the same at every run. */
export interface Pair {
  readonly seed: Uint8Array;
  readonly publicKey: Uint8Array;
  /** The RFC 7638 thumbprint. */
  readonly kid: Uint8Array;
  readonly jwk: { readonly kty: string; readonly crv: string; readonly x: string; readonly d: string };
}

/** An HMAC secret and its id, the same at every run. */
export interface RootSecret {
  readonly secret: Uint8Array;
  readonly kid: Uint8Array;
}

/** How one signed object is made; what is left out is made right. */
export interface Part {
  readonly payload: Item;
  /** The protected header, instead of the right one. */
  readonly header?: Item;
  readonly unprotected?: Item;
  /** The bytes of the payload, instead of the encoded `payload`. */
  readonly payloadBytes?: Uint8Array;
  /** Who signs, instead of whom the chain prescribes (suite 2). */
  readonly signer?: Pair;
  /** The MAC key, instead of the one that the chain prescribes (suite 1). */
  readonly macKey?: Uint8Array;
  readonly label?: string;
  readonly link?: Uint8Array;
  /** The signature or tag on the wire, instead of the computed one. */
  readonly proof?: Item;
}

export interface Recipe {
  readonly suite: 1 | 2;
  /** The anchor: a pair in suite 2, a root secret in suite 1. */
  readonly root: Pair | RootSecret;
  readonly blocks: readonly Part[];
  /** The keys that the blocks delegate to, in order; the signers of what follows (suite 2). */
  readonly holders?: readonly Pair[];
  readonly invocation?: Part;
}

/** One signed object with its intermediates. */
export interface Made {
  readonly header: Uint8Array;
  readonly payload: Uint8Array;
  readonly signed: Uint8Array;
  readonly id: Uint8Array;
  /** The signature (suite 2) or tag (suite 1), whether or not it is on the wire. */
  readonly proof: Uint8Array;
  /** The object as an array, as it stands in the token. */
  readonly item: Item;
}

export interface Forged {
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly blocks: readonly Made[];
  readonly invocation: Made | undefined;
}

/** One piece of evidence with its intermediates. */
export interface ForgedEvidence extends Made {
  readonly bytes: Uint8Array;
  /** As it stands alone, or behind a token. */
  readonly text: string;
}

const NOTHING = new Uint8Array();
const LABELS = ['grant', 'hop', 'invocation'] as const;

/** Deterministic CBOR (RFC 8949 §4.2.1). */
export function cbor(value: Item): Uint8Array {
  return Uint8Array.from(encode(value, rfc8949EncodeOptions));
}

export function sha256(data: Uint8Array | string): Uint8Array {
  return Uint8Array.from(createHash('sha256').update(data).digest());
}

export function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** The key pair whose seed is the SHA-256 of a name. */
export function pair(name: string): Pair {
  const seed = sha256(`writ test key ${name}`);
  const publicKey = Uint8Array.from(
    createPublicKey(privateKeyOf(seed)).export({ format: 'der', type: 'spki' }).subarray(-32),
  );
  const x = base64url(publicKey);
  const kid = sha256(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`);
  return { seed, publicKey, kid, jwk: { kty: 'OKP', crv: 'Ed25519', x, d: base64url(seed) } };
}

/** The root secret, and its id, made from a name. */
export function rootSecret(name: string): RootSecret {
  return { secret: sha256(`writ test secret ${name}`), kid: sha256(`writ test kid ${name}`).slice(0, 16) };
}

export function signEd25519({ seed }: Pick<Pair, 'seed'>, data: Uint8Array): Uint8Array {
  return Uint8Array.from(sign(null, data, privateKeyOf(seed)));
}

const privateKeys = new Map<string, KeyObject>();

// Reading a key takes ten times as long as signing.
function privateKeyOf(seed: Uint8Array): KeyObject {
  const name = hex(seed);
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const key = privateKeys.get(name) ?? createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  privateKeys.set(name, key);
  return key;
}

export function hmac(key: Uint8Array, data: Uint8Array): Uint8Array {
  return Uint8Array.from(createHmac('sha256', key).update(data).digest());
}

/** The bytes that a signature or MAC covers. */
export function signedBytes(
  suite: 1 | 2,
  label: string,
  link: Uint8Array,
  header: Uint8Array,
  payload: Uint8Array,
): Uint8Array {
  return cbor([suite === 2 ? 'Signature1' : 'MAC0', header, cbor([`writ/1 ${label}`, link]), payload]);
}

/** The right protected header. */
export function headerOf(suite: 1 | 2, kid?: Uint8Array): Map<number, Item> {
  const entries: [number, Item][] = [[1, suite === 2 ? -19 : 5]];
  return new Map(kid === undefined ? entries : [...entries, [4, kid]]);
}

function isPair(root: Pair | RootSecret): root is Pair {
  return 'seed' in root;
}

/** Makes a token from a recipe; `text` has the prefix that the recipe's content calls for. */
export function forge(recipe: Recipe): Forged {
  const { suite, root, holders = [] } = recipe;
  const made: Made[] = [];
  const parts = [...recipe.blocks, ...(recipe.invocation === undefined ? [] : [recipe.invocation])];
  let macKey = isPair(root) ? NOTHING : root.secret;
  for (const [i, part] of parts.entries()) {
    const kind = part === recipe.invocation ? 2 : i === 0 ? 0 : 1;
    const header = cbor(part.header ?? headerOf(suite, i === 0 ? root.kid : undefined));
    const payload = part.payloadBytes ?? cbor(part.payload);
    const signed = signedBytes(
      suite,
      part.label ?? (LABELS[kind] as string),
      part.link ?? made.at(-1)?.id ?? NOTHING,
      header,
      payload,
    );
    const signer = part.signer ?? (i === 0 ? (root as Pair) : holders[i - 1]);
    const proof = suite === 2 ? signEd25519(signer as Pair, signed) : hmac(part.macKey ?? macKey, signed);
    const onWire = suite === 2 || kind === 2 ? [part.proof ?? proof] : [];
    const item = [header, part.unprotected ?? new Map(), payload, ...onWire];
    made.push({ header, payload, signed, id: sha256(signed), proof, item });
    macKey = proof;
  }
  const blocks = recipe.invocation === undefined ? made : made.slice(0, -1);
  const invocation = recipe.invocation === undefined ? undefined : (made.at(-1) as Made);
  const tag = suite === 1 && invocation === undefined ? [(blocks.at(-1) as Made).proof] : [];
  const seal = invocation === undefined ? tag : [invocation.item];
  const bytes = cbor([suite, blocks.map((block) => block.item), ...seal]);
  return { text: textOf(bytes, tag.length > 0), bytes, blocks, invocation };
}

const KINDS = { status: 1, approval: 2, consent: 3 } as const;

/** Makes one piece of evidence; `wrap` puts it together otherwise than the format says. */
export function forgeEvidence(
  kind: keyof typeof KINDS,
  { signer, ...part }: Part & { readonly signer: Pair },
  wrap: (number: number, item: Item) => Item = (number, item) => [number, item],
): ForgedEvidence {
  const header = cbor(part.header ?? headerOf(2, signer.kid));
  const payload = part.payloadBytes ?? cbor(part.payload);
  const signed = signedBytes(2, part.label ?? kind, part.link ?? NOTHING, header, payload);
  const proof = signEd25519(signer, signed);
  const item = wrap(KINDS[kind], [header, part.unprotected ?? new Map(), payload, part.proof ?? proof]);
  const bytes = cbor(item);
  return { header, payload, signed, id: sha256(signed), proof, item, bytes, text: `~${base64url(bytes)}` };
}

/** The text of token bytes. */
export function textOf(bytes: Uint8Array, secret = false): string {
  return `${secret ? 'writ_secret_' : 'writ_'}${base64url(bytes)}`;
}

// The common scene: a CFO grants to a research agent, which delegates to a lookup agent.

export const NOW = 1_800_000_000;
export const AUDIENCE = 'https://files.acme.example';
export const cfo = pair('cfo');
export const research = pair('research');
export const lookup = pair('lookup');
export const stranger = pair('stranger');
export const domain = rootSecret('domain');

/** The trust file of the scene: the CFO's own key, and an authority with a shared secret. */
export const trustFile = {
  keys: [
    {
      kty: 'OKP',
      crv: 'Ed25519',
      x: cfo.jwk.x,
      writ: { principal: 'mailto:cfo@acme.example', kind: 'human' },
    },
    {
      kty: 'oct',
      k: base64url(domain.secret),
      kid: base64url(domain.kid),
      writ: { principal: 'https://iam.acme.example', kind: 'authority', speaks_for: ['mailto:*'] },
    },
  ],
};

type Entries = Iterable<readonly [number, Item]>;

/** A map of entries, of which those with the value `undefined` are left out; later ones replace earlier ones. */
export function claims(...lists: readonly Entries[]): Map<number, Item> {
  const map = new Map<number, Item>();
  for (const [key, value] of lists.flatMap((list) => [...list])) {
    if (value === undefined) map.delete(key);
    else map.set(key, value);
  }
  return map;
}

/** The payload of the scene's grant, with changes. */
export function grantPayload(suite: 1 | 2, changes: Entries = []): Map<number, Item> {
  return claims(
    [
      [1, 'mailto:cfo@acme.example'],
      [2, 'agent:acme/research'],
      [3, suite === 1 ? [AUDIENCE] : undefined],
      [4, NOW + 7200],
      [6, NOW],
      [7, sha256('cti').slice(0, 16)],
      [8, suite === 2 ? research.publicKey : undefined],
      [9, new Map([[1, 'q3-report'], [2, 'Prepare the Q3 report']])], // biome-ignore format: pairs read as pairs
      [10, [[['read'], ['reports/**']]]],
      [11, [4]],
    ],
    changes,
  );
}

/** The payload of the scene's hop, with changes. */
export function hopPayload(suite: 1 | 2, changes: Entries = [], to: Pair = lookup): Map<number, Item> {
  return claims(
    [
      [2, 'agent:acme/lookup'],
      [8, suite === 2 ? to.publicKey : undefined],
    ],
    changes,
  );
}

/** The payload of the scene's invocation, with changes. */
export function invocationPayload(changes: Entries = []): Map<number, Item> {
  return claims(
    [
      [1, 'read'],
      [2, 'reports/q3.pdf'],
      [3, AUDIENCE],
      [4, NOW + 60],
      [6, NOW],
      [7, sha256('nonce').slice(0, 16)],
    ],
    changes,
  );
}

/** The scene's sealed token of a root and one hop; `changes` are spread over the recipe. */
export function scene(suite: 1 | 2, changes: Partial<Recipe> = {}): Recipe {
  return {
    suite,
    root: suite === 2 ? cfo : domain,
    blocks: [{ payload: grantPayload(suite) }, { payload: hopPayload(suite) }],
    holders: [research, lookup],
    invocation: { payload: invocationPayload() },
    ...changes,
  };
}
