import { Buffer } from 'node:buffer';
import type { Encoding } from './seam.ts';

const view = ({ buffer, byteOffset, length }: Uint8Array) => Buffer.from(buffer, byteOffset, length);

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

// Ids and keys are so short that a Buffer takes longer.
export const toHex: Encoding['toHex'] = (bytes) => {
  let text = '';
  for (let i = 0; i < bytes.length; i++) text += HEX[bytes[i] as number];
  return text;
};

export const toBase64url: Encoding['toBase64url'] = (bytes) => view(bytes).toString('base64url');

export const fromBase64url: Encoding['fromBase64url'] = (text) => {
  const bytes = new Uint8Array((text.length * 6) >> 3);
  const room = view(bytes);
  room.write(text, 'base64url');
  // Buffer passes over what is not canonical, but would not write it.
  return room.toString('base64url') === text ? bytes : undefined;
};
