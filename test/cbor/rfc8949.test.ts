import { expect, test } from 'vitest';
import { readCbor } from '../../src/cbor/read.ts';
import { writeCbor } from '../../src/cbor/write.ts';
import { codeOf } from '../support/code-of.ts';
import { hex } from '../support/forge.ts';
import { fromHex } from '../support/hex.ts';
import { APPENDIX_A_INSIDE, APPENDIX_A_OUTSIDE, APPENDIX_F } from '../support/rfc8949.ts';

test.each(APPENDIX_A_INSIDE)('appendix A: %s is read as its value', (encoded, value) => {
  expect(readCbor(fromHex(encoded))).toStrictEqual(value);
});

test.each(APPENDIX_A_INSIDE)('appendix A: %s is written from its value', (encoded, value) => {
  expect(hex(writeCbor(value))).toBe(encoded);
});

test.each(APPENDIX_A_OUTSIDE)('appendix A: %s is refused as %s', (encoded, code) => {
  expect(codeOf(() => readCbor(fromHex(encoded)))).toBe(code);
});

test.each(APPENDIX_F)('appendix F, $kind: $hex is refused as $code', ({ bytes, code }) => {
  expect(codeOf(() => readCbor(bytes))).toBe(code);
});
