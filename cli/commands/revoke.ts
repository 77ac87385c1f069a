import type { Command } from 'commander';
import { toHex } from '../../src/bytes.ts';
import { sha256 } from '../../src/crypto/sha256.ts';
import { decode, revokeIds, type Token } from '../../src/index.ts';
import * as limits from '../../src/limits.ts';
import { formatTime } from '../../src/time.ts';
import { defaultSubject } from '../../src/token/claims.ts';
import { type Link, linkBlocks } from '../../src/token/links.ts';
import { withExamples } from '../examples.ts';
import { usage } from '../exit.ts';
import { readToken } from '../io.ts';
import { addKeeperFlags, checkKnown, type KeeperFlags, keep } from '../keeper.ts';
import { readPublicKey } from '../keys.ts';
import { clock } from '../output.ts';
import { parseTime } from '../values.ts';

interface Flags extends KeeperFlags {
  readonly mission: string;
  readonly block?: string;
  readonly until?: string;
}

/** One thing that is revoked, and what is said of it. */
interface Target {
  readonly id: Uint8Array;
  readonly until: number;
  readonly words: string;
  readonly notes: readonly string[];
}

// What need never be dropped stays listed for as long as the format has times.
const FOR_GOOD = limits.time - 1;

/** `writ revoke`: ends blocks and keys within a mission, and all below them. */
export function addRevoke(program: Command): void {
  const command = program
    .command('revoke')
    .argument(
      '<target...>',
      'the id of a block; a token, @file or - for its last block; or the key file of an agent',
    )
    .description('end a block or a key within a mission, and all below it')
    .requiredOption('--mission <subject>', 'in which mission: GRANTOR#MISSION-ID')
    .option('--block <n>', 'which block of the token, from 0; else the last')
    .option('--until <time>', 'when it need not be listed any more; else for good, or while the block lives');
  addKeeperFlags(command).action(revoke);
  withExamples(command, [
    `writ revoke @research.writ --block 1 \\
  --mission mailto:cfo@acme.example#q3-report \\
  --key keeper.jwk --state missions.json > status.writ`,
    `writ revoke lookup.pub.jwk --mission mailto:cfo@acme.example#q3-report \\
  --key keeper.jwk --state missions.json > status.writ`,
  ]);
}

async function revoke(texts: readonly string[], flags: Flags): Promise<void> {
  const now = clock(flags);
  const until = flags.until === undefined ? undefined : parseTime(flags.until);
  if (until !== undefined && until <= now) {
    throw usage('--until has passed', 'nothing would be revoked; leave it out, or name a later time');
  }
  const tokens = texts.filter(isToken);
  if (flags.block !== undefined && tokens.length !== 1) {
    throw usage('--block is of one token', 'give the token, and each other one by a command of its own');
  }
  const targets = texts.map((text) => readTarget(text, until, flags));
  const { mission } = flags;
  await keep(
    flags,
    (missions) => {
      checkKnown(missions, [mission]);
      return { missions: revokeIds(missions, mission, targets), subjects: [mission] };
    },
    {
      more: { revoked: targets.map(({ id, until }) => ({ id, until })) },
      notes: targets.flatMap(describe),
    },
  );
}

function isToken(text: string): boolean {
  return text === '-' || text.startsWith('@') || text.startsWith('writ_');
}

function readTarget(text: string, until: number | undefined, flags: Flags): Target {
  if (isToken(text)) return readBlock(text, until, flags);
  if (/^[0-9a-f]{64}$/i.test(text)) {
    const id = new Uint8Array(Buffer.from(text, 'hex'));
    return { id, until: until ?? FOR_GOOD, words: `the id ${toHex(id).slice(0, 8)}…`, notes: [] };
  }
  if (/^[0-9a-f]{32,}$/i.test(text)) {
    throw usage('not the id of a block', 'writ inspect --json shows it: 64 hexadecimal digits');
  }
  if (/\.writ$/.test(text))
    throw usage('a token is not named by its file alone', `put an @ before it: @${text}`);
  const id = sha256(readPublicKey(text).bytes);
  return { id, until: until ?? FOR_GOOD, words: `the key of ${text}`, notes: [] };
}

function readBlock(text: string, until: number | undefined, flags: Flags): Target {
  const token = decode(readToken(text));
  const { blocks, suite } = token;
  const last = blocks.length - 1;
  const block = flags.block === undefined ? last : Number(flags.block);
  if (!/^[0-9]{1,2}$/.test(flags.block ?? '0') || block > last) {
    const known = last === 0 ? 'block 0 alone' : `blocks 0 to ${last}`;
    throw usage(`the token has no block ${flags.block}`, `it has ${known}, as writ inspect shows them`);
  }
  const { id } = linkBlocks(suite, blocks)[block] as Link;
  const ends = blocks.slice(0, block + 1).map(({ claims }) => claims.exp ?? FOR_GOOD);
  const delegate = blocks[block]?.claims.delegate ?? '';
  const asked = asksFor(token, flags.mission);
  return {
    id,
    until: until ?? Math.min(...ends),
    words: `block ${block}, ${delegate}, and all below it`,
    notes: asked
      ? []
      : ['note: no block of the token asks for this mission, so only a trust anchor that does ends it'],
  };
}

function asksFor({ blocks }: Token, mission: string): boolean {
  const subjects = blocks.flatMap(({ claims }) => claims.alive ?? []).map(({ subject }) => subject);
  return subjects.some((subject) => (subject ?? defaultSubject(blocks[0].claims)) === mission);
}

function describe({ words, until, notes }: Target): string[] {
  const end = until === FOR_GOOD ? 'for good' : `listed until ${formatTime(until)}`;
  return [`revoked ${words}, ${end}`, ...notes];
}
