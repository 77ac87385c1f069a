/** The bytes that hexadecimal digits stand for; spaces may group them. */
export function fromHex(digits: string): Uint8Array {
  const compact = digits.replaceAll(' ', '');
  if (!/^([0-9a-f]{2})*$/i.test(compact)) throw new Error(`no hexadecimal: ${digits}`);
  return Uint8Array.from(Buffer.from(compact, 'hex'));
}
