import { expect, test } from 'vitest';
import { parseHubArguments } from '../../../src/hub/arguments.ts';

test('listens on loopback at port 4173 where nothing is asked', () => {
  expect(parseHubArguments([], undefined)).toEqual({
    ok: true,
    value: { host: '127.0.0.1', port: 4173, secure: null },
  });
});

test('takes the port from the environment, and from --port before it', () => {
  expect(parseHubArguments([], '8080')).toMatchObject({ value: { port: 8080 } });
  expect(parseHubArguments(['--port', '9000'], '8080')).toMatchObject({ value: { port: 9000 } });
  expect(parseHubArguments(['--port=9001'], '8080')).toMatchObject({ value: { port: 9001 } });
});

test('--host alone opens it to every address, with an address to that one', () => {
  expect(parseHubArguments(['--host'], undefined)).toMatchObject({ value: { host: '0.0.0.0' } });
  expect(parseHubArguments(['--host', '--port', '1'], undefined)).toMatchObject({
    value: { host: '0.0.0.0', port: 1 },
  });
  expect(parseHubArguments(['--host', '192.168.4.1'], undefined)).toMatchObject({ value: { host: '192.168.4.1' } });
});

test.each(['', 'abc', '-1', '70000', '80.5', '1e3'])('refuses %j as a port', (value) => {
  expect(parseHubArguments([`--port=${value}`], undefined)).toEqual({ ok: false, error: { type: 'BadPort', value } });
});

test('refuses an argument that it does not know', () => {
  expect(parseHubArguments(['--open'], undefined)).toEqual({
    ok: false,
    error: { type: 'UnknownArgument', argument: '--open' },
  });
});

test('--https asks for a certificate of this run, --cert and --key for that of two files', () => {
  const files = { cert: 'a.crt', key: 'a.key' };
  expect(parseHubArguments(['--https', '--host'], undefined)).toMatchObject({
    value: { host: '0.0.0.0', secure: { files: null } },
  });
  expect(parseHubArguments(['--cert', 'a.crt', '--key=a.key'], undefined)).toMatchObject({
    value: { secure: { files } },
  });
  expect(parseHubArguments(['--https', '--key', 'a.key', '--cert', 'a.crt'], undefined)).toMatchObject({
    value: { secure: { files } },
  });
});

test.each([
  [['--cert', 'a.crt']],
  [['--key', 'a.key']],
  [['--cert', '--key', 'a.key']],
  [['--https', '--cert=', '--key=b']],
])('half a certificate is none: %j', (args) => {
  expect(parseHubArguments(args, undefined)).toEqual({ ok: false, error: { type: 'HalfACertificate' } });
});
