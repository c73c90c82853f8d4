// Every page in headless Chromium: in every language, light and dark, on a phone and on a desktop, with JavaScript and without.
// Reads from the standard input {url, base, pages, languages, shots}; prints a line for each fault, and exits with 1 if there is any.
import { chromium } from "playwright-core";
import { readFileSync, mkdirSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";

const { url, base, pages, languages, shots, chromium: executablePath } = JSON.parse(readFileSync(0, "utf8"));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const WIDTHS = [360, 1440];
const faults = [];
const counts = { loads: 0, looked: 0, checks: 0 };
const fault = (where, what) => faults.push(`${where}: ${what}`);
const equal = (where, found, expected) => {
  counts.checks += 1;
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a !== b) fault(where, `expected ${b}, found ${a}`);
};
const holds = (where, is) => {
  counts.checks += 1;
  if (!is) fault(where, "does not hold");
};

const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
mkdirSync(shots, { recursive: true });

/** A page whose requests and complaints are noted. */
async function open(options, where) {
  const context = await browser.newContext({ timezoneId: "Europe/Zurich", viewport: { width: 1440, height: 900 }, ...options });
  if (options.isLookedAt) await context.addInitScript(axe);
  const page = await context.newPage();
  page.requested = [];
  page.on("request", (request) => {
    page.requested.push(request.url());
    const origin = new URL(request.url()).origin;
    if (!options.anywhere && origin !== new URL(url).origin) fault(where(), `a request to ${request.url()}`);
  });
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && fault(where(), `the console says: ${message.text()}`));
  page.on("response", (response) => response.status() >= 400 && fault(where(), `${response.status()} for ${response.url()}`));
  page.on("pageerror", (error) => fault(where(), `the script fails: ${error.message}`));
  return page;
}

async function accessible(page, where, only = null) {
  const options = { runOnly: only ?? { type: "tag", values: RULES }, iframes: false, resultTypes: ["violations"], elementRef: false };
  if (!only && page.isBare) options.rules = { "color-contrast": { enabled: false } };
  const found = await page.evaluate((options) => window.axe.run(document, options).then(({ violations }) => ({ violations })), options);
  counts.looked += 1;
  for (const violation of found.violations) {
    fault(where, `axe ${violation.id}: ${violation.help}: ${violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(" | ")}`);
  }
}

/** Nothing is wider than the screen, but for what scrolls by itself. */
async function fits(page, where) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) fault(where, `is ${wide} pixels wider than the screen`);
}

