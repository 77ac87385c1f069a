import { toBase64url, toHex } from '../bytes.ts';
import { KeyError } from '../errors.ts';
import { isJsonObject } from '../json.ts';
import * as limits from '../limits.ts';
import { isPrincipal, isPrincipalPattern } from '../names.ts';
import { importPublicJwk, importSecretJwk, type Jwk } from './jwk.ts';
import { MacKey } from './mac-key.ts';
import { type Alive, type Anchor, anchorId, type Trust } from './trust.ts';

/**
 * Reads a trust file: a JWK Set whose keys carry a member `writ` (spec §4.3).
 *
 * @throws KeyError `trust.format`, `trust.anchor`, `trust.duplicate`, and as `importJwk`
 * @example
 * importTrust({ keys: [{ kty: 'OKP', crv: 'Ed25519', x, writ: { principal: 'mailto:cfo@acme.example', kind: 'human' } }] })
 */
export function importTrust(jwkSet: unknown): Trust {
  const keys = isJsonObject(jwkSet) ? jwkSet.keys : undefined;
  if (!Array.isArray(keys)) throw formatError('trust', '"keys"');
  const trust = new Map<string, Anchor>();
  for (const [i, jwk] of keys.entries()) {
    const path = `key ${i}`;
    const anchor = importAnchor(jwk, path);
    const id = anchorId(anchor);
    const { kid = toBase64url(id) } = jwk as Jwk;
    if (kid !== toBase64url(id)) throw formatError(path, 'the thumbprint as "kid"');
    if (trust.has(toHex(id))) throw new KeyError('trust.duplicate', { path });
    trust.set(toHex(id), anchor);
  }
  return trust;
}

function importAnchor(jwk: unknown, path: string): Anchor {
  const members = isJsonObject(jwk) ? jwk.writ : undefined;
  if (!isJsonObject(jwk) || !isJsonObject(members)) throw formatError(path, '"writ"');
  const { principal, kind, speaks_for: patterns = [], from, until, alive, ...unknown } = members;
  if (Object.keys(unknown).length > 0) throw formatError(path, 'no unknown member');
  if (!isPrincipal(principal)) throw formatError(path, '"principal", a URI');
  if (kind !== 'human' && kind !== 'authority') throw formatError(path, '"kind", human or authority');
  if (!Array.isArray(patterns) || !patterns.every(isPrincipalPattern)) {
    throw formatError(path, '"speaks_for", principal patterns');
  }
  if (!isOptionalTime(from) || !isOptionalTime(until))
    throw formatError(path, '"from" and "until" in Unix seconds');
  const key = jwk.kty === 'oct' ? importSecretJwk(jwk) : importPublicJwk(jwk);
  const empty = (from ?? 0) >= (until ?? limits.time);
  const human = kind === 'human';
  // A human's key is nobody else's, which a shared secret can never be; an authority says for whom it speaks.
  if (empty || human === patterns.length > 0 || (human && key instanceof MacKey)) {
    throw new KeyError('trust.anchor', { path });
  }
  return {
    key,
    principal,
    kind,
    speaksFor: patterns,
    from,
    until,
    alive: alive === undefined ? undefined : importAlive(alive, path),
  };
}

function importAlive(alive: unknown, path: string): Alive {
  const { key, within, subject, ...unknown } = isJsonObject(alive) ? alive : {};
  const known = Number.isSafeInteger(within) && Number(within) >= 0 && Object.keys(unknown).length === 0;
  if (!known || (subject !== undefined && typeof subject !== 'string')) {
    throw formatError(path, '"alive" of key, within and subject');
  }
  return { key: importPublicJwk(key), within: Number(within), subject };
}

function isOptionalTime(value: unknown): value is number | undefined {
  return (
    value === undefined || (Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) < limits.time)
  );
}

function formatError(path: string, expected: string): KeyError {
  return new KeyError('trust.format', { path, detail: `expected ${expected}` });
}
