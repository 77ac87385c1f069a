import { concat } from '../bytes.ts';
import { type Caveats, caveats } from '../caveats/all.ts';
import { PROTECTED_KID } from '../cose.ts';
import { randomBytes } from '../crypto/random.ts';
import { MacKey } from '../keys/mac-key.ts';
import { type PublicKey, thumbprint } from '../keys/public-key.ts';
import type { Signer } from '../keys/signer.ts';
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
import { type Minted, mint, type Unsigned } from './sign.ts';

type GrantKey = SigningKey | MacKey | Signer;

/** What a grant says. Times are Unix seconds. */
export interface GrantOptions<Key extends GrantKey = SigningKey | MacKey> extends Caveats {
  /** The human's own key, an authority's, or the secret of a trust domain. Its type is the suite. */
  readonly key: Key;
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
  /** The 16 bytes that make the grant one of its own, by default random; vectors give them. */
  readonly cti?: Uint8Array;
}

const OPTIONS = ['key', 'grantor', 'delegate', 'to', 'mission', 'now', 'cti', ...Object.keys(caveats)];

/**
 * Grants authority to a first delegate: the root of every chain (spec §5.4.1).
 *
 * @returns the text of an open token, with a signer in a promise; in suite 1 it is a secret
 * @throws MintError `mint.input`, `mint.signature`; KeyError where a public key must not be used
 * @example
 * grant({ key, grantor: 'mailto:cfo@acme.example', delegate: 'agent:acme/research', to: agent.publicKey,
 *   mission: { id: 'q3', purpose: 'Prepare the Q3 report' }, exp: now + 7200,
 *   scope: [{ actions: ['read'], resources: ['reports/**'] }], delegation: { depth: 1 } })
 */
export function grant<Key extends GrantKey>(options: GrantOptions<Key>): Minted<Key> {
  return mint(options.key, (key) => prepareGrant(options, key));
}

function prepareGrant(options: GrantOptions<GrantKey>, key: GrantKey): Unsigned {
  checkMembers(options, OPTIONS);
  const { grantor, delegate, to, mission, now = systemTime(), cti = randomBytes(16) } = options;
  const own = asShaped('caveats', () =>
    withoutDefaults(pickCaveats(options), defaultSubject({ grantor, mission })),
  );
  checkAudience(own, own.aud);
  const [suite, kid] =
    key instanceof MacKey ? (['hmac', key.kid] as const) : (['ed25519', thumbprint(key.publicKey)] as const);
  const header = concat(PROTECTED_KID[suite], kid);
  const payload = encodePayload([
    [1, grantor],
    ...encodeDelegate(suite, delegate, to),
    [6, now],
    [7, cti],
    [9, encodeMission(mission)],
    ...encodeCaveats(own),
  ]);
  const { signed } = linkObject(suite, 'grant', new Uint8Array(), { header, payload });
  return {
    by: key instanceof MacKey ? key.secret : key,
    signed,
    finish: (proof) => encodeToken({ suite, blocks: [{ header, payload, proof }], evidence: [] }),
  };
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
