// Reads feeds with ical.js, in its strict mode, each feed with no zones but its own. As read.py.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const modules = join(process.argv[2], "ical.js");
const { default: ICAL } = await import(pathToFileURL(join(modules, "dist/ical.js")));
const { version } = createRequire(import.meta.url)(join(modules, "package.json"));

ICAL.design.strict = true;

const two = (number) => String(number).padStart(2, "0");

function written(time) {
  const date = `${time.year}-${two(time.month)}-${two(time.day)}`;
  if (time.isDate) return date;
  if (time.zone === ICAL.Timezone.localTimezone) return `floating ${time}`;
  const utc = time.convertToZone(ICAL.Timezone.utcTimezone);
  return `${utc.year}-${two(utc.month)}-${two(utc.day)}T${two(utc.hour)}:${two(utc.minute)}:${two(utc.second)}Z`;
}

function occurrencesOf(component, exceptions) {
  const event = new ICAL.Event(component, { exceptions });
  const seen = [];
  const see = (item, start, end) =>
    seen.push({
      uid: item.uid,
      summary: item.summary,
      status: item.component.getFirstPropertyValue("status"),
      start: written(start),
      end: written(end),
      all_day: start.isDate,
    });
  if (!event.isRecurring()) {
    see(event, event.startDate, event.endDate);
    return seen;
  }
  const iterator = event.iterator();
  for (let next = iterator.next(); next && next.year <= 2100; next = iterator.next()) {
    const details = event.getOccurrenceDetails(next);
    see(details.item, details.startDate, details.endDate);
  }
  return seen;
}

function read(path) {
  ICAL.TimezoneService.reset();
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(path, "utf8")));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const events = calendar.getAllSubcomponents("vevent");
  const isException = (event) => event.hasProperty("recurrence-id");
  const uid = (event) => event.getFirstPropertyValue("uid");
  const masters = events.filter((event) => !isException(event));
  const orphans = events.filter((event) => isException(event) && !masters.some((master) => uid(master) === uid(event)));
  const occurrences = masters.flatMap((master) =>
    occurrencesOf(master, events.filter((event) => isException(event) && uid(event) === uid(master))),
  );
  return { complaints: orphans.map((event) => `an exception to no series: ${uid(event)}`), occurrences };
}

const feeds = {};
for (const path of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  try {
    feeds[path] = read(path);
  } catch (error) {
    feeds[path] = { complaints: [String(error)], occurrences: [] };
  }
}
process.stdout.write(JSON.stringify({ version: `ical.js ${version}`, feeds }));
