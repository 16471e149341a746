/** What comes over the clipboard, in and out. */
import { TextSelection } from 'prosemirror-state';
import { afterEach, describe, expect, test } from 'vitest';
import { readRich } from '../../../src/documents/rich-text/read.ts';
import type { RichPart } from '../../../src/documents/rich-text/types.ts';
import googleChecklist from './pasted/google-docs-checklist.html?raw';
import googleDocs from './pasted/google-docs.html?raw';
import libreOffice from './pasted/libreoffice.html?raw';
import wordReviewed from './pasted/word-reviewed.html?raw';
import wordWeb from './pasted/word-web.html?raw';
import libreOfficeNotes from './pasted/libreoffice-notes.html?raw';
import word from './pasted/word.html?raw';
import { createStage, type Device, first, paragraph, second, seen, type Stage } from './stage.ts';

let stage: Stage | null = null;
afterEach(() => {
  stage?.close();
  stage = null;
});

const paste = (device: Device, html: string, text = ''): void => {
  const clipboardData = new DataTransfer();
  if (html !== '') clipboardData.setData('text/html', html);
  if (text !== '') clipboardData.setData('text/plain', text);
  device.view().dom.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
};

const pasted = (html: string, text = ''): readonly string[] => {
  stage = createStage(1, [paragraph('')]);
  paste(first(stage), html, text);
  return readRich(first(stage).fragment).map(said);
};

/** A block as a line: what it is, and its words with their marks. */
const said = (part: RichPart): string => {
  switch (part.type) {
    case 'text': {
      const marks = part.marks.map((mark) => (mark.type === 'link' ? mark.href : mark.type));
      return marks.length === 0 ? part.text : `[${part.text}|${marks.join()}]`;
    }
    case 'hard_break':
      return '/';
    case 'heading':
      return `heading ${part.level}: ${part.content.map(said).join('')}`;
    default:
      return `${part.type}: ${part.content.map(said).join('')}`;
  }
};

