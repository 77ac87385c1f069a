import { WritError } from '../../src/errors.ts';
import type { JsonObject } from '../../src/json.ts';
import type { CaseVector } from './case-format.ts';
import { accumulated } from './cases/accumulated.ts';
import { ed25519 } from './cases/ed25519.ts';
import { effective } from './cases/effective.ts';
import { encoding } from './cases/encoding.ts';
import { hmac } from './cases/hmac.ts';
import { keys } from './cases/keys.ts';
import { mint } from './cases/mint.ts';
import { presentation } from './cases/presentation.ts';
import { text } from './cases/text.ts';
import type { Format, Run, Setting } from './format.ts';

/** The types of cases; each has a file of its own. */
export const runs: Readonly<Record<string, Run>> = {
  accumulated,
  ed25519,
  effective,
  encoding,
  hmac,
  keys,
  mint,
  presentation,
  text,
};

/** Tests of one type, whose inputs go through its run. */
export function casesOf(type: string): Format<CaseVector> | undefined {
  const run = Object.hasOwn(runs, type) ? runs[type] : undefined;
  return run === undefined
    ? undefined
    : { ask, expect, answer: ({ input }, setting) => answer(run, input, setting) };
}

function ask({ input }: CaseVector): object {
  return { input };
}

function expect({ code, output }: CaseVector): object {
  return { code, output };
}

async function answer(run: Run, input: JsonObject, setting: Setting): Promise<object> {
  try {
    return { code: null, output: await run(input, setting) };
  } catch (error) {
    if (error instanceof WritError) return { code: error.code };
    throw error;
  }
}
