import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PeerFigures } from './report.ts';

/** What the peers in Python measured of themselves, in a process of their own. */
interface Measured {
  readonly python: string;
  readonly peers: readonly PeerFigures[];
}

/**
 * Runs the peers that come as packages of Python, which take two rounds at least.
 *
 * @throws Error where they cannot be run
 */
export function measurePython(rounds: number): Measured {
  const script = fileURLToPath(new URL('../python/run.sh', import.meta.url));
  const { status, stdout } = spawnSync('bash', [script, '--rounds', String(Math.max(rounds, 2))], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error('the peers in Python cannot be run');
  return JSON.parse(stdout);
}
