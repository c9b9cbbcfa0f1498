// ical.js (Thunderbird, Nextcloud): node ical_js.cjs NODE_MODULES FILE → {uid: {start, end, summary, status, sequence}}
const fs = require('fs');
const ICAL = require(`${process.argv[2]}/ical.js/dist/ical.es5.cjs`); // Debian 12's Node cannot require a module
const root = new ICAL.Component(ICAL.parse(fs.readFileSync(process.argv[3], 'utf8')));
const told = (time) => {
  if (!time) return null;
  if (time.isDate) return time.toString();
  if (!time.zone || time.zone.tzid === 'floating') return `floating ${time}`;
  return new Date(time.toUnixTime() * 1000).toISOString().replace('.000Z', 'Z');
};
const found = {};
for (const component of root.getAllSubcomponents('vevent')) {
  found[component.getFirstPropertyValue('uid')] = {
    start: told(component.getFirstPropertyValue('dtstart')),
    end: told(component.getFirstPropertyValue('dtend')),
    summary: component.getFirstPropertyValue('summary'),
    status: component.getFirstPropertyValue('status'),
    sequence: component.getFirstPropertyValue('sequence'),
  };
}
console.log(JSON.stringify(found));
