import { Buffer } from 'node:buffer';
import type { Encoding } from './seam.ts';

const view = ({ buffer, byteOffset, length }: Uint8Array) => Buffer.from(buffer, byteOffset, length);

export const toHex: Encoding['toHex'] = (bytes) => view(bytes).toString('hex');

export const toBase64url: Encoding['toBase64url'] = (bytes) => view(bytes).toString('base64url');

export const fromBase64url: Encoding['fromBase64url'] = (text) => {
  const bytes = new Uint8Array((text.length * 6) >> 3);
  const room = view(bytes);
  room.write(text, 'base64url');
  // Buffer passes over what is not canonical, but would not write it.
  return room.toString('base64url') === text ? bytes : undefined;
};
