import { type Command, Option } from 'commander';
import { toBase64url } from '../../src/bytes.ts';
import { withExamples } from '../examples.ts';
import { CliError, exits, usage } from '../exit.ts';
import { type Audited, addLogFlags, type LogFlags, noteNone, noteProblem, readLog } from '../log.ts';
import { note, print, printJson, printJsonLine } from '../output.ts';
import { renderLine, renderLogReport, renderReceipt } from '../render/receipt.ts';
import { parseTime } from '../values.ts';

interface FilterFlags extends LogFlags {
  readonly grantor?: string;
  readonly mission?: string;
  readonly delegate?: string;
  readonly decision?: 'allow' | 'deny';
  readonly since?: string;
  readonly until?: string;
}

/** `writ audit`: what a service decided and recorded, and what of it can be proven. */
export function addAudit(program: Command): void {
  const audit = program.command('audit').description('read receipts: who allowed what, and what is proven');
  const listing = audit.command('list').description('list the receipts of a log, a line each').action(list);
  withExamples(addFilters(addLogFlags(listing)), [
    `writ audit list --receipts receipts \\
  --decision deny --since 2026-11-22T00:00:00Z`,
  ]);
  const showing = audit
    .command('show')
    .argument('<receipt>', 'the number of a receipt, or its id')
    .description('show who authorised a request, within which scope, and what of it is proven')
    .action(show);
  withExamples(addLogFlags(showing), [
    'writ audit show 12 --receipts receipts --key pay.pub.jwk --trust trust.jwks',
  ]);
  const verifying = audit.command('verify').description('verify a whole log').action(verify);
  withExamples(addLogFlags(verifying), [
    'writ audit verify --receipts receipts --key pay.pub.jwk --checkpoint kept.txt',
  ]);
  const exporting = audit
    .command('export')
    .description('write receipts as JSON Lines; with --json as one object')
    .action(exportAll);
  withExamples(addFilters(addLogFlags(exporting)), [
    'writ audit export --receipts receipts --mission q3-report > q3.jsonl',
  ]);
}

function addFilters(command: Command): Command {
  return command
    .optionsGroup('Which receipts:')
    .option('--grantor <uri>', 'of this human')
    .option('--mission <id>', 'of this mission')
    .option('--delegate <uri>', 'through the hands of this agent')
    .addOption(new Option('--decision <decision>', 'decided so').choices(['allow', 'deny']))
    .option('--since <time>', 'decided at this time or later')
    .option('--until <time>', 'decided before this time');
}

async function list(flags: FilterFlags): Promise<void> {
  const passes = filterOf(flags);
  const found: Audited[] = [];
  let count = 0;
  const report = await readLog(flags, (entry) => {
    if (!passes(entry)) return;
    count += 1;
    if (flags.json) found.push(entry);
    else print(renderLine(entry));
  });
  if (flags.json) printJson({ receipts: found.map(describe), ...about(report) });
  else if (count === 0) noteNone(report);
  noteProblem(report);
}

async function exportAll(flags: FilterFlags): Promise<void> {
  const passes = filterOf(flags);
  const found: object[] = [];
  const report = await readLog(flags, (entry) => {
    if (!passes(entry)) return;
    if (flags.json) found.push(describeWhole(entry));
    else printJsonLine(describeWhole(entry));
  });
  if (flags.json) printJson({ receipts: found, ...about(report) });
  noteProblem(report);
}

async function show(wanted: string, flags: LogFlags): Promise<void> {
  if (!/^([0-9]{1,15}|[0-9a-f]{64})$/i.test(wanted)) {
    throw usage(
      'neither a number nor an id of a receipt',
      'writ audit list shows the numbers, which begin with 0',
    );
  }
  let found: Audited | undefined;
  const report = await readLog(flags, (entry) => {
    if (String(entry.number) === wanted || entry.id === wanted.toLowerCase()) found = entry;
  });
  if (found === undefined) {
    noteProblem(report);
    throw new CliError(
      report.problem === undefined ? exits.file : exits.unverified,
      `there is no receipt ${wanted} among the ${report.size} that hold`,
      'writ audit list shows them',
    );
  }
  if (flags.json) printJson({ ...describeWhole(found), log: about(report) });
  else for (const line of renderReceipt(found, report, flags)) print(line);
  noteProblem(report);
}

async function verify(flags: LogFlags): Promise<void> {
  const unproven: { number: number; why: string }[] = [];
  let allowed = 0;
  const report = await readLog(flags, ({ number, proof, summary }) => {
    if (proof === undefined) return;
    const why = proof.refused ?? (proof.findings.some(({ agrees }) => !agrees) ? 'differs' : undefined);
    if (why === undefined) return;
    unproven.push({ number, why });
    // A denial can be for the very reason that the request was another than the sealed one.
    if (summary.verdict === 'allow') allowed += 1;
  });
  const proven = flags.trust === undefined ? undefined : report.size - unproven.length;
  if (flags.json) printJson({ ...about(report), ...(proven !== undefined && { proven, unproven }) });
  else for (const line of renderLogReport(report, proven)) print(line);
  noteProblem(report);
  if (allowed === 0) return;
  const what = allowed === 1 ? 'one request was allowed' : `${allowed} requests were allowed`;
  note(`writ: error: ${what} that your trust file does not prove`);
  note('writ: hint: writ audit list with the same --trust shows which, and why');
  process.exitCode = exits.unverified;
}

function filterOf(flags: FilterFlags): (entry: Audited) => boolean {
  const { grantor, mission, delegate, decision } = flags;
  const since = flags.since === undefined ? 0 : parseTime(flags.since);
  const until = flags.until === undefined ? Number.POSITIVE_INFINITY : parseTime(flags.until);
  return ({ time, summary }) =>
    time >= since &&
    time < until &&
    (grantor === undefined || summary.grantor.principal === grantor) &&
    (mission === undefined || summary.mission.id === mission) &&
    (delegate === undefined || summary.chain.some((hand) => hand.delegate === delegate)) &&
    (decision === undefined || summary.verdict === decision);
}

function about({
  key,
  pinned,
  size,
  head,
  checkpoints,
  unsealed,
  problem,
}: Awaited<ReturnType<typeof readLog>>) {
  return {
    ...{ key, pinned, size, head, unsealed },
    checkpoint: Math.max(0, ...checkpoints.map((one) => one.size)),
    ...(problem && { problem }),
  };
}

function describe({ number, id, line, time, summary, proof }: Audited): object {
  const { refused, findings = [] } = proof ?? {};
  const differs = findings.filter(({ agrees }) => !agrees).map(({ about: what }) => what);
  const proven = refused === undefined && differs.length === 0;
  return {
    ...{ number, id, line, time, summary },
    ...(proof && {
      proof: { proven, ...(refused && { refused }), differs, evidence: proof.evidence.map(tell) },
    }),
  };
}

function tell({ kind, by, principal, item }: NonNullable<Audited['proof']>['evidence'][number]): object {
  return {
    ...{ kind: kind ?? null, by: by ?? null },
    ...(principal !== undefined && { principal }),
    ...(item?.kind === 'approval' && { approved: item.claims.approved }),
  };
}

function describeWhole(entry: Audited): object {
  const { token, evidence } = entry;
  return {
    ...describe(entry),
    token: token && `writ_${toBase64url(token)}`,
    evidence: evidence.map((item) => `~${toBase64url(item)}`),
  };
}
