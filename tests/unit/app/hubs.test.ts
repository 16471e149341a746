import { describe, expect, test } from 'vitest';
import { pageHubOf, parseHub } from '../../../src/app/preferences.svelte.ts';

describe('the address of a hub as a person writes it', () => {
  test.each([
    ['hub.example.org', 'wss://hub.example.org/signal'],
    ['  HUB.example.org/ ', 'wss://hub.example.org/signal'],
    ['https://hub.example.org', 'wss://hub.example.org/signal'],
    ['http://hub.example.org:8080', 'ws://hub.example.org:8080/signal'],
    ['ws://hub.example.org/other', 'ws://hub.example.org/other'],
    ['192.168.1.5:8080', 'ws://192.168.1.5:8080/signal'],
    ['localhost:3000', 'ws://localhost:3000/signal'],
    ['laptop.local', 'ws://laptop.local/signal'],
  ])('%s', (written, address) => {
    expect(parseHub(written)).toBe(address);
  });

  test.each([
    '',
    '   ',
    'two words',
    'ftp://hub.example.org',
    'wss://me:secret@hub.example.org',
    'javascript:alert(1)',
  ])('%s is none', (written) => {
    expect(parseHub(written)).toBeUndefined();
  });
});

test('the hub of a page is its own host, and a page from a file has none', () => {
  expect(pageHubOf({ protocol: 'https:', host: 'weft.example.org' })).toBe('wss://weft.example.org/signal');
  expect(pageHubOf({ protocol: 'http:', host: '192.168.1.5:8080' })).toBe('ws://192.168.1.5:8080/signal');
  expect(pageHubOf({ protocol: 'file:', host: '' })).toBeNull();
});
