import { toHex } from '../bytes.ts';
import type { Code } from '../codes.ts';
import { keyId } from '../keys/key-id.ts';
import { ED25519, type PublicKey } from '../keys/public-key.ts';
import type { Trust } from '../keys/trust.ts';
import * as limits from '../limits.ts';
import { isSigner } from './authentic.ts';
import type { Consent } from './consent.ts';
import type { Finding } from './finding.ts';

/**
 * Weighs the consents at hand: the key that the grant names is an anchor of the human who grants, and signed one (spec §9.7.3).
 */
export function weighConsent(
  key: PublicKey,
  items: readonly Consent[],
  { grantor, trust, now }: { readonly grantor: string; readonly trust: Trust; readonly now: number },
): Finding {
  const deny = (code: Code, expected: unknown, actual: unknown): Finding => ({
    wanting: [
      {
        denial: { code, block: 0, caveat: 'consent', expected, actual },
        ...(code !== 'consent.key' && { need: { kind: 'consent', block: 0, key } }),
      },
    ],
    relied: [],
    said: [],
    alarms: [],
  });
  // Whoever signs the root names the key, and so could name its own.
  if (!isOwnKey(key, grantor, trust, now)) return deny('consent.key', grantor, null);
  const own = items.filter((item) => isSigner(item, key));
  const consent = own.find(({ claims }) => claims.iat <= now + limits.skew);
  if (consent !== undefined) {
    const { iat } = consent.claims;
    return { wanting: [], relied: [{ kind: 'consent', block: 0, key, iat }], said: [], alarms: [] };
  }
  const [early] = own;
  return early === undefined
    ? deny('consent.proof', 'proof', null)
    : deny('consent.early', early.claims.iat, now);
}

function isOwnKey(key: PublicKey, grantor: string, trust: Trust, now: number): boolean {
  const anchor = key.algorithm === ED25519 ? trust.get(toHex(keyId(key))) : undefined;
  const { kind, principal, from = 0, until = limits.time } = anchor ?? {};
  return kind === 'human' && principal === grantor && from <= now && now < until;
}
