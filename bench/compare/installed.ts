import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Peer } from './peer.ts';
import { shuffle, spreadOf } from './statistics.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bench = join(root, 'bench');

/** The version of a peer: that of the first package that it takes. */
export function versionOf({ packages: [first] }: Peer): string {
  return readManifest(folderOf(first as string, bench)).version;
}

/** Bytes on disk of what a peer installs: its packages and all that they depend on, each once. */
export function installBytes({ packages }: Peer): number {
  const folders = new Set<string>();
  for (const name of packages) collect(folderOf(name, bench), folders);
  return [...folders].reduce((sum, folder) => sum + bytesIn(folder), 0);
}

/** Milliseconds that a new process takes to import each peer: the median of so many, in random order. */
export function importTimes(peers: readonly Peer[], rounds: number): Map<Peer, number> {
  const times = new Map(peers.map((peer) => [peer, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    for (const peer of shuffle(peers)) times.get(peer)?.push(importOnce(peer));
  }
  return new Map([...times].map(([peer, all]) => [peer, spreadOf(all).median]));
}

function importOnce({ name, imports: { modules, flags = [] } }: Peer): number {
  const imports = modules.map((module) => `await import(${JSON.stringify(module)});`).join('');
  const script = `const begun = performance.now();${imports}console.log(performance.now() - begun);process.exit()`;
  const options = ['--no-warnings', ...flags, '--input-type=module', '--eval', script];
  const { stdout, stderr } = spawnSync(process.execPath, options, { cwd: bench, encoding: 'utf8' });
  const took = Number(stdout.trim().split('\n').at(-1));
  if (!(took > 0)) throw new Error(`${name} cannot be imported: ${stderr}`);
  return took;
}

interface Manifest {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function collect(folder: string, into: Set<string>): void {
  if (into.has(folder)) return;
  into.add(folder);
  const { dependencies = {}, optionalDependencies = {} } = readManifest(folder);
  for (const name of Object.keys(dependencies)) collect(folderOf(name, folder), into);
  // Of those, only what fits the machine is installed.
  for (const name of Object.keys(optionalDependencies)) {
    const found = find(name, folder);
    if (found !== undefined) collect(found, into);
  }
}

function folderOf(name: string, from: string): string {
  const found = name === 'writ' ? root : find(name, from);
  if (found === undefined) throw new Error(`${name} is not installed`);
  return found;
}

/** Where Node would find a package. */
function find(name: string, from: string): string | undefined {
  const folder = join(from, 'node_modules', name);
  if (existsSync(folder)) return folder;
  return dirname(from) === from ? undefined : find(name, dirname(from));
}

function bytesIn(folder: string): number {
  // The folder of this package has much that is not shipped.
  if (folder === root) return packedBytes();
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? sum : sum + bytesIn(path);
    return sum + statSync(path).size;
  }, 0);
}

/** Bytes of this package as it would be installed. */
function packedBytes(): number {
  const options = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  return JSON.parse(execFileSync('npm', options, { cwd: root, encoding: 'utf8', stdio: 'pipe' }))[0]
    .unpackedSize;
}
