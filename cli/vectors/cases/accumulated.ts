import { toHex, utf8 } from '../../../src/bytes.ts';
import { sha256 } from '../../../src/crypto/sha256.ts';
import { decide } from '../../../src/decide/decide.ts';
import { WritError } from '../../../src/errors.ts';
import { importTrust } from '../../../src/keys/import-trust.ts';
import { importSecretJwk } from '../../../src/keys/jwk.ts';
import { SigningKey } from '../../../src/keys/signing-key.ts';
import type { Trust } from '../../../src/keys/trust.ts';
import { decode } from '../../../src/token/decode.ts';
import { verify } from '../../../src/token/verify.ts';
import { drawsOf } from '../draw.ts';
import { type Drawn, drawToken, type Source } from '../draw-token.ts';
import type { Run, Setting } from '../format.ts';
import { fromHex } from '../from-hex.ts';

/** One token, and what became of it. */
type Outcome = {
  readonly text: string;
  readonly code: string;
  /** The codes of all denials; empty where it was not decided. */
  readonly denials: readonly string[];
};

/** What became of tokens that are drawn from a seed, as one hash (test-vectors/README.md). */
export const accumulated: Run = (input, setting) => {
  const { seed, count } = input as { seed: string; count: number };
  const outcomes = outcomesOf(seed, count, setting);
  const lines = outcomes.map(({ text, code, denials }) => `${text}\n${code}\n${denials.join(',')}\n`);
  return { first: outcomes.slice(0, 2), sha256: toHex(sha256(utf8(lines.join('')))) };
};

/** What becomes of so many tokens of a seed, in order. */
export function outcomesOf(seed: string, count: number, setting: Setting): Outcome[] {
  const trust = importTrust(setting.trust);
  const source = sourceOf(setting);
  return Array.from({ length: count }, (_, i) => judge(drawToken(drawsOf(seed, i), source), trust, setting));
}

function sourceOf({ tables, clock, keys, trust }: Setting): Source {
  const named = Object.entries(keys).map(
    ([name, { seed }]) => [name, new SigningKey(fromHex(seed))] as const,
  );
  const secret = importSecretJwk(trust.keys.find(({ kty }) => kty === 'oct'));
  return { tables: tables as Source['tables'], clock, keys: new Map(named), secret };
}

function judge({ text, request, context }: Drawn, trust: Trust, { clock: now, audience }: Setting): Outcome {
  try {
    const { code, denials } = decide(verify(decode(text), trust, { now }), {
      audience,
      request,
      context,
      now,
    });
    return { text, code, denials: denials.map((denial) => denial.code) };
  } catch (error) {
    if (error instanceof WritError) return { text, code: error.code, denials: [] };
    throw error;
  }
}
