// node-ical: node node_ical.cjs NODE_MODULES FILE → {uid: {start, end, summary, status, sequence}}; it makes up an end
const fs = require('fs');
const ical = require(`${process.argv[2]}/node-ical`);
const text = fs.readFileSync(process.argv[3], 'utf8');
const two = (number) => String(number).padStart(2, '0');
const told = (time) => {
  if (!time) return null;
  if (time.dateOnly) return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return time.toISOString().replace('.000Z', 'Z');
};
const found = {};
for (const event of Object.values(ical.sync.parseICS(text))) {
  if (event.type !== 'VEVENT') continue;
  found[event.uid] = {
    start: told(event.start), end: told(event.end), summary: event.summary, status: event.status,
    sequence: Number(event.sequence),
  };
}
console.log(JSON.stringify(found));
