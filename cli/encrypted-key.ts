import { createCipheriv, createPrivateKey, type KeyObject, randomBytes, scryptSync } from 'node:crypto';
import type { SigningKey } from '../src/index.ts';
import { readArmour, writeArmour } from '../src/keys/formats/armour.ts';
import { readDer, readOnly, writeDer } from '../src/keys/formats/der.ts';
import { refuseFormat } from '../src/keys/formats/format.ts';
import { PEM_WIDTH, writePkcs8 } from '../src/keys/formats/pem.ts';
import { CliError, exits } from './exit.ts';

const LABEL = 'ENCRYPTED PRIVATE KEY';

// OWASP's setting for 16 MiB. A greater N with a lesser p would be as good, but OpenSSL refuses to read what needs
// more than 32 MiB.
const COST = { N: 16_384, r: 8, p: 5 };

const OCTET_STRING = 0x04;
const SEQUENCE = 0x30;
const PBES2 = Buffer.from('06092a864886f70d01050d', 'hex');
const SCRYPT = Buffer.from('06092b06010401da47040b', 'hex');
const SCRYPT_COST = Buffer.from('02024000020108020105', 'hex'); // N, r and p of COST
const AES_256_CBC = Buffer.from('060960864801650304012a', 'hex');

/** Whether a text is an encrypted PKCS#8 key. */
export function isEncrypted(text: string): boolean {
  return text.startsWith(`-----BEGIN ${LABEL}-----`);
}

/**
 * Decrypts a PKCS#8 key in PEM, by whatever means OpenSSL knows: PBES2 with scrypt or PBKDF2 (RFC 8018, RFC 7914).
 *
 * @returns the key as unencrypted PEM
 * @throws KeyError `key.format`, CliError exit code 3 for a wrong passphrase
 */
export function decryptKey(text: string, passphrase: Buffer, path: string): string {
  const { bytes } = readArmour(text, PEM_WIDTH);
  // What is not encrypted begins with a number, and OpenSSL would take it by any passphrase.
  const [algorithm] = readDer(readOnly(SEQUENCE, bytes));
  if (algorithm?.tag !== SEQUENCE) refuseFormat('it is not encrypted, whatever its label says');
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: Buffer.from(bytes), format: 'der', type: 'pkcs8', passphrase });
  } catch {
    // OpenSSL's reasons do not tell a wrong passphrase from a damaged file.
    throw new CliError(
      exits.file,
      `${path}: the passphrase is wrong, or the file is damaged`,
      'try again; if it stays so, take the file from a copy',
    );
  }
  return key.export({ format: 'pem', type: 'pkcs8' }).toString();
}

/** A private key as encrypted PKCS#8 in PEM: PBES2 with scrypt and AES-256-CBC (RFC 8018 §6.2, RFC 7914 §7). */
export function encryptKey(key: SigningKey, passphrase: Buffer): string {
  const [salt, iv] = [randomBytes(16), randomBytes(16)];
  const cipher = createCipheriv('aes-256-cbc', scryptSync(passphrase, salt, 32, COST), iv);
  const encrypted = Buffer.concat([cipher.update(writePkcs8(key)), cipher.final()]);
  const derivation = writeDer(
    SEQUENCE,
    SCRYPT,
    writeDer(SEQUENCE, writeDer(OCTET_STRING, salt), SCRYPT_COST),
  );
  const encryption = writeDer(SEQUENCE, AES_256_CBC, writeDer(OCTET_STRING, iv));
  const algorithm = writeDer(SEQUENCE, PBES2, writeDer(SEQUENCE, derivation, encryption));
  return writeArmour(LABEL, writeDer(SEQUENCE, algorithm, writeDer(OCTET_STRING, encrypted)), PEM_WIDTH);
}
