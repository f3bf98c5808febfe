// axe.mjs FILE.html…: no violation of axe-core's rules, in light and dark, on a desk and on a phone.
// Prints one line per violation; exit status 1 when there is any, 2 when it could not look.
//
//   cp -r tools/look /tmp/look && cd /tmp/look && npm install --no-package-lock
//   node axe.mjs ~/rounds/build/look/*.html          (CHROMIUM=/path/to/chromium; usual: /usr/bin/chromium)
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const files = process.argv.slice(2);
if (files.length === 0) {
    console.error('axe.mjs: no file given; usage: node axe.mjs FILE.html…');
    process.exit(2);
}
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const views = [
    { name: 'desk light', colorScheme: 'light', width: 1180 },
    { name: 'desk dark', colorScheme: 'dark', width: 1180 },
    { name: 'phone light', colorScheme: 'light', width: 390 },
    { name: 'phone dark', colorScheme: 'dark', width: 390 },
];

async function look(browser, file, view) {
    // The page forbids scripts; the looker's own must run.
    const context = await browser.newContext({
        bypassCSP: true, colorScheme: view.colorScheme, viewport: { width: view.width, height: 900 },
    });
    const page = await context.newPage();
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    const problems = asked.slice(1).map((url) => `asks for ${url}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) problems.push(`the page is ${wide} px wider than the window`);
    await page.evaluate(axe);
    const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    for (const violation of result.violations) {
        const where = violation.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(', ');
        problems.push(`${violation.id} (${violation.impact}, ${violation.nodes.length}×): ${violation.help}: ${where}`);
    }
    await context.close();
    return problems;
}

const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'],
});
let bad = 0;
for (const file of files) {
    for (const view of views) {
        const problems = await look(browser, file, view);
        bad += problems.length;
        for (const problem of problems) console.log(`${file} [${view.name}]: ${problem}`);
    }
}
await browser.close();
console.log(`${files.length} files, ${views.length} views each: ${bad} violations`);
process.exit(bad > 0 ? 1 : 0);
