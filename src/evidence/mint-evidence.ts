import { concat } from '../bytes.ts';
import type { CborValue } from '../cbor/value.ts';
import { writeCbor } from '../cbor/write.ts';
import { PROTECTED_KID, signedBytes } from '../cose.ts';
import { thumbprint } from '../keys/public-key.ts';
import type { Signer } from '../keys/signer.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { asMint, type Payload } from '../token/encode.ts';
import { type Minted, mint } from '../token/sign.ts';
import { formatEvidence } from './evidence-text.ts';
import { type Kind, kinds } from './item.ts';
import { readEvidence } from './read-evidence.ts';

/** What evidence is signed with: a key, or a signer that has it, and then a promise is given. */
export type EvidenceKey = SigningKey | Signer;

/**
 * Signs one piece of evidence, which has passed the reader before it leaves.
 *
 * @param link the id that it hangs on, or no bytes (spec §5.3)
 * @throws MintError `mint.input`, `mint.signature`
 */
export function mintEvidence<Key extends EvidenceKey>(
  kind: Kind,
  key: Key,
  link: Uint8Array,
  payload: Payload,
): Minted<Key> {
  return mint(key, (by) => {
    const header = concat(PROTECTED_KID.ed25519, thumbprint(by.publicKey));
    const entries = new Map(payload.filter((entry): entry is [number, CborValue] => entry[1] !== undefined));
    const bytes = asMint(() => writeCbor(entries, Number.POSITIVE_INFINITY));
    return {
      by,
      signed: signedBytes('ed25519', kind, link, header, bytes),
      finish: (proof) =>
        asMint(() => {
          const item = writeCbor([kinds[kind], [header, new Map(), bytes, proof]]);
          readEvidence(item, kind);
          return formatEvidence(item);
        }),
    };
  });
}
