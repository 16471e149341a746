/**
 * Docs name real paths: every path of this repository in backticks or behind a link must exist.
 * A pattern (`src/log/*.ts`) is checked as far as its first sign.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const pages = ['README.md', 'SECURITY.md', 'LICENSE'];
for (const folder of ['docs', 'src', 'tests', 'bench'])
  for (const file of existsSync(folder) ? readdirSync(folder, { recursive: true }) : [])
    if (file.endsWith('.md')) pages.push(join(folder, file));

const OWN = /^(src|tests|docs|bench|locales|public|\.ci)\/[^\s]*$/;
const beforePattern = (path) => path.replace(/[*{<…].*$/, '').replace(/[#:].*$/, '');

const dead = [];
for (const page of pages.filter((path) => existsSync(path))) {
  const text = readFileSync(page, 'utf8');
  for (const [, path] of text.matchAll(/`([^`\n]+)`/g))
    if (OWN.test(path) && !existsSync(beforePattern(path))) dead.push(`${page}: ${path}`);
  for (const [, link] of text.matchAll(/\]\(([^)\s]+)\)/g))
    if (!/^([a-z]+:|#)/.test(link) && !existsSync(join(dirname(page), beforePattern(link))))
      dead.push(`${page}: ${link}`);
}
for (const line of dead) console.error(`no such path: ${line}`);
process.exitCode = dead.length === 0 ? 0 : 1;
