import { base64 } from '@scure/base';
import { refuseFormat } from './format.ts';

/** What stands between the two boundaries of an armoured text. */
export interface Armoured {
  readonly label: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads one armoured block and nothing beside it: full lines and a shorter last one, LF or CRLF (RFC 7468 §3, strict).
 *
 * @param width digits on a full line: 64 in PEM, 70 in OpenSSH's own
 * @throws KeyError `key.format`
 */
export function readArmour(text: string, width: number): Armoured {
  const begin = '-----BEGIN ([A-Z]+(?: [A-Z0-9]+)*)-----';
  const body = `((?:[A-Za-z0-9+/]{${width}}\\r?\\n)*[A-Za-z0-9+/=]{1,${width}})`;
  const [, label, digits] =
    new RegExp(`^${begin}\\r?\\n${body}\\r?\\n-----END \\1-----(?:\\r?\\n)?$`).exec(text) ?? [];
  if (label === undefined || digits === undefined) {
    return refuseFormat(`expected one block between BEGIN and END, in lines of ${width}, and nothing else`);
  }
  return { label, bytes: decodeBase64(digits.replace(/[\r\n]/g, '')) };
}

/** The inverse of {@link readArmour}. */
export function writeArmour(label: string, bytes: Uint8Array, width: number): string {
  const lines = base64.encode(bytes).match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** Canonical base64 with its padding (RFC 4648 §4). @throws KeyError `key.format` */
export function decodeBase64(digits: string): Uint8Array {
  try {
    return base64.decode(digits);
  } catch {
    return refuseFormat('the base64 is not canonical');
  }
}
