import type { Encoding } from './seam.ts';

export const toHex: Encoding['toHex'] = (bytes) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

export const toBase64url: Encoding['toBase64url'] = (bytes) =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

export const fromBase64url: Encoding['fromBase64url'] = (text) => {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    // `atob` passes over white space, padding and stray bits, but `btoa` would not write them.
    return toBase64url(bytes) === text ? bytes : undefined;
  } catch {
    return undefined;
  }
};
