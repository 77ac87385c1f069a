import { utf8 } from '../../src/bytes.ts';
import type { CborValue } from '../../src/cbor/value.ts';
import { writeCbor } from '../../src/cbor/write.ts';
import { sha256 } from '../../src/crypto/sha256.ts';
import type { Request } from '../../src/decide/decide.ts';
import { canonicalJson, type Json, type JsonObject } from '../../src/json.ts';
import type { MacKey } from '../../src/keys/mac-key.ts';
import type { SigningKey } from '../../src/keys/signing-key.ts';
import { formatText } from '../../src/text.ts';
import { assemble } from './assemble.ts';
import type { Draws } from './draw.ts';
import { type Asked, type Claims, choose, fill, type Tables, toItem } from './tables.ts';

/** What tokens are drawn from. */
export interface Source {
  readonly tables: Tables;
  /** What times are told from, in Unix seconds. */
  readonly clock: number;
  /** By name. */
  readonly keys: ReadonlyMap<string, SigningKey>;
  /** The anchor of suite 1. */
  readonly secret: MacKey;
}

/** A token that was drawn, what it is presented for, and what the service observes. */
export interface Drawn {
  readonly text: string;
  readonly request: Request;
  readonly context: JsonObject;
}

type Entry = readonly [key: number, value: CborValue];

/**
 * Draws a token and its request, step by step as test-vectors/README.md says.
 *
 * Encoder and signer are those of this implementation; nothing else of it has a part in the texts.
 */
export function drawToken(draws: Draws, { tables, clock, keys, secret }: Source): Drawn {
  const { odds } = tables;
  const happens = (once: number) => draws.below(once) === 0;
  const keyOf = (name: string) => keys.get(name) as SigningKey;
  const alter = (bytes: Uint8Array) => (happens(tables.altered) ? alterByte(bytes, draws) : bytes);

  const drawPayload = (claims: Claims, own: readonly Entry[], named = keyOf): Uint8Array => {
    const drawn = Object.entries(claims).flatMap(([name, table]): Entry[] => {
      const value = choose<Json>(table, draws, odds);
      if (value === null) return [];
      const key = Number(name);
      const item =
        key === 7 ? draws.bytes(value as number) : toItem(value, (of) => named(of).publicKey.bytes);
      return [[key, key >= 4 && key <= 6 && typeof item === 'number' ? clock + item : item]];
    });
    return alter(writeCbor(new Map([...own, ...drawn])));
  };

  const root = happens(2) ? secret : keyOf(choose(tables.anchor, draws, odds));
  // Suite 1 has no keys in its tokens.
  const withoutKeys = ({ 8: _, ...claims }: Claims) => claims;
  const [grant, hop] =
    root === secret ? [withoutKeys(tables.grant), withoutKeys(tables.hop)] : [tables.grant, tables.hop];
  const holders = tables.holders.slice(0, 1 + draws.below(tables.holders.length)).map(keyOf);
  const blocks = holders.map((holder, i) =>
    drawPayload(i === 0 ? grant : hop, [], (name) => (name === 'holder' ? holder : keyOf(name))),
  );

  const drawRequest = () => fill(draws.pick(tables.requests), draws) as Asked;
  const asked = drawRequest();
  const mode = 1 + draws.below(2);
  const sealed = !happens(tables.open);
  const seal = sealed ? [drawPayload(tables.invocation, claimsOf(asked, mode))] : [];

  const served = happens(odds) ? drawRequest() : asked;
  const request = toRequest(served, happens(odds) ? 3 - mode : mode);
  const context = choose<JsonObject>(tables.context, draws, odds);

  const token = alter(assemble({ root, holders, payloads: [...blocks, ...seal], sealed }));
  const text = formatText({ secret: root === secret && !sealed, token, attachments: [] });
  return {
    text: happens(tables.altered) ? alterCharacter(text, draws, tables.characters) : text,
    request,
    context,
  };
}

function claimsOf({ action, resource, args }: Asked, mode: number): Entry[] {
  const bound =
    args === null
      ? []
      : [[8, [mode, sha256(utf8(mode === 1 ? canonicalJson(args) : JSON.stringify(args)))]] as const];
  return [[1, action], [2, resource], ...bound]; // biome-ignore format: pairs read as pairs
}

function toRequest({ args, ...request }: Asked, mode: number): Request {
  if (args === null) return request;
  return mode === 1 ? { ...request, args } : { ...request, body: utf8(JSON.stringify(args)) };
}

// Drawn twice, because most of what holds a token together comes first.
function alterByte(bytes: Uint8Array, draws: Draws): Uint8Array {
  const at = draws.below(1 + draws.below(bytes.length));
  const mask = 1 << draws.below(8);
  return bytes.map((byte, i) => (i === at ? byte ^ mask : byte));
}

function alterCharacter(text: string, draws: Draws, characters: string): string {
  const at = draws.below(text.length);
  const to = characters[draws.below(characters.length)] as string;
  return text.slice(0, at) + to + text.slice(at + 1);
}
