import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const built = join(root, 'dist/src/crypto/backend');

// RFC 8032 §7.1, test 2, and then another message.
const ASK = `
const [key, right] = [
  '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
  '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
].map((hex) => new Uint8Array(Buffer.from(hex, 'hex')));
const verdicts = [0x72, 0x73].map((byte) => backend.verify(key, Uint8Array.of(byte), right));
console.log(JSON.stringify([backend.ed25519Backend, ...verdicts]));
`;

/** What a process says that imports the backend from a folder: its verdicts, and the warnings. */
function ask(
  folder: string,
  script = `import * as backend from './sodium.js';${ASK}`,
  type = 'module',
  environment: NodeJS.ProcessEnv = {},
) {
  const args = [`--input-type=${type}`, '-e', script];
  const env = { ...process.env, ...environment };
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env });
  return { answers: stdout.trim(), warnings: stderr.match(/\[WRIT_SODIUM\].*/g) ?? stderr };
}

/** A folder with the built backend, and beside it a package of that name with this code, or none. */
function install(code?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'writ-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  for (const file of ['sodium.js', 'node.js']) cpSync(join(built, file), join(folder, file));
  if (code === undefined) return folder;
  const place = join(folder, 'node_modules/sodium-native');
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'index.js'), code);
  return folder;
}

const bySodium = '["sodium-native",true,false]';
const byNode = '["node:crypto",true,false]';

test('sodium-native verifies where it is installed', () => {
  expect(ask(built)).toEqual({ answers: bySodium, warnings: '' });
});

test('node:crypto verifies where it is not, and nobody is warned', () => {
  expect(ask(install())).toEqual({ answers: byNode, warnings: '' });
});

test.each([
  ['cannot be loaded', 'throw new Error("no build for this platform")'],
  ['lacks a package of its own', 'require("which-runtime")'],
  ['exports nothing', ''],
  ['says yes to everything', 'exports.crypto_sign_verify_detached = () => true'],
  ['says no to everything', 'exports.crypto_sign_verify_detached = () => false'],
])('node:crypto verifies where the one that is installed %s, and a warning says so', (_, code) => {
  const warning =
    '[WRIT_SODIUM] Warning: sodium-native is installed, but does not work here: node:crypto verifies';
  expect(ask(install(code))).toEqual({ answers: byNode, warnings: [warning] });
});

test.each(['HOME', 'NODE_PATH'])(
  'it is looked for where this package lies, and not where %s says',
  (name) => {
    const home = mkdtempSync(join(tmpdir(), 'writ-test-'));
    onTestFinished(() => rmSync(home, { recursive: true }));
    const folder = join(home, '.node_modules');
    mkdirSync(join(folder, 'sodium-native'), { recursive: true });
    writeFileSync(join(folder, 'sodium-native/package.json'), '{"type":"commonjs"}');
    writeFileSync(
      join(folder, 'sodium-native/index.js'),
      'exports.crypto_sign_verify_detached = (_, data) => data[0] === 0x72',
    );
    const environment = { HOME: home, NODE_PATH: folder };
    const script = `import * as backend from './sodium.js';${ASK}`;
    const { answers } = ask(install(), script, 'module', { [name]: environment[name as 'HOME'] });
    expect(answers).toBe(byNode);
  },
);

// As libsodium verifies since it multiplies by the cofactor, which spec §4.2 does not.
test('node:crypto verifies where the one that is installed multiplies by the cofactor', () => {
  const noble = join(root, 'node_modules/@noble/ed25519/index.js');
  const code = `
    const ed = require(${JSON.stringify(noble)});
    const { createHash } = require('node:crypto');
    ed.hashes.sha512 = (data) => new Uint8Array(createHash('sha512').update(data).digest());
    exports.crypto_sign_verify_detached = (signature, data, key) => {
      try { return ed.verify(Uint8Array.from(signature), Uint8Array.from(data), Uint8Array.from(key), { zip215: true }) }
      catch { return false }
    }`;
  expect(ask(install(code)).answers).toBe(byNode);
});

test('node:crypto verifies in a bundle of CommonJS, which has no place to look from', () => {
  const { outputFiles } = buildSync({
    entryPoints: [join(built, 'sodium.js')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
    logLevel: 'silent',
  });
  const script = `${outputFiles[0]?.text}; const backend = module.exports;${ASK}`;
  expect(ask(root, script, 'commonjs')).toEqual({ answers: byNode, warnings: '' });
});

test('what others make of its exports later changes no verdict', () => {
  const script = `
    import { createRequire } from 'node:module';
    import * as backend from './sodium.js';
    createRequire(import.meta.url)('sodium-native').crypto_sign_verify_detached = () => true;
    ${ASK}`;
  expect(ask(built, script)).toEqual({ answers: bySodium, warnings: '' });
});
