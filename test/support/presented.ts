import type { Change } from './chains.ts';
import {
  cfo,
  domain,
  type Forged,
  forge,
  grantPayload,
  hopPayload,
  invocationPayload,
  NOW,
  type Pair,
  pair,
  sha256,
  stranger,
} from './forge.ts';

/** What is special about a token; what is left out is the same in all. */
export interface Special {
  /** Whose keys they are; by default all tokens are of the same. */
  readonly team?: string;
  /** Which request of its chain it is. */
  readonly nth?: number;
  /** Which child of the block before it the last block is. */
  readonly child?: number;
  readonly root?: Change;
  /** Of every hop. */
  readonly hop?: Change;
  readonly invocation?: Change;
  /** The block that a stranger signs. */
  readonly broken?: number;
}

/** A request of the scene under so many blocks, each hop to a key of its own and with an expiry and a scope of its own. */
export function presented(suite: 1 | 2, blocks: number, special: Special = {}): Forged {
  const { team = '', nth = 0, child = 0, root = [], hop = [], invocation = [], broken } = special;
  const nameOf = (block: number) => (block === blocks - 1 ? `${block}/${child}` : `${block}`);
  const holders = Array.from({ length: blocks }, (_, block) => agent(`${team} ${nameOf(block)}`));
  const narrowed = (block: number): Change => [
    [2, `agent:acme/${nameOf(block)}`],
    [4, NOW + 3600],
    [10, [[['read'], ['reports/*']]]],
  ];
  const granted: Change = [
    [8, suite === 2 ? holders[0]?.publicKey : undefined],
    [11, [31]],
  ];
  return forge({
    suite,
    root: suite === 2 ? cfo : domain,
    blocks: holders.map((holder, block) => ({
      payload:
        block === 0
          ? grantPayload(suite, [...granted, ...root])
          : hopPayload(suite, [...narrowed(block), ...hop], holder),
      ...(block === broken && { signer: stranger }),
    })),
    holders,
    invocation: { payload: invocationPayload([[7, sha256(`nonce ${nth}`).slice(0, 16)], ...invocation]) },
  });
}

const agents = new Map<string, Pair>();

function agent(name: string): Pair {
  const own = agents.get(name) ?? pair(`agent ${name}`);
  agents.set(name, own);
  return own;
}
