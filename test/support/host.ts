import { execFileSync, spawn } from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HOST = fileURLToPath(new URL('host.mjs', import.meta.url));

/** One command for a host: its arguments, its folder, what its environment has more, and its standard input. */
export interface Command {
  readonly args: readonly string[];
  readonly folder: string;
  readonly more: NodeJS.ProcessEnv;
  readonly input: string | Buffer;
}

/** A process that runs one command of `writ` after another, while the caller waits. */
export interface Host {
  run(command: Command): { exit: number; stdout: string; stderr: string };
  stop(): void;
}

/** Starts a host of the built program `main`. Its `run` throws where the host ended instead of the command. */
export function startHost(main: string): Host {
  const folder = mkdtempSync(join(tmpdir(), 'writ-host-'));
  const [requests, answers, ...files] = ['requests', 'answers', '0', '1', '2'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string, string];
  execFileSync('mkfifo', [requests, answers]);
  // While a pipe is held by both ends, opening one waits for nobody. Each side keeps its own, and sees the other end.
  const held = [openSync(requests, 'r+'), openSync(answers, 'r+')];
  const [asking, answered] = [openSync(requests, 'w'), openSync(answers, 'r')];
  const theirs = [openSync(requests, 'r'), openSync(answers, 'w')];
  spawn(process.execPath, [HOST, main], { stdio: ['ignore', 'ignore', 'ignore', ...theirs] }).unref();
  for (const fd of [...held, ...theirs]) closeSync(fd);

  const run: Host['run'] = ({ input, ...command }) => {
    writeFileSync(files[0], input);
    writeAll(asking, `${JSON.stringify({ ...command, files })}\n`);
    const line = Buffer.alloc(16);
    const length = readSync(answered, line);
    const [stdout, stderr] = [readFileSync(files[1], 'utf8'), readFileSync(files[2], 'utf8')];
    if (length === 0)
      throw new Error(`writ ${command.args.join(' ')}: the process ended: ${stdout}${stderr}`);
    return { exit: Number(line.toString('utf8', 0, length)), stdout, stderr };
  };
  const stop = () => {
    closeSync(asking);
    closeSync(answered);
    rmSync(folder, { recursive: true });
  };
  return { run, stop };
}

function writeAll(fd: number, text: string): void {
  let bytes = Buffer.from(text);
  while (bytes.length > 0) bytes = bytes.subarray(writeSync(fd, bytes));
}
