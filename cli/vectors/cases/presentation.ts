import { toHex } from '../../../src/bytes.ts';
import { decide } from '../../../src/decide/decide.ts';
import { isSigner } from '../../../src/evidence/authentic.ts';
import { decodeEvidence } from '../../../src/evidence/evidence-text.ts';
import { namedKeys } from '../../../src/evidence/named-keys.ts';
import { readEvidence } from '../../../src/evidence/read-evidence.ts';
import { weigh } from '../../../src/evidence/weigh.ts';
import { importTrust } from '../../../src/keys/import-trust.ts';
import { decode } from '../../../src/token/decode.ts';
import { verify } from '../../../src/token/verify.ts';
import type { Run } from '../format.ts';

/** Cases of type `presentation`: a token with its evidence, read and found authentic (spec §8, §9.7 step 1). */
export const presentation: Run = (input, { trust: file, clock: now, audience }) => {
  const { text, statuses, evidence: reads } = input as Readonly<Record<string, string>>;
  const [trust, token] = [importTrust(file), decode(text as string)];
  const chain = verify(token, trust, { now, ...(reads !== 'none' && { evidence: 'apart' }) });
  const attached = token.evidence.map((bytes, i) => readEvidence(bytes, `evidence ${i}`));
  const evidence = [...attached, ...(statuses === undefined ? [] : decodeEvidence(statuses))];
  // Whether pieces are authentic is asked where they are weighed; what is asked for does not matter.
  weigh(chain, decide(chain, { audience, now }), { evidence, trust, presentation: text as string });
  const named = namedKeys(chain.blocks, chain.anchor);
  const isIgnored = (one: (typeof evidence)[number]) => !named.some(({ key }) => isSigner(one, key));
  return {
    pieces: evidence.map((one) => ({ kind: one.kind, by: toHex(one.kid), ignored: isIgnored(one) })),
  };
};
