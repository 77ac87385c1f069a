import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CliError, exits } from '../exit.ts';
import { answerLine, type Line } from './line.ts';

/** Answers lines of the conformance protocol, in their order. */
export type Implementation = (lines: readonly Line[]) => AsyncIterable<unknown>;

/** This implementation; what it throws beside its codes is an answer that no test expects. */
export async function* ownImplementation(lines: readonly Line[]): AsyncIterable<unknown> {
  for (const line of lines) yield await answerOrError(line);
}

/** The answer of this implementation to a line, or the error that it has instead. */
export async function answerOrError(line: Line): Promise<object> {
  try {
    return await answerLine(line);
  } catch (error) {
    return { id: line.id, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

/**
 * A program that reads a line and writes an answer, over and over, until its input ends.
 *
 * @param command a shell command
 */
export function programOf(command: string): Implementation {
  return async function* (lines) {
    const child = spawn('sh', ['-c', command], { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = once(child, 'close');
    const written = writeAll(child.stdin, lines);
    let answered = 0;
    try {
      for await (const answer of createInterface({ input: child.stdout })) {
        answered += 1;
        yield parse(answer, answered);
        if (answered === lines.length) break;
      }
      await written;
      const [code, signal] = await ended;
      if (answered < lines.length || code !== 0) {
        const end = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
        throw failure(`the program ${end} after ${answered} of ${lines.length} answers`);
      }
    } finally {
      child.kill();
    }
  };
}

async function writeAll(stdin: NodeJS.WritableStream, lines: readonly Line[]): Promise<void> {
  const texts = lines.map((line) => `${JSON.stringify(line)}\n`);
  // A program that reads no further breaks the pipe; what it did not answer tells.
  await pipeline(Readable.from(texts), stdin).catch(() => {});
}

function parse(answer: string, line: number): unknown {
  try {
    return JSON.parse(answer);
  } catch {
    throw failure(`line ${line} of what the program wrote is not JSON`);
  }
}

function failure(message: string): CliError {
  return new CliError(
    exits.findings,
    message,
    'it must answer each line with one line; its standard error may say why',
  );
}