/** What is written in the script of one language, and not marked with it; or marked, and not written in it. */
async function marked(page, where) {
  const found = await page.evaluate(() => {
    // What was entered only in English, and convene's own texts in English.
    const typed = /Registration for the dinner|Sector Members|Reception|Joint session on|Draft timetable|no contributions|Regional call|Editing overnight|Workshop on roaming|Badge photographs|Liaison statements|the rapporteur arrives late|Popov|Terrace/;
    const own = /Question meeting|working party meeting|\bdeadline\b|new entr|rescheduled/;
    const scripts = { zh: /\p{Script=Han}/u, ar: /\p{Script=Arabic}/u, ru: /\p{Script=Cyrillic}/u };
    const found = [];
    const look = (element, text) => {
      const language = element.closest("[lang]").lang.split("-")[0];
      for (const [tag, script] of Object.entries(scripts)) {
        if (script.test(text) && language !== tag) found.push(`${language}: ${text.trim()}`);
      }
      if (typed.test(text) && language !== "en") found.push(`${language}: ${text.trim()}`);
      if (own.test(text) && document.documentElement.lang !== "en") found.push(`in English: ${text.trim()}`);
      const isOther = language !== document.documentElement.lang;
      if (isOther && scripts[language] && /\p{Letter}/u.test(text) && !scripts[language].test(text)) found.push(`${language}: ${text.trim()}`);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (!walker.currentNode.parentElement.matches("script, code")) look(walker.currentNode.parentElement, walker.currentNode.data);
    for (const iso of document.body.innerText.match(/\d{4}-\d{2}-\d{2}(?!-)/g) ?? []) found.push(`a date for machines: ${iso}`);
    for (const element of document.body.querySelectorAll("[title], [aria-label]")) look(element, element.title || element.ariaLabel);
    return found;
  });
  equal(`${where} marks what is in another language`, found, []);
}

/** The pages of a study group that writes in two languages and typed all of it in one. */
async function inTwoLanguages() {
  let at = "";
  const page = await open({}, () => at);
  const meeting = "sg7/2025-01-beijing";
  const paths = ["sg7/", `${meeting}/`, `${meeting}/for/management/`, `${meeting}/for/wp1_members/`, `${meeting}/papers/`, `${meeting}/opening/`, `${meeting}/joint/`, "sg7/wp1/", "sg7/changes/", "sg7/meetings/", "sg7/follow/q1_q2_management_members/", `embed/${meeting}`, "embed/sg7/wp1", "embed/sg7/", `embed/${meeting}/`];
  for (const language of languages) {
    for (const path of paths) {
      at = `${language}/${path}`;
      await page.goto(new URL(at, url).href);
      await marked(page, at);
    }
  }
  // Text in another language is where that of the page would be.
  const side = (path, where) => page.goto(new URL(path, url).href).then(() => page.locator(where).first().evaluate((element) => [element.dir, getComputedStyle(element).textAlign]));
  equal("a note in another direction", await side("ar/sg3/2025-01-busy/", ".note"), ["ltr", "right"]);
  equal("a title in another direction", await side("ar/sg7/2025-01-beijing/", "h1"), ["ltr", "right"]);
  // Texts about changes contain rooms and titles, and a filter contains the names of bodies and audiences.
  const pieces = (path, where) => page.goto(new URL(path, url).href).then(() => page.locator(where).evaluateAll((all) => all.map((element) => [...element.childNodes].map((node) => [node.lang ?? "", node.textContent.replace(/\s/g, " ")]))));
  equal("the name of a calendar that was put together", await pieces("fr/sg7/follow/q1_management_members/", "h2#subscribe"), [[["", "SG7 : Q1/7, "], ["zh", "管理团队"], ["", ", "], ["zh", "部门成员"]]]);
  equal("what a filter is of", await pieces("en/sg7/2025-01-beijing/for/wp1_members/", ".only strong"), [[["", "Only WP1/7 and "], ["zh", "部门成员"], ["", " and sessions for everyone"]]]);
  const changes = await pieces("en/sg7/changes/", ".changes li strong, .changes li span:not([lang])");
  const has = (what) => holds(`what changed has ${JSON.stringify(what)}`, changes.some((line) => JSON.stringify(line) === JSON.stringify(what)));
  has([["zh", "第七研究组第二次会议"], ["", ": 14 new entries"]]);
  has([["", "SG7: "], ["zh", "隐私与身份联合会议"]]);
  has([["", "Thursday 16 January 2025, 10:00, "], ["zh", "三号厅"], ["", ": title changed (previously “"], ["zh", "隐私课题会议"], ["", "”)"]]);
  await page.context().close();
}

async function everyPage(language, paths) {
  let at = "";
  const page = await open({ isLookedAt: true }, () => at);
  const plain = await open({ javaScriptEnabled: false }, () => `${at} without script`);
  // axe-core needs scripts: the page may run them, but does not load its own.
  const bare = await open({ isLookedAt: true }, () => `${at} without its script`);
  bare.isBare = true;
  await bare.route("**/*.js", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  for (const path of paths) {
    at = `${language}/${path}`;
    const address = new URL(at, url).href;
    const response = await page.goto(address, { waitUntil: "load" });
    counts.loads += 1;
    equal(at, response.status(), 200);
    equal(at, await page.evaluate(() => [document.documentElement.lang, getComputedStyle(document.body).direction]), [language, language === "ar" ? "rtl" : "ltr"]);
    await marked(page, at);
    const heads = await page.locator("h1, h2").count();
    holds(`${at} has a heading`, heads > 0);
    for (const colorScheme of ["light", "dark"]) {
      for (const width of WIDTHS) {
        const where = `${at} ${colorScheme} ${width}`;
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        await fits(page, where);
        // Dark mode changes only colours.
        await accessible(page, where, colorScheme === "dark" ? { type: "rule", values: ["color-contrast"] } : null);
        const isKept = ["en", "ar"].includes(language) || (colorScheme === "light" && width === 1440);
        if (isKept) await page.screenshot({ path: `${shots}/${at.replaceAll("/", "_")}_${colorScheme}_${width}.png`, fullPage: true });
      }
    }
    await plain.goto(address, { waitUntil: "load" });
    counts.loads += 1;
    equal(`${at} without script has the same headings`, await plain.locator("h1, h2").count(), heads);
    await bare.setViewportSize({ width: WIDTHS[0], height: 900 });
    await bare.goto(address, { waitUntil: "load" });
    await accessible(bare, `${at} without script`);
    for (const width of WIDTHS) {
      await plain.setViewportSize({ width, height: 900 });
      await fits(plain, `${at} without script ${width}`);
    }
  }
  for (const one of [page, plain, bare]) await one.context().close();
}

/** Each week is on one sheet of A4. */
async function sheets() {
  let at = "";
  const page = await open({}, () => at);
  for (const path of ["sg12/2025-01-geneva/", "sg3/2025-01-busy/", "ar/sg3/2025-01-busy/", "sg12/2025-01-geneva/for/wp1/", "sg3/2025-interim/", "sg6/2025-01-crowded/", "ru/sg6/2025-01-crowded/"]) {
    at = `${path} printed`;
    await page.goto(new URL(path, url).href);
    const weeks = await page.locator(".week").count();
    const pdf = await page.pdf({ preferCSSPageSize: true, path: `${shots}/${path.replaceAll("/", "_")}.pdf` });
    const sizes = [...pdf.toString("latin1").matchAll(/\/Type\s*\/Page\b[^s]/g)].length;
    equal(at, sizes, weeks);
  }
  await page.context().close();
}

const text = (locator) => locator.evaluate((element) => element.textContent.replace(/\s+/g, " ").trim());

async function clicks() {
  let at = "";
  const page = await open({ permissions: ["clipboard-read", "clipboard-write"], anywhere: true, acceptDownloads: true }, () => at);
  const left = [];
  await page.route((address) => address.origin !== new URL(url).origin, (route) => {
    left.push(route.request().url());
    return route.fulfill({ contentType: "text/html", body: "<title>elsewhere</title>" });
  });
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const visit = (path) => page.goto(new URL(path, url).href);
  const wp1 = `${base}sg12/wp1.ics`;

  at = "copying the address of a feed in the list";
  await visit("sg12/");
  const row = page.locator(".feed", { hasText: "WP1/12" }).first();
  await row.locator("summary").click();
  await row.locator(".copy").click();
  equal(at, await clipboard(), wp1);
  equal(at, await text(row.locator(".copy span").first()), "Copied");
  equal(at, await text(page.locator("#said")), "Copied");

  at = "the ways to subscribe of a feed";
  await visit("sg12/wp1/");
  await page.locator(".subscribe-links .copy").click();
  equal(at, await clipboard(), wp1);
  const ways = (name) => page.locator(".clients a.button", { hasText: name });
  const webcal = wp1.replace(/^https/, "webcal");
  equal(at, await ways("Apple Calendar").getAttribute("href"), webcal);
  const all = (text) => encodeURIComponent(text).replace(/[.!~*'()_-]/g, (mark) => "%" + mark.charCodeAt(0).toString(16).toUpperCase());
  for (const [label, host] of [["Outlook.com", "outlook.live.com"], ["Microsoft 365", "outlook.office.com"]]) {
    await visit("sg12/wp1/");
    left.length = 0;
    await ways(label).click();
    await page.waitForURL(`https://${host}/**`);
    equal(`${at}: ${label}`, left[0], `https://${host}/calendar/0/addfromweb?url=${all(wp1)}&name=${all("SG12: WP1/12")}`);
  }
  await visit("sg12/wp1/");
  await page.evaluate(() => navigator.clipboard.writeText("nothing"));
  left.length = 0;
  await ways("Google Calendar").click();
  await page.waitForURL("https://calendar.google.com/**");
  equal(`${at}: Google`, left[0], "https://calendar.google.com/calendar/r/settings/addbyurl");
  await visit("sg12/wp1/");
  equal(`${at}: Google has it to paste`, await clipboard(), wp1);
  const direct = await page.locator('a[href*="calendar/r?cid="]').getAttribute("href");
  equal(`${at}: Google in one step`, new URL(direct).searchParams.get("cid"), webcal);

  at = "the square of a feed";
  holds(at, (await page.locator(".square svg path.ink").getAttribute("d")).length > 500);

  at = "downloading a feed";
  await page.evaluate((here) => document.querySelectorAll('a[href$="?download"]').forEach((link) => (link.href = new URL(new URL(link.href).pathname + "?download", here))), url);
  const [download] = await Promise.all([page.waitForEvent("download"), ways("Download").click()]);
  equal(at, download.suggestedFilename(), "wp1.ics");
  holds(at, readFileSync(await download.path(), "utf8").startsWith("BEGIN:VCALENDAR\r\n"));

  at = "the filter of a timetable";
  await visit("sg3/2025-01-busy/");
  const whole = await page.locator(".session").count();
  await page.locator(".filter a", { hasText: "Q4/3" }).click();
  await page.waitForURL("**/for/q4/#timetable");
  equal(at, await text(page.locator(".filter [aria-current]")), "Q4/3 Regional studies");
  const some = await page.locator(".session").count();
  holds(`${at} leaves out what is of others (${some} of ${whole})`, some > 3 && some < whole);
  equal(at, await page.locator(".session", { hasText: "Q1/3 – Question meeting" }).count(), 0);
  await page.locator(".filter a", { hasText: "Everything" }).click();
  equal(at, await page.locator(".session").count(), whole);

  at = "a session leads to its page";
  await page.locator(".session a", { hasText: "Joint session" }).click();
  await page.waitForURL("**/sg3/2025-01-busy/joint/");
  holds(at, (await text(page.locator("main"))).includes("Q1/3"));

  at = "the language of a page";
  await visit("sg3/2025-01-busy/for/q4/");
  for (const language of languages) {
    await page.locator(`.languages a[lang="${language}"]`).click();
    await page.waitForURL(`**/${language}/sg3/2025-01-busy/for/q4/`);
    equal(at, await page.evaluate(() => document.documentElement.lang), language);
    equal(at, await page.locator(`.languages a[lang="${language}"]`).getAttribute("aria-current"), "true");
  }

  at = "the builder";
  await visit("fr/sg3/follow/");
  await page.locator('input[value="q3"]').check();
  await page.waitForURL("**/fr/sg3/follow/q3/");
  await page.locator('input[value="q1"]').check();
  await page.waitForURL("**/fr/sg3/follow/q1_q3/");
  const built = `${base}sg3/follow/q1_q3.fr.ics`;
  equal(at, await text(page.locator("#built .address code")), built);
  holds(`${at} tells of conflicts`, (await page.locator("#built .conflicts li").count()) >= 3);
  holds(`${at} shows what it holds`, (await page.locator("#built .session").count()) >= 5);
  await page.locator("#built .copy").click();
  equal(at, await clipboard(), built);
  const [home, french] = [page.locator(".way a").first(), page.locator('.languages a[lang="es"]')];
  equal(`${at}: links lead where they did`, new URL(await home.evaluate((link) => link.href)).pathname, "/fr/");
  equal(`${at}: the other languages follow`, new URL(await french.evaluate((link) => link.href)).pathname, "/es/sg3/follow/q1_q3/");
  at = "the builder across working parties";
  await page.locator('input[value="wp2"]').check();
  await page.waitForURL("**/fr/sg3/follow/wp2_q1_q3/");
  await page.locator('input[value="members"]').check();
  await page.waitForURL("**/fr/sg3/follow/wp2_q1_q3_members/");
  equal(at, await text(page.locator("#built .address code")), `${base}sg3/follow/wp2_q1_q3_members.fr.ics`);
  holds(`${at} is announced to screen readers`, (await text(page.locator("#said"))).length > 20);
  equal(`${at}: the skip link stays`, await page.locator(".skip").getAttribute("href"), "#main");
  await page.locator('input[value="members"]').uncheck();
  await page.locator('input[value="wp2"]').uncheck();
  await page.waitForURL("**/fr/sg3/follow/q1_q3/");
  at = "the builder";
  await page.reload();
  equal(`${at} comes back from its address`, await page.locator("input:checked").evaluateAll((ticked) => ticked.map((input) => input.value)), ["q1", "q3"]);
  await page.locator('input[value="q1"]').uncheck();
  await page.locator('input[value="q3"]').uncheck();
  await page.waitForURL("**/fr/sg3/follow/");
  equal(`${at} with nothing`, await page.locator("#built .address").count(), 0);
  await page.context().close();

  at = "the builder without script";
  const plain = await open({ javaScriptEnabled: false }, () => at);
  await plain.goto(new URL("sg3/follow/", url).href);
  await plain.locator('input[value="q3"]').check();
  await plain.locator('input[value="wp1"]').check();
  await plain.locator('button[type="submit"]').click();
  await plain.waitForURL("**/sg3/follow/wp1_q3/");
  equal(at, await text(plain.locator("#built .address code")), `${base}sg3/follow/wp1_q3.ics`);
  await plain.context().close();
}

/** The reader's own clock stands beside that of the venue where it shows other hours. */
async function clocks() {
  for (const [timezoneId, hours] of [["Asia/Tokyo", "17:30–20:30"], ["America/New_York", "03:30–06:30"], ["Europe/Zurich", null], ["Europe/Paris", null]]) {
    const where = `a reader in ${timezoneId}`;
    const page = await open({ timezoneId }, () => where);
    await page.goto(new URL("sg3/2025-01-busy/", url).href);
    const session = page.locator(".session", { hasText: "Q3/3 – Question meeting" }).first();
    equal(where, await text(session.locator(".hours time").first()), "09:30");
    const own = session.locator(".own");
    equal(where, (await own.count()) ? (await text(own)).split(" ")[0] : null, hours);
    equal(where, (await text(page.locator(".zone"))).includes(timezoneId), hours !== null);
    await page.context().close();
  }
  const where = "a reader for whom it is another day";
  const page = await open({ timezoneId: "Pacific/Auckland" }, () => where);
  await page.goto(new URL("sg3/2025-01-busy/", url).href);
  holds(where, (await text(page.locator(".session", { hasText: "WP1/3 – working party meeting" }).locator(".own"))).startsWith("Tue 02:30–03:45"));
  await page.context().close();
}

/** What a webmaster copies stands on a page of another origin, and leaves that as it is. */
async function embedding() {
  let at = "the page for webmasters";
  const page = await open({ anywhere: true }, () => at);
  await page.route(`${base}**`, (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto(new URL("embed/sg3/wp1/", url).href);
  const snippets = await page.locator(".snippet code").evaluateAll((all) => all.map((code) => code.textContent));
  equal(at, snippets.length, 5);
  const here = snippets.map((snippet) => snippet.replaceAll(base, url));
  const plain = `<h1 id="a">Homepage</h1><p id="b">Text</p>`;
  const html = (parts) => `<!DOCTYPE html><html lang="en"><head><title>Homepage</title>${parts[3] ?? ""}
<style>* { letter-spacing: 1px } iframe, table { color: red; float: right } section { display: none } .day, .session, .button { position: fixed; top: 0 }</style></head>
<body>${plain}<div id="script">${parts[0] ?? ""}</div><div id="frame">${parts[1] ?? ""}</div><p id="button">${parts[2] ?? ""}</p><p id="c">End</p></body></html>`;
  const others = createServer((request, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(request.url === "/with" ? html(here) : request.url === "/without" ? html([]) : "");
  });
  await new Promise((ready) => others.listen(0, "127.0.0.1", ready));
  const other = `http://127.0.0.1:${others.address().port}/`;
  const place = () => page.evaluate(() => [...["a", "b"].map((id) => JSON.stringify(document.getElementById(id).getBoundingClientRect())), ...["c", "script"].map((id) => Math.round(document.getElementById(id).getBoundingClientRect().width)), document.documentElement.scrollWidth]);
  at = "a page of another origin";
  await page.goto(other + "without");
  const before = await place();
  const style = () => page.evaluate(() => [...document.styleSheets].length + Object.keys(window).filter((key) => /convene|script|frame$/.test(key) && window.hasOwnProperty(key) && !/^(frame|on)/.test(key)).length);
  const styles = await style();
  await page.goto(other + "with", { waitUntil: "load" });
  equal(`${at} stays as it was`, await place(), before);
  equal(`${at} gets no style and no names`, await style(), styles);
  const frame = page.locator("#script iframe");
  await frame.waitFor();
  const inside = page.frameLocator("#script iframe");
  await inside.locator(".session").first().waitFor();
  await page.waitForFunction(() => {
    const frame = document.querySelector("#script iframe");
    return frame.clientHeight !== 480 && frame.clientHeight > 300;
  });
  const tall = await inside.locator("body").evaluate((body) => body.scrollHeight);
  holds(`${at}: the frame is as tall as its content (${tall})`, Math.abs((await frame.evaluate((frame) => frame.clientHeight)) - tall) <= 1);
  equal(`${at}: the frame has a title`, await frame.getAttribute("title"), "SG3: WP1/3");
  holds(`${at}: the plain frame shows it too`, (await page.frameLocator("#frame iframe").locator(".session").count()) > 3);
  equal(`${at}: a programme finds the calendar`, await page.locator('link[rel="alternate"][type="text/calendar"]').getAttribute("href"), `${url}sg3/wp1.ics`);
  equal(`${at}: the button leads to the feed`, await page.locator("#button a").getAttribute("href"), `${url}sg3/wp1/`);
  const json = await page.evaluate((address) => fetch(address).then((answer) => answer.json()), here[4]);
  holds(`${at}: JSON can be fetched`, json.entries.length > 5);
  await page.screenshot({ path: `${shots}/another-origin.png`, fullPage: true });
  await page.setViewportSize({ width: 360, height: 800 });
  await page.screenshot({ path: `${shots}/another-origin_360.png`, fullPage: true });
  await page.context().close();
  others.close();
}

/** What a page weighs as it comes over the wire, with all that belongs to it. */
async function weights() {
  for (const path of ["sg12/", "ar/sg12/", "sg3/", "sg12/2025-01-geneva/", "sg6/2025-01-crowded/"]) {
    const page = await open({}, () => path);
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    let bytes = 0;
    session.on("Network.loadingFinished", (event) => (bytes += event.encodedDataLength));
    await page.goto(new URL(path, url).href, { waitUntil: "networkidle" });
    console.log(`${path} weighs ${bytes} bytes over the wire`);
    holds(`${path} weighs under 60 kB`, bytes > 3000 && bytes < 60000);
    await page.context().close();
  }
  for (const script of ["assets/convene.js", "embed/sg12/wp1.js"]) {
    const bytes = (await (await fetch(new URL(script, url))).arrayBuffer()).byteLength;
    console.log(`${script} has ${bytes} bytes`);
    holds(`${script} has under 10 kB`, bytes < 10000);
  }
}

const begun = Date.now();
const queue = [...languages];
const worker = async () => {
  for (let language = queue.shift(); language; language = queue.shift()) await everyPage(language, pages);
};
await Promise.all([worker(), worker()]);
for (const step of [inTwoLanguages, sheets, clicks, clocks, embedding, weights]) {
  try {
    await step();
  } catch (error) {
    fault(step.name, error.message);
  }
}
await browser.close();
console.log(`${counts.loads} loads, ${counts.looked} times axe-core, ${counts.checks} checks, ${Math.round((Date.now() - begun) / 1000)} s`);
for (const line of new Set(faults)) console.log(`FAULT ${line}`);
process.exit(faults.length ? 1 : 0);
