// Builds and signs one order of dYdX after another with the official JavaScript client, as its own code does
// it: compose the message, then sign. Run by dydx-sign.sh in a folder where npm has installed the client.
const { createRequire } = require('node:module');
const load = createRequire(process.cwd() + '/');
const root = '@dydxprotocol/v4-client-js';
const { LocalWallet } = load(root);
const path = require('node:path').dirname(load.resolve(root));
const { Composer } = load(path + '/clients/modules/composer');
const Long = load('long');

async function main() {
  const words = 'abandon '.repeat(11) + 'about';
  const wallet = await LocalWallet.fromMnemonic(words, 'dydx');
  const composer = new Composer();
  const options = { sequence: 0, accountNumber: 42, chainId: 'dydx-testnet-4', authenticators: [] };
  const fee = { amount: [], gas: '1000000' };
  const one = (id) => wallet.signTransaction(
    [composer.composeMsgPlaceOrder(
      wallet.address, 0, id, 0, 0, 100001, 0, 1, Long.fromString('1000000'),
      Long.fromString('5000000000'), 0, false, 0)],
    options, fee, '');
  const first = await one(1);
  for (let id = 2; id < 300; id++) await one(id);
  const rates = [];
  for (let round = 0; round < 15; round++) {
    const count = 200;
    const start = process.hrtime.bigint();
    for (let id = 0; id < count; id++) await one(1000 + round * count + id);
    rates.push(count / (Number(process.hrtime.bigint() - start) / 1e9));
  }
  rates.sort((a, b) => b - a);
  console.log(`# bytes of an order's transaction: ${first.length}`);
  console.log(`build + sign, official JavaScript client | ${rates[0].toFixed(0)} | ${rates[7].toFixed(0)}`);
}

main().catch((error) => { console.error(String(error)); process.exit(1); });
