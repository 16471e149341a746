import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { fingerprintOf, makeCertificate } from '../../../src/hub/certificate.ts';
import { readyCertificate } from '../../../src/hub/certificate-files.ts';
import { startHub } from '../../../src/hub/server.ts';

const NOW = Date.UTC(2027, 2, 1);
const HOSTS = ['localhost', 'laptop.local', '127.0.0.1', '192.168.4.17', '::1', 'fd00:1:2::3'];

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'weft-certificate-'));
  writeFileSync(join(root, 'index.html'), '<!doctype html>');
});
afterAll(() => rmSync(root, { recursive: true }));

test('a certificate is signed by its own key, for a year, and names every host', () => {
  const made = makeCertificate(HOSTS, NOW);
  const certificate = new X509Certificate(made.cert);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.ca).toBe(false);
  expect(certificate.validFrom).toBe('Jan 30 00:00:00 2027 GMT');
  expect(certificate.validTo).toBe('Feb 29 00:00:00 2028 GMT');
  for (const name of HOSTS.slice(0, 2)) expect(certificate.checkHost(name)).toBe(name);
  for (const address of HOSTS.slice(2)) expect(certificate.checkIP(address)).toBe(address);
  expect(certificate.checkHost('elsewhere.local')).toBeUndefined();
  expect(certificate.checkIP('192.168.4.18')).toBeUndefined();
  expect(fingerprintOf(made)).toBe(certificate.fingerprint256);
});

test('no two are the same, and one whose time is past 2050 is written as such', () => {
  const [first, second] = [makeCertificate(HOSTS, NOW), makeCertificate(HOSTS, Date.UTC(2051, 0, 1))];
  expect(new X509Certificate(first.cert).serialNumber).not.toBe(new X509Certificate(second.cert).serialNumber);
  expect(first.key).not.toBe(second.key);
  expect(new X509Certificate(second.cert).validTo).toBe('Jan  1 00:00:00 2052 GMT');
});

test('many names fit, whatever their length in bytes comes to', () => {
  for (const count of [1, 3, 4, 8, 9, 20, 40]) {
    const hosts = Array.from({ length: count }, (_, i) => `laptop-number-${i}.local`);
    const certificate = new X509Certificate(makeCertificate(hosts, NOW).cert);
    for (const host of hosts) expect(certificate.checkHost(host)).toBe(host);
  }
});

test('a hub with it serves the app, signaling and the relay over TLS to whoever trusts it, and to nobody else', async () => {
  const certificate = makeCertificate(['127.0.0.1'], Date.now());
  const hub = await startHub({ root, host: '127.0.0.1', port: 0, certificate });
  try {
    expect(hub.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/$/);
    const statusWith = (ca: string | undefined): Promise<number | string> =>
      new Promise((resolve) => {
        get(hub.url, ca === undefined ? {} : { ca }, (response) => resolve(response.resume().statusCode ?? 0)).on(
          'error',
          (error) => resolve('code' in error ? String(error.code) : ''),
        );
      });
    expect(await statusWith(certificate.cert)).toBe(200);
    expect(await statusWith(undefined)).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    for (const path of ['signal', 'relay']) {
      const socket = new WebSocket(`${hub.url.replace('http', 'ws')}${path}`, { ca: certificate.cert });
      await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
      socket.terminate();
    }
    // one who speaks no TLS, and one who leaves in the middle of a greeting
    for (const words of ['GET / HTTP/1.1\r\n\r\n', '\x16\x03\x01'])
      await new Promise<void>((resolve) => {
        const socket = connect(Number(new URL(hub.url).port), '127.0.0.1', () => socket.end(words));
        socket.on('error', () => undefined);
        socket.resume().on('close', () => resolve());
      });
    expect(await statusWith(certificate.cert)).toBe(200);
  } finally {
    await hub.close();
  }
});

const filesIn = (name: string): { readonly cert: string; readonly key: string } => ({
  cert: join(root, `${name}.crt`),
  key: join(root, `${name}.key`),
});
const ready = (files: { readonly cert: string; readonly key: string } | null) =>
  readyCertificate({ host: '0.0.0.0', secure: { files } }, NOW);

test('where there are no files it is made and put there, its key for nobody else to read; then it is taken again', () => {
  const files = filesIn('fresh');
  const first = ready(files);
  expect(first).toMatchObject({ ok: true, value: { isNew: true } });
  expect(statSync(files.key).mode & 0o777).toBe(0o600);
  const second = ready(files);
  expect(second).toMatchObject({ ok: true, value: { isNew: false } });
  expect(second?.ok === true && first?.ok === true && second.value.fingerprint === first.value.fingerprint).toBe(true);
});

test('what is there is never written over: one file alone, a pair that is none, one that cannot be read', () => {
  const alone = filesIn('alone');
  writeFileSync(alone.cert, 'mine');
  expect(ready(alone)).toEqual({ ok: false, error: { type: 'OneMissing', file: alone.key } });
  const none = filesIn('none');
  const other = makeCertificate(HOSTS, NOW);
  writeFileSync(none.cert, makeCertificate(HOSTS, NOW).cert);
  writeFileSync(none.key, other.key);
  expect(ready(none)).toEqual({ ok: false, error: { type: 'NotAPair' } });
  expect(readFileSync(alone.cert, 'utf8')).toBe('mine');
  expect(readFileSync(none.key, 'utf8')).toBe(other.key);
});

test('a folder that cannot be written to is said', () => {
  const files = { cert: join(root, 'nowhere', 'a.crt'), key: join(root, 'nowhere', 'a.key') };
  expect(ready(files)).toEqual({ ok: false, error: { type: 'CannotWrite', code: 'ENOENT' } });
});

test('without files it lives for this run only, and on plain http there is none', () => {
  expect(ready(null)).toMatchObject({ ok: true, value: { isNew: true } });
  expect(readyCertificate({ host: '0.0.0.0', secure: null }, NOW)).toBeNull();
});
