export { KeyError } from '../errors.ts';
export { importTrust } from '../keys/import-trust.ts';
export type { Key } from '../keys/jwk.ts';
export { exportJwk, importJwk, importPublicJwk } from '../keys/jwk.ts';
export { MacKey } from '../keys/mac-key.ts';
export { PublicKey } from '../keys/public-key.ts';
export { SigningKey } from '../keys/signing-key.ts';
export type { Suite } from '../keys/suite.ts';
export type { Anchor, Trust } from '../keys/trust.ts';
