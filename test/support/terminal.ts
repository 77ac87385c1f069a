import { spawn } from 'node:child_process';
import { MAIN } from './cli.ts';

/** What stood on a terminal when the program had ended, and its exit code. */
export interface Session {
  readonly screen: string;
  readonly exit: number | null;
}

/**
 * Runs `writ` on a pseudo-terminal of its own and types an answer each time that a colon asks for one.
 *
 * @param shell redirections of the program, and commands that run on the same terminal when it has ended
 */
export function typeInto(
  folder: string,
  args: readonly string[],
  answers: readonly string[],
  { redirect = '', after = 'true' } = {},
): Promise<Session> {
  const quoted = [process.execPath, MAIN, ...args].map((arg) => `'${arg}'`).join(' ');
  const child = spawn(
    'script',
    ['-qec', `${quoted} ${redirect}; code=$?; ${after}; exit $code`, '/dev/null'],
    {
      cwd: folder,
      env: { ...process.env, SHELL: '/bin/sh', NO_COLOR: '1' },
    },
  );
  let screen = '';
  let typed = 0;
  let seen = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    screen += chunk;
    const answer = answers[typed];
    // What is typed may be echoed behind the colon, so only what came since then is looked at.
    if (answer !== undefined && screen.slice(seen).endsWith(': ')) {
      typed++;
      seen = screen.length;
      child.stdin.write(answer);
    }
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit) => resolve({ screen, exit }));
  });
}
