import { concat } from '../../src/bytes.ts';
import type { CborValue } from '../../src/cbor/value.ts';
import { writeCbor } from '../../src/cbor/write.ts';
import { type Label, PROTECTED, PROTECTED_KID, signedBytes } from '../../src/cose.ts';
import { signEd25519 } from '../../src/crypto/ed25519.ts';
import { hmac } from '../../src/crypto/hmac.ts';
import { sha256 } from '../../src/crypto/sha256.ts';
import { MacKey } from '../../src/keys/mac-key.ts';
import type { SigningKey } from '../../src/keys/signing-key.ts';

/** A token before it is signed, whatever its payloads are. */
export interface Unsealed {
  readonly root: SigningKey | MacKey;
  /** Whom the blocks delegate to; they sign in suite 2. */
  readonly holders: readonly SigningKey[];
  /** Of the blocks, and of the invocation. */
  readonly payloads: readonly Uint8Array[];
  readonly sealed: boolean;
}

/** Signs payloads block by block, and gives the bytes of the token (spec §5.1 to §5.3). */
export function assemble({ root, holders, payloads, sealed }: Unsealed): Uint8Array {
  const { suite } = root;
  let link: Uint8Array = new Uint8Array();
  let tag = root instanceof MacKey ? root.secret.expose() : link;
  const items = payloads.map((payload, i): CborValue => {
    const label: Label = i === 0 ? 'grant' : sealed && i === payloads.length - 1 ? 'invocation' : 'hop';
    const header = i === 0 ? concat(PROTECTED_KID[suite], root.kid) : PROTECTED[suite];
    const signed = signedBytes(suite, label, link, header, payload);
    link = sha256(signed);
    if (root instanceof MacKey) tag = hmac(tag, signed);
    const proof =
      root instanceof MacKey ? tag : sign(i === 0 ? root : (holders[i - 1] as SigningKey), signed);
    return [header, new Map(), payload, ...(suite === 'ed25519' || label === 'invocation' ? [proof] : [])];
  });
  const seal = sealed ? [items.pop() as CborValue] : suite === 'hmac' ? [tag] : [];
  return writeCbor([suite === 'hmac' ? 1 : 2, items, ...seal]);
}

function sign({ seed }: SigningKey, signed: Uint8Array): Uint8Array {
  return signEd25519(seed.expose(), signed);
}
