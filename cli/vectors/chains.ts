import { toHex } from '../../src/bytes.ts';
import type { ChainVector } from './chain-format.ts';
import type { Format } from './format.ts';
import { runChain } from './run-chain.ts';

/** Tests of one token each, from text to decisions. */
export const chains: Format<ChainVector> = {
  ask({ text, requests }) {
    return { text, ...(requests && { requests: requests.map(({ code, decision, ...asked }) => asked) }) };
  },
  expect({ stage, code, intermediates, requests = [] }) {
    if (stage === 'decode' || stage === 'verify') return { stage, code };
    return {
      stage,
      code,
      blocks: intermediates?.blocks.map(({ id }) => id),
      requests: requests.map(({ code, decision }) => ({ code, decision })),
    };
  },
  answer(asked, setting) {
    const { stage, code, chain, answers } = runChain(asked, setting);
    if (chain === undefined) return { stage, code };
    return { stage, code, blocks: chain.blocks.map(({ id }) => toHex(id)), requests: answers };
  },
};
