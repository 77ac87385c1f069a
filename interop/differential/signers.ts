import { createHash } from 'node:crypto';
import { readFiles } from './bases.ts';
import type { Signers } from './chain.ts';

/** The seeds and secrets of the vectors, by key id and by public key in hexadecimal. */
export function readSigners(): Signers {
  const signers = new Map<string, Uint8Array>();
  for (const file of readFiles()) {
    if (file.format === 'writ-cases/1') continue;
    for (const { publicKey, seed } of Object.values(file.keys)) {
      const bytes = Buffer.from(seed, 'hex');
      signers.set(publicKey, bytes).set(thumbprint(Buffer.from(publicKey, 'hex')), bytes);
    }
    for (const { kid, k } of file.trust.keys) {
      if (k !== undefined) signers.set(hexOf(String(kid)), Buffer.from(String(k), 'base64url'));
    }
  }
  return signers;
}

function thumbprint(key: Buffer): string {
  const jwk = `{"crv":"Ed25519","kty":"OKP","x":"${key.toString('base64url')}"}`;
  return createHash('sha256').update(jwk).digest('hex');
}

function hexOf(base64url: string): string {
  return Buffer.from(base64url, 'base64url').toString('hex');
}
