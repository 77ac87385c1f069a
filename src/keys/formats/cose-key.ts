import { readCbor } from '../../cbor/read.ts';
import { type CborMap, type CborValue, isBytes, isMap } from '../../cbor/value.ts';
import { writeCbor } from '../../cbor/write.ts';
import { KeyError, WritError } from '../../errors.ts';
import { importPair, importPublicBytes, type Key } from '../jwk.ts';
import { keyId } from '../key-id.ts';
import { MacKey } from '../mac-key.ts';
import { ED25519, type PublicKey } from '../public-key.ts';
import { SigningKey } from '../signing-key.ts';
import { type KeyFormat, refuseAlgorithm, refuseFormat } from './format.ts';

// Labels of all keys (RFC 9052 §7.1), then those of OKP and of symmetric keys (RFC 9053 §7).
const KTY = 1;
const KID = 2;
const ALG = 3;
const CRV = -1;
const X = -2;
const D = -4;
const K = -1;

const OKP = 1;
const SYMMETRIC = 4;
const CURVE_ED25519 = 6;
const EDDSA = -8;
const HMAC_256 = 5;

/**
 * COSE_Key (RFC 9052 §7), in bytes: `OKP` on Ed25519, or a symmetric key with a `kid` of 16 bytes.
 *
 * It is read in the encoding profile of tokens, and labels that say nothing about the key are ignored. What is
 * written has no `alg`, since readers know either −19 or −8, and the curve says the same.
 */
export const coseKey: KeyFormat<Uint8Array> = {
  // Every map, and the first byte of no text in UTF-8.
  recognises: ([first = 0]) => first >> 5 === 5,
  read: (bytes) => {
    const map = readMap(bytes);
    const kty = map.get(KTY);
    if (kty === OKP) return readPair(map);
    if (kty !== SYMMETRIC) return refuseAlgorithm();
    checkAlgorithm(map, HMAC_256);
    return new MacKey(expectBytes(map.get(K)), expectBytes(map.get(KID)));
  },
  write: (key) => writeCbor(new Map([[KID, keyId(key)], ...members(key)])),
};

function members(key: Key): [number, CborValue][] {
  if (key instanceof MacKey) {
    return [
      [KTY, SYMMETRIC],
      [K, key.secret.expose()],
    ];
  }
  const publicKey = key instanceof SigningKey ? key.publicKey : key;
  const known: [number, CborValue][] = [
    [KTY, OKP],
    [CRV, CURVE_ED25519],
    [X, publicKey.bytes],
  ];
  return key instanceof SigningKey ? [...known, [D, key.seed.expose()]] : known;
}

function readPair(map: CborMap): PublicKey | SigningKey {
  if (map.get(CRV) !== CURVE_ED25519) return refuseAlgorithm();
  checkAlgorithm(map, ED25519, EDDSA);
  // RFC 9053 §7.2 only recommends `x` beside `d`; without it, nothing would tell one from the other.
  const publicKey = importPublicBytes(expectBytes(map.get(X)));
  const d = map.get(D);
  return d === undefined ? publicKey : importPair(expectBytes(d), publicKey);
}

function checkAlgorithm(map: CborMap, ...known: readonly number[]): void {
  const alg = map.get(ALG);
  if (alg !== undefined && !known.includes(alg as number)) refuseAlgorithm();
}

function expectBytes(value: CborValue | undefined): Uint8Array {
  return isBytes(value) ? value : refuseFormat('a part of the COSE_Key is missing or no byte string');
}

function readMap(bytes: Uint8Array): CborMap {
  try {
    const value = readCbor(bytes);
    return isMap(value) ? value : refuseFormat('the CBOR is no map');
  } catch (error) {
    // A key file is no token, so what is wrong with its bytes is wrong with the key.
    if (!(error instanceof WritError) || error instanceof KeyError) throw error;
    throw new KeyError('key.format', { detail: error.code, offset: error.where.offset });
  }
}
