import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { decide, decode, importTrust, SigningKey, verify } from 'writ';
import { receiptLog } from 'writ/receipts';

// A process that records one decision after the other, several at the same time, and says the number of each as soon
// as it is acknowledged, until it is killed. It is told where by one line.

const NOW = 1_800_000_000;
const AT_ONCE = 4;

createInterface(process.stdin).on('line', async (line) => {
  const { path, checkpoint, text, seed, first, bytes, trust } = JSON.parse(line);
  const key = new SigningKey(Uint8Array.from(Buffer.from(seed, 'hex')));
  const chain = verify(decode(text), importTrust(trust), { now: NOW });
  const decision = decide(chain, { audience: 'https://files.acme.example', now: NOW, request: {} });
  const token = Uint8Array.from(Buffer.from(text.slice('writ_'.length), 'base64url'));
  // [1, [h'00…']], which nobody has signed: so that the receipts are of many bytes.
  const item = Uint8Array.of(0x82, 1, 0x81, 0x59, 0x3f, 0, ...new Uint8Array(0x3f00));
  const evidence = Array.from({ length: Math.ceil(bytes / item.length) }, () => item);
  const log = receiptLog({ path, key, ...(checkpoint && { checkpoint }) });
  let next = first;
  const work = async () => {
    for (;;) {
      const number = next++;
      const request = { action: 'read', resource: `reports/${number}`, args: {} };
      await log.record({ decision: { ...decision, request }, token, evidence });
      // At once, and not when there is time for it.
      writeSync(1, `${number}\n`);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } catch (error) {
    writeSync(1, `${error.code ?? error.stack}\n`);
  }
});
// Where the one who asks is gone, so is the reason to go on.
process.stdin.on('close', () => process.exit());
writeSync(1, 'ready\n');
