import { concat } from '../bytes.ts';
import { type Caveats, caveats } from '../caveats/all.ts';
import { PROTECTED_KID } from '../cose.ts';
import { signEd25519 } from '../crypto/ed25519.ts';
import { hmac } from '../crypto/hmac.ts';
import { randomBytes } from '../crypto/random.ts';
import { MacKey } from '../keys/mac-key.ts';
import type { PublicKey } from '../keys/public-key.ts';
import { Secret } from '../keys/secret.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { checkMembers } from '../members.ts';
import { systemTime } from '../time.ts';
import { checkAudience } from './audience.ts';
import { defaultSubject } from './claims.ts';
import {
  asShaped,
  encodeCaveats,
  encodeDelegate,
  encodeMission,
  encodePayload,
  encodeToken,
  pickCaveats,
} from './encode.ts';
import { linkObject } from './links.ts';
import type { Mission } from './model.ts';

/** What a grant says. Times are Unix seconds. */
export interface GrantOptions extends Caveats {
  /** The human's own key, an authority's, or the secret of a trust domain. Its type is the suite. */
  readonly key: SigningKey | MacKey;
  /** The human who grants, as a URI. */
  readonly grantor: string;
  /** The first delegate, as a URI. */
  readonly delegate: string;
  /** The delegate's public key; in suite 2, and only there. */
  readonly to?: PublicKey;
  readonly mission: Mission;
  readonly exp: number;
  readonly scope: NonNullable<Caveats['scope']>;
  /** The time of issue; by default the system's clock. */
  readonly now?: number;
}

const OPTIONS = ['key', 'grantor', 'delegate', 'to', 'mission', 'now', ...Object.keys(caveats)];

/**
 * Grants authority to a first delegate: the root of every chain (spec §5.4.1).
 *
 * @returns the text of an open token; in suite 1 it is a secret
 * @throws MintError `mint.input`; KeyError where a public key must not be used
 * @example
 * grant({ key, grantor: 'mailto:cfo@acme.example', delegate: 'agent:acme/research', to: agent.publicKey,
 *   mission: { id: 'q3', purpose: 'Prepare the Q3 report' }, exp: now + 7200,
 *   scope: [{ actions: ['read'], resources: ['reports/**'] }], delegation: { depth: 1 } })
 */
export function grant(options: GrantOptions): string {
  checkMembers(options, OPTIONS);
  const { key, grantor, delegate, to, mission, now = systemTime() } = options;
  const own = asShaped('caveats', () =>
    withoutDefaults(pickCaveats(options), defaultSubject({ grantor, mission })),
  );
  checkAudience(own, own.aud);
  const header = concat(PROTECTED_KID[key.suite], key.kid);
  const payload = encodePayload([
    [1, grantor],
    ...encodeDelegate(key.suite, delegate, to),
    [6, now],
    [7, randomBytes(16)],
    [9, encodeMission(mission)],
    ...encodeCaveats(own),
  ]);
  const { signed } = linkObject(key.suite, 'grant', new Uint8Array(), { header, payload });
  if (key instanceof MacKey) {
    const secret = new Secret(hmac(key.secret.expose(), signed));
    return encodeToken({ suite: 'hmac', blocks: [{ header, payload }], secret, evidence: [] });
  }
  const proof = signEd25519(key.seed.expose(), signed);
  return encodeToken({ suite: 'ed25519', blocks: [{ header, payload, proof }], evidence: [] });
}

// In the root, no delegation is the default, and a default has no spelling.
function withoutDefaults({ delegation, ...caveats }: Caveats, subject: string): Caveats {
  const own = delegation === undefined || delegation.depth === 0 ? {} : { delegation };
  return { ...withoutDefaultSubject(caveats, subject), ...own };
}

/** The same caveats, with the default subject of statuses left out where it is written. */
export function withoutDefaultSubject(caveats: Caveats, subject: string): Caveats {
  if (caveats.alive === undefined) return caveats;
  const alive = caveats.alive.map(({ subject: own, ...entry }) =>
    own === undefined || own === subject ? entry : { ...entry, subject: own },
  );
  return { ...caveats, alive };
}
