/** A text field and a shared text: what the person does, what others do, and both at once. */
import { beforeEach, describe, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { cdp, userEvent } from 'vitest/browser';
import * as Y from 'yjs';
import type { OtherCursor, Place, Presence } from '../../../../src/app/presence-types.ts';
import { History } from '../../../../src/app/company/history.svelte.ts';
import { TextBinding } from '../../../../src/app/company/text.svelte.ts';
import { relativeCaret } from '../../../../src/documents/text/index.ts';
import { fetchWords, startLanguages } from '../../../../src/i18n/language.svelte.ts';
import type { DocumentId, MemberId } from '../../../../src/log/types.ts';
import TextEditor from '../../../../src/ui/shared/TextEditor.svelte';

const DOCUMENT = '00'.repeat(16) as DocumentId;
const OTHERS = 'others';

const create = async (words: string) => {
  const doc = new Y.Doc();
  const text = doc.getText('text');
  text.insert(0, words);
  let cursors: readonly OtherCursor[] = [];
  let place: Place | null = null;
  const listeners = new Set<() => void>();
  const presence: Presence = {
    set: (at) => (place = at),
    others: () => cursors,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const binding = new TextBinding(text, { document: DOCUMENT, name: 'text' }, new History(doc), presence);
  const { container } = await render(TextEditor, { label: 'Words', text: binding });
  const area = container.querySelector('textarea');
  if (!area) throw new Error('no text field');
  return {
    text,
    area,
    container,
    place: () => place,
    others: (change: (text: Y.Text) => void) => doc.transact(() => change(text), OTHERS),
    look: (next: readonly OtherCursor[]) => {
      cursors = next;
      listeners.forEach((listener) => listener());
    },
    caretTo: (at: number) => {
      area.focus();
      area.setSelectionRange(at, at);
    },
  };
};

beforeEach(async () => {
  await startLanguages({ read: () => 'en', write: () => {} }, []);
  await fetchWords(['writing']);
});

describe('what a person types', () => {
  test('is in the shared text at once', async () => {
    const { text, area, caretTo } = await create('Every crew comes home.');
    caretTo(5);
    await userEvent.keyboard(' brave');
    expect(text.toJSON()).toBe('Every brave crew comes home.');
    expect(area.value).toBe(text.toJSON());
    expect(area.selectionStart).toBe(11);
  });

  test('is undone without what others typed in between, and done again', async () => {
    const { text, area, caretTo, others } = await create('home');
    caretTo(4);
    // one event: keys that come slowly are undone apart
    await cdp().send('Input.insertText', { text: ' now' });
    await expect.poll(() => text.toJSON()).toBe('home now');
    others((shared) => shared.insert(0, 'come '));
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(text.toJSON()).toBe('come home');
    expect(area.value).toBe('come home');
    expect(area.selectionStart).toBe(9);
    await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    expect(area.value).toBe('come home now');
  });
});

describe('what others type', () => {
  test('moves the caret with its words', async () => {
    const { area, caretTo, others } = await create('crew comes home');
    caretTo(4);
    others((shared) => {
      shared.insert(0, 'Every ');
      shared.insert(shared.length, ' safe');
    });
    expect(area.value).toBe('Every crew comes home safe');
    expect(area.selectionStart).toBe(10);
    others((shared) => shared.delete(0, 6));
    expect(area.selectionStart).toBe(4);
  });

  test('at the very place of the caret does not mingle with what one is typing', async () => {
    const { area, caretTo, others } = await create('');
    caretTo(0);
    await userEvent.keyboard('mi');
    others((shared) => shared.insert(2, 'theirs'));
    await userEvent.keyboard('ne');
    expect(area.value).toBe('minetheirs');
  });

  test('waits while an input method composes, and nothing of either is lost', async () => {
    const { text, area, caretTo, others } = await create('ab');
    caretTo(1);
    await cdp().send('Input.imeSetComposition', { text: 'か', selectionStart: 1, selectionEnd: 1 });
    others((shared) => shared.insert(0, 'X'));
    await cdp().send('Input.imeSetComposition', { text: 'かん', selectionStart: 2, selectionEnd: 2 });
    expect(area.value).toBe('aかんb');
    expect(text.toJSON()).toBe('Xaかんb');
    await cdp().send('Input.insertText', { text: '漢' });
    await expect.poll(() => area.value).toBe('Xa漢b');
    expect(text.toJSON()).toBe('Xa漢b');
    expect(area.selectionStart).toBe(3);
  });
});

describe('presence', () => {
  test('tells where the person is, and that they left', async () => {
    const { text, area, caretTo, place } = await create('home');
    caretTo(2);
    await expect.poll(place).toMatchObject({ document: DOCUMENT, text: 'text' });
    expect(place()?.head).toEqual(relativeCaret(text, 2));
    area.blur();
    expect(place()).toBeNull();
  });

  test('shows others by name, in a mirror of exactly the text, and says so once in words', async () => {
    const { text, container, look, others } = await create('Every crew comes home.');
    const at = relativeCaret(text, 6);
    const chen = { session: 's', member: 'm' as MemberId, name: 'Chen', colour: 0, text: 'text', anchor: at, head: at };
    look([chen, { ...chen, session: 'elsewhere', name: 'Hiwot', text: 'another' }]);
    await expect
      .element(container.querySelector('[role=status]') as HTMLElement)
      .toHaveTextContent('Chen is writing here');
    const mirror = container.querySelector('.mirror') as HTMLElement;
    const before = (): string => mirror.querySelector('.caret')?.previousElementSibling?.textContent ?? '';
    expect(before()).toBe('Every ');
    expect(mirror.querySelectorAll('.caret')).toHaveLength(1);
    others((shared) => shared.insert(0, 'Now: '));
    await expect.poll(before).toBe('Now: Every ');
    look([]);
    await expect.poll(() => mirror.textContent).toBe('Now: Every crew comes home.');
  });
});
