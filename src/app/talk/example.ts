/** "Start from an example": sample points in the language of the screen. */
import type { ExampleStrings } from '../../documents/talking-points/index.ts';
import { language } from '../../i18n/language.svelte.ts';
import { t } from '../../i18n/t.ts';
import type { NewPalette } from './talk.svelte.ts';

export const examplePalette = (): NewPalette => ({
  title: t('talk.example.title'),
  ask: t('talk.example.ask'),
  audience: t('talk.example.audience'),
  sourceLanguage: language.tag,
  example: examplePoints(),
});

const examplePoints = (): ExampleStrings => ({
  points: [
    {
      value: 'dignity',
      texts: {
        message: t('talk.example.hungry.message'),
        why: t('talk.example.hungry.why'),
        say: t('talk.example.hungry.say'),
        dontSay: t('talk.example.hungry.dontSay'),
      },
      proofs: [
        {
          texts: { claim: t('talk.example.hungry.claim'), source: t('talk.example.hungry.source') },
          permission: 'given',
        },
      ],
    },
    {
      value: 'safety',
      texts: {
        message: t('talk.example.return.message'),
        why: t('talk.example.return.why'),
        question: t('talk.example.return.question'),
        answer: t('talk.example.return.answer'),
      },
    },
    { value: 'justice', texts: { message: t('talk.example.court.message'), why: t('talk.example.court.why') } },
  ],
  terms: [{ rule: 'must-keep', texts: { term: t('talk.example.term.term'), why: t('talk.example.term.why') } }],
});
