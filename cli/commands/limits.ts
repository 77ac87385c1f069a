import type { Command } from 'commander';
import { decode } from '../../src/index.ts';
import { BRANCHES, blocksOfBranch, latin1 } from '../../src/state/keys.ts';
import { formatTime } from '../../src/time.ts';
import { quote } from '../completion/names.ts';
import { isCounted, type Report, reportCounts } from '../counted.ts';
import { addDefault } from '../default-command.ts';
import { withExamples } from '../examples.ts';
import { usage } from '../exit.ts';
import { readToken } from '../io.ts';
import { nearest } from '../nearest.ts';
import { type CommonFlags, clock, note, print, printJson } from '../output.ts';
import { renderReport } from '../render/counts.ts';
import { row } from '../render/layout.ts';
import { storeOption, withOldStore } from '../store.ts';

interface Flags extends CommonFlags {
  readonly store: string;
}

const stored = () =>
  storeOption(
    'where the service counts: lmdb:FOLDER, redis://HOST or postgres://HOST/DATABASE',
  ).makeOptionMandatory();

/** `writ limits`: what is used of a token, and what an operator does about a store. */
export function addLimits(program: Command): void {
  const limits = program.command('limits').description('show what is used and left, and lift what is frozen');
  const showing = addDefault(limits, 'show')
    .argument('<token>', 'any token: a literal, @file, or - for standard input')
    .description('show what is used of the limits and plans of a token; the word show may be left out')
    .addOption(stored())
    .action(show);
  withExamples(limits, ['writ limits @research.writ --store lmdb:/var/lib/writ']);
  withExamples(showing, ['writ limits show @research.writ --store lmdb:/var/lib/writ']);
  const unfreezing = limits
    .command('unfreeze')
    .argument('<block>', 'the id of a block, as writ limits shows it')
    .description('lift what is frozen: one branch by its block, or all by the block with the limit')
    .addOption(stored())
    .action(unfreeze);
  withExamples(unfreezing, [
    `writ limits unfreeze --store lmdb:/var/lib/writ \\
  4d4bf0a1f6c1a9e2f7a47f4b7c0f7d6f6a5b2d8f0e9c3b1a7d5e4f2c1b0a9988`,
  ]);
  const accepting = limits
    .command('accept')
    .description('go on with a store that is lost, older, damaged, or ahead of the clock')
    .addOption(stored())
    .action(accept);
  accepting.addHelpText('after', ACCEPTING);
  withExamples(accepting, ['writ limits accept --store lmdb:/var/lib/writ']);
}

async function show(argument: string, flags: Flags): Promise<void> {
  const similar = nearest(argument, ['unfreeze', 'accept']);
  if (similar !== undefined)
    throw usage(`unknown command: ${argument}`, `did you mean writ limits ${similar}`);
  const token = decode(readToken(argument));
  const now = clock(flags);
  const report: Report = isCounted(token)
    ? await withOldStore(flags.store, (store) => reportCounts(token, store, now))
    : { verified: false, now, blocks: [] };
  if (flags.json) printJson(report);
  else for (const line of renderReport(report)) print(line);
  for (const branch of new Set(report.blocks.flatMap(({ limits }) => limits.flatMap(frozenBranch)))) {
    const store = /^[\w./:-]+$/.test(flags.store) ? flags.store : quote(flags.store);
    note(`writ: hint: writ limits unfreeze ${branch} --store ${store}`);
  }
}

function frozenBranch({ frozen, branch }: Report['blocks'][number]['limits'][number]): string[] {
  return frozen && branch !== undefined ? [branch] : [];
}

async function unfreeze(block: string, flags: Flags): Promise<void> {
  if (!/^[0-9a-f]{64}$/i.test(block)) {
    throw usage('not the id of a block', 'writ limits TOKEN shows it: 64 hexadecimal digits');
  }
  const part = latin1(Buffer.from(block, 'hex'));
  const keys = await withOldStore(flags.store, async (store) => store.lift(BRANCHES, part));
  const lifted = keys.map(blocksOfBranch).map(([limit, branch]) => ({ limit, branch }));
  if (flags.json) printJson({ lifted });
  else {
    for (const { limit, branch } of lifted) {
      for (const line of [...row('', 'limit of', limit), ...row('', 'branch', branch)]) print(line);
    }
    if (lifted.length === 0) note('writ: nothing was counted there, so nothing is lifted');
    else note(`writ: lifted ${lifted.length} ${lifted.length === 1 ? 'branch' : 'branches'}`);
  }
}

const ACCEPTING = `
What was counted since the store was whole is lost: budgets may be spent
again, and requests of the last minutes presented again. Find out first
what became of the store; a copy of it that is whole needs no accepting.`;

async function accept(flags: Flags): Promise<void> {
  const now = clock(flags);
  await withOldStore(flags.store, (store) => store.accept(now));
  if (flags.json) printJson({ store: flags.store, accepted: now });
  else note(`writ: accepted; the store counts on from ${formatTime(now)}`);
}
