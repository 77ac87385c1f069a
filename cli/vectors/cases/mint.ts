import { fromBase64url } from '../../../src/bytes.ts';
import {
  approve,
  changeMission,
  consentTo,
  type DelegateOptions,
  delegate,
  type GrantOptions,
  grant,
  type InvokeOptions,
  importJwk,
  invoke,
  issueStatus,
  type MacKey,
  type MissionChange,
  type MissionState,
  PublicKey,
  type Signer,
  type SigningKey,
} from '../../../src/index.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../src/json.ts';
import type { Run } from '../format.ts';
import { fromHex } from '../from-hex.ts';

type Key = SigningKey | MacKey | Signer;

/** Cases of type `mint`: what is made of claims in their JSON form, and with which code that is refused. */
export const mint: Run = async ({ do: what, key: jwk, signature, text, options, ...rest }) => {
  const key = jwk === undefined ? undefined : keyOf(jwk as JsonObject, signature);
  const given = fromJson(options as Json) as object;
  // What a case gives in vain is to be refused, so it is handed on whatever the types say.
  const all = { ...given, ...(key && { key }) } as unknown;
  const of = text as string;
  switch (what) {
    case 'grant':
      return { text: await grant(all as GrantOptions<Key>) };
    case 'delegate':
      return { text: await delegate(of, all as DelegateOptions<Signer>) };
    case 'invoke':
      return { text: await invoke(of, all as InvokeOptions<Signer>) };
    case 'status':
      return { text: await issueStatus(all as Parameters<typeof issueStatus<Signer>>[0]) };
    case 'approve':
      return { text: await approve(of, all as Parameters<typeof approve<Signer>>[1]) };
    case 'consent':
      return { text: await consentTo(of, all as Parameters<typeof consentTo<Signer>>[1]) };
    default:
      return change(rest);
  }
};

/** What becomes of a mission; its subject does not matter. */
function change({ state, change: how }: JsonObject): object {
  const mission = {
    subject: '',
    state: state as MissionState,
    since: 0,
    issued: 0,
    goodUntil: 0,
    revoked: [],
  };
  const [changed] = changeMission([mission], '', how as MissionChange, 0);
  return { state: changed?.state };
}

/** A private key or a secret; or somebody who has the private key, and signs everything with the same bytes. */
function keyOf(jwk: JsonObject, signature: Json | undefined): Key {
  if (signature !== undefined) {
    return { publicKey: publicKeyOf(jwk), sign: async () => fromHex(signature as string) };
  }
  return importJwk(jwk) as SigningKey | MacKey;
}

// Data, whatever its members are called.
const DATA = ['args', 'context', 'ext', 'mission'];
const BYTES = ['cti', 'nonce', 'body', 'id'];

/** Options in their JSON form, with keys and bytes as the API takes them (spec §5.9). */
function fromJson(value: Json): unknown {
  if (Array.isArray(value)) return value.map(fromJson);
  if (!isJsonObject(value)) return value;
  if (value.kty === 'OKP') return publicKeyOf(value);
  return Object.fromEntries(Object.entries(value).map(([name, own]) => [name, memberOf(name, own)]));
}

function memberOf(name: string, value: Json): unknown {
  if (DATA.includes(name)) return value;
  return BYTES.includes(name) && typeof value === 'string' ? fromHex(value) : fromJson(value);
}

// Not imported, since an importer refuses what a minter must refuse too.
function publicKeyOf({ crv, x }: JsonObject): PublicKey {
  return new PublicKey(
    fromBase64url(x as string) as Uint8Array,
    crv === 'Ed25519' ? undefined : (crv as number),
  );
}
