import { toHex } from '../../../src/bytes.ts';
import { importTrust } from '../../../src/keys/import-trust.ts';
import { importJwk, importPublicJwk } from '../../../src/keys/jwk.ts';
import { keyId } from '../../../src/keys/key-id.ts';
import { type Alive, type Anchor, anchorId } from '../../../src/keys/trust.ts';
import * as limits from '../../../src/limits.ts';
import type { Run } from '../format.ts';

/** The id of a key (spec §4.1), or the anchors of a trust file (spec §4.3). */
export const keys: Run = ({ jwk, as, trust }) => {
  if (trust !== undefined) return { anchors: [...importTrust(trust).values()].map(showAnchor) };
  return { id: toHex(keyId(as === 'public' ? importPublicJwk(jwk) : importJwk(jwk))) };
};

function showAnchor(anchor: Anchor): object {
  const { principal, kind, speaksFor, from = 0, until = limits.time, alive } = anchor;
  const id = toHex(anchorId(anchor));
  return { id, principal, kind, speaksFor, from, until, alive: alive && showAlive(alive) };
}

function showAlive({ key, ...rest }: Alive): object {
  return { key: toHex(keyId(key)), ...rest };
}
