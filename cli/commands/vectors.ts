import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { withExamples } from '../examples.ts';
import { exits, usage } from '../exit.ts';
import { type CommonFlags, print, printJson } from '../output.ts';
import { reportCount } from '../progress.ts';
import { renderExams } from '../render/exams.ts';
import { answerOrError, ownImplementation, programOf } from '../vectors/drive.ts';
import type { Line } from '../vectors/line.ts';
import { readExams } from '../vectors/read-files.ts';
import { runExams } from '../vectors/run-exams.ts';

interface Flags extends CommonFlags {
  readonly impl?: string;
}

/** `writ vectors`: whether an implementation of the format gives the published answers. */
export function addVectors(program: Command): void {
  const command = program
    .command('vectors')
    .description('test an implementation against the published vectors');
  addRun(command);
  addAnswer(command);
}

function addRun(group: Command): void {
  const command = group
    .command('run')
    .argument('[path...]', 'files of tests, or folders with them', ['test-vectors'])
    .description('put tests to an implementation, and compare its answers')
    .option(
      '--impl <command>',
      'a shell command that reads a test a line and answers a line; by default writ itself',
    )
    .addHelpText('after', '\nExit codes: 0 all tests passed, 1 some did not')
    .action(async (paths: readonly string[], { impl, json }: Flags) => {
      const exams = readExams(paths);
      const progress = reportCount('tests');
      const report = await runExams(
        exams,
        impl === undefined ? ownImplementation : programOf(impl),
        progress.tell,
      );
      progress.end();
      if (json) printJson(report);
      else print(renderExams(report).join('\n'));
      process.exitCode = report.failed.length > 0 ? exits.findings : exits.done;
    });
  withExamples(command, [
    'writ vectors run',
    "writ vectors run test-vectors/token.json --impl 'python -m writ.conformance'",
  ]);
}

function addAnswer(group: Command): void {
  const command = group
    .command('answer')
    .description('answer tests from standard input, a JSON object a line; what --impl expects of a program')
    .action(async () => {
      for await (const text of createInterface({ input: process.stdin })) {
        print(JSON.stringify(await answerOrError(parseLine(text))));
      }
    });
  withExamples(command, ['writ vectors answer']);
}

function parseLine(text: string): Line {
  try {
    return JSON.parse(text);
  } catch {
    throw usage('a line of standard input is not JSON', 'writ vectors run --impl writes such lines');
  }
}
