// Takes frames of an order book in as a page in JavaScript does: JSON.parse, one table a side by price, a size
// of zero removes. Nothing is sorted or uncrossed, which a page does when it draws. Run by dydx-book.sh.
const fs = require('node:fs');

const frames = fs.readFileSync(process.argv[2], 'utf8').trim().split('\n');

function round() {
  const book = { bids: new Map(), asks: new Map() };
  for (const text of frames) {
    const frame = JSON.parse(text);
    const contents = Array.isArray(frame.contents) ? frame.contents : [frame.contents];
    for (const change of contents) {
      for (const side of ['bids', 'asks']) {
        for (const [price, size] of change[side] ?? []) {
          if (Number(size) === 0) book[side].delete(price);
          else book[side].set(price, { size, offset: frame.message_id });
        }
      }
    }
  }
  return book.bids.size + book.asks.size;
}

for (let i = 0; i < 20; i++) round();
const rates = [];
for (let i = 0; i < 25; i++) {
  const start = process.hrtime.bigint();
  round();
  rates.push(frames.length / (Number(process.hrtime.bigint() - start) / 1e9) / 1e6);
}
rates.sort((a, b) => b - a);
console.log(`frames of one change, JavaScript | ${rates[0].toFixed(4)} | ${rates[12].toFixed(4)}`);
