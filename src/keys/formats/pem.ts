import { equal } from '../../bytes.ts';
import { importPair, importPublicBytes, type Key } from '../jwk.ts';
import { PublicKey } from '../public-key.ts';
import { SigningKey } from '../signing-key.ts';
import { readArmour, writeArmour } from './armour.ts';
import { type DerElement, readDer, readOnly, writeDer } from './der.ts';
import { type KeyFormat, refuseAlgorithm, refuseFormat, withoutSecret } from './format.ts';

/** Digits on a full line of PEM (RFC 7468 §2). */
export const PEM_WIDTH = 64;

// Identifier octets of X.690; the last two are the fields [0] attributes and [1] publicKey of RFC 5958.
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OID = 0x06;
const SEQUENCE = 0x30;
const ATTRIBUTES = 0xa0;
const PUBLIC_KEY = 0x81;

const V1 = Uint8Array.of(0);
const V2 = Uint8Array.of(1);
// The contents of the AlgorithmIdentifier: id-Ed25519, 1.3.101.112, without parameters (RFC 8410 §3).
const ED25519 = Uint8Array.of(OID, 3, 0x2b, 0x65, 0x70);

/** PEM: PKCS#8 for a private key (RFC 5958, RFC 8410 §7), SubjectPublicKeyInfo for a public one (RFC 8410 §4). */
export const pem: KeyFormat = {
  recognises: (text) => text.startsWith('-----BEGIN '),
  read: (text) => {
    const { label, bytes } = readArmour(text, PEM_WIDTH);
    if (label === 'PRIVATE KEY') return readPrivate(readDer(readOnly(SEQUENCE, bytes)));
    if (label === 'PUBLIC KEY') return readPublic(readDer(readOnly(SEQUENCE, bytes)));
    return refuseFormat(
      label === 'ENCRYPTED PRIVATE KEY'
        ? 'it is encrypted; decrypt it first, as `openssl pkey` does'
        : 'the label is neither PRIVATE KEY nor PUBLIC KEY',
    );
  },
  write: (key) => {
    const one = withoutSecret(key);
    if (one instanceof PublicKey) return writeArmour('PUBLIC KEY', writeSpki(one), PEM_WIDTH);
    return writeArmour('PRIVATE KEY', writePkcs8(one), PEM_WIDTH);
  },
};

/** The PKCS#8 encoding of a private key, in version 1, which every reader knows (RFC 8410 §7). */
export function writePkcs8(key: SigningKey): Uint8Array {
  const seed = writeDer(OCTET_STRING, key.seed.expose());
  const algorithm = writeDer(SEQUENCE, ED25519);
  return writeDer(SEQUENCE, writeDer(INTEGER, V1), algorithm, writeDer(OCTET_STRING, seed));
}

function writeSpki({ bytes }: PublicKey): Uint8Array {
  return writeDer(SEQUENCE, writeDer(SEQUENCE, ED25519), writeDer(BIT_STRING, Uint8Array.of(0), bytes));
}

function readPublic([algorithm, key, ...more]: readonly DerElement[]): PublicKey {
  checkAlgorithm(algorithm);
  if (more.length > 0) return malformed();
  return importPublicBytes(wholeBytes(expectDer(BIT_STRING, key)));
}

function readPrivate([version, algorithm, key, ...fields]: readonly DerElement[]): Key {
  const number = expectDer(INTEGER, version);
  checkAlgorithm(algorithm);
  const seed = readOnly(OCTET_STRING, expectDer(OCTET_STRING, key));
  // Attributes are a name for the key at most, and are ignored as other members of a JWK are.
  const [publicKey, ...more] = fields[0]?.tag === ATTRIBUTES ? fields.slice(1) : fields;
  // Version 2 says that the public key is there, and nothing else (RFC 5958 §2).
  if (more.length > 0 || !equal(number, publicKey === undefined ? V1 : V2)) return malformed();
  if (publicKey === undefined) return new SigningKey(seed);
  return importPair(seed, importPublicBytes(wholeBytes(expectDer(PUBLIC_KEY, publicKey))));
}

function checkAlgorithm(element: DerElement | undefined): void {
  const identifier = expectDer(SEQUENCE, element);
  if (equal(identifier, ED25519)) return;
  const [oid] = readDer(identifier);
  if (equal(expectDer(OID, oid), ED25519.subarray(2))) malformed();
  refuseAlgorithm();
}

/** The bytes of a bit string, of which no bit may be unused. */
function wholeBytes(bits: Uint8Array): Uint8Array {
  return bits[0] === 0 ? bits.subarray(1) : malformed();
}

function expectDer(tag: number, element: DerElement | undefined): Uint8Array {
  return element?.tag === tag ? element.content : malformed();
}

function malformed(): never {
  return refuseFormat('the DER is not that of a key');
}