describe('pasting', () => {
  test('from Word', () => {
    expect(pasted(word)).toEqual([
      'heading 2: Who decides',
      'heading 3: Between assemblies',
      'paragraph: Each group sends [two|strong] delegates, and [one|em] of them speaks. See [the rules|https://example.org/rules] or this.',
      'bullet_list: list_item: paragraph: Breadbullet_list: list_item: paragraph: of ryelist_item: paragraph: Roses',
      'ordered_list: list_item: paragraph: First',
      'paragraph: [Item|strong] | Amount',
      'paragraph: Bus | 200',
      'paragraph: خبز [وورد|strong]',
      'paragraph: after a picture',
    ]);
  });

  test('from Word with a tracked change, a comment, a footnote and hidden words', () => {
    expect(pasted(wordReviewed)).toEqual([
      'paragraph: Anyone may call a halt within three days in Asmara.[1]',
      'ordered_list: list_item: paragraph: خبزlist_item: paragraph: وورد',
      'paragraph: [1] Not at sea.',
    ]);
  });

  test('from Word of the web', () => {
    expect(pasted(wordWeb)).toEqual([
      'heading 3: Who decides',
      'paragraph: Each group sends [two|strong] delegates[by the rules|https://example.org/rules]',
      'bullet_list: list_item: paragraph: Breadbullet_list: list_item: paragraph: of ryelist_item: paragraph: Roses',
      'ordered_list: list_item: paragraph: First',
      'paragraph: خبز وورد',
    ]);
  });

  test('from LibreOffice', () => {
    expect(pasted(libreOffice)).toEqual([
      'heading 2: Who decides',
      'heading 4: Money',
      'paragraph: Each group sends [two|strong] delegates, and [one|em] of them [speaks|strong].',
      'bullet_list: list_item: paragraph: Breadbullet_list: list_item: paragraph: of ryelist_item: paragraph: Roses',
      'ordered_list: list_item: paragraph: First',
      'paragraph: Bus',
      'paragraph: 200',
      'paragraph: by coach',
      'paragraph: خبز وورد',
      'paragraph: [write|mailto:a@example.org]',
    ]);
  });

  test('from LibreOffice with a tracked change, a comment, a footnote and a date', () => {
    expect(pasted(libreOfficeNotes)).toEqual([
      'heading 3: Who decides',
      'paragraph: Anyone may call a halt within three days, [everybody|strong,em].[1] 11/23/26',
      'ordered_list: list_item: paragraph: Meetordered_list: list_item: paragraph: at the harbourlist_item: paragraph: Leave',
      'paragraph: [1] Not at sea.',
    ]);
  });

  test('from Google Docs', () => {
    expect(pasted(googleDocs)).toEqual([
      'heading 2: Who decides',
      'paragraph: Each group sends [two|strong] delegates, and [one|em] of them: [the rules|https://example.org/rules]',
      'bullet_list: list_item: paragraph: Breadbullet_list: list_item: paragraph: of ryelist_item: paragraph: Roses',
      'paragraph: Bus | 200',
      'paragraph: خبز وورد',
    ]);
  });

  test('a checklist and a broken line from Google Docs', () => {
    expect(pasted(googleChecklist)).toEqual([
      'paragraph: Bring along,/[everybody|strong,em] alone1',
      'bullet_list: list_item: paragraph: Waterlist_item: paragraph: Radios',
      'ordered_list: list_item: paragraph: Meetordered_list: list_item: paragraph: at the harbour',
    ]);
  });

  test.each([
    [
      'Word',
      '<body>\n<!--StartFragment--><span lang=EN-US style="font-size:12.0pt"> and\n<b>red</b> </span><!--EndFragment-->\n</body>',
    ],
    [
      'Google Docs',
      '<b style="font-weight:normal;" id="docs-internal-guid-0"><span style="font-weight:400;white-space:pre-wrap;"> and </span><span style="font-weight:700;white-space:pre-wrap;">red </span></b>',
    ],
    [
      'a page',
      '<meta charset="utf-8"><span style="white-space:normal;float:none"> and <span>red</span> </span><br class="Apple-interchange-newline">',
    ],
  ])('a few words from %s stay in the line, with the blanks around them', (_program, html) => {
    stage = createStage(1, [paragraph('Breadroses.')]);
    const view = first(stage).view();
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 6)));
    paste(first(stage), html);
    expect(view.state.doc.childCount).toBe(1);
    expect(view.state.doc.textContent).toBe('Bread and red roses.');
  });

  test('a line from LibreOffice joins the one that it is pasted into', () => {
    stage = createStage(1, [paragraph('Bread.')]);
    const view = first(stage).view();
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 6)));
    paste(first(stage), '<body lang="en-GB" dir="ltr"><p style="line-height: 100%">\n<b>, red</b> roses</p>\n</body>');
    expect(readRich(first(stage).fragment).map(said)).toEqual(['paragraph: Bread[, red|strong] roses.']);
  });

  test('plain text, a paragraph a line', () => {
    expect(pasted('', 'Bread\nand roses\n\nPeace')).toEqual([
      'paragraph: Bread',
      'paragraph: and roses',
      'paragraph: Peace',
    ]);
  });

  test('nothing that runs, and no style, is left of a hostile page', () => {
    const html =
      '<p onclick="x()" style="position:fixed">a<script>alert(1)</script><a href="jAvaScript:alert(1)">b</a><a href="data:text/html,x">c</a><svg><a xlink:href="x">d</a></svg><img src=x onerror=alert(1)></p><iframe src="https://example.org"></iframe>';
    expect(pasted(html)).toEqual(['paragraph: abc']);
  });

  test('half of a character, which no document can hold', () => {
    expect(pasted('', 'a\ud83cb')).toEqual(['paragraph: a\ufffdb']);
  });
});

test('what is copied out is clean, and comes back as it was', () => {
  stage = createStage(2, [
    { type: 'heading', level: 3, content: [{ type: 'text', text: 'Money', marks: [] }] },
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'rules', marks: [{ type: 'link', href: 'https://example.org/' }, { type: 'strong' }] },
      ],
    },
  ]);
  const device = first(stage);
  const view = device.view();
  const { dom } = view.serializeForClipboard(view.state.doc.slice(0, view.state.doc.content.size));
  expect(dom.innerHTML.replace(/ data-pm-slice="[^"]*"/, '')).toBe(
    '<h4>Money</h4><p><a href="https://example.org/"><strong>rules</strong></a></p>',
  );
  const there = second(stage);
  there.view().dispatch(there.view().state.tr.delete(0, there.view().state.doc.content.size));
  paste(there, dom.innerHTML);
  expect(seen(there)).toBe(seen(device));
});
