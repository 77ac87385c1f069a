import type { PublicKey } from './public-key.ts';

/**
 * Signs for an Ed25519 key that stays elsewhere: in a KMS, an HSM or an agent.
 *
 * Where one stands for a key, minting gives a promise; what it returns is verified before a token leaves (spec §4.2).
 *
 * @example
 * const cfo: Signer = { publicKey, sign: (bytes) => kms.sign({ key: 'cfo', algorithm: 'Ed25519', message: bytes }) }
 */
export interface Signer {
  readonly publicKey: PublicKey;
  /** Gives the 64-byte signature (RFC 8032) of exactly these bytes, which are no digest: the COSE `Sig_structure`. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}
