import { toHex } from '../../../src/bytes.ts';
import { decodeEvidence } from '../../../src/evidence/evidence-text.ts';
import { parseText } from '../../../src/text.ts';
import { decode } from '../../../src/token/decode.ts';
import type { Token } from '../../../src/token/model.ts';
import type { Run } from '../format.ts';

/** What the text of a token holds, or that of evidence apart from one (spec §6, §7). */
export const text: Run = ({ text, evidence }) => {
  if (evidence !== undefined) {
    return { pieces: decodeEvidence(evidence as string).map(({ bytes }) => toHex(bytes)) };
  }
  const kind = kindOf(decode(text as string));
  const { token, attachments } = parseText(text as string);
  return { kind, token: toHex(token), parts: attachments.map(toHex) };
};

function kindOf({ suite, invocation, secret }: Token): string {
  if (invocation !== undefined) return 'sealed';
  if (suite === 'hmac') return 'secret';
  return secret === undefined ? 'open' : 'bundle';
}
